"""The result of a check: findings, checks that could not be made, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from attrs import asdict, field, frozen

from gischema.figure import Amount, Diagnostic, Origin, number, shortened
from gischema.frames import ColumnType, pandas_frame, polars_frame
from gischema.html_text import html_table
from gischema.report import ABOUT_COLUMNS, AboutReport
from gischema.rules.model import Kind, Localized, Severity, Value

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from gischema.rules.form_tables import FormTable

SEVERITY: Mapping[Severity, tuple[str, str]] = {
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "info": ("提示", "info"),
}
"""The words for each severity, in Chinese and English."""

OperandSource: TypeAlias = str
"""The source of an operand: `table`, `fact` (such as the year of the report), or running text:
`narrative`, `with_carry_over`, `whole_region`, `listed`, `list_whole`, `share`, `share_of`. For
another report `previous`, `version` or `below` stands before it, or alone for its tables."""

ExclusionMark = Literal[
    "other_body",
    "region",
    "other_year",
    "cumulative",
    "joint",
    "uncertain",
    "rounded",
    "carry_over_included",
]
"""The marks that exclude a statement of the running text from comparison.

- `other_body`: about another body
- `region`: about a whole region
- `other_year`: about another year
- `cumulative`: about several years together
- `joint`: about several indicators together
- `uncertain`: perhaps about another indicator, or about a part
- `rounded`: a rounded figure
- `carry_over_included`: includes last year's carried-over cases
"""

Reason = Literal[
    ExclusionMark,
    "absent",
    "blank",
    "unreadable",
    "no_previous",
    "no_version",
    "no_below",
    "cut_off",
    "no_narrative",
    "no_fact",
    "no_lead",
    "no_body",
    "too_short",
    "plugin_failed",
    "undefined",
    "form",
]
"""The reason why a check could not be made.

- `absent`: the row or cell is not printed
- `blank`: the cell is empty
- `unreadable`: the cell was not understood
- `no_previous`, `no_version`, `no_below`: last year's report, another version or the reports of
  subordinate bodies were not given
- `cut_off`: the text ends within its tables
- `no_narrative`: the running text does not state the figure
- `no_fact`: the report does not state the fact
- `no_lead`: the introduction of the report does not state the fact
- `no_body`: the title or the text names no body
- `too_short`: the text of a report is too short to be compared
- `plugin_failed`: the plugin that computes the fact failed
- `undefined`: a division by zero
- `form`: the variant of the form lacks what the rule uses
- an `ExclusionMark`: the running text states the figure only with this mark
"""

REASONS: Mapping[Reason, Localized] = {
    "no_previous": Localized("未提供上一年报告", "last year's report not given"),
    "no_version": Localized("未提供另一版本", "no other version given"),
    "no_below": Localized("未提供下级单位的报告", "no reports of subordinate bodies given"),
    "no_fact": Localized("报告没有写明", "not stated in the report"),
    "no_lead": Localized("引言没有写明", "not stated in the introduction"),
    "no_body": Localized("标题或正文没有写机关", "no body named in title or text"),
    "too_short": Localized("正文太短，不比较", "the text is too short to be compared"),
    "plugin_failed": Localized("插件出错", "a plugin failed"),
    "unreadable": Localized("数字没有读出", "figures not understood"),
    "absent": Localized("没有印出", "not printed"),
    "blank": Localized("单元格为空", "cells empty"),
    "cut_off": Localized("原文在表格中间结束", "the text ends within its tables"),
    "no_narrative": Localized("正文没有说到", "not stated in the text"),
    "other_body": Localized("正文说的是其他机关", "the text speaks of another body"),
    "region": Localized("正文说的是整个地区", "the text speaks of a whole region"),
    "other_year": Localized("正文说的是其他年度", "the text speaks of another year"),
    "cumulative": Localized("正文说的是历年累计", "the text sums up several years"),
    "joint": Localized("正文把几项合在一起说", "the text counts several items together"),
    "uncertain": Localized("正文说的不一定是这一项", "the text may speak of something else"),
    "rounded": Localized("正文说的是约数", "the text gives rounded figures"),
    "carry_over_included": Localized("正文含上年结转", "the text includes last year's cases"),
    "undefined": Localized("除数为0", "division by zero"),
    "form": Localized("表式没有所需的行列", "the form lacks rows or columns"),
}
"""The reasons in a few words, as the last line of a check has them."""

CulpritKind = Literal[
    "cell", "swapped_digits", "glued", "split", "shifted", "unit", "text", "reading"
]
"""What most likely went wrong.

- `cell`: another figure belongs in one cell
- `swapped_digits`: two digits of a figure are swapped
- `glued`: the digits of two neighbouring cells are in one
- `split`: the digits of one cell are split over two
- `shifted`: figures of a row are one column off
- `unit`: 元 instead of 万元
- `text`: the running text is wrong, not the table
- `reading`: this software misread a cell
"""


@frozen
class Change:
    """A correction of one cell: the value that it states (None: empty) and the correct value."""

    path: str
    stated: Amount | None
    suggested: Amount | None


@frozen
class Culprit:
    """What most likely is wrong: the smallest correction that satisfies every identity.

    `path`, `stated` and `suggested` describe the first cell to correct, `changes` all of them in
    the order of the row. `source` is `narrative` if the running text is wrong.
    """

    path: str
    stated: Amount | None
    suggested: Amount | None
    kind: CulpritKind = "cell"
    source: Literal["table", "narrative"] = "table"
    changes: tuple[Change, ...] = ()


@frozen
class Finding:
    """A rule that does not hold.

    `paths`, `values`, `origins` and `sources` have one entry per printed operand. A value of None
    is an empty cell, or something that is missing as a whole.

    Attributes:
        actual: The left side of a comparison.
        expected: The right side.
        difference: `actual` minus `expected`.
        blanks: Empty cells that added nothing to a sum.
        doubts: Paths of figures that may have been misread, and of facts in doubt (`report.year`).
    """

    code: str
    severity: Severity
    kind: Kind
    title: str
    title_en: str
    message: str
    message_en: str
    paths: tuple[str, ...]
    values: tuple[Value | None, ...]
    origins: tuple[Origin | None, ...]
    sources: tuple[OperandSource, ...]
    expected: Value | None = None
    actual: Value | None = None
    difference: Amount | None = None
    culprit: Culprit | None = None
    blanks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def __repr__(self) -> str:
        place = self.paths[0] if self.paths else ""
        sides = f" {_text(self.actual)} ≠ {_text(self.expected)}" if self.difference else ""
        return shortened(f"<Finding {self.code} {self.severity} {place}{sides}>")

    def __str__(self) -> str:
        return f"{self.code} {self.message}"

    @property
    def doubtful(self) -> bool:
        """True if a figure or fact is in doubt: check the reading first."""
        return bool(self.doubts)

    @property
    def counts_as_error(self) -> bool:
        """True if the report is certainly wrong: an error without doubts."""
        return self.severity == "error" and not self.doubts


@frozen
class NotAssessable:
    """Checks of one rule that could not be made for one reason.

    Attributes:
        instances: The number of checks.
        paths: The operands of all of them.
        missing: The operands without a value. If nothing of a row or section is printed, its path
            stands for all its figures.
    """

    code: str
    reason: Reason
    message: str
    message_en: str
    paths: tuple[str, ...]
    missing: tuple[str, ...]
    instances: int

    def __repr__(self) -> str:
        return shortened(f"<NotAssessable {self.code} {self.reason} ×{self.instances}>")

    def __str__(self) -> str:
        return f"{self.code} {self.message}"


@frozen
class Tally:
    """The number of checks of one rule by result."""

    code: str
    held: int
    broken: int
    not_assessable: int


@frozen
class Waiver:
    """A recorded decision to accept the findings of `rule` in `report`.

    Attributes:
        rule: The code of the rule.
        report: The title of the report, or its file: a name or the end of a path, with `*`.
        reason: Why the findings are accepted.
        by: Who decided.
        on: The date of the decision.
        figures: The values for which the waiver holds, by operand; `blank` for an empty cell.
            Without figures it holds for all findings of the rule in the report. An operand is a
            path, with `narrative` or `previous` and a space before it if it is not taken from the
            tables of the report.
    """

    rule: str
    report: str
    reason: str
    by: str
    on: date
    figures: Mapping[str, Value] = field(factory=dict)


@frozen
class Waived:
    """A finding that a waiver accepts."""

    finding: Finding
    waiver: Waiver


UnreadReason = Literal["table", "cells", "cut_off", "form"]
"""Why a table was not read.

- `table`: the source shows the table, or something that may hold it, and none of it was read
- `cells`: more than a tenth of its cells were not read, or their row or column is in doubt
- `cut_off`: the text ends before the table or inside it; or the table is of another form, of which
  only the first rows are alike
- `form`: the form of the report is not known, so nothing was checked
"""

Verdict = Literal["clean", "findings", "incomplete"]
"""The verdict on a report.

- `clean`: every table that the source shows was read, and no rule is broken
- `findings`: every table that the source shows was read, and some rule is broken
- `incomplete`: a table was not read, so the report cannot be said to be right
"""

_UNREAD: Mapping[UnreadReason, Localized] = {
    "table": Localized("未读出{table}", "{table} was not read"),
    "cells": Localized(
        "未读出{table}的全部数字（共{of}格，{cells}格没有读出或位置存疑）",
        "{table} was not read whole (of {of} cells, {cells} were not read or are out of place)",
    ),
    "cut_off": Localized(
        "未读出{table}：缺{cells}格（共{of}格），最后读出的一行之后没有其余各行；原文在此中断，或不是这一表式",
        "{table} was not read: {cells} of its {of} cells are missing, up to the end of the text; "
        "the text was cut off, or the table is not of this form",
    ),
    "form": Localized("未读出{table}：表式不明", "{table} were not read: the form is not known"),
}

_ALL_TABLES = Localized("表格", "the tables")


@frozen
class UnreadTable:
    """A table of the report that was not read, or not for certain.

    Attributes:
        reason: Why.
        table: The first step of its paths (`requests`); empty for a form of one table, None if the
            form is not known.
        name: Its name in Chinese, such as 表三.
        cells: The number of its cells that were not read or are in doubt.
        of: The number of its cells.
        codes: The codes of the diagnostics that show it.
        message: The reason in words.
    """

    reason: UnreadReason
    table: str | None
    name: str
    name_en: str
    cells: int
    of: int
    codes: tuple[str, ...]
    message: str
    message_en: str

    @classmethod
    def about(
        cls,
        reason: UnreadReason,
        table: FormTable | None,
        codes: tuple[str, ...],
        cells: int = 0,
    ) -> UnreadTable:
        """Return the entry for a table with its message; without a table, for all of them."""
        name = _ALL_TABLES if table is None else table.name
        of = 0 if table is None else len(table.cells)
        words = _UNREAD[reason]
        return cls(
            reason,
            None if table is None else table.path,
            name.zh,
            name.en,
            cells,
            of,
            codes,
            words.zh.format(table=name.zh, cells=cells, of=of),
            words.en.format(table=name.en, cells=cells, of=of),
        )


@frozen
class CheckResult:
    """The result of checking one report.

    Attributes:
        findings: Rules that do not hold, in the order of the report.
        not_assessable: Checks that could not be made.
        tallies: The counts of each rule.
        waived: Findings that a waiver accepts.
        unused_waivers: Waivers for this report and for checked rules that match no finding.
        unread: The tables that were not read; with any, the verdict is `incomplete`.
        about: The report.
        diagnostics: The remarks of the reader about the report.
        not_checkable: The paths of the figures that lie in no identity of the form: an error in
            one of them breaks none.
    """

    findings: tuple[Finding, ...]
    not_assessable: tuple[NotAssessable, ...]
    tallies: tuple[Tally, ...]
    waived: tuple[Waived, ...] = ()
    unused_waivers: tuple[Waiver, ...] = ()
    unread: tuple[UnreadTable, ...] = ()
    about: AboutReport = field(factory=AboutReport)
    diagnostics: tuple[Diagnostic, ...] = field(default=(), repr=False)
    not_checkable: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict: `incomplete` if a table was not read, else `findings` or `clean`."""
        if self.unread:
            return "incomplete"
        return "findings" if self.findings else "clean"

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}: {count}" for name, count in self.counts.items() if count)
        return f"<CheckResult {self.verdict} {counts}>"

    def __str__(self) -> str:
        counts = self.counts
        name = self.about.title or self.about.agency or self.about.file or "报告"
        unread = "".join(f"{each.message}；" for each in self.unread)
        return (
            f"{name}：{unread}{counts['error']} 个错误，{counts['warning']} 个警告，"
            f"{counts['held']} 项相符，{counts['not_assessable']} 项没有核对"
        )

    def _repr_html_(self) -> str:
        rows = (
            (finding.code, SEVERITY[finding.severity][0], finding.message, _culprit(finding))
            for finding in self.findings
        )
        return html_table(str(self), ("规则", "级别", "问题", "最可能填错的格"), rows)

    def rows(self) -> list[dict[str, Any]]:
        """Return the findings as rows of a table, each on its own whole.

        A row has the report (`file` … `title`), the rule and its message, the paths and values, and
        the likely culprit. Texts, dates and numbers that stand in one column are written as text.
        """
        about = asdict(self.about)
        return [about | _row(finding) for finding in self.findings]

    def to_polars(self) -> pl.DataFrame:
        """Return `rows` as a Polars frame."""
        return polars_frame(self.rows(), COLUMNS)

    def to_pandas(self) -> pd.DataFrame:
        """Return `rows` as a pandas frame."""
        return pandas_frame(self.rows(), COLUMNS)

    @property
    def held(self) -> int:
        """The number of checks that hold."""
        return sum(tally.held for tally in self.tallies)

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of findings by severity, of doubtful findings, and of checks by result."""
        severities = Counter(finding.severity for finding in self.findings)
        return {
            "error": severities["error"],
            "warning": severities["warning"],
            "info": severities["info"],
            "doubtful": sum(finding.doubtful for finding in self.findings),
            "held": self.held,
            "not_assessable": sum(tally.not_assessable for tally in self.tallies),
        }


COLUMNS: Mapping[str, ColumnType] = {
    **ABOUT_COLUMNS,
    **dict.fromkeys(("code", "severity", "kind"), "text"),
    "doubtful": "truth",
    **dict.fromkeys(("rule", "message", "message_en"), "text"),
    **dict.fromkeys(("paths", "sources", "values"), "texts"),
    **dict.fromkeys(("expected", "actual"), "text"),
    "difference": "decimal",
    "culprit": "text",
    **dict.fromkeys(("stated", "suggested"), "decimal"),
    "doubts": "texts",
}
"""The columns of rows of findings, and their types in frames."""


def _row(finding: Finding) -> dict[str, Any]:
    culprit = finding.culprit
    return {
        "code": finding.code,
        "severity": finding.severity,
        "kind": finding.kind,
        "doubtful": finding.doubtful,
        "rule": finding.title,
        "message": finding.message,
        "message_en": finding.message_en,
        "paths": list(finding.paths),
        "sources": list(finding.sources),
        "values": [_text(value) for value in finding.values],
        "expected": _text(finding.expected),
        "actual": _text(finding.actual),
        "difference": decimal(finding.difference),
        "culprit": culprit.path if culprit is not None else None,
        "stated": decimal(culprit.stated) if culprit is not None else None,
        "suggested": decimal(culprit.suggested) if culprit is not None else None,
        "doubts": list(finding.doubts),
    }


def _culprit(finding: Finding) -> str | None:
    culprit = finding.culprit
    if culprit is None:
        return None
    stated, suggested = _text(culprit.stated), _text(culprit.suggested)
    return f"{culprit.path}：{stated or '空白'} → {suggested or '空白'}"


def decimal(value: Amount | None) -> Decimal | None:
    """Return a number as the one type that columns have."""
    return None if value is None else Decimal(value)


def _text(value: Value | None) -> str | None:
    if value is None:
        return None
    return number(value) if isinstance(value, Decimal) else str(value)
