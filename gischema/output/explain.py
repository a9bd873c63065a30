"""The page about a code: a rule or a kind of diagnostic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from gischema.diagnostics import FAILURES, KINDS, DoubtClass, Kind
from gischema.errors import UnknownName
from gischema.output.language import Lang, say
from gischema.rules.explain import explain as explain_rule
from gischema.rules.explain import explain_on_form

if TYPE_CHECKING:
    from gischema.forms import Form
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
_NOTE = "类别：说明（note），不使校验结论成为“不完整”"
_NOTE_EN = "Class: note. It never makes the verdict on a report incomplete."
_VALUE = "类别：数值（value），数字属于哪一格是确定的，数字或行名、列名的字面请核对"
_VALUE_EN = """\
Class: value. It is certain where the figure belongs; compare the number, or the wording of
its label."""
_POSITION = """\
类别：位置（position），数字属于哪一行、哪一列，或原文的这一部分是否读出，不能确定；
一张表超过十分之一的格如此时，校验结论是“不完整”"""
_POSITION_EN = """\
Class: position. It is not certain where a figure belongs, or whether this part of the source
was read; more than a tenth of the cells of a table make the verdict incomplete."""
_CLASSES: Mapping[DoubtClass, tuple[str, str]] = {
    "note": (_NOTE, _NOTE_EN),
    "value": (_VALUE, _VALUE_EN),
    "position": (_POSITION, _POSITION_EN),
}
_FAILURE = """\
这个文件没有结果；同时给出的其他文件照常处理，命令的退出码为 2。这不表示报告有错。
"""
_FAILURE_EN = """\
There is no result for this file. The other files of the run are processed, and the exit
status of the command is 2. This is no fault of the report.
"""


def explain(
    code: str,
    book: RuleBook,
    forms: Mapping[str, Form],
    lang: Lang = "zh",
    *,
    verbose: bool = False,
) -> str:
    """Return the page about a rule or a diagnostic.

    A rule is explained in the words of the newest form that it applies to; `verbose` adds what its
    file says.

    Raises:
        UnknownName: The code is unknown. The message lists similar codes.
    """
    known = {rule.code: rule for rule in book.rules}
    if code in known:
        rule = known[code]
        form = next((forms[each] for each in reversed(rule.forms) if each in forms), None)
        if form is None:
            return explain_rule(rule, lang)
        return explain_on_form(rule, book.bound(form).view, lang, verbose=verbose)
    if code in KINDS:
        return _diagnostic(KINDS[code], lang)
    near = "、".join(get_close_matches(code, [*known, *KINDS], n=3, cutoff=0.5))
    zh, en = (f"；是否指 {near}", f"; did you mean {near}?") if near else ("", "")
    raise UnknownName(f"没有代码 {code}{zh}", f"no code {code!r}{en}")


def _diagnostic(kind: Kind, lang: Lang) -> str:
    """Return the page about a kind of diagnostic, with a note that the report is not at fault."""
    failure = kind.code in FAILURES.values()
    note, note_en = (_FAILURE, _FAILURE_EN) if failure else (_DOUBT, _DOUBT_EN)
    if not failure:
        zh, en = _CLASSES[kind.doubt]
        note, note_en = f"{zh}\n\n{note}", f"{en}\n\n{note_en}"
    return say(
        lang,
        f"{kind.code} {kind.title}\n\n信息：{_BLANK.sub('…', kind.template)}\n\n{note}",
        f"{kind.code} {kind.title_en}\n\nMessage: {_BLANK.sub('…', kind.template_en)}\n\n{note_en}",
    )
