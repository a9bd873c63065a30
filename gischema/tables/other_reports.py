"""Find figures of another report than that which is read: below its title, caption or year."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from gischema.chinese.body_names import PLACES, BodyNames, is_same_body, plain_name
from gischema.chinese.dates import YEAR
from gischema.chinese.enumerators import ORDINAL
from gischema.chinese.numerals import numeral_value
from gischema.chinese.other_counts import is_void_table
from gischema.metadata import Metadata
from gischema.metadata.body import is_body_of
from gischema.metadata.caption_words import CaptionWords, is_government
from gischema.metadata.table_captions import TableCaption
from gischema.metadata.title import Title
from gischema.metadata.titles_within import PlacedTitle
from gischema.report import Diagnostic, Figure
from gischema.tables.region_reading import flag
from gischema.tables.row_reading import RowReading

_PLACES = frozenset(PLACES)
_YEAR = re.compile(rf"({YEAR})\s*年")
_CHAPTER = re.compile(rf"^[ #*]*({ORDINAL})\s*、", re.MULTILINE)

_Mark: TypeAlias = tuple[int, bool, bool, str]
"""Where a part of the text begins; whether with a title; whether it is another's; its words."""


def check_other_years(rows: Sequence[RowReading], year: int | None) -> Iterator[Diagnostic]:
    """Flag the figures in columns that are headed with another year than the report's (D313)."""
    if year is None:
        return
    for row in rows:
        for head in row.heads.columns if row.heads is not None else ():
            stated = _YEAR.search(head.printed)
            if stated is None or int(stated[1]) == year or head.column is None:
                continue
            path = row.row.places[head.column].path
            figures = [figure for figure in row.figures if figure.path == path]
            if figures:
                yield flag("D313", figures, label=row.row.label, printed=head.printed, year=year)


class ForeignTables(NamedTuple):
    """Which parts of a text are of another report than that which is read.

    Attributes:
        starts: Where the parts begin, in order.
        titles: For each part the title or caption of another report that it stands under, if any.
        captioned: For each part whether it is the caption of its table that says so.
    """

    starts: Sequence[int] = ()
    titles: Sequence[str | None] = ()
    captioned: Sequence[bool] = ()

    def title(self, start: int) -> str | None:
        """Return the title of another report that a place stands under."""
        at = bisect_right(self.starts, start) - 1
        return self.titles[at] if at >= 0 else None

    def is_captioned(self, start: int) -> bool:
        """Return True if a place is in a table whose caption says that it is of another report."""
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and self.captioned[at]


def foreign_tables(
    text: str,
    titles: Sequence[PlacedTitle],
    captions: Iterable[TableCaption],
    tables: Sequence[tuple[int, int]],
    metadata: Metadata,
    names: BodyNames,
) -> ForeignTables:
    """Return which parts of a text stand under the title or caption of another report.

    Args:
        text: The normal form of the text.
        titles: The titles in the text, in order.
        captions: The captions of its tables, in order.
        tables: The spans of what stands in tables, in order.
        metadata: The body, year and period of the report.
        names: What names of bodies look like.
    """
    others = [_is_title_of_another(each.title, metadata) for each in titles]
    if all(others):  # then the text is named in another way
        titles, others = (), []
    marks: list[_Mark] = [
        (each.start, True, other, each.title.text)
        for each, other in zip(titles, others, strict=True)
    ]
    for caption in captions:
        before = (start for start, *_ in marks if start < caption.start)
        start = max(before, default=0) if caption.closes else caption.start
        marks.append((start, False, _is_caption_of_another(caption, metadata, names), caption.text))
        marks.sort(key=lambda mark: mark[0])
    resumed = _resumed(text, marks, tables) if any(other for _, _, other, _ in marks) else []
    return _parts(sorted((*marks, *resumed), key=lambda mark: mark[0]), [at for at, _ in tables])


def _resumed(
    text: str, marks: Sequence[_Mark], tables: Sequence[tuple[int, int]]
) -> Iterator[_Mark]:
    """Yield the chapters that go on where a caption of another's table interrupted the report.

    One of its own tables stands before, and the chapter has the number after the last one there.
    """
    starts = [start for start, _ in tables]
    captions = [start for start, is_title, other, _ in marks if other and not is_title]
    last = 0
    interrupted = False
    for found in _CHAPTER.finditer(text):
        at, number = found.start(), numeral_value(found[1])
        within = bisect_right(starts, at) - 1
        if number is None or (within >= 0 and at < tables[within][1]):
            continue
        since = [start for start in captions if start < at]
        if since and bisect_left(starts, since[0]):
            interrupted = True
        if not interrupted:
            last = number
        elif number == last + 1:
            last = number
            yield at, False, False, ""


def _parts(marks: Sequence[_Mark], tables: Sequence[int]) -> ForeignTables:
    """Return the parts that titles and captions begin: each counts up to the next of its kind.

    Captions of one table stand together, and each may say that it is another's.
    """
    of_title: str | None = None
    of_caption: str | None = None
    table = -1
    named: list[str | None] = []
    captioned: list[bool] = []
    for start, is_title, other, text in marks:
        following = bisect_left(tables, start)
        if is_title:
            of_title = text if other else None
        if is_title or following != table:
            of_caption, table = None, following
        if other and not is_title:
            of_caption = of_caption or text
        named.append(of_title or of_caption)
        captioned.append(of_caption is not None)
    return ForeignTables([start for start, *_ in marks], named, captioned)


def _is_title_of_another(title: Title, metadata: Metadata) -> bool:
    if None not in (title.year, metadata.year) and title.year != metadata.year:
        return True
    one, own = title.agency, metadata.agency
    if one is None or own is None or own in one or one in own:
        return False
    return not is_same_body(plain_name(one), plain_name(own))


def _is_caption_of_another(caption: TableCaption, metadata: Metadata, names: BodyNames) -> bool:
    if None not in (caption.year, metadata.year) and caption.year != metadata.year:
        return True
    if caption.period is not None:
        is_own = metadata.facts["period"].source in ("title", "page_head")
        return not is_own or caption.period != metadata.period
    own = metadata.agency
    if caption.filled_in is not None and metadata.year is not None:
        return caption.filled_in < metadata.year
    if caption.words is not None:
        return _say_another(caption.words, metadata, names)
    if caption.agency is None or own is None or metadata.facts["agency"].status != "stated":
        return False
    return not is_body_of(own, caption.agency, names)


def _say_another(words: CaptionWords, metadata: Metadata, names: BodyNames) -> bool:
    """Return True if a caption of a few words is that of another report's table."""
    if words.months is not None:
        is_own = metadata.facts["period"].source in ("title", "page_head")
        own_months = metadata.period.part if is_own and metadata.period is not None else None
        return words.months not in ((1, 12), own_months)
    if words.other:
        is_of_part = metadata.period is not None and metadata.period.part not in (None, (1, 12))
        return not is_of_part and is_void_table(words.other, metadata.year)
    own = metadata.agency
    if words.is_void or own is None or metadata.facts["agency"].status != "stated":
        return words.is_void
    if words.agency is None:
        return words.is_of_others and not is_government(own)
    if words.agency.endswith(names.offices) and _PLACES.isdisjoint(words.agency):
        return False  # an office of the body, which it does not name
    is_above = plain_name(own).startswith(plain_name(words.agency))  # as in the head of a page
    return not is_above and not is_body_of(own, words.agency, names)


def check_other_reports(
    rows: Sequence[RowReading], stated: Collection[Figure], foreign: ForeignTables
) -> Iterator[Diagnostic]:
    """Flag the figures below the title of another report (D312).

    Args:
        rows: The rows of all regions.
        stated: The figures that the report takes.
        foreign: The parts that are of another report.
    """
    taken = set(map(id, stated))
    below: dict[str, list[Figure]] = {}
    for row in rows if any(foreign.titles) else ():
        if (title := foreign.title(row.start)) is not None:
            below.setdefault(title, []).extend(f for f in row.figures if id(f) in taken)
    for title, figures in below.items():
        if figures:
            yield flag("D312", figures, title=title)
