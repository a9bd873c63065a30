"""The verdict on a report in one line."""

from __future__ import annotations

from collections import Counter
from typing import Literal, TypeAlias

from attrs import frozen

from gischema.output.checked import Checked
from gischema.output.language import Lang, message, say
from gischema.output.root_causes import root_causes
from gischema.output.viewer.marks import kind_of
from gischema.report import is_of_text

Colour: TypeAlias = Literal["good", "careful", "bad"]


@frozen
class VerdictWords:
    """The verdict in words: a line in large type, and further lines.

    It is `good` only if every rule holds and nothing was read with doubt.
    """

    colour: Colour
    line: str
    more: tuple[str, ...] = ()


def verdict_words(item: Checked, lang: Lang) -> VerdictWords:
    """Return the verdict on a checked report."""
    result, report = item.result, item.report
    kinds = Counter(kind_of(cause) for cause in root_causes(result.findings))
    doubts = sum(not is_of_text(each) for each in report.diagnostics) + len(report.unclaimed)
    must, look = kinds["error"], kinds["warning"] + kinds["doubtful"] + kinds["info"]
    counts = [
        say(lang, f"{must} 处必须改", f"{must} to correct") if must else "",
        say(lang, f"{look} 处请核对", f"{look} to look at") if look else "",
    ]
    found = say(lang, "，", ", ").join(filter(None, counts))
    if result.unread:
        line = say(lang, "没有读准，不能据此发布", "Not read for certain: do not publish on this")
        unread = [message(each, lang) for each in result.unread]
        more = (*unread, item.advice(lang) or "", found)
        return VerdictWords("careful", line, tuple(filter(None, more)))
    if must:
        return VerdictWords("bad", found)
    if look:
        return VerdictWords("careful", found)
    if doubts:
        line = say(lang, "请对照原文核对存疑之处", "Compare what is in doubt with the source")
        zh, en = f"没有发现错误，但有 {doubts} 处没有读准", f"no findings, but {doubts} doubts"
        return VerdictWords("careful", line, (say(lang, zh, en),))
    line = say(lang, "没有发现问题", "No findings")
    return VerdictWords("good", line)
