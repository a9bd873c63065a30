"""The likely mistake in one line: its kind, and the value that each cell should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gischema.output.language import Lang, say
from gischema.output.words import CULPRIT, STATUS, shown

if TYPE_CHECKING:
    from gischema.report import Amount
    from gischema.rules import Culprit


def culprit_text(culprit: Culprit, lang: Lang) -> str:
    """Return the line about the culprit of a finding."""
    what = say(lang, *CULPRIT[culprit.kind])
    changes = culprit.changes or (culprit,)
    if len(changes) == 1:
        better = _better(culprit.stated, culprit.suggested, lang)
        zh = f"疑为 {culprit.path} {what}：{better}"
        return say(lang, zh, f"likely culprit: {culprit.path}, {what}: {better}")
    each = [f"{c.path} {_better(c.stated, c.suggested, lang)}" for c in changes]
    return say(lang, f"疑为{what}：{'；'.join(each)}", f"likely {what}: {'; '.join(each)}")


def _better(stated: Amount | None, suggested: Amount | None, lang: Lang) -> str:
    empty = f"({say(lang, *STATUS['blank'])})"
    now, then = (empty if value is None else shown(value) for value in (stated, suggested))
    return say(lang, f"{now} 应为 {then}", f"{now} should be {then}")
