"""What a check gives: findings, what could not be told, and how many checks held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

from attrs import field, frozen

from gischema.record import Record
from gischema.report import Amount, Origin
from gischema.rules.model import Kind, Severity, Value

OperandSource: TypeAlias = str
"""Where an operand comes from: `table`, `fact` (something about the report such as its year), or
running text: `narrative`, `with_carry_over`, `whole_region`, `listed`, `list_whole`. `previous`,
`version` or `below` stands before it where another report is asked, and alone for the tables of
that report."""

Mark = Literal[
    "other_body",
    "region",
    "other_year",
    "cumulative",
    "joint",
    "uncertain",
    "rounded",
    "carry_over_included",
]
"""What the running text says of a figure, so that it is not compared with that of the report: it is
another body's, a whole region's, another year's, of several years, of several indicators together,
perhaps not of this one, about so many, or counts last year's cases too."""

Reason = Literal[
    Mark,
    "absent",
    "blank",
    "unreadable",
    "no_previous",
    "no_version",
    "no_below",
    "no_narrative",
    "no_fact",
    "undefined",
    "form",
]
"""Why a check could not be made: the row or cell is not printed, it is empty, it was not
understood, last year's report, another version or the reports of subordinate bodies were not
given, the running text or the report does not say it, the
rule divides by zero, or this variant of the form lacks what the rule names. Or the text says it
only in a statement with a `Mark`, which is then the reason."""


CulpritKind = Literal[
    "cell", "swapped_digits", "glued", "split", "shifted", "unit", "text", "reading"
]
"""What most likely went wrong: another figure in one cell, two of its digits swapped, the digits of
two neighbours glued into one cell, those of one cell split over two, figures of a row one column
too far, 元 written for 万元, the running text rather than the table, or our reading of a cell."""


@frozen(eq=False, repr=False)
class Change(Record):
    """One cell of a repair: what it states (None: empty) and what it should state."""

    path: str
    stated: Amount | None
    suggested: Amount | None


@frozen(eq=False, repr=False)
class Culprit(Record):
    """What most likely is wrong: the smallest change that mends every identity.

    `path`, `stated` and `suggested` are of the first cell to change, `changes` are all of them in
    the order of the row. `source` is `narrative` where the running text is to blame.
    """

    path: str
    stated: Amount | None
    suggested: Amount | None
    kind: CulpritKind = "cell"
    source: Literal["table", "narrative"] = "table"
    changes: tuple[Change, ...] = ()


@frozen(eq=False, repr=False)
class Finding(Record):
    """A rule that does not hold.

    `paths`, `values`, `origins` and `sources` go together, one entry an operand that is printed; a
    value of None is an empty cell, or what is missing as a whole. For a comparison `actual` is
    the left side, `expected` the right side and `difference` what the left side is above the right
    one. `blanks` are empty cells that counted as nothing. `doubts` are paths whose reading is
    doubtful.
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

    @property
    def doubtful(self) -> bool:
        """Whether it rests on a figure that may have been misread: check the reading first."""
        return bool(self.doubts)

    @property
    def counts_as_error(self) -> bool:
        """Whether the office is to blame for certain: an error that rests on no doubtful figure."""
        return self.severity == "error" and not self.doubts


@frozen(eq=False, repr=False)
class NotAssessable(Record):
    """Checks of one rule that could not be made for one reason.

    `instances` is their number, `paths` the operands of all of them, `missing` those that lacked a
    value. Where nothing of a row or section is printed, its own path stands for all its figures.
    """

    code: str
    reason: Reason
    message: str
    message_en: str
    paths: tuple[str, ...]
    missing: tuple[str, ...]
    instances: int


@frozen(eq=False, repr=False)
class Tally(Record):
    """How often one rule was checked, and with what result."""

    code: str
    held: int
    broken: int
    not_assessable: int


@frozen(eq=False, repr=False)
class Waiver(Record):
    """A recorded decision to accept what `rule` finds in `report`.

    `report` is the title of the report, or its file: a name or the end of a path, with `*`. The
    waiver holds while the figures are those of `figures` (operand to value, `blank` for an empty
    cell); without any it holds for all findings of the rule in this report. An operand is a path,
    with `narrative` or `previous` and a space before it if it is not of the report's tables.
    """

    rule: str
    report: str
    reason: str
    by: str
    on: date
    figures: Mapping[str, Value] = field(factory=dict)


@frozen(eq=False, repr=False)
class Waived(Record):
    """A finding that somebody has decided to accept."""

    finding: Finding
    waiver: Waiver


@frozen(eq=False, repr=False)
class CheckResult(Record):
    """The result of checking one report. Findings come in the order of the report.

    `waived` are findings that do not count because of a waiver; `unused_waivers` speak of this
    report and of rules that were checked, and fit no finding: somebody should decide anew.
    """

    findings: tuple[Finding, ...]
    not_assessable: tuple[NotAssessable, ...]
    tallies: tuple[Tally, ...]
    waived: tuple[Waived, ...] = ()
    unused_waivers: tuple[Waiver, ...] = ()

    @property
    def held(self) -> int:
        """How many checks held."""
        return sum(tally.held for tally in self.tallies)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity; doubtful ones; checks that held or were not made."""
        severities = Counter(finding.severity for finding in self.findings)
        return {
            "error": severities["error"],
            "warning": severities["warning"],
            "info": severities["info"],
            "doubtful": sum(finding.doubtful for finding in self.findings),
            "held": self.held,
            "not_assessable": sum(tally.not_assessable for tally in self.tallies),
        }
