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
    `accepts` says of the content and the name of a file whether this reader is the one for it;
    content counts more than suffix. `read` makes the document of it, or raises UnreadableSource.
    Both must not import anything heavy before they have to.
    """

    name: str
    suffixes: frozenset[str]
    accepts: Callable[[bytes, str | None], bool]
    read: Callable[[bytes, str | None], Document]
