"""Checking one report: every instance holds, is broken, or cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from gischema.report import Report
from gischema.rules.binding import Instance
from gischema.rules.book import BoundRule, BoundRules, Check, RuleBook
from gischema.rules.evaluation import compiled
from gischema.rules.expressions import (
    SAID,
    Call,
    Cell,
    Compare,
    operand_key,
    operand_source,
    walk,
)
from gischema.rules.facts import Facts
from gischema.rules.gaps import Gaps
from gischema.rules.messages import Phrase, Sides
from gischema.rules.model import Value
from gischema.rules.outline import Outline
from gischema.rules.reports import Reports
from gischema.rules.results import CheckResult, Finding, NotAssessable, Tally

if TYPE_CHECKING:
    from gischema.forms.form import Form

_NOWHERE = 1 << 62
_HERE = frozenset({"table", "fact", *SAID})
_DOUBT = "（所依据的数字读取存疑，请先核对原文）"
_DOUBT_EN = " (rests on a figure whose reading is doubtful: check the reading first)"


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
    run = _Run(bound, Facts.of(reports, form, selection.facts, selection.told, known))
    for rule in selection.rules:
        run.rule(rule)
    return run.result()


@frozen(eq=False, repr=False)
class Broken:
    """A finding with the check that is broken and the facts under which it is."""

    check: Check
    facts: Facts
    finding: Finding


@define(eq=False, repr=False)
class _Run:
    """One report's way through the rules.

    `present` are the rows and columns beyond the form in which the report prints a figure: the
    empty cells beside the name of a group are no subtotals. `beside` are the operands that are
    stated beside the tables of the report itself: in its text, in other reports.
    """

    bound: BoundRules
    facts: Facts
    gaps: Gaps = field(init=False)
    present: frozenset[str] = field(init=False)
    beside: frozenset[str] = field(init=False)
    broken: list[Broken] = field(factory=list)
    not_assessable: list[NotAssessable] = field(factory=list)
    tallies: list[Tally] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        spots = self.bound.outline.spots
        self.facts = self.facts.leaving_out(self.bound.wanted)
        self.gaps = Gaps(self.bound.outline, self.facts)
        filled = self.bound.outline.beyond & self.facts.figures.keys() - self.facts.empty
        self.present = frozenset(extra for key in filled for extra in spots[key].extras)
        stated = (key for key in self.facts.values if " " in key)
        self.beside = frozenset((*stated, *self.facts.set_aside))

    def rule(self, bound: BoundRule) -> None:
        """Runs the checks of one rule."""
        if bound.problem is not None:
            self.not_assessable.append(self.gaps.lacking(bound.rule, bound.problem))
            self.tallies.append(Tally(bound.rule.code, 0, 0, 1))
            return
        held = broken = 0
        untold: list[Check] = []
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
                    self.broken.append(Broken(check, facts, finding))
            if idle and self._leaves_out(check):
                untold.append(check)
        if untold:
            self.not_assessable += self.gaps.of(bound.rule, [check.instance for check in untold])
        self.tallies.append(Tally(bound.rule.code, held, broken, len(untold)))

    def _leaves_out(self, check: Check) -> bool:
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
        from gischema.rules.repair.blame import blamed

        return blamed(self.broken, self.bound, self.facts, self.present)


def describe(check: Check, outline: Outline, facts: Facts) -> Finding:
    """The finding about a check that is broken."""
    instance = check.instance
    rule = instance.rule
    cells = _shown(instance, facts)
    sides = _sides(check, facts)
    figures = [facts.figures.get(cell.key) for cell in cells]
    origins = (
        figure.origin if figure is not None else facts.origins.get(cell.key)
        for cell, figure in zip(cells, figures, strict=True)
    )
    doubts = tuple(
        cell.path
        for cell in cells
        if not cell.narrative and operand_key(cell.path, cell.whose) in facts.doubts
    )
    zh = Phrase(instance, outline, facts, sides, "zh").fill(rule.message.zh)
    en = Phrase(instance, outline, facts, sides, "en").fill(rule.message.en)
    return Finding(
        code=rule.code,
        severity=rule.severity,
        kind=rule.kind,
        title=rule.title.zh,
        title_en=rule.title.en,
        message=zh + (_DOUBT if doubts else ""),
        message_en=en + (_DOUBT_EN if doubts else ""),
        paths=tuple(cell.path for cell in cells),
        values=tuple(facts.values.get(cell.key) for cell in cells),
        origins=tuple(origins),
        sources=tuple(operand_source(cell) for cell in cells),
        expected=sides.right,
        actual=sides.left,
        difference=sides.difference,
        blanks=tuple(cell.path for cell in cells if cell.key in facts.empty),
        doubts=doubts,
    )


def _shown(instance: Instance, facts: Facts) -> tuple[Cell, ...]:
    """The operands that are printed; where that is what is wrong, what the check was made for.

    Those that a largest or smallest value is taken from come first: they are what it is about.
    """
    cells = [c for c in instance.cells if c.key in facts.figures or c.key in facts.values]
    extremes = _extremes(instance, facts)
    cells.sort(key=lambda cell: cell.key not in extremes)
    return tuple(cells) or tuple(Cell(path) for path in instance.scope.values())


def _extremes(instance: Instance, facts: Facts) -> frozenset[str]:
    """The keys of the operands that a largest or smallest value is taken from."""
    calls = (e for e in walk(instance.check) if isinstance(e, Call) and e.name in ("max", "min"))
    taken = ((call, compiled(call, 0, instance.rule.blanks)(facts)) for call in calls)
    return frozenset(
        cell.key
        for call, value in taken
        for cell in call.arguments
        if isinstance(cell, Cell) and facts.values.get(cell.key) == value
    )


def _sides(check: Check, facts: Facts) -> Sides:
    """What the two sides come to; where nothing is compared, the left one is the only figure."""
    instance = check.instance
    expression, blanks = instance.check, instance.rule.blanks
    if not isinstance(expression, Compare):
        only: Cell | None = instance.cells[0] if len(instance.cells) == 1 else None
        return Sides(facts.values.get(only.key) if only is not None else None)
    left = compiled(expression.left, 0, blanks)(facts)
    right = compiled(expression.right, 0, blanks)(facts)
    numbers = not isinstance(left, str | date) and not isinstance(right, str | date)
    return Sides(left, right, left - right if numbers else None)


def _position(finding: Finding) -> int:
    """Where in the report a finding begins: at the first of its figures."""
    own = zip(finding.origins, finding.sources, strict=True)
    starts = [o.start for o, source in own if o is not None and source in _HERE]
    return min(starts, default=_NOWHERE)
