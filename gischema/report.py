"""The model: report, figure and diagnostic. Of the package it imports errors and frames only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, overload

from attrs import asdict, evolve, field, fields, frozen

from gischema.errors import UnknownName
from gischema.frames import ColumnType, pandas_frame, polars_frame

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Status = Literal["stated", "blank", "not_applicable", "absent", "unreadable"]
"""`stated`: a value is printed. `blank`: the cell is printed and empty. `not_applicable`: it holds
`-`, `—` or `/`. `absent`: row or cell is not printed. `unreadable`: printed but not understood.
The value 0 always stands for a printed 0."""

Reading = Literal["exact", "alias", "close", "solved"]
"""The way in which a figure was read. `exact`: its label matched. `alias`: it matched an alias of
the grammar. `close`: it matched only approximately. `solved`: merged digits were separated by the
identities of the form."""

Source = Literal["table", "narrative", "candidate"]
"""A table, the running text, or a statement of the running text that may be no figure of the year
(`Narrative.candidates`)."""

Amount: TypeAlias = int | Decimal
"""The value of a figure: a count, or a sum of money."""


@frozen
class Origin:
    """A place in the source. What the source does not have is None.

    Attributes:
        start: The offset of the first character in the source text.
        end: The offset after the last character.
        line: The line, from 1.
        column: The column, from 1.
        block: The index of the table in the document, from 0.
        row: The index of the row in the table, from 0.
        cell: The index of the cell in the row, from 0.
        page: The page, from 1.
        offset: The number of characters from the start of the cell or paragraph.
        element: The place in the terms of the file: an element path, `Sheet1!C7`.
        box: Left, top, right and bottom on the page, in whole points.
        file: The file, if several make up the report.
    """

    start: int
    end: int
    line: int
    column: int
    block: int | None = None
    row: int | None = None
    cell: int | None = None
    page: int | None = None
    offset: int | None = None
    element: str | None = None
    box: tuple[int, ...] | None = None
    file: str | None = None


FactName = Literal["year", "title", "period", "agency", "form", "published"]
"""What a report is known by: year, title, reporting period, body, form and day of publication."""

FactStatus = Literal["stated", "inferred", "given", "absent"]
"""`stated`: the source states it. `inferred`: it follows from other statements. `given`: the caller
or a plugin gave it. `absent`: it is not known."""

FactSource = Literal[
    "title", "page_head", "file", "lead", "signature", "contact", "text", "tables", "year"
]
"""The place that a fact was taken from. `page_head`: the entries above the text, such as 发布机构.
`file`: the metadata of the file or web page. `contact`: the body to ask about the report. `year`:
the form in force in the year of the report."""

Level = Literal["province", "city", "county", "township", "department"]
"""The level of a government, or `department` for a body of any level that is no government."""


@frozen
class Fact:
    """The grounds of one fact about a report; its value is an attribute of the report.

    Attributes:
        status: The way in which the source has it.
        source: The place that it was taken from; None if it is absent or given.
        origin: The place in the source text, if it stands there.
        doubts: The codes of the diagnostics that doubt it.
    """

    status: FactStatus
    source: FactSource | None = None
    origin: Origin | None = None
    doubts: tuple[str, ...] = ()


@frozen
class Period:
    """The reporting period: its first and its last day."""

    first: date
    last: date


@frozen
class Diagnostic:
    """A remark of the reader about the source or its own reading, never a fault of the office.

    Attributes:
        code: The code of its kind.
        message: The message in Chinese.
        message_en: The message in English.
        paths: The figures that are doubtful because of it. A figure that no diagnostic flags was
            read without doubt. `narrative PATH` is a statement of the running text in whose clause
            `origin` lies.
        origin: The place in the source.
    """

    code: str
    message: str
    message_en: str
    paths: tuple[str, ...] = ()
    origin: Origin | None = None


@frozen
class Figure:
    """One value of one indicator in one report.

    Attributes:
        path: The path of the indicator.
        value: The number; None unless the status is `stated`. A figure printed in another unit is
            converted; sums of money on the national forms are in 万元.
        unit: The unit of the form, or the printed one where the form allows several. None if
            neither prints one.
        status: The state of the cell: printed with a value, blank and so on.
        raw: The text of the cell in the source.
        label: The label of the row and column.
        origin: The place in the source.
        reading: The way in which it was read.
        source: A table or the running text.
        doubts: The codes of the diagnostics that flag the figure, without duplicates, in the order
            of the diagnostics.
        marks: Special properties of a statement of the running text (`NarrativeFigure`).
    """

    path: str
    value: Amount | None
    unit: str | None
    status: Status
    raw: str
    label: str
    origin: Origin | None = None
    reading: Reading | None = None
    source: Source = "table"
    doubts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@frozen
class Part:
    """One item of a list that belongs to a figure of the text: `其中:建设局93件`.

    Attributes:
        group: The index of the list among those of the figure, from 0. The items of one list can be
            added up.
        path: The indicator that the item states; None if no form has it (a body, a subject).
    """

    name: str
    value: Amount | None
    group: int
    raw: str
    origin: Origin
    path: str | None = None


@frozen
class NarrativeFigure(Figure):
    """A statement of an indicator in the running text; one indicator may have several.

    Its `origin` is the clause.

    Attributes:
        marks: Special properties: `region` (of a whole region, not of one body), with it
            `own_region` (of the region whose government reports: 全县 in a county's report),
            `carry_over_included`, `unit_missing`; of candidates also `rounded`, `cumulative`,
            `other_year`, `joint`, `uncertain`.
        sentence: The sentence around the clause.
        chapter: The heading of the chapter as printed.
        parts: The items of the lists that belong to it.
        share: The percentage stated next to it (`258件,占33.9%`), of any whole.
    """

    source: Source = "narrative"
    sentence: Origin | None = None
    chapter: str | None = None
    parts: tuple[Part, ...] = ()
    share: Amount | None = None


_V = TypeVar("_V")

Scope = Literal["body", "region"]
"""The subject of a text: the reporting body alone, or all bodies of its region together."""


@frozen
class Section:
    """A chapter or sub-chapter of the running text.

    Attributes:
        title: The heading.
        number: The number of the heading, from 1.
        level: 1 for 一、, 2 for (一).
        kind: The subject (`overview`, `proactive`, `requests`, `fees`, `review` …); None if the
            heading does not state it.
        origin: The place of the heading.
        end: The offset in the source at which the section ends.
        empty: True if no text follows the heading, or only 无.
        text: The running text up to the next heading of any level, in normal form, without tables.
    """

    title: str
    number: int
    level: int
    kind: str | None
    origin: Origin
    end: int
    empty: bool = False
    text: str = field(default="", repr=False)


@frozen
class Lead:
    """The statements of a report about itself before its first chapter; None if it makes none.

    Attributes:
        year: The report year.
        span_start: The first day of the reporting period.
        span_end: The last day of the reporting period.
        scope: `body` or `region`, the subject of the report.
        body: The reporting body.
        parts: The number of parts of the report.
        address: The web address of the report.
        origin: The place of the first of these statements.
        origins: The place of each statement, by attribute.
    """

    year: int | None = None
    span_start: date | None = None
    span_end: date | None = None
    scope: Scope | None = None
    body: str | None = None
    parts: int | None = None
    address: str | None = None
    origin: Origin | None = None
    origins: Mapping[str, Origin] = field(factory=dict, hash=False)


@frozen
class Narrative(Sequence[NarrativeFigure]):
    """The statements of the running text: a sequence of its `figures`.

    Attributes:
        figures: The figures of the year.
        candidates: Statements that may not be figures of the year: rounded, cumulative, of several
            indicators together. They are never compared with anything.
        sections: The chapters and sub-chapters.
        diagnostics: Reasons for the candidates, and damaged characters next to numbers. Each flags
            the path of a statement, never a figure of a table; `Report.diagnostics` has them with
            the paths `narrative PATH`.
        lead: The statements before the first chapter.
    """

    figures: tuple[NarrativeFigure, ...] = ()
    candidates: tuple[NarrativeFigure, ...] = ()
    sections: tuple[Section, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    lead: Lead = Lead()

    @overload
    def __getitem__(self, index: int) -> NarrativeFigure: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[NarrativeFigure, ...]: ...
    def __getitem__(self, index: int | slice) -> NarrativeFigure | tuple[NarrativeFigure, ...]:
        """Return the figure at an index, or the figures of a slice."""
        return self.figures[index]

    def __iter__(self) -> Iterator[NarrativeFigure]:
        """Iterate over the figures in the order of the text."""
        return iter(self.figures)

    def __len__(self) -> int:
        """Return the number of figures that the text states."""
        return len(self.figures)


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
class Unclaimed:
    """A number inside a table that belongs to no figure, with the text before it."""

    raw: str
    label: str
    origin: Origin


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
    figures: tuple[Figure, ...] = ()
    narrative: Narrative = field(factory=Narrative, converter=_narrative)
    unclaimed: tuple[Unclaimed, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    declared: Mapping[str, Figure] = field(
        factory=dict, converter=_read_only_figures, repr=False, eq=False
    )
    """Every indicator of the form as an `absent` figure, by path."""

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
