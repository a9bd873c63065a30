"""The verdict on a report in one line, as text output ends with it, and its colour."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from gischema.diagnostics import KINDS
from gischema.output.checked import Checked, Frame
from gischema.output.closing import recognised_line, verdict_parts
from gischema.output.language import message, say

Colour: TypeAlias = Literal["good", "careful", "bad"]


@frozen
class VerdictWords:
    """The verdict in words: a line in large type, and further lines.

    It is `good` only if no rule is broken and everything was read for certain.
    """

    colour: Colour
    line: str
    more: tuple[str, ...] = ()


def verdict_words(item: Checked, frame: Frame) -> VerdictWords:
    """Return the verdict on a checked report."""
    lang, result = frame.lang, item.result
    words = say(lang, "，", ", ").join(verdict_parts(item, frame))
    recognised = tuple(recognised_line(item.report, lang))
    if result.unread:
        line = say(lang, "没有读准，不能据此发布", "Not read for certain: do not publish on this")
        unread = [message(each, lang) for each in result.unread]
        more = (words, *recognised, *unread, item.advice(lang) or "")
        return VerdictWords("careful", line, tuple(filter(None, more)))
    if any(finding.counts_as_error for finding in result.findings):
        return VerdictWords("bad", words, recognised)
    looked_at = any(finding.severity != "info" for finding in result.findings)
    if looked_at or _in_doubt(item) or not result.held or frame.settings.switched_off:
        return VerdictWords("careful", words, recognised)
    return VerdictWords("good", words, recognised)


def _in_doubt(item: Checked) -> bool:
    """Return True if anything was read with a doubt, or a number belongs to no cell."""
    report = item.report
    codes = (each.code for each in report.diagnostics)
    doubtful = any(code not in KINDS or KINDS[code].doubt != "note" for code in codes)
    return doubtful or bool(report.doubts) or bool(report.unclaimed)
