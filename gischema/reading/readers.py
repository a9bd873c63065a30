"""The readers that the package brings, in the order in which they are asked."""

from __future__ import annotations

from gischema.reading.decode import decode
from gischema.reading.document import Document
from gischema.reading.reader import Reader

__all__ = ["READERS"]


def _read_text(data: bytes, name: str | None) -> Document:
    return Document(decode(data, name), name)


def _anything(_data: bytes, _name: str | None) -> bool:
    return True


_TEXT = Reader("text", frozenset({".txt", ".md"}), _anything, _read_text)

READERS: tuple[Reader, ...] = (_TEXT,)
"""Plain text comes last: it takes whatever no other reader does, or says why it cannot."""
