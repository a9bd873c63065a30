"""From the items of a region to rows: one token a row, one a column head, as the form has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, KeysView
from itertools import chain, islice, takewhile
from typing import Any

from attrs import evolve
from lark import Token

from gischema.chinese.units import KNOWN
from gischema.forms.form import Column, Form, HeadGroup, Row
from gischema.forms.labels import Label, squeeze
from gischema.report import Amount, Reading
from gischema.tables.form_cursor import FormCursor
from gischema.tables.fuzzy_labels import around, behind_words, closest
from gischema.tables.header_layout import begins, mentions, read_heads, tells_years
from gischema.tables.header_model import TableHeader
from gischema.tables.items import Item, NumberCells, PrintedLabel, SideNote, UnknownText, apart
from gischema.tables.numbers import read_value
from gischema.tables.placeholders import is_odd
from gischema.tables.printed_units import is_unit
from gischema.tables.region import (
    AlignedRegion,
    AlignedRow,
    PrintedRow,
    Region,
    RowToken,
    UnknownRow,
)
from gischema.tables.remarks import ERRORS, figure_before_words, is_remark
from gischema.tables.row_cells import RowCells, arrange, collect, gather, whole_line
from gischema.tables.trailing_numbers import without_unit

_STOP = "。"  # what sentences end in, and no cell of a table
_MAX_HEAD = 30  # characters of a head that no grammar knows
_MAX_LINES = 3  # lines of a label above its figures, or below them
_MAX_WORD = 12  # characters of a word that may stand in place of a figure


def align_rows(region: Region) -> AlignedRegion:
    """Put the printed rows of a region next to the rows of its form."""
    cursor = FormCursor(region.form)
    reading = _Reading(region, cursor)
    printed: list[RowToken] = []
    misplaced: list[RowToken] = []
    for token in reading.tokens():
        placed = cursor.advance(token)
        if isinstance(token, RowToken):
            (printed if placed else misplaced).append(token)
    groups = cursor.group_paths()
    rows: list[AlignedRow] = []
    for token in printed:
        row = _row_in(groups.get(token.row, ""), region.form.rows_of.get(token.type, ()))
        if row is not None:
            rows.append(AlignedRow(row, token.row))
        else:
            misplaced.append(token)
    ambiguous: list[UnknownRow] = []
    for token in (*reading.displaced, *misplaced):
        candidates = region.form.rows_of.get(token.type, ())
        if len(candidates) == 1:
            rows.append(AlignedRow(candidates[0], token.row, displaced=True))
        else:
            ambiguous.append(_unplaced(token.row, candidates))
    return AlignedRegion(
        region,
        rows=tuple(rows),
        unknown=tuple(reading.unknown),
        ambiguous=tuple(ambiguous),
        heads=reading.first_heads,
        beyond=reading.beyond,
        breaks=tuple(reading.breaks),
        prose=tuple(reading.prose),
        lines=tuple(reading.lines),
        years=tuple(reading.years),
    )


def _row_in(group: str, rows: tuple[Row, ...]) -> Row | None:
    """Return the one of several rows that stands in a group; the only one, wherever it stands."""
    if len(rows) == 1:
        return rows[0]
    found = [row for row in rows if group in (row.path, row.parent)]
    return found[0] if len(found) == 1 else None


def _unplaced(row: PrintedRow, candidates: tuple[Row, ...]) -> UnknownRow:
    """Return a row whose label is known, but not which of several rows it is."""
    figures = row.cells.figures
    return UnknownRow(row.label, row.start, row.end, figures, candidates, displaced=True)


def _column(text: str) -> str:
    """What stands in the last column of a line whose columns are told apart by blanks."""
    return re.split(r"\s{2,}", text)[-1]


class _Reading:
    """One pass over the items of a region."""

    def __init__(self, region: Region, cursor: FormCursor) -> None:
        self.region = region
        self.form: Form = region.form
        self.items = region.items
        self.cursor = cursor
        self.heads: dict[HeadGroup, TableHeader] = {}
        self.under: HeadGroup | None = None
        self.unread: list[str] = []
        self.last_row = -1
        self.first_heads: dict[HeadGroup, int] = {}
        self.beyond: dict[HeadGroup, tuple[Column, ...]] = {}
        self.breaks: list[int] = []
        self.prose: list[int] = []
        self.lines: list[int] = []
        self.years: list[int] = []
        self.unknown: list[UnknownRow] = []
        self.displaced: list[RowToken] = []
        self._row_terminals = [t for t in self.form.labels if t in self.form.rows_of]

    def tokens(self) -> Iterator[Token]:
        at = 0
        while at < len(self.items):
            item = self.items[at]
            behind = at + 1
            if isinstance(item, PrintedLabel) and self._knows(item):
                if self._begins_heads(at):
                    run, at = self._head_run(at)
                    yield from self._read_heads(run, at)
                    continue
                behind = self._beside(at) if self._is_furniture(item) else self._behind(at)
                token = self._labelled(at, behind)
            elif isinstance(item, NumberCells):
                behind = self._behind(at)
                token = self._unlabelled(at, behind)
            elif isinstance(item, SideNote) or not self._is_followed(at):
                token = None
                if isinstance(item, UnknownText):
                    self._pass_over(item, is_cell=at > 0 and self._is_in_bars(at))
            else:
                behind = self._behind(at)
                token = self._unknown(at, behind)
            if token is not None:
                yield token
            at = behind

    # -- rows -------------------------------------------------------------------------------

    def _labelled(self, at: int, behind: int) -> Token | None:
        label = self.items[at]
        assert isinstance(label, PrintedLabel)
        rows = label.entry.rows.get(self.form.id)
        if rows is None or self.form.groups.issuperset(rows):
            text, tail = apart(label.tail)
            cells = gather(self.region.scan.cells, label.last, self._stop(behind), tail)
            if cells.figures and (row := self._amid(at, behind, text, cells)) is not None:
                return row
        if rows is None:
            return self._caption(label, behind)
        terminal = self.cursor.choose(rows)
        official = label.terminals(self.form.id)[terminal]
        cells = collect(self.region.scan.cells, label, self._stop(behind))
        return self._row(terminal, label, cells, "exact" if official else "alias")

    def _caption(self, label: PrintedLabel, behind: int) -> Token | None:
        """A caption, which has no figures, or page furniture, beside which any number may stand."""
        captions = label.entry.captions.get(self.form.id)
        if captions is None:
            return None
        cells = collect(self.region.scan.cells, label, self._stop(behind))
        if any(char.isdigit() for piece in cells.figures for char in piece.text):
            self._put_aside(label, behind, cells, loose=True)
        return Token(self.cursor.choose(captions), label.text)

    def _row(
        self, terminal: str, item: Item, cells: RowCells, reading: Reading, *, lost: bool = False
    ) -> RowToken:
        text, start, end = self._place(item)
        rows = self.form.rows_of.get(terminal)
        at_end = bool(cells.pieces) and cells.pieces[-1].end == self.region.scan.end
        if rows:
            if rows[0].placed or self.last_row < 0:
                self.last_row = self.form.order[rows[0]]
            self._look_up(rows[0], start)
            if own := frozenset().union(*(row.own_units for row in rows)):
                cells = evolve(cells, units=KNOWN | own)
        remark = item.remark if isinstance(item, PrintedLabel) else ""
        printed = PrintedRow(text, start, end, cells, reading, self.heads, lost, at_end, remark)
        return RowToken.of(terminal, printed)

    def _unlabelled(self, at: int, behind: int) -> RowToken | None:
        """Figures without a label: the row of a table that has none, or one that lost its own."""
        item = self.items[at]
        scan, stop = self.region.scan, self._stop(behind)
        cells = whole_line(scan.cells, item.first, stop, leading=scan.leading_bars)
        if cells is None:
            cells = gather(scan.cells, self.items[at - 1].last if at else 0, stop)
        terminal = self.form.unlabelled
        if terminal in self.cursor.expected:
            return self._row(terminal, item, cells, "exact")
        row = self._row_between(behind)
        if row is not None and len(cells.figures) == max(1, len(self._columns(row))):
            return self._row(row.terminal, item, cells, "close", lost=True)
        self._put_aside(item, behind, cells, loose=True)
        return None

    def _unknown(self, at: int, behind: int) -> RowToken | None:
        """A text that is no label of the form: a label with a slip in it, or an unknown row."""
        item = self.items[at]
        text, *_ = self._place(item)
        tail = item.tail if isinstance(item, (PrintedLabel, UnknownText)) else None
        cells = gather(self.region.scan.cells, item.last, self._stop(behind), tail)
        if (row := self._amid(at, behind, text, cells)) is not None:
            return row
        labels = self._labels()
        found = closest(text, labels) or closest(text[: without_unit(text)], labels)
        found = found or behind_words(text, labels)
        if len(found) == 1:
            return self._row(found[0], item, cells, "close")
        if not found and (unlabelled := self.form.unlabelled) in self.cursor.expected:
            return self._row(unlabelled, item, cells, "close", lost=True)
        candidates = tuple(row for name in found for row in self.form.rows_of[name])
        self._put_aside(item, behind, cells, candidates)
        return None

    def _amid(self, at: int, behind: int, text: str, cells: RowCells) -> RowToken | None:
        """A row whose figures stand amid the lines of its label, `text` beside them."""
        above = [_column(line) for line in self._lines(at, range(at - 1, -1, -1))]
        below = [_column(line) for line in self._lines(at, range(behind, len(self.items)))]
        if above or below:
            labels = {n: v for n, v in self._labels().items() if n not in self.form.groups}
            for name, whole in around(above[::-1], text, _column(text), below, labels):
                self.unread = []
                return self._row(name, self.items[at], cells, "exact" if whole else "close")
        return None

    def _lines(self, at: int, places: Iterable[int]) -> Iterator[str]:
        """The texts of items beside item `at`, as long as each is no more and has its own line."""
        cells = self.region.scan.cells
        line = cells[self.items[at].last].line
        for place in islice(places, _MAX_LINES):
            item = self.items[place]
            if not isinstance(item, UnknownText) or item.tail or _STOP in item.text:
                return
            if cells[item.first].line == line:
                return
            line = cells[item.first].line
            yield item.text

    def _put_aside(
        self,
        item: Item,
        behind: int,
        cells: RowCells,
        candidates: tuple[Row, ...] = (),
        *,
        loose: bool = False,
    ) -> None:
        """Keep figures that are no row of the form, if they stand in a table."""
        for row in self.form.rows_of.get(self.form.unlabelled, ()):
            if row.heads is not None and self._adds_up(row, row.heads, cells):
                unread = evolve(TableHeader.of_form(row.heads), doubtful=True)
                self.heads = {**self.heads, row.heads: unread}
                self.displaced.append(self._row(row.terminal, item, cells, "solved"))
                return
        if candidates or self._is_in_table(behind):
            loose = loose or self._is_beside_label(item, behind)
            unknown = UnknownRow(*self._place(item), cells.figures, candidates, loose=loose)
            self.unknown.append(unknown)

    def _is_beside_label(self, item: Item, behind: int) -> bool:
        """Whether the figures below an item share their line with the label of item `behind`."""
        if behind >= len(self.items) or not isinstance(self.items[behind], PrintedLabel):
            return False
        items = (item, self.items[behind - 1], self.items[behind])
        above, figures, label = (self.region.scan.cells[each.first].line for each in items)
        return above < figures == label

    def _adds_up(self, row: Row, heads: HeadGroup, cells: RowCells) -> bool:
        """Whether figures whose heads were not read can only be those of a row further on.

        There are as many as the row has columns, and the sums of the form hold.
        """
        if not -1 < self.last_row < self.form.order[row] or not heads.sums:
            return False
        arranged = arrange(cells, len(row.columns), self.region.usual_gap, summed=True)
        numbers = [read_value(piece.text).number for piece in arranged.pieces]
        if arranged.doubt or len(numbers) != len(row.columns):
            return False
        stated = {c: n for c, n in zip(row.columns, numbers, strict=True) if n is not None}
        return len(stated) == len(numbers) and all(
            stated[total] == sum(stated[part] for part in parts) for total, parts in heads.sums
        )

    def _is_in_table(self, behind: int) -> bool:
        """Whether a row of the form or heads stand above, or a row begins with item `behind`."""
        if self.last_row >= 0 or self.under is not None:
            return True
        return self._row_at(behind) is not None and self._is_followed(behind)

    # -- heads ------------------------------------------------------------------------------

    def _begins_heads(self, at: int) -> bool:
        """Whether column heads begin here: a head that is no row, or one with heads behind it."""
        item = self.items[at]
        assert isinstance(item, PrintedLabel)
        if not self._is_head(item) or item.tail is not None:
            return False
        if item.numbered and self._may_be_row(item):
            return False
        for head in self.items[at:]:
            if (
                not isinstance(head, PrintedLabel)
                or not self._is_head(head)
                or head.tail is not None
            ):
                return False
            if not self._may_be_row(head):
                return True
        return False

    def _head_run(self, at: int) -> tuple[list[PrintedLabel | UnknownText], int]:
        """The heads from `at` on, and the first item behind them."""
        run: list[PrintedLabel | UnknownText] = []
        while at < len(self.items):
            item = self.items[at]
            if isinstance(item, NumberCells):
                break
            if isinstance(item, SideNote):
                at += 1
                continue
            if isinstance(item, PrintedLabel) and self._knows(item):
                row_only = not self._is_head(item) or item.tail is not None
                row_only = row_only or (item.numbered and self._may_be_row(item))
                if row_only and not self._names(item) <= self.form.ignored:
                    break
                if not row_only:
                    run.append(item)
            elif item.tail or len(item.text) > _MAX_HEAD or not self._heads_go_on(at):
                break
            else:
                run.append(item)
            at += 1
        return run, at

    def _heads_go_on(self, at: int) -> bool:
        """Whether an unknown text among heads is followed by heads, a row or figures."""
        for item in self.items[at + 1 : at + 4]:
            if isinstance(item, NumberCells):
                return False
            if isinstance(item, PrintedLabel) and self._knows(item):
                return True
        return False

    def _read_heads(self, run: list[PrintedLabel | UnknownText], at: int) -> Iterator[Token]:
        below = self._row_at(at)
        heads = read_heads(self.form, run, self.region.scan.cells, below.heads if below else None)
        if heads.turned is not None:
            heads = heads.settled(self._numbers_below(at))
        group = heads.group
        if any(begins(group, line) for line in self.unread):
            heads = evolve(heads, doubtful=True)
        self.heads = {**self.heads, group: heads}  # rows above keep theirs
        start = self._place(run[0])[1]
        self.first_heads.setdefault(group, start)
        self.breaks.append(start)
        if heads.beyond:
            self.beyond[group] = heads.beyond
        self.under = group
        self.unread = []
        for terminal in heads.terminals:
            yield Token(terminal, run[0].text)

    def _numbers_below(self, at: int) -> Iterator[list[Amount]]:
        """The rows of numbers between item `at` and the next heads."""
        for item in self.items[at:]:
            if (
                isinstance(item, PrintedLabel)
                and self._is_head(item)
                and not self._may_be_row(item)
            ):
                return
            texts: list[str] = []
            if isinstance(item, NumberCells):
                cells = self.region.scan.cells[item.first : item.last + 1]
                texts = [cell.text for cell in cells if cell.text]
            elif isinstance(item, PrintedLabel) and item.tail is not None:
                texts = item.tail.text.split()
            numbers = [read_value(text).number for text in texts]
            known = [number for number in numbers if number is not None]
            if len(known) == len(texts) > 1:
                yield known

    def _look_up(self, row: Row, start: int) -> None:
        """Doubt the heads of a row if those printed above it are others or could not be read."""
        group, unread, self.unread = row.heads, self.unread, []
        if unread and tells_years(unread[-1]):
            self.years.append(start)
        if group is None:
            return
        told = any(mentions(group, line) for line in unread)
        if self.under not in (None, group) or told:
            heads = self.heads.get(group) or TableHeader.of_form(group)
            self.heads = {**self.heads, group: evolve(heads, doubtful=True)}

    def _pass_over(self, other: UnknownText, *, is_cell: bool) -> None:
        """Remember a text that is no row: a sentence, or what may be heads."""
        start = self._place(other)[1]
        if _STOP in other.text:
            if not is_cell:
                self.prose.append(start)
        else:
            self.unread.append(other.text)
        if self.form.unplaced and (_STOP in other.text or self._has_own_line(other)):
            self.lines.append(start)

    def _has_own_line(self, other: UnknownText) -> bool:
        """Return True if nothing else is printed on the line of a text."""
        cells = self.region.scan.cells
        line = cells[other.first].line
        above = (cells[place] for place in range(other.first - 1, -1, -1))
        below = (cells[place] for place in range(other.last + 1, len(cells)))
        near = chain(*(takewhile(lambda cell: cell.line == line, each) for each in (above, below)))
        return not any(cell.text for cell in near)

    def _may_be_row(self, label: PrintedLabel) -> bool:
        return self.form.id in label.entry.rows

    def _is_furniture(self, label: PrintedLabel) -> bool:
        return self.form.id not in label.entry.rows and self.form.id not in label.entry.captions

    def _is_head(self, label: PrintedLabel) -> bool:
        return self.form.id in label.entry.heads

    # -- the neighbourhood ------------------------------------------------------------------

    def _knows(self, label: PrintedLabel) -> bool:
        return self.form.id in label.entry.terminals

    def _names(self, label: PrintedLabel) -> KeysView[str]:
        """The terminals of the form that a label may be."""
        return label.entry.of(self.form.id).keys()

    def _place(self, item: Item) -> tuple[str, int, int]:
        """The text of an item, and where it begins and ends."""
        if isinstance(item, PrintedLabel):
            return item.text, item.start, item.end
        cells = self.region.scan.cells
        text = "" if isinstance(item, NumberCells) else item.text
        return text, cells[item.first].start, cells[item.last].end

    def _stop(self, behind: int) -> int:
        """The first cell behind a row that ends before item `behind`."""
        if behind < len(self.items):
            return self.items[behind].first
        return self.region.stop

    def _behind(self, at: int) -> int:
        """The first item behind the row of item `at`: its figures, and words in their place."""
        at += 1
        while at < len(self.items):
            item = self.items[at]
            if isinstance(item, PrintedLabel):
                break
            if isinstance(item, NumberCells) or self._is_unit(item):
                at += 1
                continue
            if not self._is_amid_figures(item, at):
                break
            at += 1
        return at

    def _beside(self, at: int) -> int:
        """The first item behind page furniture and its number; in bars, both share a line."""
        cells = self.region.scan.cells
        last, behind = cells[self.items[at].last], self._behind(at)
        while last.closing == "|" and behind > at + 1:
            if cells[self.items[behind - 1].first].line == last.line:
                break
            behind -= 1
        return behind

    def _is_amid_figures(self, item: UnknownText | SideNote, at: int) -> bool:
        """Whether words stand in a cell of a row: behind its figures, or in place of its one."""
        before = self.items[at - 1]
        is_word = len(squeeze(item.text)) <= _MAX_WORD
        if not self._is_in_bars(at):
            if not isinstance(item, UnknownText) or not self._has_own_line(item):
                return False
            return (is_word and is_odd(item.text)) or self._is_amid_lines(item, at)
        has_figure = not is_word and bool(figure_before_words(item.text))
        if isinstance(before, PrintedLabel):
            row = self._row_at(at - 1)
            is_error = isinstance(item, UnknownText) and item.text.startswith(ERRORS)
            fits = row is not None and (row.heads is None or is_error or not row.group)
            return fits and (is_word or has_figure)
        return is_word or has_figure or (is_remark(item.text) and not self._is_in_bars(at + 1))

    def _is_in_bars(self, at: int) -> bool:
        """Whether item `at` and the one before it stand on one line, with a bar between."""
        if at >= len(self.items):
            return False
        first, last = self.items[at].first, self.items[at - 1].last
        cells = self.region.scan.cells
        return cells[last].line == cells[first].line and cells[first - 1].closing in ("|", "\t")

    def _is_amid_lines(self, item: UnknownText, at: int) -> bool:
        """Whether a line begins with a figure and goes on with words, between those of a table."""
        following = self.items[at + 1] if at + 1 < len(self.items) else None
        within = isinstance(following, (PrintedLabel, NumberCells))
        return within and bool(figure_before_words(item.text))

    def _is_followed(self, at: int) -> bool:
        """Whether figures follow item `at`, glued to it or with no more than a unit between."""
        first = self.items[at]
        if isinstance(first, (PrintedLabel, UnknownText)) and first.tail is not None:
            return True
        for item in self.items[at + 1 : at + 3]:
            if isinstance(item, NumberCells) or (
                isinstance(item, UnknownText) and is_odd(item.text)
            ):
                return True
            if not self._is_unit(item):
                return False
        return False

    def _is_unit(self, item: Item) -> bool:
        """Whether an item is a unit, one that only the form knows included."""
        return isinstance(item, UnknownText) and (
            is_unit(item.text) or item.text in self.form.own_units
        )

    def _row_at(self, at: int) -> Row | None:
        """The row whose label is item `at`; the row without a label if figures stand there."""
        item = self.items[at] if at < len(self.items) else None
        if isinstance(item, PrintedLabel):
            rows = [r for n in self._names(item) for r in self.form.rows_of.get(n, ())]
            return rows[0] if rows else None
        if isinstance(item, NumberCells):
            return next(iter(self.form.rows_of.get(self.form.unlabelled, ())), None)
        return None

    def _row_between(self, behind: int) -> Row | None:
        """The only row of the form between the last one and that of item `behind`, if there is."""
        following = self._row_at(behind)
        if following is None:
            return None
        upper = self.form.order[following]
        rows = [
            row
            for row in self.form.rows[self.last_row + 1 : upper]
            if row.heads == following.heads and not row.group and row.placed
        ]
        return rows[-1] if len(rows) == 1 and self.under == following.heads else None

    def _columns(self, row: Row) -> tuple[Any, ...]:
        heads = self.heads.get(row.heads) if row.heads else None
        return heads.columns if heads else row.columns

    def _labels(self) -> dict[str, Label]:
        """Return the labels of the rows that the form may have next, in its order."""
        expected = self.cursor.expected
        known = self.form.labels
        return {name: known[name] for name in self._row_terminals if name in expected}
