"""The model: what a report, a figure and a diagnostic are. Imports no room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, TypeAlias, TypeVar, overload

from attrs import evolve, field, frozen

Status = Literal["stated", "blank", "not_applicable", "absent", "unreadable"]
"""`stated` a value was printed; `blank` the cell is printed and empty; `not_applicable` it holds
`-`, `—` or `/`; `absent` row or cell is not printed; `unreadable` printed but not understood.
0 is only ever a printed 0."""

Reading = Literal["exact", "alias", "close", "solved"]
"""How a figure was read: its label matched exactly, by an alias that the grammar declares, only
closely, or its digits had to be told apart by the identities of the form."""

Source = Literal["table", "narrative"]

Amount: TypeAlias = int | Decimal
"""What a figure states: a count, or money with its cents."""


@frozen
class Origin:
    """Where something stood in the source.

    `start` and `end` are a half-open span of characters in the source text; `line` and `column`
    count from 1. The rest is None where the source has none: `block`, `row` and `cell` count the
    tables of a document and the rows and cells of a table from 0, `page` the pages from 1;
    `offset` counts the characters from the beginning of that cell or paragraph. `element` is the
    place in the file's own terms (an element path, `Sheet1!C7`), `box` left, top, right and
    bottom on the page in whole points, `file` the one of several files that make up a report.
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


@frozen
class Diagnostic:
    """What the reader noticed about the source or about itself; never a fault of the office.

    `paths` names every figure that is doubtful because of it: a figure that no diagnostic names
    was read without doubt. `message` is Chinese, `message_en` English.
    """

    code: str
    message: str
    message_en: str
    paths: tuple[str, ...] = ()
    origin: Origin | None = None


@frozen
class Figure:
    """One value of one indicator in one report.

    `value` is set only for status `stated`. `unit` is the form's unit, or the printed one where
    the form leaves it open (None if neither prints any). A figure printed in another unit is
    converted; sums of money on the national forms are in 万元. `raw` is the text of the cell as it
    stood in the source. `doubts` are the codes of the diagnostics that flag
    the figure, each once, in the order in which they occur.
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


@frozen
class Part:
    """One item of a list under a figure of the text: `其中:建设局93件`.

    `group` counts the lists under one figure from 0; the items of one list can be added up. `path`
    is the indicator that the item states, None for an item that no form has (a body, a subject).
    """

    name: str
    value: Amount | None
    group: int
    raw: str
    origin: Origin
    path: str | None = None


@frozen
class NarrativeFigure(Figure):
    """A figure that running text states: one statement of an indicator; there may be several.

    `origin` is its clause and `sentence` the sentence around it; `chapter` is the heading of the
    chapter as printed. `marks` say what is special: `region` (of a whole region, not of one body),
    beside it `own_region` (of the region whose government reports: 全县 in a county's report),
    `carry_over_included`, `unit_missing`; of candidates also `rounded`, `cumulative`,
    `other_year`, `joint`, `uncertain`. `parts` are the items of the lists that belong to it;
    `share` is the percentage that stands beside it (`258件,占33.9%`), of whatever whole.
    """

    source: Source = "narrative"
    marks: tuple[str, ...] = ()
    sentence: Origin | None = None
    chapter: str | None = None
    parts: tuple[Part, ...] = ()
    share: Amount | None = None


Scope = Literal["body", "region"]
"""Of whom a text speaks: the reporting body alone, or every body of its region together."""


@frozen
class Section:
    """A chapter or sub-chapter of the running text.

    `kind` is what it is about (`overview`, `proactive`, `requests`, `fees`, `review` …), None if
    its heading does not say. `level` is 1 for 一、 and 2 for (一); `number` counts from 1 as
    printed. `origin` is the heading, `end` the offset in the source where the section ends.
    `empty` is set if nothing stands under the heading, or only that there is nothing (`无`). `text`
    is the running text up to the next heading of any level, in normal form and without tables.
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
    """What a report says of itself before its first chapter; None is what it does not say.

    `year` is that of the report it announces, `span_start` and `span_end` are the days between
    which it counts, `body` is who it names as its maker, `scope` whether it counts that body alone
    or a whole region, `parts` how many parts it says it has, `address` where it can be read.
    `origin` is where it first says any of this, `origins` where it says each, by name.
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
    """What the running text of a report states: a sequence of its `figures`.

    `candidates` are stated, but not for certain as figures of the year: rounded, cumulative, of
    several indicators together; they are never compared with anything. `diagnostics` say why; each
    names the path of its candidate and says nothing of the tables.
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


@frozen
class Unclaimed:
    """A number inside a table that no figure claims, with the text that stood before it."""

    raw: str
    label: str
    origin: Origin


@frozen(slots=False)
class Report:
    """One report. Subclasses add the typed sections of a form, e.g. `Art20Report2021.requests`.

    `form` is the id of the form that the tables stand on (`art20-2021`), or, without a table, of
    the form in force in `year`; None if neither tells. `variant` names a regional addition.
    `published` is the day of publication, or else of making or signature; `index_no` and
    `document_no` are 索引号 and 文号, `source_url` is the address that a page names as its own.
    """

    form: str | None = None
    variant: str | None = None
    year: int | None = None
    title: str | None = None
    agency: str | None = None
    published: date | None = None
    index_no: str | None = None
    document_no: str | None = None
    source_url: str | None = None
    source_name: str | None = None
    stated: tuple[Figure, ...] = ()
    narrative: Narrative = field(factory=Narrative, converter=_narrative)
    unclaimed: tuple[Unclaimed, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    declared: Mapping[str, Figure] = field(factory=dict, repr=False, eq=False)
    """Every indicator of the form as an `absent` figure: what could have been printed."""

    @cached_property
    def by_path(self) -> dict[str, Figure]:
        """The table figures that are printed, by path."""
        return {figure.path: figure for figure in self.stated}

    @cached_property
    def doubts(self) -> dict[str, tuple[str, ...]]:
        """The codes of the diagnostics that flag each path, whether its figure was read or not."""
        return {path: _codes(found) for path, found in _by_path(self.diagnostics).items()}

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

    def figures(self, *, absent: bool = False) -> Iterator[Figure]:
        """The table figures in printed order; with `absent`, those not printed follow."""
        yield from self.stated
        if absent:
            yield from (f for path, f in self.declared.items() if path not in self.by_path)

    def figure(self, path: str) -> Figure:
        """The table figure at `path`; an `absent` one if the form has it and the report does not.

        Raises KeyError, naming similar paths, if neither report nor form knows the path.
        """
        figure = self.by_path.get(path) or self.declared.get(path)
        if figure is None:
            from difflib import get_close_matches  # a third of what this module costs to import

            near = get_close_matches(path, {**self.declared, **self.by_path}, n=3)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise KeyError(f"no figure {path!r} in a report on form {self.form}{hint}")
        return figure

    @cached_property
    def extras(self) -> dict[str, Figure]:
        """Figures that the grammar reads and no typed section declares, by path."""
        typed = type(self).typed_paths()
        return {path: f for path, f in self.by_path.items() if path not in typed}

    @classmethod
    def typed_paths(cls) -> frozenset[str]:
        """The paths that the typed sections of this class declare."""
        return frozenset()


_R = TypeVar("_R", bound=Report)


def with_doubts(report: _R) -> _R:
    """Return the report with the codes of its diagnostics in the figures that they flag.

    `report.diagnostics` are about the figures of the tables. One of them is about a statement of
    the running text too if it lies in its clause, or if no table has its path. The diagnostics of
    the text are about the statements in whose clauses they lie, and about no table.
    """
    codes, text = report.doubts, report.narrative
    if not codes and not text.diagnostics:
        return report
    of_report, of_text = _by_path(report.diagnostics), _by_path(text.diagnostics)

    def statement(figure: NarrativeFigure) -> NarrativeFigure:
        path = figure.path
        in_tables = path in report.by_path or path in report.declared
        found = [
            *(d for d in of_report.get(path, ()) if not in_tables or _in_clause(d, figure)),
            *(d for d in of_text.get(path, ()) if _in_clause(d, figure)),
        ]
        return _doubted(figure, _codes(found))

    return evolve(
        report,
        stated=tuple(_doubted(figure, codes.get(figure.path, ())) for figure in report.stated),
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
