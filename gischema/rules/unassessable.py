"""Why checks could not be made, told so that people can read it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from gischema.rules.binding import CheckInstance
from gischema.rules.errors import RuleBindingError
from gischema.rules.expressions import Operand, ReportRole
from gischema.rules.form_view import FormView
from gischema.rules.model import Language, Localized, Rule
from gischema.rules.report_facts import REPORT_FACTS
from gischema.rules.report_operands import ReportOperands, topic_of
from gischema.rules.results import NotAssessable, Reason

_WHY: Mapping[Reason, Localized] = {
    "unreadable": Localized("数字无法识别：{missing}", "not understood: {missing}"),
    "no_previous": Localized("没有提供上一年报告", "last year's report was not given"),
    "no_version": Localized(
        "没有提供同一报告的另一版本", "no other version of the report was given"
    ),
    "no_below": Localized("没有提供下级单位的报告", "no reports of subordinate bodies were given"),
    "no_fact": Localized("报告没有写明：{missing}", "the report does not say: {missing}"),
    "other_body": Localized(
        "正文说的是其他机关的数字，不作比较：{missing}",
        "not compared, the text speaks of another body: {missing}",
    ),
    "region": Localized(
        "正文说的是整个地区或各单位的数字，不是本机关的，不作比较：{missing}",
        "not compared, the text speaks of a whole region, not of this body: {missing}",
    ),
    "other_year": Localized(
        "正文说的是其他年度的数字，不作比较：{missing}",
        "not compared, the text speaks of another year: {missing}",
    ),
    "cumulative": Localized(
        "正文说的是历年累计数，不作比较：{missing}",
        "not compared, the text sums up several years: {missing}",
    ),
    "joint": Localized(
        "正文把几项合在一起说，不作比较：{missing}",
        "not compared, the text gives one figure for several items: {missing}",
    ),
    "uncertain": Localized(
        "正文说的不一定是这一项或不是全部，不作比较：{missing}",
        "not compared, the text may speak of something else or of a part: {missing}",
    ),
    "rounded": Localized(
        "正文说的是约数，不作比较：{missing}",
        "not compared, the text gives a rounded figure: {missing}",
    ),
    "carry_over_included": Localized(
        "正文说的数字含上年结转，不作比较：{missing}",
        "not compared, the text counts last year's cases too: {missing}",
    ),
    "absent": Localized("报告中没有印出：{missing}", "not printed in the report: {missing}"),
    "no_narrative": Localized("正文没有说到：{missing}", "not told in the text: {missing}"),
    "blank": Localized("单元格为空：{missing}", "the cell is empty: {missing}"),
    "undefined": Localized("除数为0", "a division by zero"),
    "form": Localized("{error}", "{error}"),
}
"""From the gravest down: an instance that lacks several operands counts for the first of these."""

_NOT_GIVEN: Mapping[ReportRole, Reason] = {
    "previous": "no_previous",
    "version": "no_version",
    "below": "no_below",
}

_NAMED = 3
"""How many missing figures a message names."""


@frozen(slots=False, eq=False, repr=False)
class MissingOperands:
    """What is missing in one report."""

    outline: FormView
    facts: ReportOperands

    def of(self, rule: Rule, instances: Sequence[CheckInstance]) -> list[NotAssessable]:
        """The undecided instances of a rule, one entry a reason."""
        lacks = {c.key: self._lack(c) for each in instances for c in each.operands}
        sorted_out: dict[Reason, list[CheckInstance]] = {}
        for instance in instances:
            why = {lacks[cell.key] for cell in instance.operands}
            reason: Reason = next((each for each in _WHY if each in why), "undefined")
            sorted_out.setdefault(reason, []).append(instance)
        return [
            self._entry(rule, reason, sorted_out[reason], lacks)
            for reason in _WHY
            if reason in sorted_out
        ]

    def lacking(self, rule: Rule, problem: RuleBindingError) -> NotAssessable:
        """The entry for a rule that names what a variant of its form does not have."""
        return NotAssessable(
            rule.code, "form", problem.message, problem.message_en, (), (), instances=1
        )

    def _entry(
        self,
        rule: Rule,
        reason: Reason,
        instances: Sequence[CheckInstance],
        lacks: Mapping[str, Reason | None],
    ) -> NotAssessable:
        operands = [cell for instance in instances for cell in instance.operands]
        missing = [cell for cell in operands if lacks[cell.key] == reason]
        paths = names = self._sections(operands)
        if len(missing) < len(operands):
            names = self._sections(missing)
        zh, en = _WHY[reason].zh, _WHY[reason].en
        if "{missing}" in zh:
            zh = zh.format(missing=self._list(names, "zh"))
            en = en.format(missing=self._list(names, "en"))
        return NotAssessable(rule.code, reason, zh, en, paths, names, len(instances))

    def _list(self, names: Sequence[str], language: Language) -> str:
        """The labels of paths, only the first of many."""
        labels = [self._label(name, language) for name in names[:_NAMED]]
        more = len(names) - len(labels)
        if language == "zh":
            return "、".join(labels) + (f"等{len(names)}项" if more else "")
        return ", ".join(labels) + (f" and {more} more" if more else "")

    def _label(self, name: str, language: Language) -> str:
        if name in REPORT_FACTS:
            return REPORT_FACTS[name].words.get(language)
        return self.outline.section_label(name)

    def _lack(self, cell: Operand) -> Reason | None:
        """What an operand lacks to be a value, None if nothing."""
        if cell.key in self.facts.values:
            return None
        if cell.whose not in self.facts.given:
            return _NOT_GIVEN[cell.whose]
        if cell.is_fact:
            return "no_fact"
        if cell.key in self.facts.empty:
            return "blank"
        if cell.key in self.facts.figures:
            return "unreadable"
        if cell.narrative and (aside := self.facts.set_aside.get(topic_of(cell))) is not None:
            return aside.mark
        return "no_narrative" if cell.narrative else "absent"

    def _sections(self, operands: Iterable[Operand]) -> tuple[str, ...]:
        """The paths of operands; the highest row or section of which nothing is printed instead."""
        return tuple(dict.fromkeys(map(self._section, operands)))

    def _section(self, cell: Operand) -> str:
        if cell.whose != "own" or cell.narrative or cell.is_fact or cell.path in self.facts.figures:
            return cell.path
        ends = (cell.path[:end] for end in _ends(cell.path))
        return next((path for path in ends if not self._is_printed(path)), cell.path)

    def _is_printed(self, path: str) -> bool:
        """Whether a figure is printed at a path or below it."""
        if path in self.facts.figures:
            return True
        below = f"{path}."
        at = bisect_left(self._printed, below)
        return at < len(self._printed) and self._printed[at].startswith(below)

    @cached_property
    def _printed(self) -> list[str]:
        """The keys of all that is printed, sorted."""
        return sorted(self.facts.figures)


def _ends(path: str) -> Iterable[int]:
    """Where each step of a path ends, from the first to the last."""
    end = path.find(".")
    while end >= 0:
        yield end
        end = path.find(".", end + 1)
    yield len(path)
