"""Check one report: every check holds, is broken, or is undecided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import define, field

from gischema.report import Report
from gischema.rules.bound import BoundCheck, BoundRule
from gischema.rules.diagnosis.attribution import with_culprits
from gischema.rules.diagnosis.equations import printed_extras
from gischema.rules.expressions import FIGURE_SOURCES
from gischema.rules.findings import BrokenCheck, describe
from gischema.rules.missing_rows import missing_rows
from gischema.rules.model import Value
from gischema.rules.report_facts import WHOLE
from gischema.rules.report_operands import ReportOperands
from gischema.rules.reports import Reports
from gischema.rules.results import CheckResult, Finding, NotAssessable, Tally, UnreadTable
from gischema.rules.rulebook import BoundRules, RuleBook
from gischema.rules.unassessable import UndecidedChecks
from gischema.rules.unread_tables import unread_tables

if TYPE_CHECKING:
    from gischema.forms.form import Form

NO_TABLES = "SEC-4"
"""The code of the rule that a report has tables."""

_NOWHERE = 1 << 62
_OWN_SOURCES = frozenset({"table", "fact", *FIGURE_SOURCES})


def check(
    reports: Report | Reports,
    form: Form,
    book: RuleBook,
    *,
    previous: Report | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    assumed: Mapping[str, Value] | None = None,
    about: str | None = None,
) -> CheckResult:
    """Check a report against the rules of `book` for `form`.

    Args:
        reports: The report, alone or with the reports that it is compared with.
        form: The form of the report.
        book: The rules.
        previous: Last year's report of the same body, if `reports` is a report alone.
        select: Codes or prefixes of codes (`B`, `A2`) of the rules to check; all without.
        ignore: Codes or prefixes of the rules not to check.
        assumed: Facts by key that are not computed but have these values.
        about: A path; only the checks that use its figure are made.

    Raises:
        ValueError: An item of `select` or `ignore` matches no rule.
        RuleBindingError: A rule uses what the form that it claims does not have.
    """
    if isinstance(reports, Report):
        reports = Reports(reports, previous)
    selected = None if select is None else book.choose(select)
    bound = book.bound(form)
    selection = bound.selection(selected, book.choose(ignore))
    if about is not None:
        selection = selection.about(about)
    unread = unread_tables(reports.own, form)
    is_whole = all(table.reason != "cut_off" for table in unread)
    known = {"report.unread_tables": len(unread), **({WHOLE: 1} if is_whole else {})}
    assumed = {**known, **(assumed or {})}
    operands = ReportOperands.of(
        reports, form, selection.facts, selection.narratives, assumed, book.facts
    ).without_compared(bound.required)
    out = frozenset(one.table for one in unread if one.table is not None)
    missing = missing_rows(reports.own, form, bound.view.groups, out)
    run = _Run(bound, operands.leaving_out(missing, unread), unread)
    for rule in selection.rules:
        run.check_rule(rule)
    return run.result()


def check_without_form(
    report: Report,
    book: RuleBook,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
) -> CheckResult:
    """Return the result for a report whose form is not known: no rule of a form can be checked.

    The verdict is `incomplete` if the source shows a table. If it shows none, that is the only
    finding, as a warning: no form was in force before the first one.

    Args:
        report: The report.
        book: The rules.
        select: As for `check`.
        ignore: As for `check`.
    """
    unread = unread_tables(report, None)
    selected = {rule.code for rule in book.rules} if select is None else book.choose(select)
    codes = selected - book.choose(ignore)
    rule = next((rule for rule in book.rules if rule.code == NO_TABLES in codes), None)
    if unread or rule is None:
        return CheckResult((), (), (), unread=unread or (UnreadTable.about("form", None, ()),))
    finding = Finding(
        rule.code,
        "warning",
        rule.kind,
        rule.title.zh,
        rule.title.en,
        rule.message.zh,
        rule.message.en,
        paths=("report.figure_count",),
        values=(0,),
        origins=(None,),
        sources=("fact",),
    )
    return CheckResult((finding,), (), (Tally(rule.code, 0, 1, 0),))


@define(eq=False)
class _Run:
    """The rules applied to one report.

    Attributes:
        bound: The rules.
        operands: The values of the report and of those that it is compared with.
        printed_extras: Rows and columns beyond the form in which the report prints a figure.
        unread: The tables that were not read.
        stated: The operands that running text or other reports state.
    """

    bound: BoundRules
    operands: ReportOperands
    unread: tuple[UnreadTable, ...]
    undecided: UndecidedChecks = field(init=False)
    printed_extras: frozenset[str] = field(init=False)
    stated: frozenset[str] = field(init=False)
    broken: list[BrokenCheck] = field(factory=list)
    not_assessable: list[NotAssessable] = field(factory=list)
    tallies: list[Tally] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        view, operands = self.bound.view, self.operands
        self.undecided = UndecidedChecks(view, operands)
        self.printed_extras = printed_extras(view, operands)
        elsewhere = (key for key in operands.values if " " in key)
        self.stated = frozenset((*elsewhere, *operands.excluded))

    def check_rule(self, bound: BoundRule) -> None:
        """Check one rule."""
        if bound.problem is not None:
            self.not_assessable.append(self.undecided.of_variant(bound.rule, bound.problem))
            self.tallies.append(Tally(bound.rule.code, 0, 0, 1))
            return
        if bound.finds_missing and not self.operands.missing:
            self.tallies.append(Tally(bound.rule.code, len(bound.checks), 0, 0))
            return
        held = 0
        broken: list[BrokenCheck] = []
        undecided: list[BoundCheck] = []
        for check in bound.applicable(self.stated):
            for holds, operands in self._verdicts(check):
                if holds is None:
                    undecided.append(check)
                elif holds:
                    held += 1
                else:
                    finding = describe(check, self.bound.view, operands)
                    broken.append(BrokenCheck(check, operands, finding))
        if undecided:
            instances = [check.instance for check in undecided]
            self.not_assessable += self.undecided.by_reason(bound.rule, instances)
        self.broken += broken
        self.tallies.append(Tally(bound.rule.code, held, len(broken), len(undecided)))

    def _verdicts(self, check: BoundCheck) -> Sequence[tuple[bool | None, ReportOperands]]:
        """Return the verdict on a check for each combination of repeated statements of the text.

        None is undecided. There is no verdict where the check does not apply.
        """
        if not check.instance.extras <= self.printed_extras:
            return ()
        verdicts: list[tuple[bool | None, ReportOperands]] = []
        for operands in self.operands.readings(check.topics):
            applies = True if check.guard is None else check.guard(operands)
            if applies is not False:
                verdicts.append((None if applies is None else check.holds(operands), operands))
        if not verdicts and self._is_excluded(check):
            verdicts.append((None, self.operands))
        return verdicts

    def _is_excluded(self, check: BoundCheck) -> bool:
        """Return True if a check does not apply only because the text's statements have marks."""
        if check.guard is None or self.operands.excluded.keys().isdisjoint(check.topics):
            return False
        return check.guard(self.operands.with_excluded) is not False

    def result(self) -> CheckResult:
        """Return the result, with findings by position and then in the order of the book."""
        findings = sorted(self._findings(), key=_position)
        return CheckResult(
            tuple(findings),
            tuple(self.not_assessable),
            tuple(self.tallies),
            unread=self.unread,
            not_checkable=tuple(
                path
                for path in self.operands.figures
                if path in self.operands.values
                and " " not in path
                and path not in self.bound.cells_in_identities
            ),
        )

    def _findings(self) -> list[Finding]:
        """Return the findings with culprits; the search for them needs at least one."""
        if not self.broken:
            return []
        constraints = self.bound.constraints
        return with_culprits(self.broken, constraints, self.operands, self.printed_extras)


def _position(finding: Finding) -> int:
    """Return the offset of the first figure of a finding."""
    own = zip(finding.origins, finding.sources, strict=True)
    starts = [o.start for o, source in own if o is not None and source in _OWN_SOURCES]
    return min(starts, default=_NOWHERE)
