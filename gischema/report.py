"""The report, its rows, and which of its figures are in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import asdict, evolve, field, fields, frozen

from gischema.errors import UnknownName
from gischema.figure import (
    Amount,
    Diagnostic,
    Fact,
    FactName,
    FactSource,
    FactStatus,
    Figure,
    Figures,
    Lead,
    Level,
    Narrative,
    NarrativeFigure,
    Origin,
    Part,
    Period,
    Reading,
    Scope,
    Section,
    SelfReference,
    Source,
    Status,
    Unclaimed,
    figures_html,
    shortened,
)
from gischema.frames import ColumnType, pandas_frame, polars_frame

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = [
    "ABOUT_COLUMNS",
    "COLUMNS",
    "IN_TEXT",
    "PLACE",
    "AboutReport",
    "Amount",
    "Diagnostic",
    "Fact",
    "FactName",
    "FactSource",
    "FactStatus",
    "Figure",
    "Figures",
    "Lead",
    "Level",
    "Narrative",
    "NarrativeFigure",
    "Origin",
    "Part",
    "Period",
    "Reading",
    "Report",
    "Scope",
    "Section",
    "SelfReference",
    "Source",
    "Status",
    "Unclaimed",
    "is_of_text",
    "of_text",
    "with_doubts",
]

_V = TypeVar("_V")
_SHOWN = 40  # characters of a name in a repr


def _figures(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return Figures(figures)


def _narrative(value: Narrative | Iterable[NarrativeFigure]) -> Narrative:
    return value if isinstance(value, Narrative) else Narrative(tuple(value))


IN_TEXT = "narrative "
"""What stands before the path of a statement of the running text, as in waivers."""

PLACE = {
    name: "origin_file" if name == "file" else name
    for name in ("line", "column", "start", "end", "block", "row", "cell", "page",
                 "offset", "element", "box", "file")
}  # fmt: skip
"""The parts of an origin, and their names in rows."""


ABOUT_COLUMNS: Mapping[str, ColumnType] = {
    **dict.fromkeys(("file", "form", "variant"), "text"),
    "year": "integer",
    **dict.fromkeys(("agency", "title"), "text"),
}
"""The columns that say which report a row is of, and their types in frames."""

COLUMNS: Mapping[str, ColumnType] = {
    **ABOUT_COLUMNS,
    "path": "text",
    "value": "decimal",
    **dict.fromkeys(("unit", "status", "raw", "label", "source", "reading"), "text"),
    **dict.fromkeys(("marks", "doubts"), "texts"),
    **dict.fromkeys(PLACE.values(), "integer"),
    "element": "text",
    "box": "integers",
    "origin_file": "text",
}
"""The columns of rows of figures, and their types in frames."""


def of_text(diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic of the running text as it stands in the list of the report."""
    return evolve(diagnostic, paths=tuple(f"{IN_TEXT}{path}" for path in diagnostic.paths))


def is_of_text(diagnostic: Diagnostic) -> bool:
    """Return True if a diagnostic flags only statements of the running text."""
    paths = diagnostic.paths
    return bool(paths) and all(path.startswith(IN_TEXT) for path in paths)


def _row(figure: Figure) -> dict[str, Any]:
    return {
        "path": figure.path,
        "value": None if figure.value is None else Decimal(figure.value),
        "unit": figure.unit,
        "status": figure.status,
        "raw": figure.raw,
        "label": figure.label,
        "source": figure.source,
        "reading": figure.reading,
        "marks": list(figure.marks),
        "doubts": list(figure.doubts),
        **{name: getattr(figure.origin, part, None) for part, name in PLACE.items()},
    }


def _read_only(mapping: Mapping[str, _V]) -> Mapping[str, _V]:
    return mapping if isinstance(mapping, MappingProxyType) else MappingProxyType(mapping)


def _read_only_figures(figures: Mapping[str, Figure]) -> Mapping[str, Figure]:
    return _read_only(figures)


@frozen
class AboutReport:
    """What identifies a report, in every result about it."""

    file: str | None = None
    form: str | None = None
    variant: str | None = None
    year: int | None = None
    agency: str | None = None
    title: str | None = None


@frozen(slots=False)
class Report:
    """One report. Subclasses add the typed sections of a form, e.g. `Art20Report2021.requests`.

    Attributes:
        form: The id of the form of the tables (`art20-2021`), or, without tables, of the form in
            force in `year`. None if both are unknown.
        variant: The regional variant of the form.
        year: The report year.
        title: The title as printed.
        agency: The reporting body.
        region: The region of the reporting body, if its name states it: 青禾市云岭县.
        level: The level of the reporting body, if its name shows it.
        period: The reporting period, if the text states it.
        published: The day of publication, or else that of making or signature.
        index_no: The 索引号.
        document_no: The 文号.
        source_url: The address that a page states as its own.
        source_name: The name of the file.
        facts: Status, source, origin and doubts of `year`, `title`, `period`, `agency`, `form` and
            `published`, by name. Empty for a report that was not read from a source.
        figures: The printed table figures, in their order.
        narrative: The statements of the running text.
        unclaimed: The numbers of tables that belong to no figure.
        diagnostics: The remarks of the reader about tables, running text and everything else.
    """

    form: str | None = None
    variant: str | None = None
    year: int | None = None
    title: str | None = None
    agency: str | None = None
    region: str | None = None
    level: Level | None = None
    period: Period | None = None
    published: date | None = None
    index_no: str | None = None
    document_no: str | None = None
    source_url: str | None = None
    source_name: str | None = None
    facts: Mapping[FactName, Fact] = field(factory=dict, hash=False)
    figures: tuple[Figure, ...] = field(default=(), converter=_figures)
    narrative: Narrative = field(factory=Narrative, converter=_narrative)
    unclaimed: tuple[Unclaimed, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    declared: Mapping[str, Figure] = field(
        factory=dict, converter=_read_only_figures, repr=False, eq=False
    )
    """Every indicator of the form as an `absent` figure, by path."""

    def __repr__(self) -> str:
        about = (self.form, self.variant, self.year, self.agency or self.title)
        known = " ".join(str(part)[:_SHOWN] for part in about if part is not None)
        counts = f"{len(self.figures)} figures ({self._doubtful} in doubt)"
        more = f"{len(self.narrative)} in the text, {len(self.diagnostics)} diagnostics"
        return shortened(f"<{type(self).__name__} {known}: {counts}, {more}>", 200)

    def __str__(self) -> str:
        name = self.title or self.agency or self.source_name or "报告"
        variant = f"+{self.variant}" if self.variant else ""
        form = "表式不明" if self.form is None else f"{self.form}{variant}"
        return f"{name}（{form}，{len(self.figures)} 项数字，{self._doubtful} 项存疑）"

    def _repr_html_(self) -> str:
        return figures_html(str(self), self.listed())

    @property
    def _doubtful(self) -> int:
        return sum(bool(figure.doubts) for figure in self.figures)

    def __getstate__(self) -> dict[str, Any]:
        """Return the fields only; what is computed from them does not all pickle."""
        names = {member.name for member in fields(type(self))}
        state = {name: value for name, value in vars(self).items() if name in names}
        return state | {"declared": dict(self.declared)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Restore the fields."""
        vars(self).update(state, declared=_read_only(state["declared"]))

    @cached_property
    def by_path(self) -> Mapping[str, Figure]:
        """The printed table figures, by path."""
        return _read_only({figure.path: figure for figure in self.figures})

    @cached_property
    def doubts(self) -> Mapping[str, tuple[str, ...]]:
        """The codes that flag each path of the tables, also where its figure was not read."""
        found = _by_path(self.diagnostics).items()
        return _read_only(
            {path: _codes(each) for path, each in found if not path.startswith(IN_TEXT)}
        )

    @property
    def about(self) -> AboutReport:
        """What identifies the report."""
        file, title = self.source_name, self.title
        return AboutReport(file, self.form, self.variant, self.year, self.agency, title)

    def unread(self) -> Iterator[Figure]:
        """Yield the absent figures that a diagnostic flags: perhaps printed, and not read.

        A path that only the running text states is not among them.
        """
        text = {figure.path for figure in self.narrative}
        for path, codes in self.doubts.items():
            figure = self.declared.get(path)
            if path not in self.by_path and (figure is not None or path not in text):
                figure = figure or Figure(path, None, None, "absent", "", "")
                yield evolve(figure, doubts=codes)

    def all_figures(self) -> tuple[Figure, ...]:
        """Return the table figures in printed order, then those of the form that are absent."""
        absent = (f for path, f in self.declared.items() if path not in self.by_path)
        return (*self.figures, *absent)

    def listed(self, *, absent: bool = False) -> Iterator[Figure]:
        """Yield the figures that exports list: those of the tables, of the text, candidates.

        An absent figure that a diagnostic flags follows those of the tables that were read; with
        `absent`, every indicator of the form that was not read.
        """
        yield from self.all_figures() if absent else self.figures
        known = self.declared if absent else ()
        yield from (figure for figure in self.unread() if figure.path not in known)
        yield from self.narrative
        yield from self.narrative.candidates

    def rows(self, *, absent: bool = False) -> list[dict[str, Any]]:
        """Return the figures that `listed` yields as rows of a table, each on its own whole.

        A row has the report (`file`, `form`, `variant`, `year`, `agency`, `title`), the figure
        (`path` … `doubts`) and its place (`line` … `origin_file`). Every value is a Decimal.
        """
        about = asdict(self.about)
        return [about | _row(figure) for figure in self.listed(absent=absent)]

    def to_polars(self, *, absent: bool = False) -> pl.DataFrame:
        """Return `rows` as a Polars frame; `value` is a decimal in every report."""
        return polars_frame(self.rows(absent=absent), COLUMNS)

    def to_pandas(self, *, absent: bool = False) -> pd.DataFrame:
        """Return `rows` as a pandas frame; `value` holds Decimals in every report."""
        return pandas_frame(self.rows(absent=absent), COLUMNS)

    def figure(self, path: str) -> Figure:
        """Return the table figure at `path`; an `absent` one if only the form has it.

        Raises:
            UnknownName: Neither report nor form has the path. The message lists similar ones.
        """
        figure = self.by_path.get(path) or self.declared.get(path)
        if figure is None:
            from difflib import get_close_matches  # a third of what this module costs to import

            near = get_close_matches(path, {**self.declared, **self.by_path}, n=3)
            zh, en = f"；是否指{'、'.join(near)}？", f"; did you mean {', '.join(near)}?"
            raise UnknownName(
                f"{self.form}表式的报告没有{path}这一项{zh if near else ''}",
                f"no figure {path!r} in a report on form {self.form}{en if near else ''}",
            )
        return figure

    @cached_property
    def extras(self) -> Mapping[str, Figure]:
        """The figures that no typed section declares, by path."""
        typed = type(self).typed_paths()
        return _read_only({path: f for path, f in self.by_path.items() if path not in typed})

    @classmethod
    def typed_paths(cls) -> frozenset[str]:
        """Return the paths that the typed sections of this class declare."""
        return frozenset()


_R = TypeVar("_R", bound=Report)


def with_doubts(report: _R) -> _R:
    """Return the report with the codes of its diagnostics in the figures that they flag.

    A diagnostic flags the figure of a table at its path. It also flags a statement of the running
    text if it lies in its clause, or if no table has its path. One of the running text
    (`narrative PATH`) flags only the statements in whose clauses it lies.
    """
    if not report.diagnostics:
        return report
    codes, text = report.doubts, report.narrative
    found_at = _by_path(report.diagnostics)

    def statement(figure: NarrativeFigure) -> NarrativeFigure:
        path = figure.path
        in_tables = path in report.by_path or path in report.declared
        found = [
            *(d for d in found_at.get(path, ()) if not in_tables or _in_clause(d, figure)),
            *(d for d in found_at.get(IN_TEXT + path, ()) if _in_clause(d, figure)),
        ]
        return _doubted(figure, _codes(found))

    return evolve(
        report,
        figures=tuple(_doubted(figure, codes.get(figure.path, ())) for figure in report.figures),
        narrative=evolve(
            text,
            figures=tuple(map(statement, text.figures)),
            candidates=tuple(map(statement, text.candidates)),
        ),
        declared={
            path: _doubted(figure, codes.get(path, ())) for path, figure in report.declared.items()
        },
    )


_F = TypeVar("_F", bound=Figure)


def _doubted(figure: _F, codes: tuple[str, ...]) -> _F:
    return figure if figure.doubts == codes else evolve(figure, doubts=codes)


def _by_path(diagnostics: Iterable[Diagnostic]) -> dict[str, list[Diagnostic]]:
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        for path in diagnostic.paths:
            found[path].append(diagnostic)
    return found


def _codes(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(diagnostic.code for diagnostic in diagnostics))


def _in_clause(diagnostic: Diagnostic, figure: NarrativeFigure) -> bool:
    """Return True if a diagnostic lies in the clause of a statement."""
    at, clause = diagnostic.origin, figure.origin
    if at is None or clause is None:
        return False
    return clause.start <= at.start and at.end <= clause.end
