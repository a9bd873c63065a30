"""A cache of built grammars and parsed rules in the user's own folder, for fast starts.

Loading a file unpickles it. So a file is loaded only if no other user can have written it, and if
the digest at its beginning is that of the rest. Whatever fails, the value is built again.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import attrs
import lark
from lark import Lark
from platformdirs import user_cache_path

from gischema._version import __version__

T = TypeVar("T")

MOST_FILES = 300
"""Files that are kept, some thirty megabytes: one environment needs about twelve, and each change
of a grammar, of a package or of Python makes new ones."""

_DIGEST = hashlib.sha256().digest_size


def cached(kind: type[T], key: Iterable[str | Path], build: Callable[[], T]) -> T:
    """Return the result of `build`, from the user's cache if it is there.

    Args:
        kind: The class of the value.
        key: Everything that the value depends on. A path stands for the content of its file. The
            versions of this package and of its dependencies are part of every key.
        build: A function that makes the value. Only its own exceptions are raised.
    """
    file = _file(key)
    value = None if file is None else _load(file)
    if isinstance(value, kind):
        return value
    built = build()
    if file is not None:
        _store(file, built)
    return built


def digest(parts: Iterable[str | Path]) -> str:
    """Return a digest of texts and of the contents of files. Raises OSError."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else _encoded(part)
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # names of files may hold surrogates


def cache_folder() -> Path | None:
    """Return the folder of the cache, None if there is none that only this user can write."""
    with suppress(Exception):
        folder = user_cache_path("gischema", appauthor=False) / "built"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_ours(folder, stat.S_ISDIR):
            return folder
    return None


def _file(key: Iterable[str | Path]) -> Path | None:
    """Return the file of a key, None if there is no cache for it."""
    folder = cache_folder()
    if folder is not None:
        with suppress(Exception):
            return folder / digest((_versions(), *key))
    return None


def _versions() -> str:
    """Return a text that changes with the versions that a pickled value depends on.

    attrs states its version through `importlib.metadata`, which takes a tenth of a start; the time
    of its installation serves as well.
    """
    installed = os.stat(attrs.__file__).st_mtime_ns  # noqa: PTH116
    return f"{__version__} {sys.version} {lark.__version__} {installed}"


def _is_ours(path: Path, is_kind: Callable[[int], bool]) -> bool:
    """Return True if a path is of this kind, no link, and only this user can write it."""
    status = path.lstat()
    if not is_kind(status.st_mode):
        return False
    if not hasattr(os, "geteuid"):  # Windows: the folder inherits the rights of the user's profile
        return True
    others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return status.st_uid == os.geteuid() and not others


def _load(file: Path) -> object:
    """Return the value in a file, None if there is none that can be trusted and used."""
    with suppress(Exception):
        if _is_ours(file, stat.S_ISREG):
            data = file.read_bytes()
            if data[:_DIGEST] == _digest_of(file, data[_DIGEST:]):
                value: object = pickle.loads(data[_DIGEST:])
                _mark_used(file)
                return value
    return None


def _store(file: Path, value: object) -> None:
    """Write a file as a whole or not at all; a cache that cannot be written is no error."""
    import tempfile  # 5 ms, and only a start with an empty cache writes

    with suppress(Exception):
        payload = _pickled(value)
        handle, name = tempfile.mkstemp(dir=file.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(_digest_of(file, payload) + payload)
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
        _prune(file.parent)


def _digest_of(file: Path, payload: bytes) -> bytes:
    """Return the digest of a file name and a payload, so that no renamed file is accepted."""
    return hashlib.sha256(file.name.encode() + payload).digest()


class _Pickler(pickle.Pickler):
    """A pickler that saves Lark parsers with Lark's own `save`."""

    def reducer_override(self, value: object) -> Any:
        """Return how to restore a value; only Lark parsers are special."""
        if not isinstance(value, Lark):
            return NotImplemented
        saved = io.BytesIO()
        value.save(saved)
        return _loaded, (saved.getvalue(),)


def _loaded(saved: bytes) -> Lark:
    return Lark.load(io.BytesIO(saved))


def _pickled(value: object) -> bytes:
    out = io.BytesIO()
    _Pickler(out, pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()


def _mark_used(file: Path) -> None:
    """Set the modification time to now: it serves as the time of last use."""
    with suppress(OSError):
        os.utime(file)


def _prune(folder: Path) -> None:
    """Remove the least recently used files if there are too many.

    Other processes may prune or read at the same time: they build again what is missing.
    """
    used: list[tuple[int, Path]] = []
    for file in folder.iterdir():
        with suppress(OSError):
            used.append((file.lstat().st_mtime_ns, file))
    for _, file in sorted(used)[:-MOST_FILES]:
        with suppress(OSError):
            file.unlink()
