"""The page about a code: a rule that findings name, or a kind of diagnostic."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from gischema.diagnostics import KINDS, Kind
from gischema.output.language import Lang, say

if TYPE_CHECKING:
    from gischema.rules import RuleBook

_BLANK = re.compile(r"\{\w+\}")


def explain(code: str, book: RuleBook, lang: Lang = "zh") -> str:
    """The page about a rule or a diagnostic. Raises ValueError, with similar codes, if unknown."""
    from gischema.rules import explain as explain_rule

    known = {rule.code: rule for rule in book.rules}
    if code in known:
        return explain_rule(known[code], lang)
    if code in KINDS:
        return _diagnostic(KINDS[code], lang)
    near = "、".join(get_close_matches(code, [*known, *KINDS], n=3, cutoff=0.5))
    zh, en = (f"；是否指 {near}", f"; did you mean {near}?") if near else ("", "")
    raise ValueError(f"没有代码 {code}{zh} (no code {code!r}{en})")


def _diagnostic(kind: Kind, lang: Lang) -> str:
    """What the reader says, and that it says so of itself."""
    return say(
        lang,
        f"{kind.code} {kind.title}\n\n"
        f"信息：{_BLANK.sub('…', kind.template)}\n\n"
        "这是读取时的疑点：说明原文中本程序没有读准或觉得异常的地方，不表示报告有错。\n"
        "请对照原文核对它指出的数字；涉及这些数字的校验结果会标明“存疑”，不计为错误。\n",
        f"{kind.code} {kind.title_en}\n\n"
        f"Message: {_BLANK.sub('…', kind.template_en)}\n\n"
        "This is a doubt of the reader: it tells where the source was not read for sure or looks\n"
        "unusual, and is no fault of the report. Compare the figures that it names with the\n"
        "source; findings that rest on them are marked doubtful and do not count as errors.\n",
    )
