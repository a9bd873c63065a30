"""Read the metadata of a report.

A source states them in several places: the title, the head of the page, the file's own metadata.
The first place that states something decides, and whatever contradicts it is a conflict.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from attrs import define, evolve, field

from gischema.chinese.body_names import BodyNames
from gischema.chinese.dates import date_spans
from gischema.chinese.enumerators import FIRST_CHAPTER
from gischema.metadata.body import is_same_body, publisher
from gischema.metadata.days import day_at_start, day_signed, day_under_title, day_within
from gischema.metadata.model import IN_HEAD, IN_TITLE, Bilingual, Conflict, Metadata, in_file
from gischema.metadata.page_head import PageField, read_page_head
from gischema.metadata.title import Title, find_title, title_of_page
from gischema.report import Lead
from gischema.text import normalise

_HEAD = 4000  # characters in which title and page head are looked for
_CHAPTER = re.compile(rf"^[ \t]*{FIRST_CHAPTER}", re.MULTILINE)
_ANY_YEAR = re.compile(r"(?<!\d)(2\s?0\s?[0-4]\s?\d)\s*年(?!\s*\d+\s*月)")
_INDEX = re.compile(r"[0-9A-Za-z][0-9A-Za-z/_\-.]{4,39}")
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{1,20}\s*[〔\[(]\s*\d{4}\s*[〕\])]\s*第?\s*\d{1,5}\s*号")
_WEB = re.compile(r"https?://[^\s\"'<>]+\Z", re.IGNORECASE)
_ADDRESSES = ("url", "canonical", "og:url", "saved")
T = TypeVar("T")


def read_metadata(text: str, meta: Mapping[str, str], lead: Lead, names: BodyNames) -> Metadata:
    """Return the metadata of a report.

    Args:
        text: The normal form of its text.
        meta: What the file states outside of its text, by the names of Chinese government pages in
            lower case: `articletitle`, `pubdate`, `contentsource`, `url` …; `title` is the file's
            own title.
        lead: What the text states of the report itself.
        names: What names of bodies look like.
    """
    return _MetadataReader(text, meta, lead, names).read()


@define(eq=False)
class _MetadataReader:
    """The places that state metadata, and the conflicts found between them."""

    text: str
    meta: Mapping[str, str]
    lead: Lead
    names: BodyNames
    head: dict[PageField, list[str]] = field(init=False)
    conflicts: list[Conflict] = field(factory=list)

    @head.default
    def _page_head(self) -> dict[PageField, list[str]]:
        return read_page_head(self._above_chapters())

    def read(self) -> Metadata:
        """Return everything that is stated."""
        title = self._title()
        period = self._period()
        year = title.year if title is not None else None
        return Metadata(
            title=title.text if title is not None else None,
            agency=(title.agency if title is not None else None) or self._publisher(),
            year=year or self.lead.year or period or _usual_year(self.text),
            period=period,
            published=self._published(),
            index_no=self._first("索引号", "index number", self._numbers("index_no", _INDEX)),
            document_no=self._first(
                "文号", "document number", self._numbers("document_no", _DOCUMENT)
            ),
            source_url=self._address(),
            conflicts=tuple(self.conflicts),
        )

    def _above_chapters(self) -> str:
        chapter = _CHAPTER.search(self.text, 0, _HEAD)
        return self.text[: chapter.start() if chapter else _HEAD]

    # -- title, body and year ------------------------------------------------------------------

    def _title(self) -> Title | None:
        """Return the title of the text, with what those in other places complete.

        One in another place counts in its stead if only that states a year; the title of the web
        page is the last resort.
        """
        title, place = find_title(self.text[:_HEAD], self.names), IN_TITLE
        for stated, at in self._other_titles():
            other = find_title(stated, self.names)
            if other is None:
                continue
            if title is None or (title.year is None and other.year):
                title, place = _completed(other, title), at
            else:
                self._compare(title, place, other, at)
                title = _completed(title, other)
        if (title is None or title.year is None) and "title" in self.meta:
            of_page = title_of_page(self.meta["title"], self.names)
            if of_page is not None and (title is None or of_page.year):
                title = _completed(of_page, title)
        return title

    def _other_titles(self) -> Iterator[tuple[str, Bilingual]]:
        """Yield the titles that stand outside of the text's own."""
        for stated in self.head.get("title", ()):
            yield stated, IN_HEAD
        if "articletitle" in self.meta:
            yield normalise(self.meta["articletitle"]).text, in_file("ArticleTitle")

    def _compare(self, one: Title, place: Bilingual, other: Title, at: Bilingual) -> None:
        """Note the year and the body in which two titles contradict each other."""
        if one.year and other.year and one.year != other.year:
            self._conflict("年份", "year", one.year, place, other.year, at)
        if one.agency and other.agency and not is_same_body(one.agency, other.agency):
            self._conflict("机关", "agency", one.agency, place, other.agency, at)

    def _publisher(self) -> str | None:
        source = normalise(self.meta.get("contentsource", "")).text
        return publisher((*self.head.get("publisher", ()), source), self.names)

    def _period(self) -> int | None:
        """Return the year of the first span of dates that begins with a year: 自2021年1月1日起."""
        days = (span.first for span in date_spans("".join(self.text.split())))
        return next((day.year for day in days if (day.month, day.day) == (1, 1)), None)

    # -- dates, numbers and address ------------------------------------------------------------

    def _published(self) -> date | None:
        """Return the day of publication, or else the one on which it was made or signed."""
        stated = [
            (day, IN_HEAD)
            for value in self.head.get("published", ())
            if (day := day_at_start(value))
        ]
        if day := day_within(self.meta.get("pubdate", "")):
            stated.append((day, in_file("PubDate")))
        published = self._first("发布日期", "day of publication", stated)
        published = published or day_under_title(self._above_chapters())
        made = map(day_at_start, self.head.get("made", ()))
        return published or next(filter(None, made), None) or day_signed(self.text)

    def _numbers(self, label: PageField, pattern: re.Pattern[str]) -> list[tuple[str, Bilingual]]:
        matches = map(pattern.match, self.head.get(label, ()))
        return [("".join(match[0].split()), IN_HEAD) for match in matches if match]

    def _address(self) -> str | None:
        """Return where the page was published, as far as it states that itself."""
        stated = (self._absolute(self.meta.get(name, "").strip()) for name in _ADDRESSES)
        return next(filter(None, stated), None)

    def _absolute(self, address: str) -> str | None:
        site = self.meta.get("sitedomain", "").strip().rstrip("/")
        if address.startswith("/") and site:
            address = (site if "//" in site else f"http://{site}") + address
        return address if _WEB.match(address) else None

    # -- conflicts -----------------------------------------------------------------------------

    def _first(self, zh: str, en: str, stated: Sequence[tuple[T, Bilingual]]) -> T | None:
        """Return what is stated first; the first other value is a conflict."""
        if not stated:
            return None
        value, place = stated[0]
        for other, at in stated[1:]:
            if other != value:
                self._conflict(zh, en, value, place, other, at)
                break
        return value

    def _conflict(
        self, zh: str, en: str, one: object, place: Bilingual, other: object, at: Bilingual
    ) -> None:
        self.conflicts.append(Conflict((zh, en), str(one), place, str(other), at))


def _completed(title: Title, other: Title | None) -> Title:
    """Return a title with the body and the year that only another one states."""
    if other is None:
        return title
    return evolve(title, agency=title.agency or other.agency, year=title.year or other.year)


def _usual_year(text: str) -> int | None:
    """Return the year that a text names most often."""
    years = Counter("".join(year.split()) for year in _ANY_YEAR.findall(text))
    usual = max(years, key=years.__getitem__, default=None)
    return int(usual) if usual is not None else None
