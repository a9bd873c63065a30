"""From parsed regions to the figures, diagnostics and unclaimed numbers of a report."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field

from gischema.diagnostics import diagnose
from gischema.forms.form import HeadGroup, Row
from gischema.parsing.columns import Heads
from gischema.parsing.figures import RowReader
from gischema.parsing.lexer import read_rows
from gischema.parsing.numbers import read_value
from gischema.parsing.order import (
    above_bare,
    adds_up,
    beside_twofold,
    in_passing,
    out_of_step,
    sharing,
    strays,
    told_again,
    torn,
    unanchored,
)
from gischema.parsing.region import ReadRow, Region, RowToken, UnknownRow
from gischema.report import Diagnostic, Figure, Unclaimed
from gischema.text import Places

_MANY_GLUED = 4  # rows of digits that run together; where there are so many, all do
_QUOTED = 40  # characters of a printed text that a message repeats


@define(eq=False, repr=False)
class _Block:
    """The rows read under one block of heads."""

    heads: Heads
    rows: list[tuple[Row, list[Figure]]] = field(factory=list)
    crowded: bool = False
    glued: int = 0


@define(eq=False, repr=False)
class Assembly:
    """What the regions of a document yield."""

    places: Places
    figures: dict[str, Figure] = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)
    unclaimed: list[Unclaimed] = field(factory=list)
    _rows: list[ReadRow] = field(factory=list)
    _all_rows: list[ReadRow] = field(factory=list)
    _differing: list[int] = field(factory=list)
    _bare: list[tuple[int, Row]] = field(factory=list)
    _under: dict[int, _Block] = field(factory=dict)
    _doubted: set[tuple[str, str]] = field(factory=set)

    def add(self, region: Region) -> None:
        """Parse a region and take what it holds."""
        rows = region.form.rows_of
        for token, path in read_rows(region):
            row = _row(rows.get(token.type, ()), path)
            if row is not None:
                self._read(row, token, region)
            else:
                region.displaced.append(token)
        for token in region.displaced:
            self._read_displaced(token, rows.get(token.type, ()), region)
        # A group seldom has figures of its own: those that stand there may be another row's.
        known = sorted((read.start, read.place) for read in self._rows if not read.row.group)
        for unknown in region.unknown:
            missing = self._missing_at(unknown, region, known)
            self._leave(unknown, (*region.candidates(unknown), *missing))
        bare = list(self._note_bare(known, region))
        for group, start in region.heads.items():
            self._note_empty(group, start, region)
        everywhere = sum(block.glued for block in self._under.values()) >= _MANY_GLUED
        for block in self._under.values():
            self._doubt_crowded(block)
            if block.glued or everywhere:
                self._doubt_beside_glued(block)
        self._doubt_steps(region, bare)
        self._doubt_unanchored(region)
        self._doubt_torn()
        self._doubt_strays(region)
        self._doubt_beside_twofold(region)
        self._under.clear()
        self._all_rows += self._rows
        self._rows.clear()
        self._bare.clear()

    def _read(self, row: Row, token: RowToken, region: Region) -> list[Figure]:
        reader = RowReader(row, token.row, self.places, region.usual_gap)
        reader.read()
        if reader.diagnostics:
            self.diagnostics.extend(reader.diagnostics)
            self._doubted.update((d.code, path) for d in reader.diagnostics for path in d.paths[:1])
        for unknown in reader.unknown:
            self._leave(unknown, diagnosed=False)
        heads = token.row.heads.get(row.heads) if row.heads is not None else None
        if heads is not None:
            under = self._under.setdefault(id(heads), _Block(heads))
            under.rows.append((row, reader.figures))
            under.glued += reader.glued and not token.row.cells.barred
            under.crowded = under.crowded or (reader.crowded and len(heads.columns) > 1)
        if reader.figures:
            place, figures = region.form.order[row], tuple(reader.figures)
            cells = token.row.cells
            read = ReadRow(
                token.row.start,
                place,
                row,
                figures,
                token.row,
                cells.barred and cells.width != 1,  # the bar behind one cell is the next line's
                cells.one_line,
                reader.crowded or reader.unsplit,
                reader.short,
                bool(reader.diagnostics),
            )
            self._rows.append(read)
        elif row.unit is not None or (row.heads is not None and not row.group):
            self._bare.append((token.row.start, row))
        twice = [f for f in reader.figures if f.path in self.figures]
        if twice:
            self._merge(row, reader.figures, token.row.start)
        else:
            self.figures.update((f.path, f) for f in reader.figures)
        return reader.figures

    def _merge(self, row: Row, figures: list[Figure], start: int) -> None:
        """A row printed twice: what the first left open is taken from the second."""
        differing = []
        for figure in figures:
            first = self.figures.get(figure.path)
            if first is None or (first.status == "blank" and figure.status != "blank"):
                self.figures[figure.path] = figure
            if first is None or figure.status == "blank":
                continue
            if (first.value, first.status) != (figure.value, figure.status):
                differing.append((first, figure))
        if differing:
            self._differing.append(start)
            self.diagnostics.append(
                diagnose(
                    "D301",
                    differing[0][1].origin,
                    tuple(second.path for _, second in differing),
                    label=row.label,
                    first=" ".join(first.raw for first, _ in differing),
                    second=" ".join(second.raw for _, second in differing),
                )
            )

    def _read_displaced(self, token: RowToken, rows: tuple[Row, ...], region: Region) -> None:
        """A row that the parser could not place: read if its label is one of a kind."""
        row = token.row
        origin = self.places.origin(row.start, row.end)
        if len(rows) == 1:
            figures = self._read(rows[0], token, region)
            paths = tuple(figure.path for figure in figures)
            if paths and rows[0].label:
                self.diagnostics.append(diagnose("D302", origin, paths, label=rows[0].label))
            return
        unknown = UnknownRow(row.label, row.start, row.end, row.cells.figures, rows, displaced=True)
        self._leave(unknown, region.candidates(unknown))

    def _doubt_crowded(self, block: _Block) -> None:
        """If one row has more figures than there are heads, the heads may be off for all rows."""
        if block.crowded:
            for row, figures in block.rows:
                self._doubt("D304", figures, label=row.label, printed=block.heads.text)

    def _doubt_beside_glued(self, block: _Block) -> None:
        """Where figures run together, a blank or a line break between others may break one."""
        for row, figures in block.rows:
            parted = len(figures) > 1 and all(f.reading != "solved" for f in figures)
            if parted and not adds_up(row, figures):
                count = len(figures)
                self._doubt("D205", figures, label=row.label, expected=count, actual=count)

    def _doubt_steps(self, region: Region, bare: list[int]) -> None:
        """If figures stand without labels and labels without figures, those between may be off."""
        text = self.places.text.text
        for read in (*above_bare(self._rows, bare), *sharing(self._rows, bare, text)):
            self._doubt("D306", read.figures)
        loose = [unknown.start for unknown in region.unknown if unknown.loose]
        loose += [read.start for read in self._rows if read.overfull]
        if bare:
            loose += [unknown.start for unknown in region.unknown if self._may_be_loose(unknown)]
        if not loose:
            return
        bare = bare + [read.start for read in self._rows if read.blank]
        for rows in out_of_step(self._rows, loose, bare, region.breaks):
            self._doubt("D306", [figure for row in rows for figure in row.figures])

    def _may_be_loose(self, unknown: UnknownRow) -> bool:
        """Whether figures above all rows stand below a text that need not be their label."""
        above = all(unknown.start < read.start for read in self._rows)
        return above and "\n" in self.places.text.text[unknown.end : unknown.pieces[0].start]

    def _doubt_unanchored(self, region: Region) -> None:
        """Rows with a label that others share, below a row that was not read."""
        unknown = [unknown.start for unknown in region.unknown]
        for read in unanchored(self._rows, unknown, region.form.shared):
            others = [path for row in region.form.rows_of[read.row.terminal] for path in row.paths]
            self._doubt("D307", read.figures, others, label=read.row.label)

    def _doubt_torn(self) -> None:
        """Rows that seem to be short of a cell beside the others."""
        for read in torn(self._rows):
            stated = sum(figure.status == "stated" for figure in read.figures)
            count = len(read.figures)
            self._doubt("D205", read.figures, label=read.row.label, expected=count, actual=stated)

    def _doubt_strays(self, region: Region) -> None:
        """Rows that may be lines of the running text."""
        apart = strays(self._rows, region.prose, region.breaks)
        for read in (*apart, *in_passing(self._rows)):
            self._doubt("D308", read.figures, label=read.row.label)

    def _doubt_beside_twofold(self, region: Region) -> None:
        """Rows with one figure where the table seems to have two columns."""
        for read in beside_twofold(self._rows, region.years):
            self._doubt("D309", read.figures, label=read.row.label)

    def _doubt(
        self, code: str, figures: Sequence[Figure], also: Sequence[str] = (), **words: object
    ) -> None:
        """Name figures, and the paths that they may be `also`, once for each kind of doubt."""
        if figures and (code, figures[0].path) not in self._doubted:
            self._doubted.add((code, figures[0].path))
            paths = tuple(dict.fromkeys((*(figure.path for figure in figures), *also)))
            self.diagnostics.append(diagnose(code, figures[0].origin, paths, **words))

    def _missing_at(
        self, unknown: UnknownRow, region: Region, known: list[tuple[int, int]]
    ) -> tuple[str, ...]:
        """The paths of the form between the rows read before and behind a place: what may be there.

        An unreadable row is named by this even where nothing of its label is left. `known` are the
        rows read, by offset and by place in the form, in order.
        """
        at = bisect_left(known, (unknown.start, -1))
        before = known[at - 1][1] if at else -1
        behind = known[at][1] if at < len(known) else None
        rows = region.form.rows[before + 1 : behind]
        if behind is not None and behind <= before:
            rows = region.form.rows  # out of order: it may be any
        if behind is None and before >= 0:
            rows = tuple(row for row in rows if row.block == region.form.rows[before].block)
        # Rows may have changed places: any row beside these may be meant that was not read.
        near = {region.form.rows[i].parent for i in (before, behind) if i is not None and i >= 0}
        rows += tuple(row for row in region.form.rows if row.parent in near and row not in rows)
        if behind is None or not unknown.label:  # what stood before may be the end of its heads
            rows += region.form.rows_of.get(region.form.unlabelled, ())
        if missing := self._not_read(rows, region):
            return missing
        blocks = {region.form.rows[i].block for i in (before, behind) if i is not None and i >= 0}
        return self._not_read([row for row in region.form.rows if row.block in blocks], region)

    def _not_read(self, rows: Iterable[Row], region: Region) -> tuple[str, ...]:
        """The paths of rows of which no figure was read."""
        paths = (path for row in rows if not row.group for path in region.paths(row))
        return tuple(path for path in paths if path not in self.figures)

    def _note_bare(self, known: list[tuple[int, int]], region: Region) -> Iterator[int]:
        """Name the labels without figures that stand in the table; their places.

        Above the first row that was read, only those that the form has directly above it do.
        """
        first = known[0] if known else None
        inside: list[tuple[int, Row]] = []
        for start, row in reversed(self._bare):
            place = region.form.order[row]
            if first is not None and (first[0] < start or first[1] == place + 1):
                first = min(first, (start, place))
            elif row.heads not in region.heads:
                continue
            inside.append((start, row))
        for start, row in reversed(inside):
            self._note_absent((row,), start, row.label, region)
            yield start

    def _note_empty(self, group: HeadGroup, start: int, region: Region) -> None:
        """A block of heads with no row read under it."""
        rows = [row for row in region.form.rows if row.heads is group and not row.group]
        if not any(path in self.figures for row in rows for path in row.paths):
            label = "、".join(column.label for column in group.columns[:3])
            self._note_absent(rows, start, label, region)

    def _note_absent(self, rows: Sequence[Row], start: int, label: str, region: Region) -> None:
        if any(path not in self.figures for row in rows for path in row.paths):
            every = (path for row in rows for path in region.paths(row))
            paths = tuple(path for path in every if path not in self.figures)
            origin = self.places.origin(start, start + 1)
            self.diagnostics.append(diagnose("D208", origin, paths, label=label))

    def _leave(
        self, unknown: UnknownRow, missing: tuple[str, ...] = (), *, diagnosed: bool = True
    ) -> None:
        """List the numbers of a row that no figure claims; `missing` are figures it may hold."""
        printed = _shortened(unknown.label)
        for piece in unknown.pieces:
            if read_value(piece.text).status not in ("blank", "not_applicable"):
                origin = self.places.origin(piece.start, piece.end)
                raw = self.places.raw(origin)
                self.unclaimed.append(Unclaimed(raw, printed, origin))
        if not diagnosed or not (printed or missing):
            return
        origin = self.places.origin(unknown.start, unknown.end)
        if unknown.candidates:
            labels = "、".join(dict.fromkeys(f"“{row.label}”" for row in unknown.candidates))
            code = "D303" if unknown.displaced else "D103"
            paths = tuple(dict.fromkeys(missing))
            self.diagnostics.append(
                diagnose(code, origin, paths, printed=printed, label=printed, labels=labels)
            )
        else:
            self.diagnostics.append(diagnose("D105", origin, missing, printed=printed))

    def close(self) -> None:
        """Name the figures that only a second table states: they may be another report's."""
        again = {id(f) for row in told_again(self._all_rows, self._differing) for f in row.figures}
        doubtful = [figure for figure in self.figures.values() if id(figure) in again]
        if doubtful:
            paths = tuple(figure.path for figure in doubtful)
            self.diagnostics.append(diagnose("D305", doubtful[0].origin, paths))

    def in_printed_order(self) -> tuple[Figure, ...]:
        """The figures as they stood in the source."""
        return tuple(sorted(self.figures.values(), key=_offset))


def _shortened(text: str) -> str:
    """A text as it is quoted in a message: long ones cut."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def _offset(figure: Figure) -> int:
    return figure.origin.start if figure.origin else 0


def _row(rows: tuple[Row, ...], group: str) -> Row | None:
    """The row that stands in a group; the only one its label may be, wherever."""
    if len(rows) == 1:
        return rows[0]
    found = [row for row in rows if group in (row.path, row.parent)]
    return found[0] if len(found) == 1 else None
