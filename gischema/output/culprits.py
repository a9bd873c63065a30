"""The likely mistake in one line: the cell, its value, and the value that it should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gischema.output.cell_names import CellNames
from gischema.output.language import Lang, say
from gischema.output.words import CULPRIT, CULPRIT_LEAD, CULPRIT_LEAD_OTHERS, STATUS, shown

if TYPE_CHECKING:
    from gischema.report import Amount
    from gischema.rules import Culprit


def culprit_text(culprit: Culprit, names: CellNames, lang: Lang) -> str:
    """Return the line about the culprit of a finding, in the words of the form."""
    lead = say(lang, *CULPRIT_LEAD_OTHERS.get(culprit.kind, CULPRIT_LEAD))
    changes = culprit.changes or (culprit,)
    cells = [
        f"{names.name(each.path, lang)}{_better(each.stated, each.suggested, lang)}"
        for each in changes
    ]
    what = CULPRIT[culprit.kind]
    why = say(lang, f"（{what[0]}）", f" ({what[1]})") if what is not None else ""
    return f"{lead}{say(lang, '；', '; ').join(cells)}{why}"


def _better(stated: Amount | None, suggested: Amount | None, lang: Lang) -> str:
    empty = say(lang, *STATUS["blank"])
    now, then = (empty if value is None else shown(value) for value in (stated, suggested))
    return say(lang, f"，现为{now}，疑为{then}", f": {now}, probably {then}")
