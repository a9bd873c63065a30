"""The captions of tables: the body that filled one in, and the year or part of a year it is of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gischema.chinese.body_names import NAME_CHARACTERS, BodyNames, is_unnamed
from gischema.chinese.dates import YEAR, date_spans
from gischema.chinese.other_counts import with_digits
from gischema.chinese.periods import named_periods
from gischema.metadata.caption_words import CaptionWords, caption_words, note_words
from gischema.report import Period

_LONGEST = 40  # characters of a caption
_LONGEST_LINE = 120  # that holds captions in its cells
_BRACKETS = ("(", "【", "[")
_NEAR = 3  # lines between a caption and its table
_PUBLIC = "公开"
_TABLE = "统计表"
_CELLS = re.compile(r"[|\t]| {2,}|(?<=[局府会厅办度年]) ")
_HEADS = re.compile(r"(?:[^|\t]*[^|\s][^|\t]*[|\t]){2}[^|\t]*[^|\s]")  # at least three cells
_PROSE = re.compile(r"[,。;!?]|[与同较比].*(?:增|减|升|降|相比|对比)|整改|计划(?!表|数)|打算|安排")
_YEAR = re.compile(rf"(?<!\d)({YEAR})(?!\d)")
_YEAR_HEAD = re.compile(rf"[ |]*{YEAR}\s*年?度?\w{{0,4}}[ |]*")
_NEXT_TO_TABLE = re.compile(
    r"\(?(?:附[件表]\s*\d*\s*:\s*)?20[^(:]*(?:年度?|季度?|半年|月份?)\)?|.*(?:表|情况|数据|统计|数字|对照|对比)(?:\([^)]*\))?"
)
_SPAN = re.compile(
    r"(?<![\d\u4e00-\u9fff])(?:(?:统计|数据|报告|填报|报表|所属)?"
    r"(?:期间|时段|时期|年度|年份|期限|区间|时间范围)|报告期|期别)\s*[:|]\s*(?:\|\s*)?"
)
_WORDS = "单位", "部门", "机关", "机构"
_STAMP = r"\(?[盖公签]章\)?"
_FILLED_IN = re.compile(
    r"(?<![\u4e00-\u9fff(])(?P<sure>(?:填报|填表|报送|上报|编报|编制|填制|制表|统计|汇总)"
    rf"(?:{'|'.join(_WORDS)})(?:名称)?)?(?(sure)|单位(?P<name_of>名称|全称)?)\s*(?:{_STAMP})?"
    rf"\s*(?:(?(sure)[:|]|(?(name_of)[:|]|:)))\s*(?:\|\s*)?(?P<name>[{NAME_CHARACTERS}]{{3,40}})"
)
_FILLED_IN_ON = re.compile(
    rf"(?:填报|填表|填写|报送|上报|制表|编制|统计)(?:时间|日期)\s*[:|][\s|]*(?P<year>{YEAR})\s*[年./-]"
)
_BRACKET_BEHIND = re.compile(r"\([^)]*\)?\Z")


class TableCaption(NamedTuple):
    """What a line says of a table.

    Attributes:
        start: Where the line begins.
        text: The line.
        agency: The body that filled in the table.
        year: The year that the table is of.
        period: The part of a year that it is of.
        closes: True if the line stands below its table, not above it.
        filled_in: The year in which the table was filled in.
        words: What a line of a few words says of it.
    """

    start: int
    text: str
    agency: str | None = None
    year: int | None = None
    period: Period | None = None
    closes: bool = False
    filled_in: int | None = None
    words: CaptionWords | None = None


def table_captions(
    text: str, names: BodyNames, tables: Sequence[tuple[int, int]], labels: Sequence[int] = ()
) -> Iterator[TableCaption]:
    """Yield the captions of tables in a text, in order.

    Args:
        text: The normal form of a text.
        names: What names of bodies look like.
        tables: The spans of what stands in tables, in order.
        labels: Where labels of forms begin, in order.
    """
    places = _TablePlaces(text, tables, [start for start, _ in tables], labels)
    at, above = 0, ""
    for printed in text.split("\n"):
        line = with_digits(printed)
        if len(line) <= _LONGEST_LINE:
            if any(word in line for word in _WORDS):
                yield from _bodies(places, at, line, names)
            if "20" in line:
                yield from _times(places, at, line, above)
        if 0 < len(line.strip(" |\t")) <= _LONGEST and not _PROSE.search(line):
            yield from _in_few_words(places, at, line, above, names)
        if len(line) <= _LONGEST_LINE:
            yield from _notes(places, at, line, names)
        above = line if line.strip() else above
        at += len(line) + 1


class _TablePlaces(NamedTuple):
    """A text and where its tables are."""

    text: str
    tables: Sequence[tuple[int, int]]
    starts: Sequence[int]
    labels: Sequence[int]

    def is_of_form(self, start: int, end: int) -> bool:
        """Return True if a label of a form or a part of a table, such as a figure, stands there."""
        before = bisect_left(self.starts, end)
        within = before > 0 and self.tables[before - 1][1] > start
        return within or bisect_left(self.labels, start) < bisect_left(self.labels, end)

    def is_behind(self, start: int) -> bool:
        """Return True if a table ends within a few lines above, with no sentence in between."""
        above, _ = self.distances(start, start)
        lines = self.text[start - above : start].split("\n")
        printed = [line for line in lines if line.strip(" |-:")]
        return above <= start and len(printed) <= _NEAR and not any(map(_PROSE.search, printed))

    def distances(self, start: int, end: int) -> tuple[int, int]:
        """Return how far the table above a span and the one below it are."""
        following = bisect_left(self.starts, end)
        above = start - self.tables[following - 1][1] if following else len(self.text)
        below = self.starts[following] - end if following < len(self.starts) else len(self.text)
        return above, below

    def is_next(self, end: int) -> bool:
        """Return True if a table begins within a few lines, with no sentence in between.

        Lines that begin with a label of the form, such as a head, do not count.
        """
        if not self.starts or self.starts[-1] < end:
            return False
        _, below = self.distances(end, end)
        lines: list[str] = []
        at = end
        for printed in self.text[end : end + below].split("\n"):
            line = printed.strip(" |-:")
            labelled = bisect_left(self.labels, at) < bisect_left(self.labels, at + len(printed))
            at += len(printed) + 1
            if line and not labelled and not (line[0] == "(" and line[-1] == ")"):
                lines.append(line)
        short = all(len(line) <= _LONGEST and not _PROSE.search(line) for line in lines)
        return short and len(lines) <= _NEAR


def _bodies(places: _TablePlaces, at: int, line: str, names: BodyNames) -> Iterator[TableCaption]:
    """Yield the body that a line names as the one that filled in a table above or below it."""
    for found in _FILLED_IN.finditer(line):
        name = _BRACKET_BEHIND.sub("", found["name"])
        if not names.may_be_name(name):
            beginning = names.beginning.match(name)
            name = beginning[0] if beginning is not None else ""
        if not name or is_unnamed(name):
            continue
        is_next = places.is_next(at + found.end())
        above, below = places.distances(at + found.start(), at + found.end())
        if found["sure"] or is_next or above < below:
            yield TableCaption(at, line.strip(" |"), name, closes=above < below and not is_next)


def _in_few_words(
    places: _TablePlaces, at: int, line: str, above: str, names: BodyNames
) -> Iterator[TableCaption]:
    """Yield the caption that a line of a few words is, if a table begins below it.

    The heads of several columns may stand one a line: 上年, 本年. None stands in brackets.
    """
    words = caption_words(line, names)
    end = at + len(line)
    if words is None or not places.is_next(end) or places.is_of_form(at, end):
        return
    following = places.text[at + len(line) : at + len(line) + _LONGEST].lstrip().split("\n")[0]
    near = [each for each in (above, following) if each.strip(" |\t")[:1] not in _BRACKETS]
    around = [caption_words(each, names) for each in near]
    if words.agency or not any(each and not each.agency for each in around):
        yield TableCaption(at, line.strip(" |\t"), words=words)


def _notes(places: _TablePlaces, at: int, line: str, names: BodyNames) -> Iterator[TableCaption]:
    """Yield what a note says of the table above it, or of the one below if there is none above."""
    words = note_words(line, names)
    closes = words is not None and places.is_behind(at)
    if closes or (words is not None and places.is_next(at + len(line))):
        yield TableCaption(at, line.strip(" |\t"), words=words, closes=closes)


def _times(places: _TablePlaces, at: int, line: str, above: str) -> Iterator[TableCaption]:
    """Yield the years and parts of a year that a line says a table is of."""
    if label := _SPAN.search(line):
        closes = places.is_behind(at) and not places.is_next(at + len(line))
        for caption in _stated(at, line[label.end() :]):
            yield caption._replace(closes=closes)
        return
    if filled_in := _FILLED_IN_ON.search(line):
        yield TableCaption(at, line.strip(" |"), filled_in=int(filled_in["year"]))
        return
    named = _TABLE in line and _PUBLIC in line
    below = _TABLE in above and _PUBLIC in above
    following = places.text[at + len(line) : at + len(line) + _LONGEST].lstrip().split("\n")[0]
    around = [line, *(each for each in (above, following) if _YEAR_HEAD.fullmatch(each))]
    if len(set(_YEAR.findall(" ".join(around)))) > 1:
        return  # several years side by side
    if _HEADS.match(line):
        return
    for cell in map(str.strip, {line, *_CELLS.split(line)}):
        if "20" not in cell or len(cell) > _LONGEST or _PROSE.search(cell):
            continue
        near = _NEXT_TO_TABLE.fullmatch(cell) and (below or places.is_next(at + len(line)))
        if near or (named and _TABLE in cell):
            yield from _stated(at, cell)


def _stated(at: int, words: str) -> Iterator[TableCaption]:
    """Yield the caption that states a year or a part of one, if it states no other."""
    spans = [*date_spans("".join(words.split())), *named_periods(words)]
    for span in spans[:1]:
        first, last = span.first, span.last
        if last is not None and first.year == last.year and first.month != last.month:
            whole = (first.month, last.month) == (1, 12)
            period = None if whole else Period(first, last)
            yield TableCaption(at, words, year=first.year, period=period)
    years = {int(year) for year in _YEAR.findall(words)}
    if not spans and len(years) == 1:
        yield TableCaption(at, words, year=years.pop())
