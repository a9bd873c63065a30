"""What a rule may ask of a report besides its figures: one `Question` a fact.

What a rule file cannot compute is a fact, found here by Python; what must hold of it is said by a
rule like any other. A fact is looked for only if a rule that runs asks for it, so facts of the
running text cost nothing where no rule wants them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from gischema.report import NarrativeFigure, Origin, Report, Section
from gischema.rules.model import Localized, Value, ValueKind

if TYPE_CHECKING:
    from gischema.forms.form import Form


@frozen(slots=False, eq=False, repr=False)
class FactContext:
    """What a question is put to: a report, the form of the check, last year's report if given."""

    report: Report
    form: Form
    previous: Report | None = None

    @cached_property
    def chapters(self) -> list[list[Section]]:
        """The chapters, each with its sub-chapters behind it."""
        found: list[list[Section]] = []
        for section in self.report.narrative.sections:
            if section.level == 1:
                found.append([section])
            elif found:
                found[-1].append(section)
        return found


@frozen(eq=False, repr=False)
class FactValue:
    """The value of a fact, and where the report shows it."""

    value: Value
    origin: Origin | None = None


FactFinder: TypeAlias = Callable[[FactContext], FactValue | Value | None]
"""Finds a fact; None is one that the report does not tell."""


@frozen(eq=False, repr=False)
class ReportFact:
    """A fact: the kind of its value, its name for people, and how it is found."""

    kind: ValueKind
    words: Localized
    ask: FactFinder


def _own(name: str) -> FactFinder:
    """What the report says of itself."""
    return lambda asked: getattr(asked.report, name)


def _noticed(code: str) -> FactFinder:
    """How often the reader noticed something, and where first."""

    def count(asked: FactContext) -> FactValue:
        found = [d.origin for d in asked.report.diagnostics if d.code == code]
        return FactValue(len(found), next((origin for origin in found if origin), None))

    return count


def _lead(name: str) -> FactFinder:
    """What the report says of itself before its first chapter."""

    def said(asked: FactContext) -> FactValue | None:
        lead = asked.report.narrative.lead
        value = getattr(lead, name)
        return None if value is None else FactValue(value, lead.origins.get(name))

    return said


def _span(name: str) -> FactFinder:
    """The year of one end of the span that the figures cover."""

    def year(asked: FactContext) -> FactValue | None:
        lead = asked.report.narrative.lead
        day = getattr(lead, name)
        return None if day is None else FactValue(day.year, lead.origins.get(name))

    return year


def _chapter(kind: str) -> FactFinder:
    """How many characters the chapters of a kind have, at least 1 where a table stands in one."""

    def size(asked: FactContext) -> FactValue | None:
        found = [sections for sections in asked.chapters if sections[0].kind == kind]
        if not found:
            return None
        text = sum(len(section.text) for sections in found for section in sections)
        empty = all(chapter.empty for chapter, *_ in found)
        return FactValue(max(text, not empty), found[0][0].origin)

    return size


def _chapter_count(asked: FactContext) -> FactValue | None:
    found = asked.chapters
    return FactValue(len(found), found[0][0].origin) if found else None


def _last_chapter(asked: FactContext) -> FactValue | None:
    found = asked.chapters
    return FactValue(found[-1][0].number, found[-1][0].origin) if found else None


def _body_likeness(asked: FactContext) -> FactValue | None:
    """How like the body that the text names is to that of the title, in per cent."""
    lead, agency = asked.report.narrative.lead, asked.report.agency
    if not lead.body or not agency or agency not in (asked.report.title or ""):
        return None
    return FactValue(_alike(lead.body, agency), lead.origins.get("body"))


def _alike(one: str, other: str) -> int:
    """How like a name is to the most similar part of another, in per cent."""
    if one in other or other in one:
        return 100
    from rapidfuzz.fuzz import partial_ratio  # costs a start more than the other questions together

    return round(partial_ratio(one, other))


def _other_self(asked: FactContext) -> FactValue | None:
    """How often the text says 我镇 and the like where the body is no 镇."""
    body = f"{asked.report.agency or ''}{asked.report.narrative.lead.body or ''}"
    if not body:
        return None
    count, first = 0, None
    for section in asked.report.narrative.sections:
        for match in _OWN.finditer(section.text):
            if match[1][0] not in body:
                count, first = count + 1, first or section.origin
    return FactValue(count, first)


def _contradictions(asked: FactContext) -> FactValue:
    """How many indicators the text states with different values, without any reservation."""
    told: dict[str, NarrativeFigure] = {}
    against: dict[str, NarrativeFigure] = {}
    for figure in asked.report.narrative:
        if not figure.marks and figure.value != told.setdefault(figure.path, figure).value:
            against.setdefault(figure.path, figure)
    return FactValue(len(against), next((figure.origin for figure in against.values()), None))


def _likeness(asked: FactContext) -> int | None:
    """How like the text is to last year's, in per cent, with all digits left out."""
    if asked.previous is None:
        return None
    one, other = (_wording(report) for report in (asked.report, asked.previous))
    if min(len(one), len(other)) < _SHORTEST:
        return None
    from rapidfuzz.fuzz import ratio

    return int(ratio(one, other))


def _wording(report: Report) -> str:
    text = "".join(section.text for section in report.narrative.sections)
    return "".join(sign for sign in text if not sign.isdigit())[:_LONGEST]


def _pairs(asked: FactContext) -> Iterator[tuple[Value, Value]]:
    """The values that both years state for the same indicator, without those that are 0 in both."""
    older = asked.previous.by_path if asked.previous is not None else {}
    for path, figure in asked.report.by_path.items():
        before = older.get(path)
        if before is None or before.value is None or figure.value is None:
            continue
        if before.value or figure.value:
            yield figure.value, before.value


def _compared(asked: FactContext) -> int | None:
    return None if asked.previous is None else len(list(_pairs(asked)))


def _changed(asked: FactContext) -> int | None:
    if asked.previous is None:
        return None
    return sum(newer != older for newer, older in _pairs(asked))


_OWN = re.compile("我(镇|乡|街道|局|委|办|厅|院|校|中心|站|所|馆)")
"""How a body speaks of itself; 我县 and 我市 are no bodies but places."""

_SHORTEST, _LONGEST = 200, 20_000
"""How many characters of text are compared with last year's: fewer say nothing, and the time that
a comparison takes grows with the square of their number."""

CHAPTERS: Mapping[str, Localized] = {
    "overview": Localized("总体情况（概述）", "overview"),
    "proactive": Localized("主动公开", "proactive disclosure"),
    "requests": Localized("依申请公开", "requests"),
    "fees": Localized("收费及减免", "fees"),
    "review": Localized("行政复议、行政诉讼", "reconsideration and litigation"),
    "problems": Localized("存在的问题及改进", "problems and improvement"),
    "other": Localized("其他需要报告的事项", "other matters"),
}
"""The chapters that notices ask for, by the kind of their headings."""

REPORT_FACTS: Mapping[str, ReportFact] = {
    "report.year": ReportFact("number", Localized("报告年度", "report year"), _own("year")),
    "report.published": ReportFact(
        "date", Localized("发布日期", "publication date"), _own("published")
    ),
    "report.title": ReportFact("text", Localized("标题", "title"), _own("title")),
    "report.agency": ReportFact("text", Localized("报告机关", "reporting body"), _own("agency")),
    "report.index_no": ReportFact("text", Localized("索引号", "index number"), _own("index_no")),
    "report.form": ReportFact("text", Localized("表式", "form"), _own("form")),
    "report.variant": ReportFact(
        "text", Localized("地方表式", "regional variant"), _own("variant")
    ),
    "report.figure_count": ReportFact(
        "number",
        Localized("表格中的数字", "figures in tables"),
        lambda asked: len(asked.report.stated),
    ),
    "report.other_forms": ReportFact(
        "number", Localized("另用其他表式的部分", "parts on another form"), _noticed("D401")
    ),
    "report.unknown_rows": ReportFact(
        "number", Localized("表式以外的行", "rows beyond the form"), _noticed("D105")
    ),
    "report.other_units": ReportFact(
        "number", Localized("单位与表式不同的数字", "figures in another unit"), _noticed("D206")
    ),
    "form.first_year": ReportFact(
        "number",
        Localized("表式启用年度", "first year of the form"),
        lambda asked: asked.form.years[0],
    ),
    "form.last_year": ReportFact(
        "number",
        Localized("表式最后年度", "last year of the form"),
        lambda asked: asked.form.years[1],
    ),
    **{
        f"chapters.{kind}": ReportFact("number", words, _chapter(kind))
        for kind, words in CHAPTERS.items()
    },
    "chapters.count": ReportFact("number", Localized("章数", "number of chapters"), _chapter_count),
    "chapters.last": ReportFact(
        "number", Localized("最后一章的序号", "number of the last chapter"), _last_chapter
    ),
    "lead.year": ReportFact("number", Localized("引言所述年度", "year in the lead"), _lead("year")),
    "lead.first_year": ReportFact(
        "number",
        Localized("统计期限起始年度", "year in which the span begins"),
        _span("span_start"),
    ),
    "lead.span_end": ReportFact(
        "date", Localized("统计期限截止日期", "end of the span"), _lead("span_end")
    ),
    "lead.parts": ReportFact(
        "number", Localized("引言所述部分数", "parts that the lead announces"), _lead("parts")
    ),
    "lead.body_likeness": ReportFact(
        "number",
        Localized("正文所述机关与标题机关的相似度", "likeness of the bodies in text and title"),
        _body_likeness,
    ),
    "report.contradictions": ReportFact(
        "number", Localized("前后不一的项目", "items told in two ways"), _contradictions
    ),
    "report.other_self": ReportFact(
        "number",
        Localized("与报告机关不符的自称", "names of itself that do not fit"),
        _other_self,
    ),
    "change.likeness": ReportFact(
        "number",
        Localized("正文与上一年的相似度", "likeness of the text to last year's"),
        _likeness,
    ),
    "change.compared": ReportFact(
        "number",
        Localized("两年均有且不全为0的数字", "figures of both years, not both 0"),
        _compared,
    ),
    "change.figures": ReportFact(
        "number",
        Localized("与上一年不同的数字", "figures that differ from last year's"),
        _changed,
    ),
}
"""Every fact by its name in rule files."""
