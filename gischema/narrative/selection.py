"""Selection: words that pick some of what a figure counts, or give it to others than the body.

收到网上申请3件, 申请人向县政府提出申请3件, 要求“公开信息91条” and 公开信息576条的单位 are none
of all that the body received or published in the year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gischema.narrative.clauses import Clause
from gischema.narrative.dates import Reporting
from gischema.narrative.scanner import Token
from gischema.narrative.statement import Statement

_RECEIVED = "requests.received"
_RECEIVES = ("RECEIVE", "RECEIVE_HANDLE", "RECEIVE_ANSWER")
_ACTS = {
    _RECEIVED: _RECEIVES,
    "requests.answered": ("ANSWER",),
    "requests.concluded": ("CONCLUDED", "ON_TIME", "ANSWER"),
}
"""What stands in front of the requests that a figure counts."""

_BY_WAY_OF = "通过"
_WAYS = ("IN_PERSON", "FAX", "ONLINE", "LETTER")
_APPLICATION = "申请"
_IN_WRITING = "书面"  # as the law has it, not orally
_ONE_KIND = ("个人", "企业", "企事业单位", "社会组织", "其他组织", "其它组织", "单位")
_COUNTED = re.compile(r"的?\d+[件份项条起宗个例次]?")
_TO_BODY = re.compile("向[^,;。:的]{2,20}?(?=提|递|的|\\Z)|[我本该][^,;。:的]{1,3}")
_SORTED_BEHIND = re.compile("有效|无效|合格|类来信")
_PENDING = re.compile("(?:尚|仍|还|另|余|剩|未)(?:剩?余|有)?\\Z")  # 尚有5件申请未答复
_TO_OTHER = re.compile("(?:(?!收到|受理|复议|诉讼).)*?向([^,;。:]{2,20}?)(?:提出|提交|递交)")
_AGAINST_OTHER = re.compile(
    "(?:以([^,;。:]{2,20}?)为(?:共同)?(?:被申请人|被告|被上诉人)|不服([^,;。:]{2,20}?)(?:的|作出|政府信息|信息公开|答复))"
)
_JOINT = re.compile("[与和及、]|会同|联合")
_SELF = re.compile("[我本](?:[局委办厅处镇乡院校所站队]|街道|单位|机关|部门|中心)\\Z")
_TOGETHER = re.compile("(?:共同|联合|一起|合作)\\Z")
_INSIDE = ("下", "所", "直", "各", "股", "科")  # 我局及下属单位
_BY_BOTH = ("requests.", "proactive.disclosed", "reconsideration", "litigation")
_REVIEWS = ("reconsideration", "litigation")
_ABOVE = re.compile("上级(?:机关|部门|单位|政府|主管)*\\Z")
_DEMANDED = re.compile(
    "(?:要求|规定|指出|明确|提出|强调|称)[:,]*“[^”]*\\Z|\\A(?!.*[按根依]).*(?:要求|规定):[^:。]*\\Z"
)
_NOUNS = ("REQUEST", "APPLY", "RECONSIDERATION", "LITIGATION", "COMPLAINT", "FEE")
_ASKED = {"REQUEST", "APPLY"}
_AND = re.compile("(?:件|案件|情况)?(?:[、和及与]|以及)\\Z")
_OF_THOSE = re.compile("的(?:单位|部门|乡镇|街道|科室|股室|处室|机关|年份|年度|月份)")
_MOST = re.compile(r"[最][多高少大][^,;。:\d]{0,2}的[^,;。:\d]{1,6}(?:达到?|有|为|共)?\Z")
_DONE_AGAIN = re.compile("(?:更新|补录|补充|转载|转发|转为|删除|撤销|撤下|整改)[了已]?\\Z")
_REPOSTED = re.compile("转发|转载")
_INTERPRETED = "response.channels.interpretations"
_EXCEPT = re.compile(r"除了?(?:[其上述]{0,2}中?的?)\Z")
_EXCEPTED = re.compile(r"[^,;。:\d]{0,14}?外")
_BUT = {f"{noun}{but}外" for noun in ("", "申请", "政府信息公开申请") for but in ("", "之", "以")}
_OUTCOMES = (
    "requests.answered", "requests.answered.granted", "requests.concluded",
    "requests.concluded.on_time",
)  # fmt: skip
_OUTCOME_ACTS = ("ANSWER", "CONCLUDED", "ON_TIME", "GRANTED", "OPEN")
_MATTERS = re.compile(
    "(?:内容[^,;。:]{0,4}(?:涉及|关于|包括|有|为)|(?:主要|大多)(?:涉及|关于)|集中[在于])[^,;。]*\\Z"
)
_ACTUAL = re.compile("实际?[\u4e00-\u9fff]{0,4}")


def is_any_way(statement: Statement) -> bool:
    """Return True if requests that came one way may be all: 通过网络收到申请, 信息公开的信函申请.

    收到网上信息公开申请 are some of them.
    """
    tokens = statement.clause.tokens
    named = any(m.name in _WAYS and m.text.endswith(_APPLICATION) for m in tokens)
    return named or any(m.text == _BY_WAY_OF or m.text.startswith(_IN_WRITING) for m in tokens)


def is_selected(statement: Statement, pending: Sequence[Clause], reporting: Reporting) -> bool:
    """Return True if the words around a figure say that it counts some, or is of others.

    Args:
        statement: A figure that states one indicator.
        pending: The clauses without a figure in front of it.
        reporting: What is known of the report.
    """
    figure, text = statement.clause.figure, statement.sentence.text
    if figure is None or not statement.value.strip("0"):
        return False
    ahead = text[statement.clause.opens : figure.start]
    quoted = "“" in text or ":" in text
    if quoted and _DEMANDED.search(text, 0, figure.start):
        return True
    if _OF_THOSE.match(text, figure.end):
        return True
    if _MOST.search(ahead) or _is_aim(pending) or _is_of_two_nouns(statement):
        return True
    if statement.indicator.startswith(_BY_BOTH) and _is_of_others(statement, ahead, reporting):
        return True
    if statement.indicator in _REVIEWS and _MATTERS.search(text, 0, figure.start):
        return True  # 申请内容涉及征地4件、行政诉讼3件
    if _is_received_before(statement, reporting) or _is_on_site_above(statement):
        return True
    if statement.indicator == "proactive.disclosed":
        return _is_done_again(statement)
    if statement.indicator == _INTERPRETED:
        return _REPOSTED.search(ahead) is not None
    acts = _ACTS.get(statement.indicator)
    return acts is not None and _is_of_some_askers(statement, acts, reporting)


def is_excepted(statement: Statement) -> bool:
    """Return True for 除3件外均予以公开, 除1件结转外均已办结: those that were not."""
    figure, text = statement.clause.figure, statement.sentence.text
    if figure is None or _EXCEPT.search(text, 0, figure.start) is None:
        return False
    excepted = _EXCEPTED.match(text, figure.end)
    if excepted is None:
        return False
    return excepted[0] in _BUT or (
        statement.indicator in _OUTCOMES
        and not any(
            m.name in _OUTCOME_ACTS and figure.end <= m.start < excepted.end()
            for m in statement.clause.tokens
        )
    )


def is_actual(statement: Statement, before: Statement | None) -> bool:
    """Return True for the second of 应收190元,实收55元: it counts what the first was to be."""
    figure, text = statement.clause.figure, statement.sentence.text
    if figure is None or before is None or before.sentence is not statement.sentence:
        return False
    if before.certain:
        return False  # 收到57件,实际受理23件
    same_unit = before.clause.figure is not None and before.clause.figure.name == figure.name
    return same_unit and _ACTUAL.fullmatch(text, statement.clause.opens, figure.start) is not None


def _is_aim(pending: Sequence[Clause]) -> bool:
    """目标任务:主动公开信息490条."""
    return any("FUTURE" in clause.names and clause.stop == ":" for clause in pending)


def _is_received_before(statement: Statement, reporting: Reporting) -> bool:
    """2022年收到、2023年办结申请21件 in a report on 2023."""
    if statement.indicator != _RECEIVED or not reporting.year_stated:
        return False
    tokens = statement.clause.tokens
    return sum(one.name == "year" for one in tokens) > 1 and any(
        one.name == "year" and two.name in _RECEIVES and one.value != str(reporting.year)
        for one, two in pairwise(tokens)
        if one.end == two.start
    )


def _is_on_site_above(statement: Statement) -> bool:
    """通过上级政府网站公开信息33条."""
    text = statement.sentence.text
    sites = (m.start for m in statement.clause.tokens if m.name == "WEBSITE")
    return any(_ABOVE.search(text, 0, start) for start in sites)


def _is_of_two_nouns(statement: Statement) -> bool:
    """收到申请、行政复议共6件: how many of either, the text does not say."""
    text = statement.sentence.text
    nouns = [m for m in statement.clause.tokens if m.name in _NOUNS]
    return any(
        {one.name, two.name} & _ASKED
        and one.name != two.name
        and _AND.match(text, one.end, two.start)
        for one, two in pairwise(nouns)
    )


def _is_of_others(statement: Statement, ahead: str, reporting: Reporting) -> bool:
    """申请人向县政府提出…, 以县政府为被申请人的…, 我局与县教育局共收到…."""
    bodies = reporting.bodies
    for found in (_TO_OTHER.match(ahead), _AGAINST_OTHER.search(ahead)):
        named = found and (found[1] or found[found.lastindex or 1])
        if named and bodies.subject(named) in ("other", "region"):
            return True
    acts = [m.start for m in statement.clause.tokens if m.name in reporting.grammar.acts]
    whose = statement.sentence.text[statement.clause.opens : min(acts, default=0)]
    if _JOINT.search(whose) is None:
        return False
    parts = [part for part in _JOINT.split(_TOGETHER.sub("", whose)) if part]
    own = any(_SELF.search(part) for part in parts[:-1])
    others = (part for part in parts[1:] if not part.startswith(_INSIDE))
    return own and any(bodies.subject(part) == "other" for part in others)


def _is_done_again(statement: Statement) -> bool:
    """更新主动公开信息95条, 转为主动公开8条: what had been published, or is now."""
    text, opens = statement.sentence.text, statement.clause.opens
    acts = (m.start for m in statement.clause.tokens if m.name == "DISCLOSE")
    return any(_DONE_AGAIN.search(text[opens:start]) for start in acts)


def _is_of_some_askers(statement: Statement, acts: Sequence[str], reporting: Reporting) -> bool:
    """收到企业提出的申请3件, 收到转办申请3件, 尚有3件申请未答复, 收到申请有效件3件."""
    clause, text, figure = statement.clause, statement.sentence.text, statement.clause.figure
    nouns = [m for m in clause.tokens if m.name == "REQUEST"]
    if not nouns or figure is None:
        return False
    receipts = [m for m in clause.tokens if m.name in acts]
    noun = nouns[0]
    if not receipts:
        return figure.start < noun.start and bool(_PENDING.search(text, 0, figure.start))
    if _SORTED_BEHIND.search(text, noun.end, max(noun.end, figure.start)):
        return True
    between = text[receipts[0].end : max(receipts[0].end, noun.start)]
    if between.removesuffix("的").endswith(reporting.grammar.other_acts):
        return True
    anyone = [m for m in clause.tokens if m.name == "ANYONE" and m.start >= receipts[0].end]
    if len(anyone) == 1 and anyone[0].text in _ONE_KIND and anyone[0].text in between:
        return True
    return not _are_askers(_without(between, clause.tokens, receipts[0].end), reporting)


def _without(words: str, tokens: Sequence[Token], start: int) -> str:
    """Leave out the tokens that say who asked, or how often."""
    known = (m for m in tokens if m.start >= start and m.name != "WORDS")
    for token in known:
        words = words.replace(token.text, "", 1)
    return words


def _are_askers(words: str, reporting: Reporting) -> bool:
    """Return True if the words between 收到 and 申请 leave it open who asked, and how."""
    words = _TO_BODY.sub("", _COUNTED.sub("", words))
    own = [name[0] for name in reporting.grammar.names.finditer(words)]
    for name in own:
        if reporting.bodies.subject(name) == "own":
            words = words.replace(name, "")
    return not reporting.grammar.askers.sub("", words).strip("、")
