"""A reader of one kind of file."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from gischema.reading.document import Document
from gischema.record import Record


@frozen(eq=False, repr=False)
class Reader(Record):
    """Reads one kind of file.

    `suffixes` are those that a search through a folder takes, with their dot and in lower case.
    `accepts` gets the content and the name of a file, and returns True if this reader is the one
    for it; content counts more than the suffix. `read` returns the document, or raises
    UnreadableSource. Neither should import anything heavy before it is needed.
    """

    name: str
    suffixes: frozenset[str]
    accepts: Callable[[bytes, str | None], bool]
    read: Callable[[bytes, str | None], Document]
