"""The result of every reader: one text, and where its parts stood in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property

from attrs import evolve, field, frozen

from gischema.report import Origin

_OF_ELEMENTS = frozenset({"html", "mhtml"})


@frozen
class SourcePlace:
    """Where a span of a document's text stood in the file; `Origin` describes the fields.

    `doubts` holds the codes of the document's notes that make a figure read here doubtful.
    `choices` are the texts that a recogniser takes this place for, the most likely first; None if
    it was printed as text. `alike` holds by character, without blanks, what else each one of such a
    text may be.
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
    choices: tuple[str, ...] | None = None
    alike: tuple[str, ...] = ()


@frozen(slots=False, eq=False)
class Document:
    """A source as text. Tables are lines of cells closed by bars; paragraphs are lines.

    `kind` is the name of the reader. `places` are sorted and do not overlap; they are empty if the
    source is plain text. `notes` are pairs of a diagnostic code and its words about the reading
    itself; a place lists the codes of the notes that make it doubtful. Among the words, `file` says
    which of several files a note is about, and `left_out` holds rows of tables that were not read.
    `meta` holds what the file states about itself outside its text, with names in lower case:
    `<meta>` tags, and `title` for the file's own title. `parts` are the documents that an archive
    holds, each by itself. `digests` are the SHA-256 digests of the files that it was read from.
    """

    text: str
    name: str | None = None
    kind: str = "text"
    places: tuple[SourcePlace, ...] = ()
    notes: tuple[tuple[str, dict[str, str]], ...] = ()
    meta: Mapping[str, str] = field(factory=dict)
    parts: tuple[Document, ...] = ()
    digests: tuple[str, ...] = ()

    @property
    def keeps_cells(self) -> bool:
        """True if each cell of a table is an element of the file, an empty one, too.

        Where a row lost one it is shorter. In other kinds the last one seems to be empty.
        """
        return self.kind in _OF_ELEMENTS

    def place(self, offset: int) -> SourcePlace | None:
        """Return the place of the character at `offset`, None if the reader gave none."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.places[index].end:
            return None
        return self.places[index]

    def doubted(self, code: str) -> Document:
        """Return the document with a note that makes every cell of its tables doubtful."""
        places = (
            place if place.row is None else evolve(place, doubts=(*place.doubts, code))
            for place in self.places
        )
        return evolve(self, places=tuple(places), notes=(*self.notes, (code, {})))

    def origin(self, start: int, end: int, line: int, column: int) -> Origin:
        """Return the origin of the span `start:end`, which begins in `line` and `column`."""
        place = self.place(start) if self.places else None
        if place is None:
            return Origin(start, end, line, column)
        return Origin(
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
    def is_recognised(self) -> bool:
        """Return True if some of its text was recognised on a scan."""
        return any(place.choices is not None for place in self.places)

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.places]
