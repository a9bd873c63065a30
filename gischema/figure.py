"""The model below the report: figures, statements of the running text, places, diagnostics."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias, overload

from attrs import field, frozen

from gischema.html_text import html_table

Status = Literal["stated", "blank", "not_applicable", "absent", "unreadable"]
"""`stated`: a value is printed. `blank`: the cell is printed and empty. `not_applicable`: it holds
`-`, `—` or `/`. `absent`: row or cell is not printed. `unreadable`: printed but not understood.
The value 0 always stands for a printed 0."""

STATUS: Mapping[Status, tuple[str, str]] = {
    "stated": ("已填", "stated"),
    "blank": ("空白", "blank"),
    "not_applicable": ("不适用", "not applicable"),
    "absent": ("未印", "absent"),
    "unreadable": ("无法识别", "unreadable"),
}
"""The words for each status, in Chinese and English."""

Reading = Literal["exact", "alias", "close", "solved", "recognised", "confirmed"]
"""The way in which a figure was read. `exact`: its label matched. `alias`: it matched an alias of
the grammar. `close`: it matched only approximately. `solved`: merged digits were separated by the
identities of the form. `recognised`: it was recognised on a scanned page. `confirmed`: a person
looked it up in the source (`load_confirmed`)."""

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
gave it. `absent`: it is not known."""

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

    @property
    def part(self) -> tuple[int, int] | None:
        """The first and the last month of a month, quarter, half-year or three quarters.

        None for a year, and for any other span.
        """
        months = self.first.month, self.last.month
        whole = self.first.day == 1 and self.last.day == monthrange(self.last.year, months[1])[1]
        if not whole or self.first.year != self.last.year:
            return None
        first, last = months
        count = last - first + 1
        is_part = count == 1 or (count in (3, 6) and last % count == 0) or months == (1, 9)
        return months if is_part else None


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

    def __repr__(self) -> str:
        paths = f" ({len(self.paths)} paths)" if self.paths else ""
        return shortened(f"<Diagnostic {self.code}{_at(self.origin)}{paths} {self.message}>")

    def __str__(self) -> str:
        return f"{self.code} {self.message}"


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

    def __repr__(self) -> str:
        stated = self.status if self.value is None else f"= {number(self.value)}"
        unit = f" {self.unit}" if self.value is not None and self.unit else ""
        more = " ".join((*self.marks, *self.doubts))
        kind = type(self).__name__
        return f"<{kind} {self.path} {stated}{unit}{_at(self.origin)}{more and f', {more}'}>"

    def __str__(self) -> str:
        return self.described(self.label or self.path)

    def described(self, name: str) -> str:
        """Return the figure as a person would say it, under a name; with its doubts."""
        doubts = f"（存疑 {' '.join(self.doubts)}）" if self.doubts else ""
        return f"{name} = {self.printed}{doubts}"

    @property
    def printed(self) -> str:
        """The value with its unit, or the status in Chinese, for people."""
        if self.value is None:
            return f"({STATUS[self.status][0]})"
        return f"{number(self.value)} {self.unit}" if self.unit else number(self.value)


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


@frozen(repr=False)
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
        impossible_span: A reporting period as printed whose last day does not exist, or precedes
            the first.
        scope: `body` or `region`, the subject of the report.
        body: The reporting body.
        parts: The number of parts of the report.
        address: The web address of the report.
        contact: The body to ask about the report, where it is named.
        origin: The place of the first of these statements.
        origins: The place of each statement, by attribute.
    """

    year: int | None = None
    span_start: date | None = None
    span_end: date | None = None
    impossible_span: str | None = None
    scope: Scope | None = None
    body: str | None = None
    parts: int | None = None
    address: str | None = None
    contact: str | None = None
    origin: Origin | None = None
    origins: Mapping[str, Origin] = field(factory=dict, hash=False)


@frozen
class SelfReference:
    """A word with which the text refers to the body that reports, such as 我镇 or 我局.

    Attributes:
        words: The word.
        origin: The first place of the word below the first heading.
    """

    words: str
    origin: Origin


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
        self_references: The words with which the chapters refer to the reporting body, each once.
    """

    figures: tuple[NarrativeFigure, ...] = ()
    candidates: tuple[NarrativeFigure, ...] = ()
    sections: tuple[Section, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    lead: Lead = Lead()
    self_references: tuple[SelfReference, ...] = ()

    def __repr__(self) -> str:
        parts = (f"{len(self.figures)} figures", f"{len(self.candidates)} candidates")
        return f"<Narrative {', '.join(parts)}, {len(self.sections)} sections>"

    def _repr_html_(self) -> str:
        return figures_html("正文", (*self.figures, *self.candidates))

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


@frozen
class Unclaimed:
    """A number inside a table that belongs to no figure, with the text before it."""

    raw: str
    label: str
    origin: Origin


class Figures(tuple[Figure, ...]):
    """The figures of a report: a tuple that a notebook shows as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return figures_html(f"{len(self)} 项数字", self)


def figures_html(caption: str, figures: Iterable[Figure]) -> str:
    """Return figures as an HTML table."""
    rows = (
        (figure.path, figure.label, figure.printed, " ".join((*figure.marks, *figure.doubts)))
        for figure in figures
    )
    return html_table(caption, ("指标", "名称", "数值", "存疑"), rows)


def number(value: Amount) -> str:
    """Return a number as text, without exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def shortened(text: str, limit: int = 120) -> str:
    """Return `<…>` in at most `limit` characters."""
    return text if len(text) <= limit else f"{text[: limit - 2]}…>"


def _at(origin: Origin | None) -> str:
    return f" @{origin.line}:{origin.column}" if origin is not None else ""
