"""What a rule may ask of a report besides its figures: one `Question` a fact.

What a rule file cannot compute is a fact, found here by Python; what must hold of it is said by a
rule like any other. A fact is looked for only if a rule that runs asks for it, so facts of the
running text cost nothing where no rule wants them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from gischema.report import Origin, Report
from gischema.rules.model import Value, ValueKind, Words

if TYPE_CHECKING:
    from gischema.forms.form import Form


@frozen
class Asked:
    """What a question is put to: a report, the form of the check, last year's report if given."""

    report: Report
    form: Form
    previous: Report | None = None


@frozen
class Answer:
    """The value of a fact, and where the report shows it."""

    value: Value
    origin: Origin | None = None


Asker: TypeAlias = Callable[[Asked], Answer | Value | None]
"""Finds a fact; None is one that the report does not tell."""


@frozen(eq=False, repr=False)
class Question:
    """A fact: the kind of its value, its name for people, and how it is found."""

    kind: ValueKind
    words: Words
    ask: Asker


def _own(name: str) -> Asker:
    """What the report says of itself."""
    return lambda asked: getattr(asked.report, name)


def _noticed(code: str) -> Asker:
    """How often the reader noticed something, and where first."""

    def count(asked: Asked) -> Answer:
        found = [d.origin for d in asked.report.diagnostics if d.code == code]
        return Answer(len(found), next((origin for origin in found if origin), None))

    return count


def _chapter(kind: str) -> Asker:
    """How many characters the chapters of a kind have, without their headings."""

    def size(asked: Asked) -> Answer | None:
        found = [s for s in asked.report.narrative.sections if s.kind == kind and s.level == 1]
        if not found:
            return None
        return Answer(sum(s.end - s.origin.end for s in found), found[0].origin)

    return size


def _chapter_count(asked: Asked) -> Answer | None:
    found = [s for s in asked.report.narrative.sections if s.level == 1]
    return Answer(len(found), found[0].origin) if found else None


def _last_chapter(asked: Asked) -> Answer | None:
    found = [s for s in asked.report.narrative.sections if s.level == 1]
    return Answer(found[-1].number, found[-1].origin) if found else None


def _pairs(asked: Asked) -> Iterator[tuple[Value, Value]]:
    """The values that both years state for the same indicator, without those that are 0 in both."""
    older = asked.previous.by_path if asked.previous is not None else {}
    for path, figure in asked.report.by_path.items():
        before = older.get(path)
        if before is None or before.value is None or figure.value is None:
            continue
        if before.value or figure.value:
            yield figure.value, before.value


def _compared(asked: Asked) -> int | None:
    return None if asked.previous is None else len(list(_pairs(asked)))


def _changed(asked: Asked) -> int | None:
    if asked.previous is None:
        return None
    return sum(newer != older for newer, older in _pairs(asked))


CHAPTERS: Mapping[str, Words] = {
    "overview": Words("总体情况（概述）", "overview"),
    "proactive": Words("主动公开", "proactive disclosure"),
    "requests": Words("依申请公开", "requests"),
    "fees": Words("收费及减免", "fees"),
    "review": Words("行政复议、行政诉讼", "reconsideration and litigation"),
    "problems": Words("存在的问题及改进", "problems and improvement"),
    "other": Words("其他需要报告的事项", "other matters"),
}
"""The chapters that notices ask for, by the kind of their headings."""

QUESTIONS: Mapping[str, Question] = {
    "report.year": Question("number", Words("报告年度", "report year"), _own("year")),
    "report.published": Question("date", Words("发布日期", "publication date"), _own("published")),
    "report.title": Question("text", Words("标题", "title"), _own("title")),
    "report.agency": Question("text", Words("报告机关", "reporting body"), _own("agency")),
    "report.index_no": Question("text", Words("索引号", "index number"), _own("index_no")),
    "report.form": Question("text", Words("表式", "form"), _own("form")),
    "report.variant": Question("text", Words("地方表式", "regional variant"), _own("variant")),
    "report.figure_count": Question(
        "number",
        Words("表格中的数字", "figures in tables"),
        lambda asked: len(asked.report.stated),
    ),
    "report.other_forms": Question(
        "number", Words("另用其他表式的部分", "parts on another form"), _noticed("D401")
    ),
    "report.unknown_rows": Question(
        "number", Words("表式以外的行", "rows beyond the form"), _noticed("D105")
    ),
    "report.other_units": Question(
        "number", Words("单位与表式不同的数字", "figures in another unit"), _noticed("D206")
    ),
    "report.year_conflicts": Question(
        "number", Words("年度不一致之处", "years that disagree"), _noticed("D404")
    ),
    "form.first_year": Question(
        "number", Words("表式启用年度", "first year of the form"), lambda asked: asked.form.years[0]
    ),
    "form.last_year": Question(
        "number", Words("表式最后年度", "last year of the form"), lambda asked: asked.form.years[1]
    ),
    **{
        f"chapters.{kind}": Question("number", words, _chapter(kind))
        for kind, words in CHAPTERS.items()
    },
    "chapters.count": Question("number", Words("章数", "number of chapters"), _chapter_count),
    "chapters.last": Question(
        "number", Words("最后一章的序号", "number of the last chapter"), _last_chapter
    ),
    "change.compared": Question(
        "number", Words("两年均有且不全为0的数字", "figures of both years, not both 0"), _compared
    ),
    "change.figures": Question(
        "number", Words("与上一年不同的数字", "figures that differ from last year's"), _changed
    ),
}
"""Every fact by its name in rule files."""
