"""One pass over the items of a region: which of them begin a row, and of which label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import define, evolve, field
from lark import Token

from gischema.chinese.units import KNOWN
from gischema.forms.form import Row
from gischema.forms.labels import Label
from gischema.report import Reading
from gischema.tables.form_cursor import FormCursor
from gischema.tables.header_run import begins_heads, head_run
from gischema.tables.headers_above import HeadersAbove
from gischema.tables.items import Item, NumberCells, PrintedLabel, SideNote, UnknownText, apart
from gischema.tables.label_roles import is_furniture, is_known, is_unit_item
from gischema.tables.region import (
    PrintedRow,
    Region,
    RowToken,
    UnknownRow,
)
from gischema.tables.row_cells import Piece, RowCells, collect, gather
from gischema.tables.row_extent import furniture_end, row_end
from gischema.tables.row_neighbours import (
    STOP,
    has_own_line,
    is_followed_by_figures,
    is_in_bars,
    place_of,
    row_at,
    stop_before,
)
from gischema.tables.unknown_rows import label_behind_groups, label_over_lines, similar_labels
from gischema.tables.unlabelled_rows import (
    cells_without_label,
    row_between,
    row_of_sums,
    shares_line_with_label,
)

_COUNTS = frozenset({"数量", "件数", "数目", "数据", "数值", "统计数"})
"""Words that may stand before the figures of a row without a label, and say nothing else."""


@define(eq=False)
class RegionWalk:
    """One pass over the items of a region.

    Attributes:
        region: The region.
        cursor: The place in the form that the caller advances with each token.
        above: The column heads above.
        last_row: The place in the form of the last row; -1 before the first.
        unknown: Rows that the form does not know.
        displaced: Rows that are recognised without the form's expecting them.
        prose: Where sentences stand.
        lines: Where lines of text stand that are no row.
        rivals: The other rows that a printed row may be by its label and place, by its start.
    """

    region: Region
    cursor: FormCursor
    above: HeadersAbove = field(init=False)
    last_row: int = -1
    unknown: list[UnknownRow] = field(factory=list)
    displaced: list[RowToken] = field(factory=list)
    prose: list[int] = field(factory=list)
    lines: list[int] = field(factory=list)
    rivals: dict[int, tuple[Row, ...]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.above = HeadersAbove(self.region)

    def tokens(self) -> Iterator[Token]:
        """Yield a token for each row, caption and column head."""
        region = self.region
        at = 0
        while at < len(region.items):
            item = region.items[at]
            if is_known(item, region.form) and begins_heads(region, at):
                run, at = head_run(region, at)
                for terminal in self.above.read(run, at).terminals:
                    yield Token(terminal, run[0].text)
                continue
            token, at = self._step(at, item)
            if token is not None:
                yield token

    def _step(self, at: int, item: Item) -> tuple[Token | None, int]:
        """Return the token of the row that begins with item `at`, if one does, and the next item.

        A text that begins no row is passed over.
        """
        region = self.region
        if is_known(item, region.form):
            is_row = not is_furniture(item, region.form)
            end = row_end(region, at) if is_row else furniture_end(region, at)
            return self._labelled(at, item, end), end
        if isinstance(item, NumberCells):
            end = row_end(region, at)
            return self._unlabelled(at, item, end), end
        if not isinstance(item, SideNote) and is_followed_by_figures(region, at):
            end = row_end(region, at)
            return self._unknown(at, item, end), end
        if isinstance(item, UnknownText):
            if is_unit_item(item, region.form) and has_own_line(region, item):
                cells = gather(region.scan.cells, item.last, stop_before(region, at + 1))
                if (row := self._over_lines(at, at + 1, "", cells)) is not None:
                    return row, at + 1  # the label stands around the unit; the figure is lost
            self._pass_over(item, is_cell=at > 0 and is_in_bars(region, at))
        return None, at + 1

    # -- labels that the form knows -----------------------------------------------------------

    def _labelled(self, at: int, label: PrintedLabel, end: int) -> Token | None:
        """Return the token of a known label; page furniture has none."""
        form, printed = self.region.form, self.region.scan.cells
        stop = stop_before(self.region, end)
        rows = label.entry.rows.get(form.id)
        if rows is None or form.groups.issuperset(rows):
            text, tail = apart(label.tail)
            cells = gather(printed, label.last, stop, tail)
            if cells.figures and (row := self._over_lines(at, end, text, cells)) is not None:
                return row
        if rows is None:
            return self._caption(label, end)
        terminal = self.cursor.choose(rows)
        if len(rows) > 1:
            others = [name for name in self.cursor.fitting(rows) if name != terminal]
            self.rivals[label.start] = tuple(row for name in others for row in form.rows_of[name])
        official = label.terminals(form.id)[terminal]
        return self._row(
            terminal, label, collect(printed, label, stop), "exact" if official else "alias"
        )

    def _caption(self, label: PrintedLabel, end: int) -> Token | None:
        """Return the token of a caption, which has no figures of its own."""
        captions = label.entry.captions.get(self.region.form.id)
        if captions is None:
            return None
        cells = collect(self.region.scan.cells, label, stop_before(self.region, end))
        if any(char.isdigit() for piece in cells.figures for char in piece.text):
            self._put_aside(label, end, cells, loose=True)
        return Token(self.cursor.choose(captions), label.text)

    # -- labels that are not printed, or not as the form has them -----------------------------

    def _unlabelled(self, at: int, item: NumberCells, end: int) -> RowToken | None:
        """Return the row of figures without a label: of a table that has none, or one that lost it.

        Else keep them as an unknown row.
        """
        cells = cells_without_label(self.region, at, end)
        terminal = self.region.form.unlabelled
        if terminal in self.cursor.expected:
            return self._row(terminal, item, cells, "exact")
        row = row_between(self.region, self.last_row, self.above.block, end)
        if row is not None and len(cells.figures) == max(1, self.above.count_columns(row)):
            return self._row(row.terminal, item, cells, "close", lost=True)
        self._put_aside(item, end, cells, loose=True)
        return None

    def _unknown(self, at: int, item: Item, end: int) -> RowToken | None:
        """Return the row of a text that is no label of the form, or keep it as an unknown row."""
        form = self.region.form
        text, *_ = place_of(self.region, item)
        tail = item.tail if isinstance(item, (PrintedLabel, UnknownText)) else None
        stop = stop_before(self.region, end)
        cells = gather(self.region.scan.cells, item.last, stop, tail)
        if (row := self._over_lines(at, end, text, cells)) is not None:
            return row
        if (name := label_behind_groups(self.region, text, self._labels())) is not None:
            return self._row(name, item, cells, "exact")
        found = similar_labels(text, self._labels())
        if len(found) == 1:
            return self._row(found[0], item, cells, "close")
        if not found and form.unlabelled in self.cursor.expected:
            is_plain = text in _COUNTS
            reading: Reading = "alias" if is_plain else "close"
            return self._row(form.unlabelled, item, cells, reading, lost=not is_plain)
        candidates = tuple(row for name in found for row in form.rows_of[name])
        self._put_aside(item, end, cells, candidates)
        return None

    def _over_lines(self, at: int, end: int, text: str, cells: RowCells) -> RowToken | None:
        """Return a row whose label runs over several lines, with its figures on one of them."""
        found = label_over_lines(self.region, at, end, text, self._labels())
        if found is None:
            return None
        self.above.unread = []  # these lines are of the label
        return self._row(found[0], self.region.items[at], cells, found[1])

    def _labels(self) -> Mapping[str, Label]:
        """Return the labels of the rows that the form may have next, in its order."""
        expected = self.cursor.expected
        labels = self.region.form.row_labels
        return {name: label for name, label in labels.items() if name in expected}

    def _put_aside(
        self,
        item: Item,
        end: int,
        cells: RowCells,
        candidates: tuple[Row, ...] = (),
        *,
        loose: bool = False,
    ) -> None:
        """Keep figures that are no row of the form, if they stand in a table."""
        row = row_of_sums(self.region, self.last_row, cells)
        if row is not None and row.heads is not None:
            self.above.take_as_unread(row.heads)
            self.displaced.append(self._row(row.terminal, item, cells, "solved"))
        elif candidates or self._is_in_table(end):
            loose = loose or shares_line_with_label(self.region, item, end)
            place = place_of(self.region, item)
            self.unknown.append(UnknownRow(*place, cells.figures, candidates, loose=loose))

    def _is_in_table(self, end: int) -> bool:
        """Return True if a row of the form or heads stand above, or a row begins at item `end`."""
        if self.last_row >= 0 or self.above.block is not None:
            return True
        return row_at(self.region, end) is not None and is_followed_by_figures(self.region, end)

    # -- what is kept -------------------------------------------------------------------------

    def _row(
        self, terminal: str, item: Item, cells: RowCells, reading: Reading, *, lost: bool = False
    ) -> RowToken:
        """Return the token of a row, with the heads above it."""
        form = self.region.form
        text, start, end = place_of(self.region, item)
        at_end = bool(cells.pieces) and cells.pieces[-1].end == self.region.scan.end
        others: tuple[Piece, ...] = ()
        if rows := form.rows_of.get(terminal):
            if rows[0].placed or self.last_row < 0:
                self.last_row = form.order[rows[0]]
            self.above.apply_to(rows[0], start)
            if form.own_units and (own := frozenset().union(*(row.own_units for row in rows))):
                cells = evolve(cells, units=KNOWN | own)
            if rows[0].heads is None and self.above.year is not None:
                cells, others = self.above.year.part(cells)
        remark = item.remark if isinstance(item, PrintedLabel) else ""
        headers = self.above.headers
        printed = PrintedRow(
            text, start, end, cells, reading, headers, lost, at_end, remark, others
        )
        return RowToken.of(terminal, printed)

    def _pass_over(self, other: UnknownText, *, is_cell: bool) -> None:
        """Remember a text that is no row: a sentence, or what may be heads."""
        start = place_of(self.region, other)[1]
        if STOP not in other.text:
            self.above.unread.append(other.text)
        elif not is_cell:
            self.prose.append(start)
        if self.region.form.unplaced and (STOP in other.text or has_own_line(self.region, other)):
            self.lines.append(start)
