"""What every reader yields: one text with the places its parts had in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property

from attrs import field, frozen

from gischema.quick import quick
from gischema.report import Origin, quick_origin


@frozen(eq=False, repr=False)
class SourcePlace:
    """Where a stretch of a document's text stood in the file; see `Origin` for the fields.

    `doubts` are the codes of the document's notes that make a figure read here doubtful.
    """

    start: int
    end: int
    block: int | None = None
    row: int | None = None
    cell: int | None = None
    page: int | None = None
    element: str | None = None
    box: tuple[int, ...] | None = None
    file: str | None = None
    doubts: tuple[str, ...] = ()


quick_place = quick(SourcePlace)
"""`Place`, for readers: a document has one a cell."""


@frozen(slots=False, eq=False, repr=False)
class Document:
    """A source as text. Tables are lines of cells, closed by bars; paragraphs are lines.

    `kind` is the reader's name. `places` are sorted, do not overlap, and are empty where the
    source is itself plain text. `notes` are (diagnostic code, words) pairs about the reading
    itself; a place names those that put in doubt what stands there. Among the words `file` may
    say which of several files a note is about, `left_out` which rows of tables were not read.
    `meta` is what the file says of itself beside its text, by names in lower case: those of
    `<meta>` tags, `title` for its own title.
    """

    text: str
    name: str | None = None
    kind: str = "text"
    places: tuple[SourcePlace, ...] = ()
    notes: tuple[tuple[str, dict[str, str]], ...] = ()
    meta: Mapping[str, str] = field(factory=dict)

    def place(self, offset: int) -> SourcePlace | None:
        """The place of the character at `offset`, None if the reader gave none."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.places[index].end:
            return None
        return self.places[index]

    def origin(self, start: int, end: int, line: int, column: int) -> Origin:
        """The origin of a span of the text, which begins in `line` and `column`."""
        place = self.place(start) if self.places else None
        if place is None:
            return quick_origin(start, end, line, column)
        return quick_origin(
            start,
            end,
            line,
            column,
            place.block,
            place.row,
            place.cell,
            place.page,
            start - place.start,
            place.element,
            place.box,
            place.file,
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.places]
