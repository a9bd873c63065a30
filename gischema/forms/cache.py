"""Built grammars and parsed rules, kept in the user's own folder so that a start costs little."""

from __future__ import annotations

import io
import os
import pickle
import re
import stat
import tempfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import lark
from lark.parsers.lalr_analysis import Action
from platformdirs import user_cache_path

from gischema.forms.compiled import reduced

T = TypeVar("T")

MOST_FILES = 500
"""Files that are kept, of all versions of Lark together: some thirty megabytes. One environment
needs about fifteen; a run of the tests makes hundreds, and should not cost all others theirs."""

_FOLDER = "grammars-lark-"


def cache_folder() -> Path | None:
    """A folder that only this user can write, None if there is no such place.

    Lark unpickles what it finds there, so a folder that others could write is never used.
    """
    folder = user_cache_path("gischema", appauthor=False) / f"{_FOLDER}{lark.__version__}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    if hasattr(os, "getuid"):
        foreign = status.st_uid != os.getuid()
        if foreign or stat.S_IMODE(status.st_mode) & (stat.S_IWGRP | stat.S_IWOTH):
            return None
    return folder


def fingerprint(versions: str, *files: Path) -> str:
    """Tells whether a cache is still good: it changes with the versions and what the files hold."""
    parts = [versions.encode(), *(file.read_bytes() for file in files)]
    return " ".join(f"{zlib.crc32(part):08x}{zlib.adler32(part):08x}" for part in parts)


def place_of(*paths: Path) -> str:
    """Tells apart files of one name in several checkouts and environments."""
    return f"{zlib.crc32(' '.join(str(path.resolve()) for path in paths).encode()):08x}"


def kept(file: Path, fingerprint: str, make: Callable[[], T]) -> T:
    """What `make` makes, from `file` if it was kept there under the same fingerprint."""
    try:
        known, value = pickle.loads(file.read_bytes())
        if known == fingerprint:
            _mark_used(file)
            return value  # type: ignore[no-any-return]
    except (OSError, pickle.UnpicklingError, EOFError, LookupError, AttributeError, ImportError,
            TypeError, ValueError):  # fmt: skip
        pass  # whatever is wrong with a cache, it is made anew
    made = make()
    _write(file, _pickled((fingerprint, made)))
    _prune(file.parent)
    return made


class _Pickler(pickle.Pickler):
    """Keeps by name what Lark knows by identity, actions of parsers and modules; compiles."""

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, Action):
            return value.name
        if isinstance(value, ModuleType):
            return import_module, (value.__name__,)
        if isinstance(value, re.Pattern):
            return reduced(value)
        return NotImplemented


def _pickled(value: object) -> bytes:
    out = io.BytesIO()
    _Pickler(out, pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()


def _write(file: Path, data: bytes) -> None:
    """Write a file as a whole or not at all; a cache that cannot be written is no error."""
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as out:
            out.write(data)
        Path(out.name).replace(file)
    except OSError:
        return


def _mark_used(file: Path) -> None:
    """The time of a file's last change is that of its last use: many systems note no other."""
    with suppress(OSError):
        os.utime(file)


def _prune(folder: Path) -> None:
    """Remove what was not used for longest, if there is too much, in our own folders only.

    Other processes may do the same or be reading: they make anew what they miss, and what they hold
    open on Windows stays for now.
    """
    if not folder.name.startswith(_FOLDER):
        return
    used: list[tuple[int, Path]] = []
    for file in folder.parent.glob(f"{_FOLDER}*/*"):
        with suppress(OSError):
            used.append((file.stat().st_mtime_ns, file))
    for _, file in sorted(used)[:-MOST_FILES]:
        with suppress(OSError):
            file.unlink()
