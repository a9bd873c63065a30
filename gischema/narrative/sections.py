"""The chapters of a report, their kinds, and the sub-chapters of 总体情况."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from attrs import define

from gischema.chinese.dates import YEAR
from gischema.chinese.enumerators import AFTER_DIGITS, ORDINAL
from gischema.chinese.numerals import ONE_TO_TEN, numeral_value
from gischema.text.sentences import TextLine

_HEADING = re.compile(
    rf"\s*(?=[{ONE_TO_TEN}(第])"  # most lines are no headings, and go no further
    rf"(?:(?P<first>{ORDINAL})[ ]?[、.,:]|\((?P<second>{ORDINAL})\)[、.]?"
    rf"|第(?P<chapter>{ORDINAL})(?:章|部分)[、:]?|(?P<bare>[{ONE_TO_TEN}])(?=[ ]))\s*"
)
_NUMBERED = re.compile(
    rf"\s*(?P<number>\d{{1,2}}){AFTER_DIGITS}\s*(?P<title>[^\s,。;:]{{2,20}})(?=[\s。:]|\Z)"
)
_OF_OVERVIEW = ("proactive", "requests", "management", "platform", "supervision")
"""The sub-chapters of 总体情况 that notices ask for, in their order."""

_SENTENCE_END = re.compile(r"[。;:!?]")
_MAX_TITLE = 45
_MIN_CONTENTS = 4  # headings that follow on each other
_PARTED = re.compile(r"\S{4,}?(?:情况|概况|措施|事项|问题)(?=[ \t]+\S{6})")
"""A title in front of a blank and a sentence: 三、依申请公开情况 本单位2017年…."""
_ENDINGS = r"情况|概\s*述|措施|事项|问题|方面|工作|形式|内容|打算|建设|保障|管理|公开|解读"
_INLINE = rf"[^,。;:]{{0,38}}?(?:{_ENDINGS})(?=[\s。:.]|\Z)"
_GLUED = re.compile(rf"[^,。;:]{{0,38}}?(?:{_ENDINGS})(?=\s*(?:{YEAR}年|\([一二]\)|无\Z))")


@define(eq=False)
class Heading:
    """A heading as it stands: number, level, title and its span in the normal form."""

    number: int
    level: int
    title: str
    start: int
    end: int


@define(eq=False)
class Chapters:
    """Where each chapter begins; offsets must be looked up in rising order."""

    headings: list[Heading]
    _at: int = 0
    _chapter: Heading | None = None
    _below: Heading | None = None

    def path(self, offset: int) -> tuple[Heading | None, Heading | None]:
        """Return the chapter and the sub-chapter that hold an offset."""
        while self._at < len(self.headings) and self.headings[self._at].start <= offset:
            heading = self.headings[self._at]
            self._at += 1
            if heading.level == 1:
                self._chapter, self._below = heading, None
            else:
                self._below = heading
        return self._chapter, self._below

    def ends(self, end: int) -> list[int]:
        """Return where each heading's section ends; the last one at `end`."""
        found: list[int] = []
        chapter = below = end
        for heading in reversed(self.headings):
            found.append(chapter if heading.level == 1 else below)
            below = heading.start
            if heading.level == 1:
                chapter = heading.start
        return found[::-1]


def headings(lines: Sequence[TextLine], kind: Callable[[str], str | None]) -> list[Heading]:
    """Return the headings among the lines of a text; `kind` gives what a title is about.

    Numbers of chapters rise: 三、本年度办理结果 in a table under chapter 三 is none, nor are the
    rows of a statistics table behind the last chapter. A table of contents is none either.
    """
    found: list[Heading] = []
    last, overview = 0, False
    every = [(match := _HEADING.match(line.text)) and _heading(line, match) for line in lines]
    contents = _contents(every)
    for heading, line in zip(every[contents:], lines[contents:], strict=True):
        if heading is None:
            numbered = _numbered(line) if overview else None
            if numbered is not None and kind(numbered.title) in _OF_OVERVIEW:
                found.append(numbered)
        elif heading.level > 1:
            found.append(heading)
        elif heading.number > last:
            last, overview = heading.number, kind(heading.title) == "overview"
            found.append(heading)
    return found


def _numbered(line: TextLine) -> Heading | None:
    """1.主动公开情况: a sub-chapter of 总体情况 with a plain number."""
    match = _NUMBERED.match(line.text)
    if match is None:
        return None
    end = line.start + match.end()
    return Heading(int(match["number"]), 2, match["title"], line.start, end)


def _contents(every: Sequence[Heading | None]) -> int:
    """Return where the text begins behind a table of contents, whose headings have no text."""
    first = next((n for n, heading in enumerate(every) if heading is not None), 0)
    behind = next((n for n in range(first, len(every)) if every[n] is None), len(every))
    listed = {heading.title for heading in every[first:behind] if heading is not None}
    if len(listed) < _MIN_CONTENTS:
        return 0
    again = any(heading is not None and heading.title in listed for heading in every[behind:])
    return behind if again else 0


def _title_alone(title: str, rest: str) -> str:
    """Return a title without the sentence behind it; `rest` is all that the line holds of both."""
    for pattern in (_PARTED, _GLUED):
        match = pattern.match(title)
        title = match[0] if match is not None else title
    if len(title) > _MAX_TITLE or "," in title:
        inline = re.match(_INLINE, rest)
        title = inline[0].strip() if inline else title
    return title


def _heading(line: TextLine, match: re.Match[str]) -> Heading | None:
    """Return the heading that begins a line, if what stands behind its number is a title."""
    kind, rest = str(match.lastgroup), line.text[match.end() :]
    title = _SENTENCE_END.split(rest, maxsplit=1)[0].strip()
    if not title.isalpha() or title.endswith("无") or len(title) > _MAX_TITLE:
        title = _title_alone(title, rest)
    if not title or len(title) > _MAX_TITLE or (kind == "bare" and len(rest) > _MAX_TITLE):
        return None
    number = numeral_value(match[kind]) or 0
    level = 2 if kind == "second" else 1
    end = line.start + match.end() + len(title)
    return Heading(number, level, "".join(title.split()), line.start, end)
