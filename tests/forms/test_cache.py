"""The user's cache: never a wrong value, never a value that somebody else wrote, never an error."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs
import lark
import pytest
from lark import Lark

import gischema
from gischema.forms import cache, national_forms
from gischema.forms.cache import cache_folder, cached, digest
from gischema.forms.grammars import Grammar, Outline, sources

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples" / "reports").glob("*.txt"))
YEAR = 365 * 24 * 3600
ELEVEN_BYTES = b"\x80\x04\x95" + b"\xff" * 8
"""A pickle of which Python says that it is too long, by an exception like no other."""

POSIX = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners here")


class Trap:
    """Runs `call` when it is unpickled."""

    def __init__(self, call: Callable[..., Any], *arguments: Any) -> None:
        """Take what to run."""
        self.call = call, arguments

    def __reduce__(self) -> Any:
        """Pickle as the call."""
        return self.call


def fail(kind: type[BaseException]) -> None:
    """Raise an exception, for traps."""
    raise kind


def never() -> str:
    """Fail where something should have been in the cache."""
    raise AssertionError("built again")


def made() -> str:
    """A value that differs from all that the tests put into the cache."""
    return "built"


def only(folder: Path) -> Path:
    """The one file of a cache."""
    (file,) = folder.iterdir()
    return file


def write(file: Path, payload: bytes) -> None:
    """Put a payload with its right digest into a file of the cache."""
    file.write_bytes(hashlib.sha256(file.name.encode() + payload).digest() + payload)


# -- what is kept


def test_a_value_is_built_once(own_cache):
    """The second time it comes from the cache."""
    assert cached(str, ("one",), made) == "built"
    assert cached(str, ("one",), never) == "built"


def test_the_folder_and_its_files_are_the_users_own(own_cache):
    """Whatever the user's mask is: nobody else can write there."""
    before = os.umask(0)
    try:
        cached(str, ("one",), made)
    finally:
        os.umask(before)
    assert own_cache.stat().st_mode & 0o777 == 0o700
    assert only(own_cache).stat().st_mode & 0o777 == 0o600


def test_the_content_of_a_file_counts(own_cache, tmp_path):
    """A changed file is another key; the same content again is the first one."""
    file = tmp_path / "a.lark"
    for content in ("one", "two"):
        file.write_text(content)
        assert cached(str, ("grammar", file), file.read_text) == content
    file.write_text("one")
    assert cached(str, ("grammar", file), never) == "one"


@pytest.mark.parametrize(
    ("where", "name"), [(cache, "__version__"), (sys, "version"), (lark, "__version__")]
)
def test_versions_count(own_cache, monkeypatch, where, name):
    """What another version of gischema, Python or Lark stored is not loaded."""
    cached(str, ("one",), lambda: "old")
    monkeypatch.setattr(where, name, "0")
    assert cached(str, ("one",), made) == "built"


def test_another_installation_of_attrs_counts(own_cache, monkeypatch, tmp_path):
    """That package decides how values are pickled."""
    cached(str, ("one",), lambda: "old")
    monkeypatch.setattr(attrs, "__file__", shutil.copy(attrs.__file__, tmp_path))
    assert cached(str, ("one",), made) == "built"


def test_parts_of_a_key_are_kept_apart():
    """Neither their order nor where one ends and the next begins is lost."""
    keys = (("ab", "c"), ("a", "bc"), ("c", "ab"), ("abc",), ("abc", ""), ("\udcff",), ("\udcfe",))
    assert len({digest(key) for key in keys}) == len(keys)


def test_errors_of_building_are_raised(own_cache):
    """They are the caller's own, and nothing is stored."""
    with pytest.raises(ZeroDivisionError):
        cached(int, ("one",), lambda: 1 // 0)
    assert not list(own_cache.iterdir())


def test_what_cannot_be_pickled_is_built_each_time(own_cache):
    """Such a value is returned, and leaves nothing behind."""
    assert isinstance(cached(Lock, ("one",), Lock), Lock)
    assert not list(own_cache.iterdir())


class Lock:
    """Cannot be pickled."""

    def __reduce__(self) -> Any:
        """Refuse."""
        raise TypeError("no pickle of a lock")


# -- what is not loaded


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: ELEVEN_BYTES,
        lambda data: data[:20],
        lambda data: data[:32],
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: bytes([data[0] ^ 1]) + data[1:],
        lambda data: data[32:],
    ],
)
def test_a_damaged_file_is_replaced(own_cache, spoil):
    """Cut short, too long, with one wrong bit, without its digest, or no such file at all."""
    cached(str, ("one",), lambda: "old")
    file = only(own_cache)
    file.write_bytes(spoil(file.read_bytes()))
    assert cached(str, ("one",), made) == "built"
    assert cached(str, ("one",), never) == "built"
    assert only(own_cache) == file


def test_nothing_is_unpickled_before_its_digest_is_verified(own_cache, tmp_path):
    """A payload with a wrong digest never runs."""
    cached(str, ("one",), made)
    file, ran = only(own_cache), tmp_path / "ran"
    payload = pickle.dumps(Trap(Path.touch, ran))
    file.write_bytes(bytes(32) + payload)
    assert cached(str, ("one",), made) == "built"
    assert not ran.exists()
    write(file, payload)
    cached(str, ("one",), made)
    assert ran.exists()  # the trap works


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"no pickle",
        ELEVEN_BYTES,
        pickle.dumps(12),
        pickle.dumps(None),
        b"cgischema.nowhere\nNothing\n.",
        *(
            pickle.dumps(Trap(fail, kind))
            for kind in (RuntimeError, RecursionError, MemoryError, ZeroDivisionError, OSError)
        ),
    ],
)
def test_a_payload_that_is_no_such_value_is_replaced(own_cache, payload):
    """Even where the digest is right: unpickling raises, or gives something else."""
    cached(str, ("one",), lambda: "old")
    write(only(own_cache), payload)
    assert cached(str, ("one",), made) == "built"
    assert cached(str, ("one",), never) == "built"


def test_a_file_under_the_name_of_another_is_replaced(own_cache):
    """It would be a sound value, of another key."""
    cached(str, ("one",), lambda: "one")
    first = only(own_cache)
    cached(str, ("two",), lambda: "two")
    (second,) = set(own_cache.iterdir()) - {first}
    shutil.copy(first, second)
    assert cached(str, ("two",), made) == "built"


@POSIX
def test_a_file_that_others_can_write_is_replaced(own_cache):
    """They may have written it, digest and all."""
    for mode in (0o620, 0o602, 0o666):
        cached(str, (str(mode),), lambda: "old")
        for file in own_cache.iterdir():
            file.chmod(mode)
        assert cached(str, (str(mode),), made) == "built"
        assert cached(str, (str(mode),), never) == "built"


@POSIX
@pytest.mark.parametrize("kind", ["link", "fifo", "folder"])
def test_only_regular_files_are_loaded(own_cache, tmp_path, kind):
    """Links, pipes and folders in the place of a file hang nothing and load nothing."""
    cached(str, ("one",), lambda: "old")
    file, aside = only(own_cache), tmp_path / "aside"
    file.rename(aside)
    if kind == "link":
        file.symlink_to(aside)
    elif kind == "fifo":
        os.mkfifo(file)
    else:
        file.mkdir()
    content = aside.read_bytes()
    assert cached(str, ("one",), made) == "built"
    assert aside.read_bytes() == content
    assert [entry.name for entry in own_cache.iterdir()] == [file.name]


@POSIX
@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777, 0o1777])
def test_a_folder_that_others_can_write_is_no_cache(own_cache, mode):
    """Nothing is loaded from it, and nothing put there."""
    cached(str, ("one",), lambda: "old")
    own_cache.chmod(mode)
    assert cached(str, ("one",), made) == "built"
    assert cached(str, ("two",), made) == "built"
    assert cache_folder() is None
    assert len(list(own_cache.iterdir())) == 1


@POSIX
def test_a_folder_of_somebody_else_is_no_cache(own_cache, monkeypatch):
    """Nor are the files of somebody else in it."""
    cached(str, ("one",), lambda: "old")
    monkeypatch.setattr(os, "geteuid", lambda: own_cache.stat().st_uid + 1)
    assert cached(str, ("one",), made) == "built"
    assert cached(str, ("two",), made) == "built"
    assert cache_folder() is None
    assert len(list(own_cache.iterdir())) == 1


@POSIX
def test_a_link_to_a_folder_is_no_cache(own_cache, tmp_path):
    """Whoever set the link chooses what is loaded."""
    cached(str, ("one",), lambda: "old")
    own_cache.rename(tmp_path / "elsewhere")
    own_cache.symlink_to(tmp_path / "elsewhere")
    assert cached(str, ("one",), made) == "built"
    assert cached(str, ("two",), made) == "built"
    assert len(list((tmp_path / "elsewhere").iterdir())) == 1


def test_without_a_folder_there_is_no_cache(tmp_path, monkeypatch):
    """A home that is a file, one that cannot be found, one that cannot be written."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert cached(str, ("one",), made) == "built"
    assert cache_folder() is None
    monkeypatch.setattr(cache, "user_cache_path", lambda *_, **__: fail(RuntimeError))
    assert cached(str, ("one",), made) == "built"


@POSIX
def test_a_read_only_folder_is_read_only(own_cache, monkeypatch):
    """What lies there is loaded; what does not is built each time, without a word."""
    cached(str, ("one",), lambda: "old")
    own_cache.chmod(0o500)
    for name in ("mkstemp", "NamedTemporaryFile"):  # root can write there all the same
        monkeypatch.setattr(tempfile, name, lambda *_, **__: fail(PermissionError))
    assert cached(str, ("one",), never) == "old"
    assert cached(str, ("two",), made) == "built"
    assert len(list(own_cache.iterdir())) == 1
    own_cache.chmod(0o700)


@pytest.mark.parametrize("error", [OSError, PermissionError, RuntimeError])
@pytest.mark.parametrize("step", ["replace", "fdopen"])
def test_no_temporary_file_is_left(own_cache, monkeypatch, step, error):
    """Whatever fails while a file is written."""
    where: Any = Path if step == "replace" else os
    with monkeypatch.context() as patched:
        patched.setattr(where, step, lambda *_: fail(error))
        assert cached(str, ("one",), made) == "built"
    assert not list(own_cache.iterdir())


def test_an_interrupt_goes_through_and_leaves_no_file(own_cache, monkeypatch):
    """Ctrl-C while the cache is written ends the program as ever."""
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", lambda *_: fail(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            cached(str, ("one",), made)
    assert not list(own_cache.iterdir())


# -- what is removed


def fill(folder: Path, count: int) -> list[Path]:
    """Files of the cache, each last used a minute after the one before."""
    files = []
    for number in range(count):
        before = set(folder.iterdir()) if folder.is_dir() else set()
        cached(str, (str(number),), str)
        (file,) = set(folder.iterdir()) - before
        at = file.stat().st_mtime - YEAR + 60 * number
        os.utime(file, (at, at))
        files.append(file)
    return files


def test_the_files_used_last_are_left(own_cache, monkeypatch):
    """What was not used for longest goes when something new comes; reading is using."""
    monkeypatch.setattr(cache, "MOST_FILES", 5)
    first, second, *_ = fill(own_cache, 5)
    assert cached(str, ("0",), never) == ""
    assert cached(str, ("new",), made) == "built"
    assert len(list(own_cache.iterdir())) == 5
    assert first.exists()
    assert not second.exists()


@pytest.mark.parametrize("trouble", [PermissionError, FileNotFoundError])
@pytest.mark.parametrize("method", ["unlink", "lstat"])
def test_a_file_that_another_process_holds_or_removed_is_passed_over(
    own_cache, monkeypatch, method, trouble
):
    """Windows removes no open file; and another start may be as far as this one."""
    monkeypatch.setattr(cache, "MOST_FILES", 5)
    first, second, *_ = fill(own_cache, 5)
    first.with_name("more").touch()
    plain = getattr(Path, method)

    def troubled(file: Path, *args: object, **kwargs: object) -> object:
        if file == first:
            raise trouble(file)
        return plain(file, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(Path, method, troubled)
        assert cached(str, ("new",), made) == "built"
    assert first.exists()
    assert not second.exists()
    assert cached(str, ("new",), never) == "built"


# -- several at once


def test_many_at_once_get_what_they_ask_for(own_cache, monkeypatch):
    """Whoever finds a file gone builds it again, and nobody fails."""
    monkeypatch.setattr(cache, "MOST_FILES", 3)

    def ask(number: int) -> tuple[str, str]:
        name = str(number % 8)
        return cached(str, (name,), lambda: name), name

    with ThreadPoolExecutor(8) as workers:
        assert all(given == name for given, name in workers.map(ask, range(400)))
    cached(str, ("new",), made)
    assert len(list(own_cache.iterdir())) == 3


def check(example: Path) -> subprocess.Popen[bytes]:
    """A process that checks an example."""
    return subprocess.Popen(
        [sys.executable, "-m", "gischema", "check", str(example)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.slow
def test_processes_that_start_at_once_all_succeed(own_cache):
    """On an empty cache, each says what the others say, and no temporary file is left."""
    started = [check(EXAMPLES[0]) for _ in range(3)]
    outputs = [one.communicate(timeout=120) for one in started]
    assert outputs[0][0]
    assert outputs == [(outputs[0][0], b"")] * 3
    assert {one.returncode for one in started} == {0}
    assert not [file for file in own_cache.iterdir() if len(file.name) != 64]


@pytest.mark.slow
@pytest.mark.parametrize("spoilt", [ELEVEN_BYTES, None])
def test_a_spoilt_cache_changes_no_run(own_cache, spoilt):
    """Every file of the cache is damaged, or a sound one that raises; the output stays."""
    wanted = check(EXAMPLES[0]).communicate(timeout=120)
    files = sorted(own_cache.iterdir())
    assert len(files) > 8
    for file in files:
        if spoilt is None:
            write(file, pickle.dumps(Trap(eval, "1 / 0")))
        else:
            file.write_bytes(spoilt)
    before = {file: file.read_bytes() for file in files}
    again = check(EXAMPLES[0])
    assert again.communicate(timeout=120) == wanted
    assert again.returncode == 0
    healed = [file for file in files if file.read_bytes() != before[file]]
    assert len(healed) > 8


# -- what Lark built


@pytest.mark.parametrize("form", national_forms(), ids=lambda form: form.id)
def test_a_grammar_from_the_cache_is_the_same(own_cache, form, monkeypatch):
    """Its outline too; and it is not built again."""
    built = Grammar(form.grammar.path)
    outline = attrs.asdict(built.outline)
    monkeypatch.setattr(Lark, "open", None)
    loaded = Grammar(form.grammar.path)
    assert loaded.lark is not built.lark
    assert attrs.asdict(loaded.outline) == outline
    assert attrs.asdict(Outline.of(loaded.lark, sources(loaded.path))) == outline


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_a_cache_changes_no_report(own_cache, tmp_path, monkeypatch, example):
    """Built, loaded, or without any cache: the report is the same, running text too."""
    engine = gischema.Gischema
    read = [gischema.dumps(engine().parse(example)) for _ in range(2)]
    monkeypatch.setenv("XDG_CACHE_HOME", os.devnull)
    assert {*read, gischema.dumps(engine().parse(example))} == {read[0]}
    assert list(own_cache.iterdir())


def test_a_changed_import_is_seen(own_cache, tmp_path):
    """A grammar next to the form's, in a folder too, counts as part of it."""
    parts = tmp_path / "parts"
    parts.mkdir()
    (tmp_path / "form.lark").write_text("%import .parts.heads (LETTERS)\nstart: LETTERS\n")
    for wording in ("信件", "来信"):
        (parts / "heads.lark").write_text(f'%import .marks.MARK\nLETTERS: "{wording}" MARK\n')
        for mark in ("：", "—"):
            (parts / "marks.lark").write_text(f'MARK: "{mark}"\n')
            grammar = Grammar(tmp_path / "form.lark")
            pattern = grammar.lark.get_terminal("LETTERS").pattern.value
            assert (wording in pattern, mark in pattern) == (True, True)


@pytest.mark.parametrize(
    ("statement", "imported"),
    [
        ("%import .stat_2014 (start, _section)", "stat_2014.lark"),
        ("%import stat_2014.start", "stat_2014.lark"),
        ("  %import .art20_2021 (start) -> begin", "art20_2019.lark"),
        ("%import .parts.heads.LETTERS -> HEAD", "heads.lark"),
        ("%import parts.heads.LETTERS", None),
        ("%import .nowhere (X)", None),
        ("%import common.WS", "common.lark"),
    ],
)
def test_imports_are_sources(tmp_path, statement, imported):
    """National grammars, with what they import, and files below the grammar's folder."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "heads.lark").touch()
    file = tmp_path / "form.lark"
    file.write_text(f'// form: x\n{statement}\nX: "%import"\n')
    found = sources(file)
    assert found[0] == file
    assert len(set(found)) == len(found)
    assert (len(found) > 1) == (imported is not None)
    assert imported is None or imported in {source.name for source in found}


# -- the tests themselves


def test_the_tests_do_not_use_the_users_cache():
    """Nor do the programs that they start; all of a session have one."""
    folder = cache_folder()
    assert folder is not None
    assert folder.resolve().is_relative_to(Path(tempfile.gettempdir()).resolve())
    program = "from gischema.forms.cache import cache_folder; print(cache_folder())"
    shown = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert shown.stdout.decode().strip() == str(folder)
