"""Read a sample page as rows of a table that no grammar knows: label, unit and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import define, field, frozen

from gischema.chinese.units import KNOWN
from gischema.errors import FormError
from gischema.forms.labels import key, squeeze, strip_enumerator
from gischema.report import Amount
from gischema.scaffold.terms import Terms
from gischema.tables.numbers import is_no_figure, is_value, read_value, several
from gischema.tables.printed_units import UNITS
from gischema.tables.tokenize import cut_cells
from gischema.tables.trailing_numbers import figures_at_end, without_unit
from gischema.text import normalise

_LONGEST = 60  # characters of a label
_LEAST = 3  # rows of a table
_APART = 4  # texts without figures between two rows of one table
_BLANKS = re.compile(r"\s+")
_NOTE = re.compile(r"\s*\([^()]*\)\s*\Z")
_IN_BRACKETS = re.compile(r"\([^()]{3,}\)\Z")
SENTENCE = re.compile(r"[。;!]|,(?!公开)|\d{4}年(?!度\Z)|:\s*\S{12}")
_FIGURES = r"\d[\d.]*(?:\s+\d[\d.]*(?!\d|\s*[.、]))*"
_IN_LINE = re.compile(rf"\s(?P<unit>{UNITS})\s+(?P<figures>{_FIGURES})(?=\s|\Z)")
_HEADS = 8  # words above the first row of a line that holds a whole table
_MANY = 3  # units with figures behind them in one line


@define
class SampleRow:
    """A row of a sample.

    Attributes:
        number: What stands before the words of its label: `其中:1.`.
        label: The words.
        unit: The printed unit.
        figures: Its figures in printed order, None for one that is not applicable.
        printed: The same as texts.
        dashes: Dashes stand in its cells.
    """

    number: str
    label: str
    unit: str | None = None
    figures: list[Amount | None] = field(factory=list)
    printed: list[str] = field(factory=list)
    dashes: bool = False

    @property
    def key(self) -> str:
        """The words that pages are compared with."""
        return key(self.label)

    @property
    def counts(self) -> bool:
        """True if the row has a unit or a figure."""
        return self.unit is not None or (bool(self.figures) and not self.dashes)


class NoTable(FormError):
    """Raised for a sample without a table."""


@frozen
class SampleTable:
    """The table of a sample: the texts above its first row, and its rows."""

    heads: tuple[str, ...]
    rows: tuple[SampleRow, ...]


def read_sample(text: str, name: str, furniture: Iterable[str], terms: Terms) -> SampleTable:
    """Return the largest table of a text.

    Args:
        text: The text of a document, tables as lines of cells with bars or as one cell a line.
        name: Its name, for the message.
        furniture: Keys of labels that belong to no row, such as 填报人.
        terms: The words of column heads.

    Raises:
        NoTable: It has none.
    """
    known = frozenset(furniture)
    rows = [
        row for row in _rows(normalise(text).text.replace("?", " "), terms) if row.key not in known
    ]
    tables = [*_tables(rows)]
    largest = max(tables, key=lambda one: sum(row.counts for row in one.rows), default=None)
    if largest is None or sum(row.counts for row in largest.rows) < _LEAST:
        raise NoTable(
            f"{name} 中没有找到表格：至少要有{_LEAST}行带单位或数字的行",
            f"{name} has no table of at least {_LEAST} rows with a unit or a figure",
        )
    return largest


def _rows(text: str, terms: Terms) -> Iterator[SampleRow]:
    """Yield every text of a page that may be a label, with what stands behind it."""
    current: SampleRow | None = None
    for piece in _pieces(text):
        if _IN_BRACKETS.match(piece):
            continue
        if current is not None and piece in KNOWN and current.unit is None and not current.figures:
            current.unit = piece
        elif is_value(piece) and current is not None:
            _add_figures(current, piece)
        elif (row := _row(piece, terms)) is not None:
            if current is not None:
                yield current
            current = row
        else:
            if current is not None:
                yield current
            current = SampleRow("", "")  # a sentence: it parts two tables
    if current is not None:
        yield current


def _pieces(text: str) -> Iterator[str]:
    """Yield the cells of a text; a line that holds a whole table is cut into its cells."""
    for cell in cut_cells(text):
        if len(_IN_LINE.findall(cell.text)) >= _MANY:
            yield from _cells_in_line(cell.text)
        elif cell.text:
            yield cell.text


def _cells_in_line(line: str) -> Iterator[str]:
    """Yield labels, units and figures of a line that holds a whole table."""
    at = 0
    for found in _IN_LINE.finditer(line):
        before = line[at : found.start()].strip()
        yield from [before] if at else before.split()[-_HEADS:]
        yield found["unit"]
        yield from found["figures"].split()
        at = found.end()
    if rest := line[at:].strip():
        yield rest


def _row(piece: str, terms: Terms) -> SampleRow | None:
    """Return the row that a text begins, None if it can be no label."""
    words, figures = piece, ""
    start = None if is_no_figure(piece) else figures_at_end(piece)
    if start is not None and 0 < start < len(piece):
        words, figures = piece[:start].rstrip(), piece[start:]
    end = without_unit(words)
    unit = squeeze(words[end:]) if end < len(words) and figures else None
    words = words[:end] if unit else words
    label, cut = strip_enumerator(words)
    label = _BLANKS.sub("", _NOTE.sub("", label).strip(" :*") or label)
    if not squeeze(label) or len(label) > _LONGEST or SENTENCE.search(label):
        return None
    if terms.is_head(squeeze(label)) and not figures:
        return SampleRow("", squeeze(label))
    row = SampleRow(words[:cut].strip(), label, unit)
    if figures:
        _add_figures(row, figures)
    return row


def _add_figures(row: SampleRow, piece: str) -> None:
    """Add the figures of a cell to a row."""
    for text in several(piece) or [piece]:
        value = read_value(text)
        if value.unit is not None and row.unit is None:
            row.unit = value.unit
        row.dashes = row.dashes or value.status == "not_applicable"
        row.figures.append(value.number)
        row.printed.append(text)


def _tables(rows: Sequence[SampleRow]) -> Iterator[SampleTable]:
    """Yield the runs of rows that stand close together, with the texts above each."""
    places = [i for i, row in enumerate(rows) if row.counts and row.label]
    first = 0
    for at, place in enumerate(places):
        following = places[at + 1] if at + 1 < len(places) else len(rows) + _APART
        parted = any(not row.label for row in rows[place:following])
        if following - place > _APART or parted:
            yield _table(rows, places[first], place)
            first = at + 1


def _table(rows: Sequence[SampleRow], first: int, last: int) -> SampleTable:
    """Return the table from the first to the last row with figures, captions above included."""
    above: list[SampleRow] = []
    for row in reversed(rows[:first]):
        if not row.label or row.counts or len(above) > 3 * _APART:
            break
        above.insert(0, row)
    captions: list[SampleRow] = []
    while above and above[-1].number:
        captions.insert(0, above.pop())
    inside = [*captions, *rows[first : last + 1]]
    kept = [row for row, _ in groupby(inside, key=lambda one: one)]
    heads = (*(row.label for row in above), *(row.label for row in kept if _is_key(row)))
    rows_kept = [row for row in kept if not _is_key(row)]
    return SampleTable(tuple(heads), tuple(_without_echoes(rows_kept)))


def _is_key(row: SampleRow) -> bool:
    """Return True for the letters below column heads: 甲 乙 丙."""
    return len(row.key) == 1 and row.unit is None


def _without_echoes(rows: Sequence[SampleRow]) -> Iterator[SampleRow]:
    """Yield rows without the captions that repeat the row before, or the caption above them.

    A page may print the name of a group before each of its rows.
    """
    before: SampleRow | None = None
    caption: tuple[str, str] | None = None
    for row in rows:
        name = (row.number, row.key)
        repeats = before is not None and (row.key == before.key or name == caption)
        if row.counts or not repeats:
            yield row
        before = row
        if not row.counts:
            caption = name
