"""From parsed regions to the figures, diagnostics and unclaimed numbers of a report."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field
from lark import Token, Tree

from gischema.diagnostics import diagnose
from gischema.forms.form import Row, is_caption, step
from gischema.parsing.figures import RowReader
from gischema.parsing.numbers import read_value
from gischema.parsing.parse import parse_region
from gischema.parsing.place import Places
from gischema.parsing.region import Region, RowToken, UnknownRow
from gischema.report import Diagnostic, Figure, Unclaimed

_COLUMNS = "columns"


@define
class Assembly:
    """What the regions of a document yield."""

    places: Places
    figures: dict[str, Figure] = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)
    unclaimed: list[Unclaimed] = field(factory=list)

    def add(self, region: Region) -> None:
        """Parse a region and take what it holds."""
        trees = parse_region(region)
        rows = region.form.rows_of
        for token, path in _row_tokens(trees, ()):
            row = _row(rows.get(token.type, ()), path)
            if row is not None:
                self._read(row, token, region)
            else:
                region.displaced.append(token)
        for token in region.displaced:
            self._read_displaced(token, rows.get(token.type, ()), region)
        for unknown in region.unknown:
            self._leave(unknown, diagnosed=True)

    def _read(self, row: Row, token: RowToken, region: Region) -> list[Figure]:
        reader = RowReader(row, token.row, self.places, region.usual_gap)
        reader.read()
        self.diagnostics.extend(reader.diagnostics)
        for unknown in reader.unknown:
            self._leave(unknown, diagnosed=False)
        twice = [f for f in reader.figures if f.path in self.figures]
        if twice:
            self._merge(row, reader.figures)
        else:
            self.figures.update((f.path, f) for f in reader.figures)
        return reader.figures

    def _merge(self, row: Row, figures: list[Figure]) -> None:
        """A row printed twice: what the first left open is taken from the second."""
        differing = []
        for figure in figures:
            first = self.figures.get(figure.path)
            if first is None or (first.status == "blank" and figure.status != "blank"):
                self.figures[figure.path] = figure
            elif figure.status != "blank" and (first.value, first.status) != (
                figure.value,
                figure.status,
            ):
                differing.append((first, figure))
        if differing:
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
            if paths:
                self.diagnostics.append(diagnose("D302", origin, paths, label=rows[0].label))
            return
        unknown = UnknownRow(row.label, row.start, row.end, row.cells.figures, rows, displaced=True)
        self._leave(unknown, diagnosed=True)

    def _leave(self, unknown: UnknownRow, *, diagnosed: bool) -> None:
        """List the numbers of a row that no figure claims."""
        printed = unknown.label.strip()
        for piece in unknown.pieces:
            if read_value(piece.text).status not in ("blank", "not_applicable"):
                raw = self.places.raw(piece.start, piece.end)
                origin = self.places.origin(piece.start, piece.end)
                self.unclaimed.append(Unclaimed(raw, printed, origin))
        if not diagnosed or not printed:
            return
        origin = self.places.origin(unknown.start, unknown.end)
        if unknown.candidates:
            labels = "、".join(dict.fromkeys(f"“{row.label}”" for row in unknown.candidates))
            paths = tuple(dict.fromkeys(p for row in unknown.candidates for p in row.paths))
            code = "D303" if unknown.displaced else "D103"
            self.diagnostics.append(
                diagnose(code, origin, paths, printed=printed, label=printed, labels=labels)
            )
        else:
            self.diagnostics.append(diagnose("D105", origin, printed=printed))

    def in_printed_order(self) -> tuple[Figure, ...]:
        """The figures as they stood in the source."""
        return tuple(sorted(self.figures.values(), key=_offset))


def _offset(figure: Figure) -> int:
    return figure.origin.start if figure.origin else 0


def _row_tokens(
    trees: list[Tree[Token] | Token], path: tuple[str, ...]
) -> Iterator[tuple[RowToken, tuple[str, ...]]]:
    """The row tokens of trees and the steps of the groups they stand in."""
    for node in trees:
        if isinstance(node, RowToken):
            yield node, path
        elif isinstance(node, Tree):
            name = str(node.data)
            own = () if is_caption(name) or step(name) in (_COLUMNS, "start") else (step(name),)
            yield from _row_tokens(node.children, path + own)


def _row(rows: tuple[Row, ...], path: tuple[str, ...]) -> Row | None:
    """The row that stands in the groups of `path`; the only one its label may be, wherever."""
    if len(rows) == 1:
        return rows[0]
    inside = ".".join(path)
    found = [r for r in rows if r.path == inside or r.path.rpartition(".")[0] == inside]
    return found[0] if len(found) == 1 else None
