"""Of all: whether 均 and 全部 speak of every one of the figure before them, in the year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gischema.chinese.dates import YEAR
from gischema.narrative.clauses import Clause
from gischema.narrative.dates import Reporting
from gischema.narrative.statement import Statement
from gischema.text.sentences import Sentence

_STOP = re.compile("[,;。:]")
_SAME_END = ("ANSWER", "CONCLUDED", "ON_TIME")  # 均已答复或办结
_OR = re.compile("或者?|[、和及]|以及|并")
_ENDED = {
    "PENDING", "CARRIED_OUT", "PARTIAL", "REFUSED", "NOT_PROCESSED", "UNAVAILABLE", "WITHDRAWN",
    "OTHER_HANDLING", "OPEN", "GRANTED", "UPHELD", "CORRECTED",
}  # fmt: skip
_OTHERWISE = re.compile("告知|转|移|不|部分|驳回|撤|纠|结转|维持")
_GOING_ON = "中"  # 答复中
_SOME = re.compile(
    r"\A(?:凡|如|若|倘|只要|属于?|符合|涉及|其中(?!\Z|所有|全部|来件|申请)|部分|[大多]部?[分数])"
)
_THOSE_THAT = re.compile("(?<!收到)(?<!受理)(?<!申请)(?<!提出)(?<!提交)(?<!接到)(?<!办理)的\\Z")
_NUMBER = re.compile(r"\d+")
_KIND_OF = re.compile("对(?:于)?(?:属于?|符合|涉及|应)")
_NEXT_YEAR = re.compile("[次翌来明]年|下一?年度?")
_BY_OTHERS = re.compile("转(?![为化])|移[送交]|[由交](?![我本]|专人)")
_YEARS = re.compile(rf"(?<!\d)({YEAR})年")


def is_of_all(
    sentence: Sentence,
    clause: Clause,
    source: Statement,
    stated: Sequence[Statement],
    reporting: Reporting,
) -> bool:
    """Return False for what a clause says of some of a figure, of more, or of another year.

    凡属公开范围的,全部公开; 均公开或部分公开; 均于次年答复; 均转县交通局答复. Behind 上年结转1件
    all are more than what came in.

    Args:
        sentence: The sentence of the clause.
        clause: The clause with 均 or 全部.
        source: The figure before it that it speaks of.
        stated: What the line stated before the clause.
        reporting: What is known of the report.
    """
    text = sentence.text
    universal = next((m for m in clause.tokens if m.name == "ALL"), None)
    if universal is None:
        return True
    ahead = text[source.clause.end if source.sentence is sentence else 0 : universal.start]
    stop = _STOP.search(text, universal.end)
    said = text[universal.end : stop.start() if stop else len(text)]
    if _is_of_some(ahead) or _are_some(ahead, source, stated) or _is_otherwise(clause, text):
        return False
    if _is_of_next_year(said, reporting) or _BY_OTHERS.search(said):
        return False
    whose = _STOP.split(ahead)[-1]
    if whose and reporting.bodies.subject(whose) == "other":
        return False
    return not _are_more(source, stated)


def _is_of_some(ahead: str) -> bool:
    """凡属公开范围的, 对属于公开范围的."""
    parts = [part for part in _STOP.split(ahead) if not _NUMBER.search(part)]
    return any(
        _SOME.search(part) or _KIND_OF.search(part) or _THOSE_THAT.search(part) for part in parts
    )


def _are_some(ahead: str, source: Statement, stated: Sequence[Statement]) -> bool:
    """其中涉及征地的8件,均予以公开: the 8, of which it is not known what they are."""
    items = [one for one in stated if one.head is source]
    return len(_NUMBER.findall(ahead)) == len(items) == 1 and not items[0].indicators


def _is_otherwise(clause: Clause, text: str) -> bool:
    """均予以公开或部分公开, 均已办结或答复中."""
    acts = [m for m in clause.tokens if m.name in _ENDED or m.name in _SAME_END]
    for act in acts:
        if text.startswith(_GOING_ON, act.end):
            return True
        joined = _OR.match(text, act.end)
        if joined is None:
            continue
        stop = _STOP.search(text, joined.end())
        rest = text[joined.end() : stop.start() if stop else len(text)]
        behind = {m.name for m in acts if m.start >= joined.end()}
        same = behind and behind <= {act.name, *_SAME_END}
        if not same or _OTHERWISE.search(rest):
            return joined[0].startswith("或") or _OTHERWISE.search(rest) is not None
    return False


def _is_of_next_year(said: str, reporting: Reporting) -> bool:
    if _NEXT_YEAR.search(said):
        return True
    year = str(reporting.year)
    return reporting.year_stated and any(one[1] != year for one in _YEARS.finditer(said))


def _are_more(source: Statement, stated: Sequence[Statement]) -> bool:
    """上年结转1件,收到10件,均已办结: of all 11."""
    return source.indicator == "requests.received" and any(
        one.indicator == "requests.carried_in"
        and one.sentence is source.sentence
        and one.value.strip("0")
        for one in stated
    )
