"""The check of one report as text for people: findings, diagnostics, a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from attrs import define, field

from gischema.output.cell_names import CellNames
from gischema.output.checked import Checked, Frame
from gischema.output.closing import closing
from gischema.output.columns import clean, separated
from gischema.output.culprits import culprit_text
from gischema.output.failed import Failed
from gischema.output.language import Lang, message, say
from gischema.output.operands import OperandText, excerpt_lines, operand_lines, operands_of
from gischema.output.paint import Paint
from gischema.output.places import place
from gischema.output.root_causes import MANY, root_causes
from gischema.output.words import SEVERITY
from gischema.report import Diagnostic, Report, is_of_text
from gischema.rules.report_facts import REPORT_FACTS

if TYPE_CHECKING:
    from gischema.rules import CheckResult, Culprit, Finding

_INDENT = "    "


def entry(item: Checked, frame: Frame) -> str:
    """Return the text about a report."""
    return CheckText(item, frame).render()


def failed(_file: Failed, _: Frame) -> None:
    """Write nothing: stderr has a line about the file."""


def document(entries: Iterable[str], frame: Frame) -> Iterator[str]:
    """Yield the settings, then one text a report, with an empty line between two."""
    settings = frame.settings.line(frame.lang)
    if settings is not None:
        yield f"{frame.paint('quiet', settings)}\n\n"
    yield from separated(entries)


@define(eq=False)
class CheckText:
    """The text about one checked report."""

    item: Checked
    frame: Frame
    lang: Lang = field(init=False)
    paint: Paint = field(init=False)
    report: Report = field(init=False)
    result: CheckResult = field(init=False)
    names: CellNames = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.lang, self.paint = self.frame.lang, self.frame.paint
        self.report, self.result = self.item.report, self.item.result
        self.names = self.item.names

    def render(self) -> str:
        """Return the text."""
        return "".join(f"{line.rstrip()}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        unread_line = self.item.unread_line(self.lang)
        if unread_line is not None:
            yield self.paint("error", unread_line)
        yield self._head()
        for unread in self.result.unread:
            codes = f" ({' '.join(unread.codes)})" if unread.codes else ""
            yield _INDENT + message(unread, self.lang) + codes
        if (advice := self.item.advice(self.lang)) is not None:
            yield _INDENT + advice
        yield from self._findings()
        yield from self._waivers()
        yield from self._doubts()
        if self.frame.verbose and self.result.not_assessable:
            yield from ("", self.paint("title", say(self.lang, "没有核对：", "Not checked:")))
            for each in self.result.not_assessable:
                yield f"{each.code} {clean(message(each, self.lang))}"
        yield from ("", *closing(self.item, self.frame))
        if unread_line is not None:
            yield self.paint("error", unread_line)

    def _head(self) -> str:
        report = self.report
        unknown = say(self.lang, "不明", "unknown")
        title = clean(report.title) if report.title else say(self.lang, "（无标题）", "(no title)")
        year = say(self.lang, f"年份 {report.year or unknown}", f"year {report.year or unknown}")
        form = say(self.lang, f"表式 {report.form or unknown}", f"form {report.form or unknown}")
        return f"{self.paint('title', self.item.name)}  {title}  {year}  {form}"

    def _findings(self) -> Iterator[str]:
        """Yield the findings: by root cause, or with `verbose` one by one with every operand."""
        if self.frame.verbose:
            for finding in self.result.findings:
                yield ""
                yield from self._in_full(finding)
            return
        for cause in root_causes(self.result.findings):
            yield ""
            if cause.culprit is not None:
                yield from self._culprit(cause.culprit, cause.findings)
            else:
                yield from self._in_brief(cause.findings)

    def _culprit(self, culprit: Culprit, findings: Sequence[Finding]) -> Iterator[str]:
        """Yield a culprit with the findings that go back to it."""
        yield self.paint("title", culprit_text(culprit, self.names, self.lang))
        wrong = (culprit.path, culprit.source)
        holds = (f for f in findings if wrong in zip(f.paths, f.sources, strict=True))
        for finding in islice(holds, 1):
            yield from self._excerpt(operands_of(finding, self.names, self.lang)[:1])
        shown = findings if len(findings) <= MANY else findings[: MANY - 1]
        yield from self._indented(map(self._line, shown))
        yield from self._indented(self._folded(len(findings) - len(shown)))

    def _in_brief(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Yield one finding, or the first of many of one rule."""
        first = findings[0]
        yield self._line(first)
        yield from self._excerpt(operands_of(first, self.names, self.lang))
        yield from self._indented(self._doubts_of(first))
        yield from self._indented(self._folded(len(findings) - 1))

    def _in_full(self, finding: Finding) -> Iterator[str]:
        """Yield a finding with all its operands and their paths."""
        yield self._line(finding)
        operands = operands_of(finding, self.names, self.lang)
        yield from self._indented(operand_lines(operands, self.lang))
        yield from self._excerpt(operands)
        if finding.culprit is not None:
            yield _INDENT + culprit_text(finding.culprit, self.names, self.lang)
        yield from self._indented(self._doubts_of(finding))

    def _doubts_of(self, finding: Finding) -> Iterator[str]:
        """Yield what a finding rests on in doubt: figures, then facts about the report."""
        facts = [path for path in finding.doubts if path in REPORT_FACTS]
        if figures := [path for path in finding.doubts if path not in facts]:
            names = ", ".join(figures)
            if not self.frame.verbose:
                names = self.names.names(figures, self.lang)
            yield say(self.lang, f"没有读准：{names}", f"not read for sure: {names}")
        if facts:
            labels = ", ".join(REPORT_FACTS[path].label.get(self.lang) for path in facts)
            yield say(self.lang, f"存疑：{labels}", f"in doubt: {labels}")

    def _line(self, finding: Finding) -> str:
        severity = say(self.lang, *SEVERITY[finding.severity])
        if finding.doubtful:
            severity += say(self.lang, "（存疑）", " (doubtful)")
        role = "quiet" if finding.doubtful else finding.severity
        return (
            f"{self.paint(role, f'{severity} {finding.code}')} {clean(message(finding, self.lang))}"
        )

    def _folded(self, number: int) -> Iterator[str]:
        if number:
            zh, en = f"另有 {number} 处（-v 逐一列出）", f"and {number} more (-v lists all)"
            yield say(self.lang, zh, en)

    def _waivers(self) -> Iterator[str]:
        """Yield the waived findings, and the waivers that fit no finding any more."""
        result = self.result
        if result.waived and self.frame.verbose:
            yield from ("", self.paint("title", say(self.lang, "已豁免：", "Waived:")))
            for waived in result.waived:
                waiver = waived.waiver
                yield f"{waiver.rule} {clean(message(waived.finding, self.lang))}"
                yield _INDENT + clean(f"{waiver.reason}（{waiver.by}，{waiver.on}）")
        if result.unused_waivers:
            zh, en = (
                "豁免已不适用（数字已改或规则已相符），请删除：",
                "Waivers that fit nothing any more:",
            )
            yield from ("", self.paint("title", say(self.lang, zh, en)))
            for waiver in result.unused_waivers:
                yield clean(f"{waiver.rule} {waiver.reason}（{waiver.by}，{waiver.on}）")

    def _doubts(self) -> Iterator[str]:
        """Yield the diagnostics, worded as doubts of this program."""
        numbers = len(self.report.unclaimed)
        every = self.report.diagnostics
        listed = [d for d in every if self.frame.verbose or not is_of_text(d)]
        left_out = list(self._left_out(len(every) - len(listed)))
        if not listed and not numbers:
            yield from ("", *left_out) if left_out else ()
            return
        zh = "读取存疑（本程序没有读准的地方，不表示报告有错）："
        en = "Doubts of this program about its own reading (no faults of the report):"
        yield from ("", self.paint("title", say(self.lang, zh, en)))
        counts = Counter(diagnostic.code for diagnostic in listed)
        folded = {code for code, number in counts.items() if number > MANY}
        if self.frame.verbose:
            folded = set()
        for diagnostic in listed:
            number = counts.pop(diagnostic.code, 0) if diagnostic.code in folded else 1
            if number:
                yield from self._diagnostic(diagnostic)
                yield from self._indented(self._folded(number - 1))
        if numbers:
            zh = (
                f"表格中有 {numbers} 个数字没有归入任何指标（gischema parse 的 unclaimed 逐个列出）"
            )
            en = f"numbers in tables that belong to no indicator (“unclaimed” of parse): {numbers}"
            yield say(self.lang, zh, en)
        yield from left_out

    def _left_out(self, number: int) -> Iterator[str]:
        """Yield the number of remarks on running text that only `verbose` lists."""
        if number:
            zh = f"正文另有 {number} 处说法未采用或存疑（-v 列出）"
            en = f"statements of the running text not used or in doubt: {number} (-v lists them)"
            yield self.paint("quiet", say(self.lang, zh, en))

    def _diagnostic(self, diagnostic: Diagnostic) -> Iterator[str]:
        at = diagnostic.origin
        yield f"{diagnostic.code} {clean(message(diagnostic, self.lang))}"
        if at is not None:
            yield from self._excerpt([OperandText("", "", "", at, place=place(at, self.lang))])

    def _excerpt(self, operands: Iterable[OperandText]) -> Iterator[str]:
        lines = excerpt_lines(
            operands, self.item.text, self.frame.columns - len(_INDENT), self.paint
        )
        yield from self._indented(lines)

    def _indented(self, lines: Iterable[str]) -> Iterator[str]:
        yield from (_INDENT + line for line in lines)
