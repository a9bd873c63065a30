"""The user's cache: what is kept, what is made anew, and what is removed again."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gischema.forms import cache
from gischema.forms.cache import MOST_FILES, kept

YEAR = 365 * 24 * 3600


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A cache folder beside that of another version of Lark."""
    for name in ("grammars-lark-1", "grammars-lark-2"):
        (tmp_path / name).mkdir()
    return tmp_path / "grammars-lark-2"


def fill(folder: Path, count: int) -> list[Path]:
    """Files of the cache, each last used a minute after the one before."""
    files = [folder / f"{number}.parser" for number in range(count)]
    for minute, file in enumerate(files):
        file.write_bytes(pickle.dumps(("", file.name)))
        at = file.stat().st_mtime - YEAR + 60 * minute
        os.utime(file, (at, at))
    return files


def never() -> str:
    """Fails where something should have been in the cache."""
    raise AssertionError("made anew")


def left(folder: Path) -> set[str]:
    """The names of the files in a folder."""
    return {file.name for file in folder.iterdir()}


def test_the_files_used_last_are_left(folder):
    """What was not used for longest goes when something new comes."""
    fill(folder, MOST_FILES + 5)
    assert kept(folder / "new.parser", "", lambda: "made") == "made"
    assert len(left(folder)) == MOST_FILES
    assert not left(folder) & {f"{number}.parser" for number in range(6)}
    assert kept(folder / "new.parser", "", never) == "made"


def test_reading_counts_as_using(folder):
    """An old file that every start reads stays."""
    first, *_ = fill(folder, MOST_FILES)
    assert kept(first, "", never) == first.name
    kept(folder / "new.parser", "", lambda: "made")
    assert kept(first, "", never) == first.name
    assert "1.parser" not in left(folder)


def test_files_of_other_versions_grow_old_too(folder):
    """An environment with another Lark has a folder of its own."""
    fill(folder.with_name("grammars-lark-1"), 5)
    for number in range(MOST_FILES):
        (folder / f"{number}.outline").write_bytes(b"")
    kept(folder / "new.parser", "", lambda: "made")
    assert not left(folder.with_name("grammars-lark-1"))
    assert len(left(folder)) == MOST_FILES


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    """A caller may name any folder as a cache; what else lies there is not ours."""
    fill(tmp_path, MOST_FILES + 5)
    kept(tmp_path / "new.parser", "", lambda: "made")
    assert len(left(tmp_path)) == MOST_FILES + 6


@pytest.mark.parametrize("trouble", [PermissionError, FileNotFoundError])
@pytest.mark.parametrize("method", ["unlink", "stat"])
def test_a_file_that_another_process_holds_or_removed_is_passed_over(
    folder, monkeypatch, method, trouble
):
    """Windows removes no open file; and another start may be as far as this one."""
    files = fill(folder, MOST_FILES + 5)
    plain = getattr(Path, method)

    def troubled(file: Path, *args: object, **kwargs: object) -> object:
        if file == files[0]:
            raise trouble(file)
        return plain(file, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(Path, method, troubled)
        assert kept(folder / "new.parser", "", lambda: "made") == "made"
    assert files[0].exists()
    assert not files[1].exists()
    assert kept(folder / "new.parser", "", never) == "made"


def test_many_at_once_get_what_they_ask_for(folder, monkeypatch):
    """Whoever finds a file gone makes it anew, and nobody fails."""
    monkeypatch.setattr(cache, "MOST_FILES", 3)

    def ask(number: int) -> tuple[int, int]:
        name = number % 8
        return kept(folder / f"{name}.parser", "", lambda: name), name

    with ThreadPoolExecutor(8) as workers:
        assert all(given == name for given, name in workers.map(ask, range(400)))
    kept(folder / "new.parser", "", lambda: "made")
    assert len(left(folder)) == cache.MOST_FILES


@pytest.mark.parametrize("spoilt", [b"", b"\x80", pickle.dumps("no pair"), pickle.dumps(("x", 1))])
def test_what_cannot_be_used_is_made_anew(folder, spoilt):
    """A file cut short, of another kind or of another state is replaced."""
    file = folder / "one.parser"
    file.write_bytes(spoilt)
    assert kept(file, "state", lambda: "made") == "made"
    assert kept(file, "state", never) == "made"


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path):
    """Then everything is made each time."""
    made: Callable[[], str] = lambda: "made"  # noqa: E731
    assert kept(tmp_path / "missing" / "one.parser", "", made) == "made"
