"""Facts: what rules can use of a report apart from its figures.

A fact is computed here in Python where a rule file cannot express it; a rule then says what must
hold of it. Only the facts that the selected rules use are computed, so a fact of the running text
costs nothing where no rule needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from gischema.chinese.body_names import is_same_body, plain_name
from gischema.chinese.numerals import in_words
from gischema.metadata.jurisdiction import jurisdiction_of
from gischema.report import (
    FactName,
    NarrativeFigure,
    Origin,
    Report,
    Section,
    SelfReference,
)
from gischema.rules.misnamed_rows import MisnamedRow, misnamed_rows
from gischema.rules.model import Localized, Value, ValueKind
from gischema.rules.reports import part_of_year
from gischema.rules.text_shares import misfit_shares
from gischema.rules.unread_tables import unread_tables

if TYPE_CHECKING:
    from gischema.forms.form import Form


@frozen(slots=False)
class FactContext:
    """The report whose facts are computed, the form of the check, and last year's report."""

    report: Report
    form: Form
    previous: Report | None = None

    @cached_property
    def chapters(self) -> list[list[Section]]:
        """The chapters, each followed by its sub-chapters."""
        found: list[list[Section]] = []
        for section in self.report.narrative.sections:
            if section.level == 1:
                found.append([section])
            elif found:
                found[-1].append(section)
        return found


@frozen
class FactValue:
    """The value of a fact.

    Attributes:
        value: The value.
        origin: Where the report shows it.
        words: How messages write the value; None for the value itself.
    """

    value: Value
    origin: Origin | None = None
    words: Localized | None = None


FactFunction: TypeAlias = Callable[[FactContext], FactValue | Value | None]
"""Computes a fact; None if the report does not state it."""


@frozen
class ReportFact:
    """The declaration of a fact.

    Attributes:
        kind: Its type.
        label: What messages call it.
        compute: The function that computes it.
        rests_on: What it is computed from, of what the report is known by.
        uses: The paths of the figures that it is computed from.
    """

    kind: ValueKind
    label: Localized
    compute: FactFunction
    rests_on: tuple[FactName, ...] = ()
    uses: tuple[str, ...] = ()

    def doubts(self, report: Report) -> tuple[str, ...]:
        """Return the codes of the diagnostics that doubt what it rests on."""
        known = (report.facts[name] for name in self.rests_on if name in report.facts)
        codes = [code for fact in known for code in fact.doubts]
        codes += (code for path in self.uses for code in report.doubts.get(path, ()))
        return tuple(dict.fromkeys(codes))


def _attribute(name: str) -> FactFunction:
    """Return the function for an attribute of the report."""
    return lambda context: getattr(context.report, name)


def _diagnostic_count(code: str) -> FactFunction:
    """Return the function that counts the diagnostics with a code."""

    def count(context: FactContext) -> FactValue:
        found = [d.origin for d in context.report.diagnostics if d.code == code]
        return FactValue(len(found), next((origin for origin in found if origin), None))

    return count


def _lead_attribute(name: str) -> FactFunction:
    """Return the function for what the text before the first chapter states."""

    def compute(context: FactContext) -> FactValue | None:
        lead = context.report.narrative.lead
        value = getattr(lead, name)
        return None if value is None else FactValue(value, lead.origins.get(name))

    return compute


def _impossible_span(context: FactContext) -> FactValue:
    """Return a reporting period that cannot be, an empty text if there is none."""
    lead = context.report.narrative.lead
    return FactValue(lead.impossible_span or "", lead.origins.get("impossible_span"))


def _end_of_year(context: FactContext) -> FactValue | Value | None:
    """Return the last day of the period of a report about a whole year."""
    if part_of_year(context.report) is not None:
        return None
    return _lead_attribute("span_end")(context)


def _year_of_lead_date(name: str) -> FactFunction:
    """Return the function for the year of one end of the reporting period."""

    def compute(context: FactContext) -> FactValue | None:
        lead = context.report.narrative.lead
        day = getattr(lead, name)
        return None if day is None else FactValue(day.year, lead.origins.get(name))

    return compute


def _chapter_length(kind: str) -> FactFunction:
    """Return the function for the characters in the chapters of a kind, 1 for a table alone."""

    def compute(context: FactContext) -> FactValue | None:
        found = [sections for sections in context.chapters if sections[0].kind == kind]
        if not found:
            return None
        text = sum(len(section.text) for sections in found for section in sections)
        empty = all(chapter.empty for chapter, *_ in found)
        return FactValue(max(text, not empty), found[0][0].origin)

    return compute


def _chapter_count(context: FactContext) -> FactValue | None:
    found = context.chapters
    return FactValue(len(found), found[0][0].origin) if found else None


def _whole(context: FactContext) -> int | None:
    """Return 1, or None if the text ends within its tables: nobody knows what followed."""
    unread = unread_tables(context.report, context.form)
    return None if any(table.reason == "cut_off" for table in unread) else 1


def _last_chapter_number(context: FactContext) -> FactValue | None:
    if not context.chapters:
        return None
    last = context.chapters[-1][0]
    printed = f"“{in_words(last.number)}、”"
    return FactValue(last.number, last.origin, Localized(printed, printed))


def _body_likeness(context: FactContext) -> FactValue | None:
    """Return the likeness of the body named in the text and the body of the title, in per cent."""
    lead, agency = context.report.narrative.lead, context.report.agency
    if not lead.body or not agency or agency not in (context.report.title or ""):
        return None
    return FactValue(_name_likeness(lead.body, agency), lead.origins.get("body"))


def _other_contact(context: FactContext) -> FactValue | None:
    """Return the body to ask if it is neither the reporting one nor one of disclosure.

    An office inside the body is it too: 云岭县水务局办公室.
    """
    lead, agency = context.report.narrative.lead, context.report.agency
    if not agency:
        return None
    name = lead.contact or ""
    own = plain_name(agency)
    parts = (plain_name(name[:end]) for end in range(_SHORTEST_NAME, len(name) + 1))
    fits = name in agency or agency in name or any(is_same_body(part, own) for part in parts)
    other = "" if fits or any(word in name for word in _OF_DISCLOSURE) else name
    return FactValue(other, lead.origins.get("contact"))


def _name_likeness(one: str, other: str) -> int:
    """Return the likeness of a name and the most similar part of another, in per cent.

    Of two bodies of one region only what follows the region counts, without the ending that they
    share, and an abbreviation is the name itself: 人社局, 人力资源和社会保障局.
    """
    if one in other or other in one:
        return 100
    from rapidfuzz.fuzz import partial_ratio  # 6 ms of a cold start: few reports need it

    places = [jurisdiction_of(name).region or "" for name in (one, other)]
    if all(places) and (places[0].endswith(places[1]) or places[1].endswith(places[0])):
        one, other = one.removeprefix(places[0]), other.removeprefix(places[1])
        while one[-1:] == other[-1:] != "":  # 局, 委员会
            one, other = one[:-1], other[:-1]
        if _is_abbreviation(one, other) or _is_abbreviation(other, one):
            return 100
    return round(partial_ratio(one, other))


def _is_abbreviation(short: str, name: str) -> bool:
    """Return True if the characters of a text stand in a name in their order."""
    rest = iter(name)
    return all(char in rest for char in short)


def _misfit_self_references(context: FactContext) -> FactValue | None:
    """Return words such as 我镇 in the report of a body that is no 镇."""
    agency = context.report.agency
    if not agency:
        return None
    body = f"{agency}{context.report.narrative.lead.body or ''}"
    found = [one for one in context.report.narrative.self_references if one.words[1] not in body]
    if not found:
        return FactValue("")
    words = Localized("，".join(map(_written, found)), ", ".join(map(_written_en, found)))
    return FactValue("".join(f"“{one.words}”" for one in found), found[0].origin, words)


def _written(reference: SelfReference) -> str:
    return f"{_line(reference.origin)[0]}写“{reference.words}”"


def _written_en(reference: SelfReference) -> str:
    return f"“{reference.words}”{_line(reference.origin)[1]}"


def _line(at: Origin | None) -> tuple[str, str]:
    """Return the words for the line of a text; a file with pages or cells has no lines to count."""
    if at is None or at.element is not None or at.page is not None:
        return "", ""
    return f"第{at.line}行", f" in line {at.line}"


def _contradictions(context: FactContext) -> FactValue:
    """Count the indicators for which the text states different values without any mark."""
    stated: dict[str, NarrativeFigure] = {}
    against: dict[str, NarrativeFigure] = {}
    for figure in context.report.narrative:
        if not figure.marks and figure.value != stated.setdefault(figure.path, figure).value:
            against.setdefault(figure.path, figure)
    return FactValue(len(against), next((figure.origin for figure in against.values()), None))


def _misnamed_rows(context: FactContext) -> FactValue:
    """Return the labels of unknown rows in the places of known ones."""
    found = list(misnamed_rows(context.report, context.form))
    if not found:
        return FactValue("")
    words = Localized("；".join(map(_misnamed, found)), "; ".join(map(_misnamed_en, found)))
    return FactValue("；".join(f"“{row.printed}”" for row in found), found[0].origin, words)


def _misnamed(row: MisnamedRow) -> str:
    """Return the place of a row, its label and those of the form: 第31行“甲”（应为“乙”）."""
    expected = "或".join(f"“{label}”" for label in row.expected)
    return f"{_line(row.origin)[0]}“{row.printed}”" + (f"（应为{expected}）" if expected else "")


def _misnamed_en(row: MisnamedRow) -> str:
    expected = " or ".join(f"“{label}”" for label in row.expected)
    return f"“{row.printed}”{_line(row.origin)[1]}" + (
        f" (should be {expected})" if expected else ""
    )


def _misfit_shares(context: FactContext) -> FactValue:
    """Return the percentages in the text that fit no count."""
    found = list(misfit_shares(context.report))
    return FactValue("；".join(share.words for share in found), found[0].origin if found else None)


def _other_units(context: FactContext) -> FactValue:
    """Return the remarks on figures that are printed in another unit than the form's."""
    found = [d for d in context.report.diagnostics if d.code == "D206"]
    if not found:
        return FactValue("")
    words = Localized("；".join(d.message for d in found), "; ".join(d.message_en for d in found))
    return FactValue(words.zh, next((d.origin for d in found if d.origin), None), words)


def _unknown_rows(context: FactContext) -> FactValue:
    """Count the rows beyond the form that stand in the place of none of its rows."""
    found = [d.origin for d in context.report.diagnostics if d.code == "D105" and not d.paths]
    return FactValue(len(found), next((origin for origin in found if origin), None))


def _text_likeness(context: FactContext) -> int | None:
    """Return the likeness of the text to last year's without digits, in per cent."""
    if context.previous is None:
        return None
    one, other = (_text_without_digits(report) for report in (context.report, context.previous))
    if min(len(one), len(other)) < _SHORTEST:
        return None
    from rapidfuzz.fuzz import ratio  # as above

    return int(ratio(one, other))


def _text_without_digits(report: Report) -> str:
    text = "".join(section.text for section in report.narrative.sections)
    return "".join(sign for sign in text if not sign.isdigit())[:_LONGEST]


def _value_pairs(context: FactContext) -> Iterator[tuple[Value, Value]]:
    """Yield the values that both years state for an indicator, except 0 in both."""
    older = context.previous.by_path if context.previous is not None else {}
    for path, figure in context.report.by_path.items():
        before = older.get(path)
        if before is None or before.value is None or figure.value is None:
            continue
        if before.value or figure.value:
            yield figure.value, before.value


def _compared_figures(context: FactContext) -> int | None:
    return None if context.previous is None else len(list(_value_pairs(context)))


def _changed_figures(context: FactContext) -> int | None:
    if context.previous is None:
        return None
    return sum(newer != older for newer, older in _value_pairs(context))


_SHORTEST_NAME = 2
_OF_DISCLOSURE = ("政府", "政务", "信息", "公开", "数据", "党政", "审批", "服务中心", "管委会")
"""Words in the names of offices that answer for the reports of other bodies."""

_SHORTEST, _LONGEST = 200, 20_000
"""The characters of text that are compared with last year's. Fewer are not significant, and the
time of a comparison grows with the square of their number."""

WHOLE = "report.whole"
"""The path of the fact that no part of the text is cut off."""

BODY_LIKENESS = "lead.body_likeness"
"""The path of the fact that compares the body in the text with that of the title."""

LIKENESS = "change.likeness"
"""The path of the fact that compares the text with last year's."""

CHAPTERS: Mapping[str, Localized] = {
    "overview": Localized("总体情况（概述）", "overview"),
    "proactive": Localized("主动公开", "proactive disclosure"),
    "requests": Localized("依申请公开", "requests"),
    "fees": Localized("收费及减免", "fees"),
    "review": Localized("行政复议、行政诉讼", "reconsideration and litigation"),
    "problems": Localized("存在的问题及改进", "problems and improvement"),
    "other": Localized("其他需要报告的事项", "other matters"),
}
"""The chapters that the notices require, by the kind of their headings."""

REPORT_FACTS: Mapping[str, ReportFact] = {
    "report.year": ReportFact(
        "number", Localized("报告年度", "report year"), _attribute("year"), ("year",)
    ),
    "report.published": ReportFact(
        "date", Localized("发布日期", "publication date"), _attribute("published"), ("published",)
    ),
    "report.title": ReportFact("text", Localized("标题", "title"), _attribute("title"), ("title",)),
    "report.agency": ReportFact(
        "text", Localized("报告机关", "reporting body"), _attribute("agency"), ("agency",)
    ),
    "report.region": ReportFact(
        "text",
        Localized("报告机关所在地区", "region of the reporting body"),
        _attribute("region"),
        ("agency",),
    ),
    "report.level": ReportFact(
        "text",
        Localized("报告机关层级", "level of the reporting body"),
        _attribute("level"),
        ("agency",),
    ),
    "report.index_no": ReportFact(
        "text", Localized("索引号", "index number"), _attribute("index_no")
    ),
    "report.form": ReportFact("text", Localized("表式", "form"), _attribute("form")),
    "report.variant": ReportFact(
        "text", Localized("地方表式", "regional variant"), _attribute("variant"), ("form",)
    ),
    "report.figure_count": ReportFact(
        "number",
        Localized("表格中的数字", "figures in tables"),
        lambda context: len(context.report.figures),
    ),
    "report.unread_tables": ReportFact(
        "number",
        Localized("没有读出的表格", "tables that were not read"),
        lambda context: len(unread_tables(context.report, context.form)),
    ),
    WHOLE: ReportFact("number", Localized("报告全文", "the whole report"), _whole),
    "report.other_forms": ReportFact(
        "number",
        Localized("另用其他表式的部分", "parts on another form"),
        _diagnostic_count("D401"),
    ),
    "report.unknown_rows": ReportFact(
        "number", Localized("表式以外的行", "rows beyond the form"), _unknown_rows
    ),
    "report.misnamed_rows": ReportFact("text", Localized("行名", "label"), _misnamed_rows),
    "report.misfit_shares": ReportFact("text", Localized("正文", "in the text:"), _misfit_shares),
    "report.other_units": ReportFact(
        "text", Localized("单位与表式不同的数字", "figures in another unit"), _other_units
    ),
    "form.first_year": ReportFact(
        "number",
        Localized("表式启用年度", "first year of the form"),
        lambda context: context.form.years[0],
    ),
    "form.last_year": ReportFact(
        "number",
        Localized("表式最后年度", "last year of the form"),
        lambda context: context.form.years[1],
    ),
    **{
        f"chapters.{kind}": ReportFact("number", label, _chapter_length(kind))
        for kind, label in CHAPTERS.items()
    },
    "chapters.count": ReportFact("number", Localized("章数", "number of chapters"), _chapter_count),
    "chapters.last": ReportFact(
        "number", Localized("最后一章的序号", "number of the last chapter"), _last_chapter_number
    ),
    "lead.year": ReportFact(
        "number", Localized("引言所述年度", "year in the introduction"), _lead_attribute("year")
    ),
    "lead.first_year": ReportFact(
        "number",
        Localized("统计期限起始年度", "first year of the reporting period"),
        _year_of_lead_date("span_start"),
    ),
    "lead.span_end": ReportFact(
        "date",
        Localized("统计期限截止日期", "end of the reporting period"),
        _end_of_year,
    ),
    "lead.impossible_span": ReportFact(
        "text", Localized("统计期限", "reporting period"), _impossible_span
    ),
    "lead.parts": ReportFact(
        "number",
        Localized("引言所述部分数", "parts announced in the introduction"),
        _lead_attribute("parts"),
    ),
    BODY_LIKENESS: ReportFact(
        "number",
        Localized("正文所述机关与标题机关的相似度", "similarity of the bodies in text and title"),
        _body_likeness,
    ),
    "lead.other_contact": ReportFact(
        "text",
        Localized("与报告机关不符的联系机关", "a body to ask that does not fit"),
        _other_contact,
        ("agency",),
    ),
    "report.contradictions": ReportFact(
        "number", Localized("前后不一的项目", "items stated with different values"), _contradictions
    ),
    "report.other_self": ReportFact(
        "text",
        Localized("与报告机关不符的自称", "self-references that do not fit"),
        _misfit_self_references,
        ("agency",),
    ),
    LIKENESS: ReportFact(
        "number",
        Localized("正文与上一年的相似度", "similarity of the text to last year's"),
        _text_likeness,
    ),
    "change.compared": ReportFact(
        "number",
        Localized("两年均有且不全为0的数字", "figures of both years, not both 0"),
        _compared_figures,
    ),
    "change.figures": ReportFact(
        "number",
        Localized("与上一年不同的数字", "figures that differ from last year's"),
        _changed_figures,
    ),
}
"""Every fact by its path in rule files."""
