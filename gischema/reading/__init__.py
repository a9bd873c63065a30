"""Reading: from a path, bytes or a file object to a `Document`. Knows nothing of forms."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, TypeAlias

from gischema.reading.decode import MAX_BYTES, decode, too_large
from gischema.reading.document import Document, Place
from gischema.reading.errors import UnreadableSource

__all__ = ["Document", "Place", "Source", "UnreadableSource", "read", "read_text"]

Source: TypeAlias = "str | os.PathLike[str] | bytes | IO[bytes] | IO[str] | Document"


def read(source: Source) -> Document:
    """The document in a file (path or open file object) or in bytes.

    Raises UnreadableSource if it is too large or no text, OSError if it cannot be opened.
    """
    if isinstance(source, Document):
        return source
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _document(bytes(source), None)
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(size, str(path))
        return _document(path.read_bytes(), str(path))
    content = source.read(MAX_BYTES + 1)
    name = getattr(source, "name", None)
    if isinstance(content, str):
        return read_text(content, name if isinstance(name, str) else None)
    return _document(content, name if isinstance(name, str) else None)


def read_text(text: str, name: str | None = None) -> Document:
    """The document of a text at hand. Raises UnreadableSource if it is too large."""
    if len(text) > MAX_BYTES:
        raise too_large(len(text), name)
    return Document(text, name)


def _document(data: bytes, name: str | None) -> Document:
    if not data.strip():
        raise UnreadableSource(name, "文件是空的", "the file is empty")
    return Document(decode(data, name), name)
