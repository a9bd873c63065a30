"""Build a document block by block. All readers use it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import define, field

from gischema.reading.document import Document, SourcePlace

_SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029|]+")
_NOWHERE = SourcePlace(0, 0)
_MOST_LISTED = 8
_BAR_FOR_DIGIT = re.compile(r"\d*\|\d+|\d+\|")  # 19 read from a picture
_STROKE = "丨"  # separates no cells

BAR = " | "
"""Closes a cell."""


@define(eq=False)
class DocumentWriter:
    """Builds a document block by block, and records where each cell and paragraph stood.

    A table becomes lines of cells closed by bars: `本年新收 | 3 | 0 |`. A cell that spans several
    columns or rows is written once, where it begins, and leaves nothing in the others. So an empty
    cell of the text is an empty cell of the file. Tables are counted from 0.
    """

    places: list[SourcePlace] = field(factory=list)
    _parts: list[str] = field(factory=list)
    _notes: list[tuple[str, dict[str, str]]] = field(factory=list)
    _length: int = 0
    _tables: int = 0

    def paragraph(self, text: str, place: SourcePlace | None = None) -> None:
        """Add a line. Each run of white space and bars in `text` becomes one space.

        `place` is where it stood; its offsets are filled in here.
        """
        start, end = self.write(text, "\n")
        if place is not None and start < end:
            self.places.append(_moved(place, start, end))

    def table(self, rows: Iterable[Iterable[tuple[str, SourcePlace | None]]]) -> None:
        """Add a table of rows of cells: their text, and their place if more is known.

        Table, row and cell are counted here unless the place already has them.
        """
        for number, row in enumerate(rows):
            for count, (text, place) in enumerate(row):
                counted = self._tables, number, count
                self.places.append(_moved(place or _NOWHERE, *self.write(text, BAR), *counted))
            self.write("", "\n")
        self._tables += 1

    def write(self, text: str, closed: str) -> tuple[int, int]:
        """Add the text of a cell, closed by `BAR`, or a line, closed by a line break.

        This is for readers that build places themselves and add them to `places` in order.

        Returns:
            The span of the text in the document. The span of an empty cell is the bar that closes
                it.
        """
        if not text.isalnum():
            if closed == BAR and _BAR_FOR_DIGIT.fullmatch(text.strip()):
                text = text.replace("|", _STROKE)
            text = _SPACES.sub(" ", text).strip(" ")
        start = self._length
        end = start + len(text)
        self._parts.append(text + closed)
        self._length = end + len(closed)
        return (start, end) if text or closed != BAR else (start + 1, end + 2)

    def note(self, code: str, left_out: str = "", /, **words: str) -> None:
        """Add a note about the reading: the code of a diagnostic and its words.

        Places with this code in their `doubts` make the figures there doubtful.

        Args:
            code: The code of the diagnostic.
            left_out: The rows of tables that were not read, with bars between their cells. Their
                figures are flagged.
            words: The words of the diagnostic's message.
        """
        self._notes.append((code, {**words, "left_out": left_out} if left_out else words))

    def document(
        self, name: str | None, kind: str, meta: Mapping[str, str] | None = None
    ) -> Document:
        """Return what was written; `meta` is what the file states about itself outside its text."""
        text, places, notes = "".join(self._parts), tuple(self.places), tuple(self._notes)
        return Document(text, name, kind, places, notes, meta or {})


def listed(things: Iterable[object]) -> str:
    """Return some things as a list for the words of a note, cut after the first few."""
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
    """Return a place at other offsets. Missing block, row and cell are filled in."""
    return SourcePlace(
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
        place.choices,
        place.alike,
    )
