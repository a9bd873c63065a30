"""Part for whole: one kind of information, one column of a channel, one of several media."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.statement import Statement

_ACTS = ("DISCLOSE", "OPEN")
PUBLISHED = ("DISCLOSE", "OPEN", "PUBLISH")
_COLUMN = re.compile(r"[“《][^”》]{1,20}[”》]子?(?:专栏|专题|专区|栏目|板块|频道)")
CHANNELS = "proactive.channels."
_OTHER = f"{CHANNELS}other"
_ON_SITES = f"{CHANNELS}website"
_SITE = re.compile(
    r"([^,。;:、\d]{1,16}(?<!专)网)站?[上共累计全年主动]*(?:发布|公开|更新|上传)[^,;。]*?\d"
)
_TO_SITE = re.compile(r".*(?:通过|依托|其中|在|由|,)")
_IN_GAZETTES = f"{CHANNELS}gazette"
_BY_WAY_OF = "通过"
_SUCH = "等"  # 公开预算、决算等内容33条 counts all of them
_SEVERAL_SUCH = re.compile(
    r"、[^、]+等(?:各[类项]|方面的?|相关|有关)?\Z"
)  # 停水通知、水质报告等信息
COUNTING_WORDS = re.compile(r"总?(?:数量|数|量)|[共合总累]计|[共有达为是约已近:]|超过")
_FIELD = re.compile(r"(?:类|行政|工作|业务|服务|方面|政府|人民)+\Z")
_EVERY = re.compile(r"\A各[类种项]")
_NEWS = "动态"
_OF_KIND = ("信息", "类信息")
_SHORTEST_FIELD = 2  # characters
_ON_DISCLOSURE = re.compile("(?:信息|政务|事务)公开")
_NAME = re.compile(r"“([^”]{1,20})”")
_INSIDE = "的"  # 网站的公告栏
_AND = re.compile("[和及与、]")
_NEW_MEDIUM = re.compile("APP|客户端|抖音|快手|头条|视频|企鹅|微视|澎湃|南方号|学习强国")
_UNITS = ("ITEMS", "CASES")


def doubt_channels(stated: Sequence[Statement]) -> None:
    """Doubt what the figures of one sentence make doubtful of channels."""
    _doubt_parts(stated)
    _doubt_ways(stated)
    _doubt_gazettes(stated)
    _doubt_media(stated)
    _doubt_sites(stated)
    _doubt_platforms(stated)


def _doubt_platforms(stated: Sequence[Statement]) -> None:
    """通过信息公开平台公开信息93条,政府网站公开信息508条: one of the channels, not all of them."""
    channels = [one for one in stated if one.indicator.startswith(CHANNELS) and one.head is None]
    for one in stated if channels else ():
        if one.indicator == "proactive.disclosed" and "PLATFORM" in one.clause.phrases:
            one.certain = one.certain and "DISCLOSE" in one.clause.names


def _doubt_sites(stated: Sequence[Statement]) -> None:
    """招生网发布信息126条,就业信息网发布信息2314条: neither is all that the websites published."""
    counted = [one for one in stated if one.indicator == _ON_SITES]
    sites = _SITE.findall(counted[0].sentence.text) if counted else ()
    if len({_TO_SITE.sub("", site) for site in sites}) > 1:
        for one in counted:
            if one.head is None or one.head.indicator != "proactive.disclosed":
                one.certain = False


def is_one_kind(
    statement: Statement, grammar: NarrativeGrammar, bodies: Sequence[str] = ()
) -> bool:
    """公开领导信息2条: other words between 公开 and 信息 say which kind is counted.

    What the reporting body is named after is all that it publishes: 公开海关信息634条.
    Of a channel too: 微信公众号发布《节水课堂》系列文章48篇.
    """
    acts = PUBLISHED if statement.indicator.startswith(CHANNELS) else _ACTS
    if statement.indicator != "proactive.disclosed" and acts is _ACTS:
        return False
    tokens, text = statement.clause.tokens, statement.sentence.text
    act = next((token for token in reversed(tokens) if token.name in acts), None)
    info = next((token for token in reversed(tokens) if token.name == "INFO"), None)
    figure = statement.clause.figure
    if act is None or figure is None:
        return False
    if figure.name == "PLACES" and info is not None:  # 公开信息栏目52个
        return bool(COUNTING_WORDS.sub("", text[info.end : figure.start]))
    if text[statement.clause.opens : act.start].endswith(grammar.kinds):
        return True
    if any(m.name == "INFO" and _is_news(m.text, text[m.end :]) for m in tokens):
        return True
    if info is None:
        named = [m.end for m in tokens if m.name in grammar.channels and m.end <= figure.start]
        words = COUNTING_WORDS.sub("", text[max(act.end, *named, 0) : figure.start])
        return _SUCH not in words and grammar.general.fullmatch(words) is None
    last = figure if act.end <= figure.start < info.start else act  # 公开2条领导信息
    if not last.end < info.start or figure.start < act.start:
        return False
    between = [token.name for token in tokens if last.end <= token.start < info.start]
    if "DOCUMENTS" in between:  # 主动公开公文信息2条
        return True
    if any(name not in grammar.subjects and name != "WORDS" for name in between):
        return False
    words = text[last.end : info.start]
    if _SEVERAL_SUCH.search(words):
        statement.marks.add("such")
        return False
    return _names_a_kind(words, grammar, bodies) and not _is_of_account(words, text[: act.start])


def _is_news(word: str, behind: str) -> bool:
    """Return True for 工作动态信息: one kind, while 工作动态 may be all that a site publishes."""
    return word.endswith(_NEWS) and behind.startswith(_OF_KIND)


def _names_a_kind(words: str, grammar: NarrativeGrammar, bodies: Sequence[str]) -> bool:
    """Return True for words that restrict information to one kind, not the body's own field."""
    if grammar.general.fullmatch(words):
        return False
    field = _FIELD.sub("", _EVERY.sub("", words))
    return len(field) < _SHORTEST_FIELD or not any(_are_in(field, body) for body in bodies)


def _is_of_account(words: str, ahead: str) -> bool:
    """Return True if an account is called after a kind: “某镇安全生产”微博发布安全生产信息3条."""
    field = _AND.split(words)[0]
    return len(field) >= _SHORTEST_FIELD and any(field in name for name in _NAME.findall(ahead))


def _are_in(field: str, body: str) -> bool:
    """Return True if the name of a body holds the characters of a field in their order."""
    rest = iter(body)
    return all(character in rest for character in field)


def is_one_column(statement: Statement, opens: int) -> bool:
    """通过政府网站“乡村振兴”专栏发布信息8条: one column of a channel, not all that it published.

    So is 信息公开专栏 where other columns of the site are counted too.

    Args:
        statement: The figure.
        opens: Where the words begin that may say so: 网站开设“双减”专题,发布信息19条.
    """
    figure, text = statement.clause.figure, statement.sentence.text
    if figure is None:
        return False
    if statement.indicator.startswith(CHANNELS):
        if sum(token.text == _BY_WAY_OF for token in statement.clause.tokens) > 1:
            return True  # 通过网站公开…信息二是通过公示栏公开信息36条
        if "PLATFORM" in statement.clause.names and "WEBSITE" not in statement.clause.names:
            return text.count("专栏") > 1
    elif statement.indicator == "proactive.disclosed":
        opens = statement.clause.opens  # a column opened before need not hold all of it
    else:
        return False
    columns = _COLUMN.finditer(text, opens, figure.start)
    return any(_ON_DISCLOSURE.search(column[0]) is None for column in columns)


def is_by_some_channels(statement: Statement, grammar: NarrativeGrammar) -> bool:
    """通过公众号、微博公开信息53条: only where the website is among them can it be all."""
    clause = statement.clause
    if statement.indicator != "proactive.disclosed" or "CHANNELS" not in clause.phrases:
        return False
    if "DISCLOSE" in clause.names:
        return False
    channels = [m for m in clause.tokens if m.name in grammar.channels or m.name == "CHANNELS"]
    site = next((n for n, m in enumerate(channels) if m.name == "WEBSITE"), None)
    if site is None or len(channels) == 1:
        return True
    first, second = channels[max(0, site - 1)], channels[max(1, site)]
    return _INSIDE in statement.sentence.text[first.end : second.start]


def is_new_medium(statement: Statement) -> bool:
    """微信698条,抖音141条: one of the accounts that no form lists, not all other ways together."""
    if statement.indicator != _OTHER:
        return False
    names = [m.text for m in statement.clause.tokens if m.name == "OTHER_WAYS"]
    return bool(names) and all(_NEW_MEDIUM.search(name) for name in names)


def _doubt_gazettes(stated: Sequence[Statement]) -> None:
    """其中政府文件21条、政府公报4条: gazettes published, not what stood in them.

    They are channels where others are counted next to them, or where 公开 or 发布 is said of them.
    """
    for statement in stated:
        if statement.indicator != _IN_GAZETTES or statement.head is None:
            continue
        others = [one for one in stated if one.head is statement.head and one is not statement]
        alone = statement.clause.names.isdisjoint((*PUBLISHED, "VIA"))
        if alone and others and not any(one.indicator.startswith(CHANNELS) for one in others):
            statement.certain = False


def _doubt_ways(stated: Sequence[Statement]) -> None:
    """网站公开43条,通过报刊、微信等渠道主动公开285条: what other ways add to a counted one."""
    for before, statement in pairwise([one for one in stated if one.head is None]):
        ways = (
            "CHANNELS" in statement.clause.phrases and statement.indicator == "proactive.disclosed"
        )
        if ways and ".channels." in before.indicator and before.sentence is statement.sentence:
            statement.certain = False


def _doubt_parts(stated: Sequence[Statement]) -> None:
    """网站发布信息300条,其中专栏主动公开信息52条: part of what the site published, no total.

    And of interpretations, 发布解读信息108条,其中网站89条, the site's are such too.
    其他渠道公开300条,其中微博200条 counts in one what the form does not.
    """
    for statement in stated:
        head = statement.head
        if head is None or not head.indicator.startswith(CHANNELS):
            continue
        if statement.indicator == "proactive.disclosed":
            statement.certain = False
        elif head.indicator == _OTHER and statement.indicator.startswith(CHANNELS):
            head.certain = False
    for before, statement in pairwise(stated):
        site = statement.indicator.startswith(CHANNELS) and "AMONG" in statement.clause.names
        if site and "INTERPRET" in before.clause.names:
            statement.certain = False


def _doubt_media(stated: Sequence[Statement]) -> None:
    """新闻发布会公开信息7条,新闻媒体公开信息11条: either is a part of the form's other ways."""
    media = [one for one in stated if _is_medium(one)]
    if len(media) > 1:
        for one in media:
            if one.indicator == _OTHER:
                one.certain = False


def _is_medium(statement: Statement) -> bool:
    """Return True for a figure of what one medium published that the form does not list."""
    figure = statement.clause.figure
    if figure is None or figure.name not in _UNITS:
        return False
    return statement.indicator == _OTHER or "PRESS" in statement.clause.names
