"""The words of the remarks: what a finding says, its sum with all parts, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import field, frozen

from gischema.output.cell_names import CellNames
from gischema.output.checked import Checked, Frame
from gischema.output.closing import closing
from gischema.output.columns import clean
from gischema.output.culprits import culprit_text
from gischema.output.language import Lang, message, say
from gischema.output.operands import OperandText, operands_of
from gischema.output.places import place
from gischema.output.words import SEVERITY
from gischema.report import Origin
from gischema.rules.report_facts import REPORT_FACTS

if TYPE_CHECKING:
    from gischema.rules import Culprit, Finding

_LISTED = 12
"""Figures of a rule that are listed one by one. A rule about a whole table lists none."""


@frozen
class RemarkWording:
    """The words of the remarks on one report in one language."""

    item: Checked
    frame: Frame
    lang: Lang = field(init=False)
    names: CellNames = field(init=False)

    @lang.default
    def _lang(self) -> Lang:
        return self.frame.lang

    @names.default
    def _names(self) -> CellNames:
        return self.item.names

    def verdict(self, unplaced: Sequence[str]) -> str:
        """Return what is said about the report as a whole, its first lines being the verdict."""
        named = self.item.unread_line(self.lang) or ""
        reasons = (clean(message(each, self.lang)) for each in self.item.result.unread)
        unread = (reason for reason in reasons if reason not in named)
        advice = filter(None, [self.item.advice(self.lang)])
        return "\n".join((*self.closing(), *unread, *advice, *unplaced))

    def closing(self) -> Iterator[str]:
        """Yield the tables that were not read, the verdict, and what was not checked and why."""
        if (unread := self.item.unread_line(self.lang)) is not None:
            yield unread
        yield from closing(self.item, self.frame)

    def title(self, finding: Finding, standing: str) -> str:
        """Return the title of a remark: how grave it is, and the rule in words."""
        zh, en = ("存疑", "doubtful") if standing == "doubtful" else SEVERITY[finding.severity]
        rule = say(self.lang, finding.title, finding.title_en)
        code = finding.code
        return say(self.lang, f"【{zh}】{rule}（{code}）", f"[{en}] {rule} ({code})")

    def text(self, findings: Sequence[Finding], culprit: Culprit | None) -> str:
        """Return the text about findings with one root cause."""
        return "\n".join(self._lines(findings, culprit))

    def culprit(self, culprit: Culprit) -> str:
        """Return the line about the likely mistake."""
        return clean(culprit_text(culprit, self.names, self.lang))

    def place(self, origin: Origin) -> str:
        """Return a place in words."""
        return place(origin, self.lang)

    def _lines(self, findings: Sequence[Finding], culprit: Culprit | None) -> Iterator[str]:
        if culprit is not None:
            yield self.culprit(culprit)
        for number, finding in enumerate(findings):
            if number:
                yield self.title(finding, "doubtful" if finding.doubtful else finding.severity)
            yield clean(message(finding, self.lang))
            if finding.difference is not None or len(finding.paths) <= _LISTED:
                yield from self._figures(operands_of(finding, self.names, self.lang))
            yield from self._doubts(finding)

    def _figures(self, operands: Sequence[OperandText]) -> Iterator[str]:
        """Yield the figures of a finding with their places; of many, only those above zero."""
        listed = list(operands)
        if len(listed) > _LISTED:
            listed = [each for each in listed if each.value != "0"][:_LISTED]
        if len(operands) < 2:
            return
        yield say(self.lang, "各数及其位置：", "The figures and their places:")
        for each in listed:
            at = say(self.lang, f"（{each.place}）", f" ({each.place})") if each.place else ""
            yield f"{clean(each.label)} {each.value}{at}"
        if left := len(operands) - len(listed):
            yield say(self.lang, f"另有 {left} 项", f"and {left} more")

    def _doubts(self, finding: Finding) -> Iterator[str]:
        """Yield what a finding rests on in doubt."""
        facts = [path for path in finding.doubts if path in REPORT_FACTS]
        if figures := [path for path in finding.doubts if path not in facts]:
            names = self.names.names(figures, self.lang)
            yield say(self.lang, f"没有读准：{names}", f"not read for sure: {names}")
        if facts:
            labels = ", ".join(REPORT_FACTS[path].label.get(self.lang) for path in facts)
            yield say(self.lang, f"存疑：{labels}", f"in doubt: {labels}")
