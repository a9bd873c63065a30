"""The writer by which all readers build a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import define, field

from gischema.reading.document import Document, SourcePlace, quick_place

_SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029|]+")
_NOWHERE = SourcePlace(0, 0)
_MOST_LISTED = 8

BAR = " | "
"""What closes a cell."""


@define(eq=False, repr=False)
class DocumentWriter:
    """Builds a document block by block, and keeps where each cell and paragraph stood.

    A table becomes lines of cells closed by bars: `本年新收 | 3 | 0 |`. A cell that spans several
    columns or rows is written once, where it begins, and leaves nothing in the others: an empty
    cell of the text is an empty cell of the file. Tables are counted from 0.
    """

    places: list[SourcePlace] = field(factory=list)
    _parts: list[str] = field(factory=list)
    _notes: list[tuple[str, dict[str, str]]] = field(factory=list)
    _length: int = 0
    _tables: int = 0

    def paragraph(self, text: str, place: SourcePlace | None = None) -> None:
        """Add a line; white space and bars in `text` become one space each.

        `place` says where it stood; its offsets are filled in here.
        """
        start, end = self.write(text, "\n")
        if place is not None and start < end:
            self.places.append(_moved(place, start, end))

    def table(self, rows: Iterable[Iterable[tuple[str, SourcePlace | None]]]) -> None:
        """Add a table of rows of cells: their text, and where it stood if more is known.

        Table, row and cell are counted here unless the place already tells them.
        """
        for number, row in enumerate(rows):
            for count, (text, place) in enumerate(row):
                counted = self._tables, number, count
                self.places.append(_moved(place or _NOWHERE, *self.write(text, BAR), *counted))
            self.write("", "\n")
        self._tables += 1

    def write(self, text: str, closed: str) -> tuple[int, int]:
        """Add the text of a cell, closed by `BAR`, or a line, closed by a line break.

        Returns where it stands now. An empty cell is found at the bar that closes it. For readers
        that make their places themselves, and add them to `places` in order.
        """
        if not text.isalnum():
            text = _SPACES.sub(" ", text).strip(" ")
        start = self._length
        end = start + len(text)
        self._parts.append(text + closed)
        self._length = end + len(closed)
        return (start, end) if text or closed != BAR else (start + 1, end + 2)

    def note(self, code: str, left_out: str = "", /, **words: str) -> None:
        """Note something about the reading: the code of a diagnostic and its words.

        Places that name the code in their `doubts` make the figures there doubtful. `left_out` are
        the rows of tables that were not read, bars between their cells: their figures are named.
        """
        self._notes.append((code, {**words, "left_out": left_out} if left_out else words))

    def document(
        self, name: str | None, kind: str, meta: Mapping[str, str] | None = None
    ) -> Document:
        """What was written; `meta` is what the file says of itself beside its text."""
        text, places, notes = "".join(self._parts), tuple(self.places), tuple(self._notes)
        return Document(text, name, kind, places, notes, meta or {})


def listed(things: Iterable[object]) -> str:
    """Some things in a row, the first few of them if they are many: for the words of a note."""
    words = list(dict.fromkeys(map(str, things)))
    return "、".join(words[:_MOST_LISTED]) + ("…" if len(words) > _MOST_LISTED else "")


def _moved(
    place: SourcePlace,
    start: int,
    end: int,
    block: int | None = None,
    row: int | None = None,
    cell: int | None = None,
) -> SourcePlace:
    """A place at other offsets; block, row and cell are those it has if it tells none."""
    return quick_place(
        start,
        end,
        block if place.block is None else place.block,
        row if place.row is None else place.row,
        cell if place.cell is None else place.cell,
        place.page,
        place.element,
        place.box,
        place.file,
        place.doubts,
    )
