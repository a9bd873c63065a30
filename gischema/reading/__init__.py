"""Read a path, bytes or a file object into a `Document`. This room knows nothing of forms."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO, TypeAlias

from attrs import evolve

from gischema.errors import InvalidSource
from gischema.filenames import displayed
from gischema.reading.archive import is_archive, read_archive
from gischema.reading.damage import mark_lost
from gischema.reading.decode import too_large
from gischema.reading.document import Document, SourcePlace
from gischema.reading.document_writer import DocumentWriter
from gischema.reading.errors import UnreadableSource
from gischema.reading.join_documents import join_documents
from gischema.reading.limits import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_LINES,
    MAX_NUMBERS,
)
from gischema.reading.reader import Reader
from gischema.reading.readers import READERS

__all__ = [
    "READERS",
    "Document",
    "DocumentWriter",
    "Reader",
    "Single",
    "Source",
    "SourcePlace",
    "UnreadableSource",
    "join_documents",
    "read",
    "read_text",
]

_PRINTED_LINE = re.compile(r"[^\n]*\S[^\n]*")
_NUMBER = re.compile(r"\d+")
_BEGINNING = 1000  # characters that are searched for the beginning of markup
_SHOWN = 40  # characters of a text that a message repeats

Single: TypeAlias = "str | os.PathLike[str] | bytes | IO[bytes] | IO[str] | Document"
Source: TypeAlias = "Single | Sequence[Single]"
_EXPECTED = "Path, str (a path), bytes, file object or Document"
_URL = re.compile(r"(?i)[a-z][a-z0-9+.-]+://")
_PROSE = re.compile(r"[\n\r\0。，；：|<>\t]")
_LONGEST_PATH = 4096


def read(
    source: Single, readers: Sequence[Reader] = READERS, *, name: str | None = None
) -> Document:
    """Return the document in a file or in bytes, read by the first reader that accepts it.

    Args:
        source: A path, an open file, bytes, or a `Document`. A string is a path.
        readers: The readers to try, in this order.
        name: The name of the source, instead of its own.

    Raises:
        UnreadableSource: If the source is too large or cannot be read.
        InvalidSource: If a string is a text or an address, not a path.
        TypeError: If the source is of another type.
        OSError: If a file cannot be opened.
    """
    if isinstance(source, Document):
        return source if name is None else evolve(source, name=name)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _document(bytes(source), name, readers)
    if isinstance(source, str):
        _require_path(source)
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(size, name or str(path))
        with path.open("rb") as file:
            return _document(file.read(MAX_BYTES + 1), name or str(path), readers)
    if not hasattr(source, "read"):
        raise TypeError(f"expected {_EXPECTED}, not {type(source).__name__}")
    return _open_file(source, readers, name)


def _open_file(file: IO[bytes] | IO[str], readers: Sequence[Reader], name: str | None) -> Document:
    content = file.read(MAX_BYTES + 1)
    if name is None and isinstance(own := getattr(file, "name", None), str):
        name = own
    if isinstance(content, str):
        return read_text(content, name, readers)
    return _document(content, name, readers)


def _require_path(text: str) -> None:
    """Raise InvalidSource if a string is a text, markup or an address and no file is called so."""
    if "\0" not in text and os.path.exists(text):  # noqa: PTH110 - Path.exists raises for long texts
        return
    if _URL.match(text):
        raise InvalidSource(
            f"不读取网址：请先下载“{_beginning(text)}”，再用 parse(路径) 读取保存的文件",
            f"addresses are not read: download “{_beginning(text)}” and read the file with "
            "parse(path)",
        )
    if len(text) > _LONGEST_PATH or _PROSE.search(text):
        raise InvalidSource(
            f"“{_beginning(text)}”是文字而不是路径：请用 parse_text(文字) 读取",
            f"“{_beginning(text)}” is a text, no path: read it with parse_text(text)",
        )


def _beginning(text: str) -> str:
    shown = displayed(text[:_SHOWN])
    return shown if len(text) <= _SHOWN else f"{shown}…"


def read_text(text: str, name: str | None = None, readers: Sequence[Reader] = READERS) -> Document:
    """Return the document of a text. A text that begins with markup is read as a web page.

    Raises:
        UnreadableSource: If the text is too large or cannot be read.
        TypeError: If it is no text.
    """
    if not isinstance(text, str):
        raise TypeError(f"expected str, not {type(text).__name__}; parse reads files and bytes")
    if len(text) > MAX_BYTES:
        raise too_large(len(text), name)
    if text[:_BEGINNING].lstrip().startswith("<"):
        return _document(codecs.BOM_UTF8 + mark_lost(text).encode(), name, readers)
    return _within_limits(Document(mark_lost(text), name))


def _document(
    data: bytes, name: str | None, readers: Sequence[Reader], *, in_archive: bool = False
) -> Document:
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    if not data.strip():
        raise UnreadableSource(
            name, "文件是空的，请重新下载或另存", "the file is empty; download or save it again"
        )
    if in_archive:
        return _read_file(data, name, readers)
    if is_archive(data, name):
        document = read_archive(data, name, partial(_document, readers=readers, in_archive=True))
    else:
        document = _read_file(data, name, readers)
    return evolve(document, digests=(sha256(data).hexdigest(),))


def _read_file(data: bytes, name: str | None, readers: Sequence[Reader]) -> Document:
    reader = next((one for one in readers if one.accepts(data, name)), None)
    if reader is None:
        raise UnreadableSource(
            name,
            "没有能读取此类文件的读取器",
            "no reader takes this kind of file",
            "unsupported",
        )
    return _within_limits(reader.read(data, name))


def _within_limits(document: Document) -> Document:
    """Return a document unless its text is far too long for a report.

    Raises:
        UnreadableSource: If it is: reading it would take minutes.
    """
    text = document.text
    bars = text.count("|") + text.count("\t")
    lines = 0 if text.count("\n") <= MAX_LINES else len(_PRINTED_LINE.findall(text))
    numbers = len(_NUMBER.findall(text)) if MAX_NUMBERS < len(text) <= MAX_CHARACTERS else 0
    for count, most, zh, en in (
        (len(text), MAX_CHARACTERS, "个字符", "characters"),
        (lines, MAX_LINES, "行", "lines"),
        (bars, MAX_CELLS, "个单元格", "cells"),
        (numbers, MAX_NUMBERS, "个数", "numbers"),
    ):
        if count > most:
            raise UnreadableSource(
                document.name,
                f"正文有 {count} {zh}，超过 {most} {zh}的上限，不会是一份年度报告；"
                "请只留下报告的文字和表格",
                f"{count} {en} of text are over the limit of {most}; this is no annual report: "
                "keep its text and tables only",
            )
    return document
