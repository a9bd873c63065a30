"""Why checks are undecided, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field

from gischema.rules.binding import CheckInstance
from gischema.rules.errors import RuleBindingError
from gischema.rules.expressions import Operand, ReportRole
from gischema.rules.form_view import FormView
from gischema.rules.model import Language, Localized, Rule
from gischema.rules.report_facts import BODY_LIKENESS, LIKENESS, REPORT_FACTS, WHOLE
from gischema.rules.report_operands import ReportOperands, topic_of
from gischema.rules.results import NotAssessable, Reason

_MESSAGES: Mapping[Reason, Localized] = {
    "plugin_failed": Localized("{failed}", "{failed}"),
    "unreadable": Localized("数字无法识别：{missing}", "not understood: {missing}"),
    "no_previous": Localized("没有提供上一年报告", "last year's report was not given"),
    "no_version": Localized(
        "没有提供同一报告的另一版本", "no other version of the report was given"
    ),
    "no_below": Localized("没有提供下级单位的报告", "no reports of subordinate bodies were given"),
    "cut_off": Localized(
        "原文在表格中间结束，其后的内容没有读到",
        "the text ends within its tables: what follows was not read",
    ),
    "no_fact": Localized("报告没有写明：{missing}", "the report does not say: {missing}"),
    "no_lead": Localized("引言没有写明：{missing}", "the introduction does not say: {missing}"),
    "no_body": Localized(
        "标题或正文没有写机关，不比较：{missing}",
        "not compared, the title or the text names no body: {missing}",
    ),
    "too_short": Localized("正文太短，不比较：{missing}", "too short to be compared: {missing}"),
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
    "no_narrative": Localized("正文没有说到：{missing}", "not stated in the text: {missing}"),
    "blank": Localized("单元格为空：{missing}", "the cell is empty: {missing}"),
    "undefined": Localized("除数为0", "a division by zero"),
    "form": Localized("{error}", "{error}"),
}
"""The most severe reason first: a check that lacks several operands counts for the first one."""

_SEVERITY: Mapping[Reason, int] = {reason: place for place, reason in enumerate(_MESSAGES)}

_NOT_GIVEN: Mapping[ReportRole, Reason] = {
    "previous": "no_previous",
    "version": "no_version",
    "below": "no_below",
}

_NO_VALUE: Mapping[str, Reason] = {
    **{path: "no_lead" for path in REPORT_FACTS if path.startswith("lead.")},
    BODY_LIKENESS: "no_body",
    LIKENESS: "too_short",
    WHOLE: "cut_off",
}
"""Why the facts at these paths have no value; the others are not stated."""

_CHANGES = "change."
"""The prefix of facts about a report and last year's."""

_LISTED = 3
"""The number of missing figures that a message lists."""


@define(eq=False)
class UndecidedChecks:
    """Explains undecided checks by the operands that one report lacks.

    Attributes:
        view: The form.
        operands: What the report states.
        printed: The paths at or below which a figure is printed.
        sections: What stands for each operand asked for so far, by its key.
        reasons: Why they have no value.
    """

    view: FormView
    operands: ReportOperands
    printed: frozenset[str] = field(init=False)
    sections: dict[str, str] = field(factory=dict, init=False)
    reasons: dict[str, Reason | None] = field(factory=dict, init=False)

    @printed.default
    def _printed(self) -> frozenset[str]:
        paths = self.operands.figures
        return frozenset(path[:end] for path in paths for end in _step_ends(path))

    def by_reason(self, rule: Rule, instances: Sequence[CheckInstance]) -> list[NotAssessable]:
        """Return one entry per reason for the undecided checks of a rule."""
        reasons = self.reasons
        for operand in (operand for each in instances for operand in each.operands):
            if operand.key not in reasons:
                reasons[operand.key] = self._reason(operand)
        groups: dict[Reason, list[CheckInstance]] = {}
        for instance in instances:
            found = {reasons[operand.key] for operand in instance.operands}
            lacking = (each for each in found if each is not None)
            reason: Reason = min(lacking, key=_SEVERITY.__getitem__, default="undefined")
            groups.setdefault(reason, []).append(instance)
        return [
            self._entry(rule, reason, groups[reason]) for reason in _MESSAGES if reason in groups
        ]

    def of_variant(self, rule: Rule, problem: RuleBindingError) -> NotAssessable:
        """Return the entry for a rule that uses what a variant of its form lacks."""
        return NotAssessable(
            rule.code, "form", problem.message, problem.message_en, (), (), instances=1
        )

    def _entry(
        self, rule: Rule, reason: Reason, instances: Sequence[CheckInstance]
    ) -> NotAssessable:
        operands = [operand for instance in instances for operand in instance.operands]
        lacking = [operand for operand in operands if self.reasons[operand.key] == reason]
        paths = missing = self._sections(operands)
        if len(lacking) < len(operands):
            missing = self._sections(lacking)
        zh, en = _MESSAGES[reason].zh, _MESSAGES[reason].en
        if reason == "plugin_failed":
            failed = dict.fromkeys(self.operands.failed[operand.key] for operand in lacking)
            zh, en = "；".join(one.zh for one in failed), "; ".join(one.en for one in failed)
        elif "{missing}" in zh:
            zh = zh.format(missing=self._list(missing, "zh"))
            en = en.format(missing=self._list(missing, "en"))
        return NotAssessable(rule.code, reason, zh, en, paths, missing, len(instances))

    def _list(self, paths: Sequence[str], language: Language) -> str:
        """Return the labels of the first paths, and how many there are."""
        labels = [self._label(path, language) for path in paths[:_LISTED]]
        more = len(paths) - len(labels)
        if language == "zh":
            return "、".join(labels) + (f"等{len(paths)}项" if more else "")
        return ", ".join(labels) + (f" and {more} more" if more else "")

    def _label(self, path: str, language: Language) -> str:
        if (fact := self.view.fact_label(path)) is not None:
            return fact.get(language)
        return self.view.section_label(path)

    def _reason(self, operand: Operand) -> Reason | None:
        """Return why an operand has no value, None if it has one."""
        if operand.key in self.operands.values:
            return None
        if operand.role not in self.operands.roles:
            return _NOT_GIVEN[operand.role]
        if operand.key in self.operands.failed:
            return "plugin_failed"
        if operand.is_fact:
            of_two_years = operand.path.startswith(_CHANGES)
            lacks_one = of_two_years and "previous" not in self.operands.roles
            return "no_previous" if lacks_one else _NO_VALUE.get(operand.path, "no_fact")
        if operand.key in self.operands.empty:
            return "blank"
        if operand.key in self.operands.figures:
            return "unreadable"
        if not operand.in_narrative:
            return "absent"
        excluded = self.operands.excluded.get(topic_of(operand))
        return "no_narrative" if excluded is None else excluded.mark

    def _sections(self, operands: Sequence[Operand]) -> tuple[str, ...]:
        """Return the paths of operands; for absent ones the highest section without a figure."""
        sections = self.sections
        for operand in operands:
            if operand.key not in sections:
                sections[operand.key] = self._section(operand)
        return tuple(dict.fromkeys(sections[operand.key] for operand in operands))

    def _section(self, operand: Operand) -> str:
        path = operand.path
        elsewhere = operand.role != "own" or operand.in_narrative or operand.is_fact
        if elsewhere or path in self.operands.figures:
            return path
        prefixes = (path[:end] for end in _step_ends(path))
        return next((prefix for prefix in prefixes if prefix not in self.printed), path)


def _step_ends(path: str) -> Iterable[int]:
    """Yield the end offset of each step of a path."""
    end = path.find(".")
    while end >= 0:
        yield end
        end = path.find(".", end + 1)
    yield len(path)
