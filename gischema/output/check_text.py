"""The check of one report as text for people: findings, the reader's doubts, a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from gischema.output.columns import clean
from gischema.output.culprits import culprit_text
from gischema.output.language import Lang, message, say
from gischema.output.operands import Operand, excerpt_lines, operand_lines, operands_of
from gischema.output.paint import Paint, Role
from gischema.output.words import SEVERITY
from gischema.report import Diagnostic, Report

if TYPE_CHECKING:
    from gischema.rules import CheckResult, Finding

_INDENT = "    "


@frozen(eq=False, repr=False)
class CheckText:
    """One report with its source text, ready to be talked about in `lang`."""

    file: str
    text: str
    report: Report
    lang: Lang
    columns: int
    paint: Paint
    verbose: bool = False

    def render(self, result: CheckResult) -> str:
        """Everything that there is to say about `result`."""
        return "".join(f"{line.rstrip()}\n" for line in self._lines(result))

    def _lines(self, result: CheckResult) -> Iterator[str]:
        yield self._head()
        for finding in result.findings:
            yield ""
            yield from self._finding(finding)
        yield from self._doubts()
        if self.verbose and result.not_assessable:
            yield from ("", self.paint("title", say(self.lang, "无法判定：", "Not assessable:")))
            for each in result.not_assessable:
                yield f"{each.code} {clean(message(each, self.lang))}"
        yield from ("", self._summary(result))

    def _head(self) -> str:
        report = self.report
        unknown = say(self.lang, "不明", "unknown")
        title = clean(report.title) if report.title else say(self.lang, "（无标题）", "(no title)")
        year = say(self.lang, f"年份 {report.year or unknown}", f"year {report.year or unknown}")
        form = say(self.lang, f"表式 {report.form or unknown}", f"form {report.form or unknown}")
        return f"{self.paint('title', self.file)}  {title}  {year}  {form}"

    def _finding(self, finding: Finding) -> Iterator[str]:
        severity = say(self.lang, *SEVERITY[finding.severity])
        if finding.doubtful:
            severity += say(self.lang, "（存疑）", " (doubtful)")
        role = "quiet" if finding.doubtful else finding.severity
        head = self.paint(role, f"{severity} {finding.code}")
        yield f"{head} {clean(message(finding, self.lang))}"
        operands = operands_of(finding, self.report, self.lang)
        yield from self._indented(operand_lines(operands, self.lang))
        yield from self._excerpt(operands)
        if finding.culprit is not None:
            yield _INDENT + culprit_text(finding.culprit, self.lang)
        if finding.doubtful:
            names = ", ".join(finding.doubts)
            zh, en = f"没有读准的数字：{names}", f"not read for sure: {names}"
            yield _INDENT + say(self.lang, zh, en)

    def _doubts(self) -> Iterator[str]:
        """What the reader was not sure of, worded as ours."""
        numbers = len(self.report.unclaimed)
        if not self.report.diagnostics and not numbers:
            return
        zh = "读取存疑（本程序没有读准的地方，不表示报告有错）："
        en = "Doubts of this program about its own reading (no faults of the report):"
        yield from ("", self.paint("title", say(self.lang, zh, en)))
        for diagnostic in self.report.diagnostics:
            yield from self._diagnostic(diagnostic)
        if numbers:
            zh = (
                f"表格中有 {numbers} 个数字没有归入任何指标（gischema parse 的 unclaimed 逐个列出）"
            )
            en = f"numbers in tables that belong to no indicator (“unclaimed” of parse): {numbers}"
            yield say(self.lang, zh, en)

    def _diagnostic(self, diagnostic: Diagnostic) -> Iterator[str]:
        at = diagnostic.origin
        place = f" {at.line}:{at.column}" if at is not None else ""
        yield f"{diagnostic.code}{place} {clean(message(diagnostic, self.lang))}"
        if at is not None:
            yield from self._excerpt([Operand("", "", "", at)])

    def _excerpt(self, operands: Iterable[Operand]) -> Iterator[str]:
        lines = excerpt_lines(operands, self.text, self.columns - len(_INDENT), self.paint)
        yield from self._indented(lines)

    def _indented(self, lines: Iterable[str]) -> Iterator[str]:
        yield from (_INDENT + line for line in lines)

    def _summary(self, result: CheckResult) -> str:
        sure = [finding.severity for finding in result.findings if not finding.doubtful]
        counts = Counter(sure)
        doubtful = len(result.findings) - len(sure)
        unknown = sum(each.instances for each in result.not_assessable)
        codes = " ".join(dict.fromkeys(each.code for each in result.not_assessable))
        parts = [
            say(self.lang, f"{counts['error']} 个错误", f"errors: {counts['error']}"),
            say(self.lang, f"{counts['warning']} 个警告", f"warnings: {counts['warning']}"),
        ]
        if counts["info"]:
            parts.append(say(self.lang, f"{counts['info']} 个提示", f"hints: {counts['info']}"))
        if doubtful:
            parts.append(say(self.lang, f"{doubtful} 个存疑", f"doubtful: {doubtful}"))
        parts += [
            say(self.lang, f"{result.held} 项相符", f"checks that hold: {result.held}"),
            say(self.lang, f"{unknown} 项无法判定", f"not assessable: {unknown}")
            + (f" ({codes})" if codes else ""),
        ]
        role: Role = "error" if counts["error"] else "warning" if counts["warning"] else "good"
        return self.paint(role, say(self.lang, "，", ", ").join(parts))
