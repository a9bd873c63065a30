"""The chapters of a report, their kinds, and the sub-chapters of 总体情况."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import define, frozen

from gischema.narrative.scanner import number
from gischema.narrative.sentences import Line

_NUMERAL = "一二三四五六七八九十"
_HEADING = re.compile(
    rf"\s*(?:(?P<first>[{_NUMERAL}]{{1,3}})[ ]?[、.,:]|\((?P<second>[{_NUMERAL}]{{1,3}})\)[、.]?"
    rf"|第(?P<chapter>[{_NUMERAL}]{{1,3}})(?:章|部分)[、:]?|(?P<bare>[{_NUMERAL}])(?=[ ]))\s*"
)
_SENTENCE_END = re.compile(r"[。;:!?]")
_MAX_TITLE = 45
_INLINE = re.compile(
    r"[^,。;:]{0,38}?(?:情况|概\s*述|措施|事项|问题|方面|工作|形式|内容|打算|建设|保障|管理|公开|解读)(?=[\s。:.]|\Z)"
)


@frozen
class Heading:
    """A heading as it stands: number, level, title and its span in the normal form."""

    number: int
    level: int
    title: str
    start: int
    end: int


@define
class Chapters:
    """Where each chapter begins. Asked with rising offsets, it answers which chapter holds one."""

    headings: list[Heading]
    _at: int = 0
    _chapter: Heading | None = None
    _below: Heading | None = None

    def path(self, offset: int) -> tuple[Heading | None, Heading | None]:
        """The chapter and the sub-chapter that hold an offset."""
        while self._at < len(self.headings) and self.headings[self._at].start <= offset:
            heading = self.headings[self._at]
            self._at += 1
            if heading.level == 1:
                self._chapter, self._below = heading, None
            else:
                self._below = heading
        return self._chapter, self._below

    def ends(self, end: int) -> list[int]:
        """Where each heading's section ends; the last one at `end`."""
        found: list[int] = []
        chapter = below = end
        for heading in reversed(self.headings):
            found.append(chapter if heading.level == 1 else below)
            below = heading.start
            if heading.level == 1:
                chapter = heading.start
        return found[::-1]


def headings(lines: Iterable[Line]) -> Iterator[Heading]:
    """The headings among the lines of a text.

    Numbers of chapters rise: 三、本年度办理结果 in a table under chapter 三 is none, nor are the
    rows of a statistics table behind the last chapter.
    """
    last = 0
    for line in lines:
        heading = heading_of(line)
        if heading is None or (heading.level == 1 and heading.number <= last):
            continue
        if heading.level == 1:
            last = heading.number
        yield heading


def heading_of(line: Line) -> Heading | None:
    """The heading with which a line begins, if it begins with one."""
    match = _HEADING.match(line.text)
    if match is None:
        return None
    printed = match["first"] or match["second"] or match["chapter"] or match["bare"]
    rest = line.text[match.end() :]
    title = _SENTENCE_END.split(rest, maxsplit=1)[0].strip()
    if len(title) > _MAX_TITLE or "," in title:
        inline = _INLINE.match(rest)
        title = inline[0].strip() if inline else title
    if not title or len(title) > _MAX_TITLE or (match["bare"] and len(rest) > _MAX_TITLE):
        return None
    value = number(None, printed, None)
    level = 2 if match["second"] else 1
    end = line.start + match.end() + len(title)
    return Heading(int(value or 0), level, "".join(title.split()), line.start, end)
