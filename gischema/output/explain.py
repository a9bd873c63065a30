"""The page about a code: a rule or a kind of diagnostic."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from gischema.diagnostics import FAILURES, KINDS, Kind
from gischema.errors import UnknownName
from gischema.output.language import Lang, say
from gischema.rules import explain as explain_rule

if TYPE_CHECKING:
    from gischema.rules import RuleBook

_BLANK = re.compile(r"\{\w+\}")
_DOUBT = """\
这是读取时的疑点：说明原文中本程序没有读准或觉得异常的地方，不表示报告有错。
请对照原文核对它指出的数字；涉及这些数字的校验结果会标明“存疑”，不计为错误。
"""
_DOUBT_EN = """\
This is a doubt of the reader: the source was not read with certainty, or looks unusual
here. It is no fault of the report. Compare the flagged figures with the source; findings
that use them are marked doubtful and do not count as errors.
"""
_FAILURE = """\
这个文件没有结果；同时给出的其他文件照常处理，命令的退出码为 2。这不表示报告有错。
"""
_FAILURE_EN = """\
There is no result for this file. The other files of the run are processed, and the exit
status of the command is 2. This is no fault of the report.
"""


def explain(code: str, book: RuleBook, lang: Lang = "zh") -> str:
    """Return the page about a rule or a diagnostic.

    Raises:
        UnknownName: The code is unknown. The message lists similar codes.
    """
    known = {rule.code: rule for rule in book.rules}
    if code in known:
        return explain_rule(known[code], lang)
    if code in KINDS:
        return _diagnostic(KINDS[code], lang)
    near = "、".join(get_close_matches(code, [*known, *KINDS], n=3, cutoff=0.5))
    zh, en = (f"；是否指 {near}", f"; did you mean {near}?") if near else ("", "")
    raise UnknownName(f"没有代码 {code}{zh}", f"no code {code!r}{en}")


def _diagnostic(kind: Kind, lang: Lang) -> str:
    """Return the page about a kind of diagnostic, with a note that the report is not at fault."""
    failure = kind.code in FAILURES.values()
    note, note_en = (_FAILURE, _FAILURE_EN) if failure else (_DOUBT, _DOUBT_EN)
    return say(
        lang,
        f"{kind.code} {kind.title}\n\n信息：{_BLANK.sub('…', kind.template)}\n\n{note}",
        f"{kind.code} {kind.title_en}\n\nMessage: {_BLANK.sub('…', kind.template_en)}\n\n{note_en}",
    )
