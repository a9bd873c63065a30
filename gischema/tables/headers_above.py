"""The column heads above the rows of a region, and what was printed since without being read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

from attrs import define, evolve, field

from gischema.forms.form import Column, HeadGroup, Row
from gischema.tables.drawn_heads import are_drawn_in_order
from gischema.tables.header_layout import begins, mentions, read_heads, states_years
from gischema.tables.header_model import TableHeader
from gischema.tables.header_run import number_rows_below
from gischema.tables.items import PrintedLabel, UnknownText
from gischema.tables.region import Region
from gischema.tables.row_neighbours import place_of, row_at
from gischema.tables.year_columns import YearColumn, year_column


@define(eq=False)
class HeadersAbove:
    """The column heads that apply at one place of a region, while it is read.

    Attributes:
        region: The region.
        headers: The last header of each head block. Rows keep the mapping that was current where
            they were read: it is replaced, never changed.
        block: The head block that was printed last.
        unread: The texts since the last row or heads that are neither.
        first: Where each block is printed first.
        beyond: The columns of each block that are printed beyond the form.
        breaks: Where any heads begin.
        years: Where rows stand below heads of several years.
        year: The column of the report's year for rows of one column, where heads name several.
    """

    region: Region
    headers: Mapping[HeadGroup, TableHeader] = field(factory=dict)
    block: HeadGroup | None = None
    unread: list[str] = field(factory=list)
    first: dict[HeadGroup, int] = field(factory=dict)
    beyond: dict[HeadGroup, tuple[Column, ...]] = field(factory=dict)
    breaks: list[int] = field(factory=list)
    years: list[int] = field(factory=list)
    year: YearColumn | None = None
    _known: dict[Hashable, TableHeader] = field(factory=dict, init=False)
    _tried: list[TableHeader] = field(factory=list, init=False)

    def read(self, run: Sequence[PrintedLabel | UnknownText], end: int) -> TableHeader:
        """Read a run of heads, which ends before item `end`."""
        region = self.region
        below = row_at(region, end)
        self.year = None
        header = self._as_one(
            read_heads(region.form, run, region.scan.cells, below.heads if below else None)
        )
        if header.turned is not None:
            header = header.settled(number_rows_below(region, end))
        group = header.group
        if any(begins(group, line) for line in self.unread) or _has_stray_head(region, run):
            header = evolve(header, doubtful=True)
        self._set(header)
        start = place_of(region, run[0])[1]
        self.first.setdefault(group, start)
        self.breaks.append(start)
        if header.beyond:
            self.beyond[group] = header.beyond
        self.block = group
        self.unread = []
        return header

    def apply_to(self, row: Row, start: int) -> None:
        """Doubt the heads of a row if those printed above it are others or could not be read.

        Args:
            row: The row.
            start: Where it begins.
        """
        group, unread, self.unread = row.heads, self.unread, []
        year = year_column(unread, self.region.year)
        if year is not None or (unread and states_years(unread[-1])):
            self.years.append(start)
            self.year = year
        if group is None:
            return
        mentioned = any(mentions(group, line) for line in unread)
        if self.block not in (None, group) or mentioned:
            header = self.headers.get(group)
            assumed = header.assumed if header is not None else not mentioned
            header = header or TableHeader.of_form(group)
            self._set(evolve(header, doubtful=True, assumed=assumed and not mentioned))
        header = self.headers.get(group)
        if header is not None and header.doubtful and header not in self._tried:
            self._tried.append(header)
            if are_drawn_in_order(group, self.region.scan.cells, start):
                self._set(TableHeader.of_form(group))
                self.block = group
                self.breaks.append(start - 1)

    def take_as_unread(self, group: HeadGroup) -> None:
        """Take the heads of a block to stand above without having been read."""
        self._set(evolve(TableHeader.of_form(group), doubtful=True))

    def count_columns(self, row: Row) -> int:
        """Return how many columns the row has under the heads above it."""
        header = self.headers.get(row.heads) if row.heads else None
        return len(header.columns if header else row.columns)

    def _as_one(self, header: TableHeader) -> TableHeader:
        """Return the first of equal headers: a header printed again goes on with one block."""
        key = (header.group, header.columns, header.terminals, header.doubtful)
        return self._known.setdefault(key, header)

    def _set(self, header: TableHeader) -> None:
        self.headers = {**self.headers, header.group: header}


def _has_stray_head(region: Region, run: Sequence[PrintedLabel | UnknownText]) -> bool:
    """Return True if the head of a column stands alone on a line while others share theirs."""
    cells = region.scan.cells
    shared = Counter(cells[head.first].line for head in run)
    for head in run:
        cell = cells[head.first]
        is_column = isinstance(head, PrintedLabel) and region.form.id in head.entry.columns
        if is_column and shared[cell.line] == 1 and cell.closing not in ("|", "\t"):
            return 2 * sum(1 for count in shared.values() if count == 1) < len(run)
    return False
