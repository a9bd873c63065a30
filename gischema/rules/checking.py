"""Checking one report: every instance holds, is broken, or cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from attrs import define, field

from gischema.report import Report
from gischema.rules.bound import BoundCheck, BoundRule
from gischema.rules.diagnosis.attribution import blamed
from gischema.rules.expressions import FIGURE_SOURCES
from gischema.rules.findings import BrokenCheck, describe
from gischema.rules.model import Value
from gischema.rules.report_operands import ReportOperands
from gischema.rules.reports import Reports
from gischema.rules.results import CheckResult, Finding, NotAssessable, Tally
from gischema.rules.rulebook import BoundRules, RuleBook
from gischema.rules.unassessable import MissingOperands

if TYPE_CHECKING:
    from gischema.forms.form import Form

_NOWHERE = 1 << 62
_HERE = frozenset({"table", "fact", *FIGURE_SOURCES})


def check(
    reports: Report | Reports,
    form: Form,
    book: RuleBook,
    *,
    previous: Report | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    known: Mapping[str, Value] | None = None,
) -> CheckResult:
    """Checks a report against the rules of `book` for `form`.

    `reports` is the report, or the report with all that it is held against; `previous` is last
    year's report of the same body. `select` and `ignore` name codes or their beginnings (`B`,
    `A2`); ValueError if one fits no rule. `known` are facts by key that are taken as given. Raises
    RuleBindingError if a rule names what the form it claims does not have.
    """
    if isinstance(reports, Report):
        reports = Reports(reports, previous)
    chosen = None if select is None else book.choose(select)
    ignored = book.choose(ignore)
    bound = book.bound(form)
    selection = bound.selection(chosen, ignored)
    run = _Run(bound, ReportOperands.of(reports, form, selection.facts, selection.told, known))
    for rule in selection.rules:
        run.rule(rule)
    return run.result()


@define(eq=False, repr=False)
class _Run:
    """One report's way through the rules.

    `present` are the rows and columns beyond the form in which the report prints a figure: the
    empty cells beside the name of a group are no subtotals. `beside` are the operands that are
    stated beside the tables of the report itself: in its text, in other reports.
    """

    bound: BoundRules
    facts: ReportOperands
    gaps: MissingOperands = field(init=False)
    present: frozenset[str] = field(init=False)
    beside: frozenset[str] = field(init=False)
    broken: list[BrokenCheck] = field(factory=list)
    not_assessable: list[NotAssessable] = field(factory=list)
    tallies: list[Tally] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        cells_by_path = self.bound.outline.cells_by_path
        self.facts = self.facts.leaving_out(self.bound.wanted)
        self.gaps = MissingOperands(self.bound.outline, self.facts)
        filled = self.bound.outline.beyond & self.facts.figures.keys() - self.facts.empty
        self.present = frozenset(extra for key in filled for extra in cells_by_path[key].extras)
        stated = (key for key in self.facts.values if " " in key)
        self.beside = frozenset((*stated, *self.facts.set_aside))

    def rule(self, bound: BoundRule) -> None:
        """Runs the checks of one rule."""
        if bound.problem is not None:
            self.not_assessable.append(self.gaps.lacking(bound.rule, bound.problem))
            self.tallies.append(Tally(bound.rule.code, 0, 0, 1))
            return
        held = broken = 0
        untold: list[BoundCheck] = []
        alone, values = bound.alone, self.facts.values
        proven: set[Value] = set()
        for place in bound.due(self.beside):
            if alone and values.get(alone[place]) in proven:
                held += 1
                continue
            check = bound.check(place)
            extras = check.instance.extras
            if extras and not extras <= self.present:
                continue
            idle = True
            for facts in self.facts.readings(check.topics) if check.topics else (self.facts,):
                guard = True if check.guard is None else check.guard(facts)
                if guard is False:
                    continue
                idle = False
                holds = None if guard is None else check.holds(facts)
                if holds is None:
                    untold.append(check)
                elif holds:
                    held += 1
                    if alone:
                        proven.add(values[alone[place]])
                else:
                    broken += 1
                    finding = describe(check, self.bound.outline, facts)
                    self.broken.append(BrokenCheck(check, facts, finding))
            if idle and self._leaves_out(check):
                untold.append(check)
        if untold:
            self.not_assessable += self.gaps.of(bound.rule, [check.instance for check in untold])
        self.tallies.append(Tally(bound.rule.code, held, broken, len(untold)))

    def _leaves_out(self, check: BoundCheck) -> bool:
        """Return True if a check would be made but for the marks of what the text states."""
        if check.guard is None or self.facts.set_aside.keys().isdisjoint(check.topics):
            return False
        return check.guard(self.facts.supposed) is not False

    def result(self) -> CheckResult:
        """Findings by their place in the report; those of one place in the order of the book."""
        findings = sorted(self._findings(), key=_position)
        return CheckResult(tuple(findings), tuple(self.not_assessable), tuple(self.tallies))

    def _findings(self) -> list[Finding]:
        """What is broken, with the culprits: who is to blame is asked only if something is."""
        if not self.broken:
            return []
        return blamed(self.broken, self.bound.identities, self.facts, self.present)


def _position(finding: Finding) -> int:
    """Where in the report a finding begins: at the first of its figures."""
    own = zip(finding.origins, finding.sources, strict=True)
    starts = [o.start for o, source in own if o is not None and source in _HERE]
    return min(starts, default=_NOWHERE)
