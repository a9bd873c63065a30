"""The lead: what a report states of itself: year, span, scope, body, parts, address and contact.

The wordings stand in the lexicon of running text, `[lead]` of grammars/narrative/lexicon.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from attrs import field, frozen

from gischema.chinese.body_names import NAME_CHARACTERS, BodyNames, is_unnamed
from gischema.chinese.dates import YEAR, date_spans, day_of
from gischema.chinese.numerals import ONE_TO_TEN, numeral_value
from gischema.chinese.topic import TOPIC
from gischema.text.any_of import any_of
from gischema.text.sentences import TextLine

_YEAR_OF = re.compile(rf"{YEAR}年?度?")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\w./:?=&%#~+-]+", re.ASCII)
_NOTICE = re.compile(r"《(?:关于)?[^》]*(?:通知|条例|办法|规定)[^》]*》|〔\d+〕\d*号?")
_PROSE = re.compile(r"[,。;]|:\s*\Z")  # no title or line of a page head has one
_SALUTATION = re.compile(rf"(?!.*{TOPIC})[^,。;\d]{{2,30}}:\s*")  # 县政府办公室:
_CALLED = re.compile(r"\((?:以下)?简称[^)]*\)?\Z")
_DONE_WITH = re.compile(
    r"(?:由|为|对|现[将把就]|特[将向]?|严格|认真|及时|切实|积极|按时|以及|结合|根据|做好|编制|完成|开展|落实|抓好|发布|公布|了)+"
)
_OFFICE = "局办公室"  # wrote the report of its bureau
_MAX_BODY = 30
_FROM_TO = re.compile(
    r"(?<=[自从为是:])(\d{2,8})年(\d{1,2})月(\d{1,2})日(?:起|开始)?,?[至到](?:(\d{2,8})年)?(\d{1,2})月(\d{1,2})日"
)
_REST_OF_DAY = re.compile(r"[\d年月日]*")
_ASK = r"(?:\((?:地址|电话|联系)|联系|咨询|反映|(?:办公)?电话|[,。;:]|\Z)"
_MAX_TITLES = 300  # characters between 本报告由 and 等六个部分


class LeadFact(NamedTuple):
    """Something that a report states of itself, and its span in the normal form."""

    name: str
    value: int | str | date
    start: int
    end: int


@frozen
class LeadPatterns:
    """Expressions that find the facts that a report states of itself."""

    sign: re.Pattern[str]
    parts: re.Pattern[str]
    announced: re.Pattern[str]
    made: re.Pattern[str]
    own: re.Pattern[str]
    gathered: re.Pattern[str]
    contact: re.Pattern[str]
    names: BodyNames = field(kw_only=True)

    @classmethod
    def of(cls, wordings: Mapping[str, tuple[str, ...]], names: BodyNames) -> LeadPatterns:
        """Return the patterns from the wordings of the `lead` groups and the `names` of bodies."""
        words = {name: any_of(found) for name, found in wordings.items()}
        announced, made, report = words["announced"], words["made"], words["self"]
        count = rf"(?:(?P<digits>\d{{1,2}})|(?P<numerals>[{ONE_TO_TEN}]{{1,3}}))"
        ahead = rf"(?P<ahead>(?:(?!{announced}|{made})[^,。;:《》“”]){{0,40}}?)"
        data = rf"(?:{words['gathered']}{words['whole']}[^,。;:]{{0,12}}?)"  # 综合各项数据编制
        body = rf"(?P<body>(?!我)[^,。;:由经在向]{{2,{_MAX_BODY}}}?)"
        makes = rf"{data}?(?:负责|组织)?{made}"
        announces = rf"(?:[现特]|[现特]?向社会){announced}"
        after = r"(?:根据|依据|按照)"  # 由某某局根据…要求编制
        patterns = (
            words["sign"],
            rf"(?:{report}).{{0,{_MAX_TITLES}}}?{count}{words['parts']}",
            rf"(?:{announced}|{made}|[,。;:《“]|\A){ahead}{TOPIC}[^,。;:]{{0,12}}?{report}",
            rf"(?:\A|[,。;:]|(?P<by>由)){body}(?:{makes}|{announces}|(?(by){after}|(?!)))",
            words["own"],
            rf"{words['gathered']}[^,。;]{{0,20}}?{words['whole']}(?![项类种])",
            rf"{words['contact']}:?(?P<body>[{NAME_CHARACTERS}]{{3,{_MAX_BODY}}}?){_ASK}",
        )
        return cls(*map(re.compile, patterns), names=names)


def read_lead(
    lines: Iterable[TextLine], first: int | None, patterns: LeadPatterns
) -> Iterator[LeadFact]:
    """Yield the facts that lines hold, each name once: what is stated first counts.

    Lines before `first`, where the chapters begin, are read, and others that hold a sign of it;
    of a text without chapters the first paragraph.
    """
    known: set[str] = set()
    for line in lines:
        is_prose = _PROSE.search(line.text) and not _SALUTATION.fullmatch(line.text)
        ahead = (first is None or line.start < first) and is_prose
        if first is None and ahead:
            first = line.end
        if not ahead and not patterns.sign.search(line.text):
            continue
        for fact in _facts(line, patterns):
            if fact.name not in known:
                known.add(fact.name)
                yield fact


def _facts(line: TextLine, patterns: LeadPatterns) -> Iterator[LeadFact]:
    for sentence in line.sentences():
        for fact in (
            *_span(sentence.text),
            *_announced(sentence.text, patterns),
            *_parts(sentence.text, patterns),
            *_scope(sentence.text, patterns),
            *_contact(sentence.text, patterns),
        ):
            first, last = sentence.span(fact.start, fact.end)
            yield LeadFact(fact.name, fact.value, first, last)
    address = _ADDRESS.search(line.text)
    if address is not None:
        printed, first = address[0].rstrip(".:"), line.start + address.start()
        yield LeadFact("address", printed, first, first + len(printed))


def _span(text: str) -> Iterator[LeadFact]:
    """Yield the days of 自2016年1月1日起至12月31日止."""
    for odd in _FROM_TO.finditer(text):
        if not _is_possible(odd):
            yield LeadFact("impossible_span", odd[0], *odd.span())
    for span in date_spans(text):
        if (span.first.month, span.first.day) == (1, 1) and span.is_impossible(text):
            rest = _REST_OF_DAY.match(text, span.end)
            end = rest.end() if rest else span.end
            yield LeadFact("impossible_span", text[span.start : end], span.start, end)
        if span.last is not None:
            yield LeadFact("span_start", span.first, span.start, span.end)
            yield LeadFact("span_end", span.last, span.start, span.end)
            return


def _is_possible(span: re.Match[str]) -> bool:
    """Return True if both days of a span exist, the last not before the first."""
    first_year, month, day, last_year, last_month, last_day = span.groups()
    first = day_of(first_year, month, day)
    last = day_of(last_year or first_year, last_month, last_day)
    return first is not None and last is not None and first <= last


def _announced(text: str, patterns: LeadPatterns) -> Iterator[LeadFact]:
    """Yield the year and the body of the report that is announced; a notice's are neither."""
    text = _NOTICE.sub(lambda notice: "," * len(notice[0]), text)
    for found in patterns.announced.finditer(text):
        year = _YEAR_OF.search(text, found.start("ahead"), found.end())
        if year is not None:
            yield LeadFact("year", int(year[0][:4]), *year.span())
        yield from _body(text, *found.span("ahead"), patterns)
    for found in patterns.made.finditer(text):
        yield from _body(text, *found.span("body"), patterns)


def _body(text: str, start: int, end: int, patterns: LeadPatterns) -> Iterator[LeadFact]:
    """Yield the name in a span, behind or before the year: 公布2025年度…管委会, 公布…局2015年."""
    year = _YEAR_OF.search(text, start, end)
    sides = ((year.end(), end), (start, year.start())) if year is not None else ((start, end),)
    for first, last in sides:
        begins = verbs.end() if (verbs := _DONE_WITH.match(text, first, last)) else first
        name = _CALLED.sub("", text[begins:last]).removesuffix("的")
        name = name.removesuffix("办公室") if name.endswith(_OFFICE) else name
        if is_unnamed(name) or patterns.own.search(name):
            continue
        if _is_body(name, patterns.names):
            yield LeadFact("body", name, begins, begins + len(name))
            return


def _is_body(text: str, names: BodyNames) -> bool:
    """Return True for the name of one body."""
    return not text.startswith(("我", ")")) and "各" not in text and names.is_body(text)


def _parts(text: str, patterns: LeadPatterns) -> Iterator[LeadFact]:
    found = patterns.parts.search(text)
    if found is not None:
        group = "digits" if found["digits"] else "numerals"
        value = int(found[group]) if group == "digits" else numeral_value(found[group])
        if value:
            yield LeadFact("parts", value, *found.span(group))


def _scope(text: str, patterns: LeadPatterns) -> Iterator[LeadFact]:
    for value, pattern in (("region", patterns.gathered), ("body", patterns.own)):
        found = pattern.search(text)
        if found is not None:
            yield LeadFact("scope", value, *found.span())


def _contact(text: str, patterns: LeadPatterns) -> Iterator[LeadFact]:
    """Yield the body to ask: 请与云岭县水利局联系."""
    for found in patterns.contact.finditer(text):
        name = found["body"]
        if not is_unnamed(name) and patterns.names.is_body(name):
            yield LeadFact("contact", name, *found.span("body"))
