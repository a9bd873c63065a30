"""Read a path, bytes or a file object into a `Document`. This room knows nothing of forms."""

from __future__ import annotations

import codecs
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TypeAlias, cast

from gischema.reading.decode import MAX_BYTES, too_large
from gischema.reading.document import Document, SourcePlace
from gischema.reading.document_writer import DocumentWriter
from gischema.reading.errors import UnreadableSource
from gischema.reading.join_documents import join_documents
from gischema.reading.reader import Reader
from gischema.reading.readers import READERS

__all__ = [
    "READERS",
    "Document",
    "DocumentWriter",
    "Reader",
    "Source",
    "SourcePlace",
    "UnreadableSource",
    "read",
    "read_text",
]

_BEGINNING = 1000  # characters that are searched for the beginning of markup

Single: TypeAlias = "str | os.PathLike[str] | bytes | IO[bytes] | IO[str] | Document"
Source: TypeAlias = "Single | Sequence[Single]"


def read(source: Source, readers: Sequence[Reader] = READERS) -> Document:
    """Return the document in a file or in bytes, read by the first reader that accepts it.

    Args:
        source: A path, an open file, bytes, or a `Document`. A string is a path; a string of
            several lines is the text itself. A list or tuple of these is read as one document: a
            report and its attachments.
        readers: The readers to try, in this order.

    Raises:
        UnreadableSource: If the source is too large or cannot be read.
        OSError: If a file cannot be opened.
    """
    if isinstance(source, (list, tuple)):
        if not source:
            raise ValueError("没有要读取的文件 (no source)")
        return join_documents([_read(one, readers) for one in source])
    return _read(cast(Single, source), readers)


def _read(source: Single, readers: Sequence[Reader]) -> Document:
    if isinstance(source, Document):
        return source
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _document(bytes(source), None, readers)
    if isinstance(source, str) and len(source.splitlines()) > 1:
        return read_text(source, None, readers)
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(size, str(path))
        with path.open("rb") as file:
            return _document(file.read(MAX_BYTES + 1), str(path), readers)
    if not hasattr(source, "read"):
        raise TypeError(f"no path, bytes, text or file: {type(source).__name__}")
    content = source.read(MAX_BYTES + 1)
    name = getattr(source, "name", None)
    if isinstance(content, str):
        return read_text(content, name if isinstance(name, str) else None, readers)
    return _document(content, name if isinstance(name, str) else None, readers)


def read_text(text: str, name: str | None = None, readers: Sequence[Reader] = READERS) -> Document:
    """Return the document of a text. A text that begins with markup is read as a web page.

    Raises:
        UnreadableSource: If the text is too large or cannot be read.
    """
    if len(text) > MAX_BYTES:
        raise too_large(len(text), name)
    if text[:_BEGINNING].lstrip().startswith("<"):
        return _document(codecs.BOM_UTF8 + text.encode(errors="replace"), name, readers)
    return Document(text, name)


def _document(data: bytes, name: str | None, readers: Sequence[Reader]) -> Document:
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    if not data.strip():
        raise UnreadableSource(
            name, "文件是空的，请重新下载或另存", "the file is empty; download or save it again"
        )
    reader = next((one for one in readers if one.accepts(data, name)), None)
    if reader is None:
        raise UnreadableSource(
            name,
            "没有能读取此类文件的读取器",
            "no reader takes this kind of file",
            "unsupported",
        )
    return reader.read(data, name)
