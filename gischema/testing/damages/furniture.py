"""Damage around and inside tables: page marks, repeated heads, fillers, spam, a cut-off text."""

from __future__ import annotations

import re

from attrs import evolve

from gischema.testing import sample_text
from gischema.testing.choices import ChoiceSource
from gischema.testing.damages.damage import Damage, barred, on_text
from gischema.testing.sample_page import PageCell, PageLine, SamplePage

_MARKS = (
    "- {n} -",
    "Page {n}",
    "第{n}页 共12页",
    "{year}年报_审计局",
    "P. {n}",
    "— {n} —",
    "-{n}-",
    "续表",
    "{year}/2/27 10:31",
    "扫一扫在手机打开当前页",
)
_SPAM = ("星辉棋牌官网", "最新彩票平台下载365", "在线直播不断更新", "www.example88.com")
_TABLE = ("row", "heads", "title", "caption")
_LOST = re.compile(r"(?<=\d)[年月日](?=\d)|(?<=\d)[月日〕](?=[^\d年月日])")


def _page_marks(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put page numbers and running heads between the rows of tables."""
    mark = choices.pick(_MARKS)
    places = set(choices.some(page.rows(), 3))
    lines: list[PageLine] = []
    for place, line in enumerate(page.lines):
        if place in places:
            lines.append(_mark(page, mark, choices))
        lines.append(line)
    return evolve(page, lines=tuple(lines))


def _mark(page: SamplePage, mark: str, choices: ChoiceSource) -> PageLine:
    text = mark.format(n=choices.integer(1, 12), year=page.year)
    return PageLine("mark", (PageCell("text", text),))


def _heads_repeated(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Repeat the heads of a table after a page break."""
    places = [i for i in page.rows() if page.lines[i - 1].role == "row"]
    at = choices.pick(places)
    last = max(i for i in range(at) if page.lines[i].role == "heads")
    first = last
    while page.lines[first - 1].role == "heads":
        first -= 1
    broken = (_mark(page, choices.pick(_MARKS), choices),) if choices.chance(2) else ()
    lines = (*page.lines[:at], *broken, *page.lines[first : last + 1], *page.lines[at:])
    return evolve(page, lines=lines)


def _site(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put the furniture of a web site above and below the page."""
    words = {"body": choices.pick(sample_text.BODIES), "next": str(page.year + 1)}
    above, below = (
        tuple(PageLine("prose", (PageCell("text", text.format(**words)),)) for text in texts)
        for texts in (sample_text.HEADER, sample_text.FOOTER)
    )
    return evolve(page, lines=(*above, *page.lines, *below))


def _spam(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put advertising into the running text."""
    word = choices.pick(_SPAM)

    def change(text: str) -> str:
        at = choices.integer(0, len(text))
        return text[:at] + word + text[at:] if choices.chance(3) else text

    return on_text(page, change, ("text",))


def _lost_characters(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Remove 年, 月 and 日 next to digits in the running text: 2018年11日."""

    def change(text: str) -> str:
        return _LOST.sub(lambda m: "" if choices.chance(2) else m[0], text)

    return on_text(page, change, ("text",))


def _fillers(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put empty cells before and after rows, sometimes hundreds."""
    most = choices.pick((3, 1, 200))
    before = choices.pick((0, 1, 0))

    def change(line: PageLine) -> PageLine:
        if line.role not in _TABLE or line.incomplete or choices.chance(3):
            return line
        after = line.after + choices.integer(1, most)
        return evolve(line, before=line.before + before, after=after)

    return page.each_line(change)


def _empty_rows(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put rows of empty cells between the rows of a table."""
    places = set(choices.some([i for i in page.rows() if page.lines[i - 1].role == "row"], 3))
    count = choices.integer(1, 10)
    empty = PageLine("caption", (PageCell("filler", ""),) * count)
    lines: list[PageLine] = []
    for place, line in enumerate(page.lines):
        lines += [empty, line] if place in places else [line]
    return evolve(page, lines=tuple(lines))


def _caption_of_another(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put a line above the tables that says that they are of another body or period."""
    words = {"year": page.year, "before": page.year - 1}
    return _above_tables(page, choices.pick(sample_text.CAPTIONS_OF_OTHERS).format(**words))


def _above_tables(page: SamplePage, text: str) -> SamplePage:
    """Put a line above the first table, which puts all figures of that table in doubt."""
    first = next(at for at, line in enumerate(page.lines) if line.role in _TABLE)
    line = PageLine("prose", (PageCell("text", text),))
    below = (each.each(lambda cell: cell.lowered("doubtful")) for each in page.lines[first:])
    return evolve(page, lines=(*page.lines[:first], line, *below))


def _note_below(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put a line below the last table that says that it is of another period, or void."""
    words = {"year": page.year, "before": page.year - 1}
    text = choices.pick(sample_text.NOTES_OF_OTHERS).format(**words)
    last = max(page.rows())
    first = max((at for at in range(last) if page.lines[at].role == "heads"), default=0)
    table = (each.each(lambda c: c.lowered("doubtful")) for each in page.lines[first : last + 1])
    note = PageLine("prose", (PageCell("text", text),))
    return evolve(page, lines=(*page.lines[:first], *table, note, *page.lines[last + 1 :]))


def _end(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Cut off the text inside the tables, often in the middle of a row."""
    return evolve(page, cut=(choices.pick(page.rows()), choices.integer(0, 1000)))


FURNITURE = (
    Damage(
        "fillers",
        "合并单元格留下成串空格",
        "runs of empty cells left by merged cells",
        _fillers,
        barred,
    ),
    Damage(
        "empty-rows", "表格中夹有空行", "rows of empty cells inside tables", _empty_rows, barred
    ),
    Damage(
        "heads-repeated",
        "换页后重印表头",
        "table heads repeated after a page break",
        _heads_repeated,
    ),
    Damage(
        "caption-of-another",
        "表格上方注明是别的单位或时期",
        "a caption that names another body or period",
        _caption_of_another,
    ),
    Damage(
        "note-below",
        "表格下方注明是别的时期或作废",
        "a note below the last table that names another period or makes it void",
        _note_below,
    ),
    Damage(
        "page-marks",
        "表格中夹有页码页眉",
        "page numbers and running heads inside tables",
        _page_marks,
    ),
    Damage("spam", "正文被插入广告词", "advertising inside the running text", _spam),
    Damage("lost-characters", "数字旁的字丢失", "characters lost next to digits", _lost_characters),
    Damage("site-furniture", "前后带有网站栏目文字", "site furniture above and below", _site),
)

THE_END = Damage("cut-off", "文本在表格中间中断", "the text ends inside a table", _end)
