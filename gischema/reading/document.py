"""What every reader yields: one text with the places its parts had in the file."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from attrs import frozen


@frozen(eq=False, repr=False)
class Place:
    """Where a stretch of a document's text stood in the file: table, row, cell, page."""

    start: int
    end: int
    block: int | None = None
    row: int | None = None
    cell: int | None = None
    page: int | None = None


@frozen(slots=False, eq=False, repr=False)
class Document:
    """A source as text. Tables are lines of cells, closed by bars; paragraphs are lines.

    `places` are sorted, do not overlap, and are empty where the source is itself plain text.
    `notes` are (diagnostic code, words) pairs about the reading itself.
    """

    text: str
    name: str | None = None
    kind: str = "text"
    places: tuple[Place, ...] = ()
    notes: tuple[tuple[str, dict[str, str]], ...] = ()

    def place(self, offset: int) -> Place | None:
        """The place of the character at `offset`, None if the reader gave none."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.places[index].end:
            return None
        return self.places[index]

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.places]
