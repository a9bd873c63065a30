"""The last two lines about a checked report: the verdict with its counts, what was not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gischema.output.language import Lang, say
from gischema.output.root_causes import RootCause, root_causes
from gischema.rules.results import REASONS

if TYPE_CHECKING:
    from gischema.output.checked import Checked, Frame
    from gischema.output.paint import Role
    from gischema.report import Report
    from gischema.rules import CheckResult

_NOT_CHECKED = ("D410", "D411")
"""The diagnostics about rows of no active form, which no rule checks."""


def closing(item: Checked, frame: Frame) -> Iterator[str]:
    """Yield the verdict, what was recognised, and what was not checked with the reasons."""
    lang, result = frame.lang, item.result
    words = say(lang, "，", ", ").join(verdict_parts(item, frame))
    counts = say(lang, "，", ", ").join(_counts(result, lang))
    yield frame.paint(_role(result), say(lang, f"{words}（{counts}）", f"{words} ({counts})"))
    yield from recognised_line(item.report, lang)
    unknown = sum(each.instances for each in result.not_assessable)
    if unknown:
        reasons = _reasons(result, lang)
        yield say(
            lang, f"{unknown} 项没有核对，因为：{reasons}", f"not checked: {unknown}: {reasons}"
        )


def recognised_line(report: Report, lang: Lang) -> Iterator[str]:
    """Yield how many figures were recognised on scanned pages, and how many are vouched for."""
    found = [figure for figure in report.figures if figure.reading == "recognised"]
    vouched = sum(1 for figure in found if not figure.doubts)
    if found:
        yield say(
            lang,
            f"{len(found)} 个数字由图片识别：{vouched} 个由两项以上勾稽关系印证，"
            f"{len(found) - vouched} 个请对照原图",
            f"recognised figures: {len(found)}; vouched for by two or more identities: {vouched}; "
            f"to check on the scan: {len(found) - vouched}",
        )


def verdict_parts(item: Checked, frame: Frame) -> Iterator[str]:
    """Yield what a clerk has to do: correct, look at, read anew; or nothing, then publish."""
    lang, result = frame.lang, item.result
    causes = root_causes(result.findings)
    wrong = sum(_places(cause) for cause in causes if _must_change(cause))
    others = sum(_places(cause) for cause in causes if _is_to_check(cause))
    doubtful = len(item.report.doubts)
    if wrong:
        yield say(lang, f"{wrong} 处必须改", f"to correct: {wrong}")
    if others:
        yield say(lang, f"{others} 处请核对", f"to look at: {others}")
    if result.unread:
        yield say(lang, "表格没有读准，不能下结论", "no verdict, as tables were not read")
    elif doubtful:
        yield say(lang, f"{doubtful} 个数字没有读准", f"figures not read for certain: {doubtful}")
    elif not wrong and not others:
        yield _nothing_found(item, frame)


def _nothing_found(item: Checked, frame: Frame) -> str:
    """Return the verdict without any finding; a part of rules or rows allows no publication."""
    result = item.result
    codes = {diagnostic.code for diagnostic in item.report.diagnostics}
    if not codes.isdisjoint(_NOT_CHECKED):
        return say(frame.lang, "有的行没有核对", "some rows were not checked")
    if "D901" in codes:
        return say(
            frame.lang, "插件出错，有的规则没有执行", "a plugin failed: some rules did not run"
        )
    if not result.held:
        return say(frame.lang, "没有核对任何一项", "nothing was checked")
    if frame.settings.switched_off:
        return say(frame.lang, "所选规则没有发现问题", "the selected rules found nothing")
    return say(frame.lang, "可以发布", "ready to publish")


def _must_change(cause: RootCause) -> bool:
    """Return True for a certain error of the report, not of this program."""
    return any(finding.counts_as_error for finding in cause.findings)


def _is_to_check(cause: RootCause) -> bool:
    looked_at = (finding.severity != "info" for finding in cause.findings)
    return not _must_change(cause) and any(looked_at)


def _places(cause: RootCause) -> int:
    """Return the number of places: one for a culprit, whatever it breaks."""
    return 1 if cause.culprit is not None else len(cause.findings)


def _counts(result: CheckResult, lang: Lang) -> Iterator[str]:
    sure = [finding.severity for finding in result.findings if not finding.doubtful]
    counts = Counter(sure)
    yield say(lang, f"{counts['error']} 个错误", f"errors: {counts['error']}")
    yield say(lang, f"{counts['warning']} 个警告", f"warnings: {counts['warning']}")
    if counts["info"]:
        yield say(lang, f"{counts['info']} 个提示", f"hints: {counts['info']}")
    if doubtful := len(result.findings) - len(sure):
        yield say(lang, f"{doubtful} 个存疑", f"doubtful: {doubtful}")
    if waived := len(result.waived):
        yield say(lang, f"{waived} 个已豁免", f"waived: {waived}")
    yield say(lang, f"{result.held} 项相符", f"checks that hold: {result.held}")


def _role(result: CheckResult) -> Role:
    severities = {finding.severity for finding in result.findings if not finding.doubtful}
    return "error" if "error" in severities else "warning" if "warning" in severities else "good"


def _reasons(result: CheckResult, lang: Lang) -> str:
    """Return the reasons of checks that were not made, with the codes of their rules."""
    groups: dict[str, dict[str, None]] = {}
    for each in result.not_assessable:
        why = REASONS[each.reason].get(lang)
        if each.reason == "plugin_failed":
            why = say(lang, each.message, each.message_en)
        groups.setdefault(why, {})[each.code] = None
    if lang == "zh":
        return "；".join(f"{why}（{' '.join(codes)}）" for why, codes in groups.items())
    return "; ".join(f"{why} ({' '.join(codes)})" for why, codes in groups.items())
