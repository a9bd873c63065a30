"""Why checks could not be made, told so that people can read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from gischema.rules.binding import Instance
from gischema.rules.errors import RuleBindingError
from gischema.rules.expressions import Cell
from gischema.rules.facts import Facts
from gischema.rules.model import Rule, Words
from gischema.rules.outline import Outline
from gischema.rules.results import NotAssessable, Reason

_WHY: Mapping[Reason, Words] = {
    "unreadable": Words("数字无法识别：{missing}", "not understood: {missing}"),
    "no_previous": Words("没有提供上一年报告", "last year's report was not given"),
    "no_fact": Words("报告没有写明：{missing}", "the report does not say: {missing}"),
    "absent": Words("报告中没有印出：{missing}", "not printed in the report: {missing}"),
    "no_narrative": Words("正文没有说到：{missing}", "not told in the text: {missing}"),
    "blank": Words("单元格为空：{missing}", "the cell is empty: {missing}"),
    "undefined": Words("除数为0", "a division by zero"),
    "form": Words("{error}", "{error}"),
}
"""From the gravest down: an instance that lacks several operands counts for the first of these."""

_NAMED = 3
"""How many missing figures a message names."""


@frozen(slots=False, eq=False, repr=False)
class Gaps:
    """What is missing in one report."""

    outline: Outline
    facts: Facts

    def of(self, rule: Rule, instances: Sequence[Instance]) -> list[NotAssessable]:
        """The undecided instances of a rule, one entry a reason."""
        sorted_out: dict[Reason, list[Instance]] = {}
        for instance in instances:
            sorted_out.setdefault(self._reason(instance), []).append(instance)
        return [
            self._entry(rule, reason, sorted_out[reason]) for reason in _WHY if reason in sorted_out
        ]

    def lacking(self, rule: Rule, problem: RuleBindingError) -> NotAssessable:
        """The entry for a rule that names what a variant of its form does not have."""
        return NotAssessable(
            rule.code, "form", problem.message, problem.message_en, (), (), instances=1
        )

    def _entry(self, rule: Rule, reason: Reason, instances: Sequence[Instance]) -> NotAssessable:
        operands = [cell for instance in instances for cell in instance.operands]
        missing = [cell for cell in operands if self._lack(cell) == reason]
        names = self._sections(missing)
        shown = [self.outline.section_label(name) for name in names[:_NAMED]]
        more = len(names) > _NAMED
        zh = "、".join(shown) + (f"等{len(names)}项" if more else "")
        en = ", ".join(shown) + (f" and {len(names) - _NAMED} more" if more else "")
        why = _WHY[reason]
        return NotAssessable(
            rule.code,
            reason,
            why.zh.format(missing=zh),
            why.en.format(missing=en),
            self._sections(operands),
            names,
            len(instances),
        )

    def _reason(self, instance: Instance) -> Reason:
        lacks = {self._lack(cell) for cell in instance.operands}
        return next((reason for reason in _WHY if reason in lacks), "undefined")

    def _lack(self, cell: Cell) -> Reason | None:
        """What an operand lacks to be a value, None if nothing."""
        if cell.key in self.facts.values:
            return None
        if cell.previous and not self.facts.has_previous:
            return "no_previous"
        if cell.is_fact:
            return "no_fact"
        if cell.key in self.facts.empty:
            return "blank"
        if cell.key in self.facts.figures:
            return "unreadable"
        return "no_narrative" if cell.narrative else "absent"

    def _sections(self, operands: Iterable[Cell]) -> tuple[str, ...]:
        """The paths of operands; the highest row or section of which nothing is printed instead."""
        return tuple(dict.fromkeys(self._section(cell) for cell in operands))

    def _section(self, cell: Cell) -> str:
        if cell.previous or cell.narrative or cell.is_fact:
            return cell.path
        section = cell.path
        for end in _ends(cell.path):
            if cell.path[:end] not in self._printed:
                section = cell.path[:end]
                break
        return section

    @cached_property
    def _printed(self) -> frozenset[str]:
        """Every path at or below which a figure is printed."""
        return frozenset(
            key[:end] for key in self.facts.figures if " " not in key for end in _ends(key)
        )


def _ends(path: str) -> Iterable[int]:
    """Where each step of a path ends, from the first to the last."""
    end = path.find(".")
    while end >= 0:
        yield end
        end = path.find(".", end + 1)
    yield len(path)
