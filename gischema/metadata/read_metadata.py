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

from attrs import define, field

from gischema.chinese.body_names import BodyNames
from gischema.chinese.dates import date_spans
from gischema.chinese.enumerators import FIRST_CHAPTER
from gischema.diagnostics import diagnose
from gischema.metadata.body import (
    StatedBody,
    bodies_that_answer,
    chosen_body,
    contradicting,
    is_one_body,
    publishers,
)
from gischema.metadata.days import day_at_start, day_under_title, day_within
from gischema.metadata.model import (
    IN_HEAD,
    IN_TITLE,
    PLACES,
    Bilingual,
    Conflict,
    Metadata,
    in_file,
)
from gischema.metadata.named_period import period_above, period_in
from gischema.metadata.page_head import PageField, read_page_head
from gischema.metadata.published import PublishedDay, doubt_about, own_day
from gischema.metadata.title import Title, find_title, title_of_page
from gischema.report import Diagnostic, Fact, FactName, FactSource, FactStatus, Lead, Origin, Period
from gischema.text import Places, normalise

_HEAD = 4000  # characters in which title and page head are looked for
_CHAPTER = re.compile(rf"^[ \t]*{FIRST_CHAPTER}", re.MULTILINE)
_ANY_YEAR = re.compile(r"(?<!\d)(2\s?0\s?[0-4]\s?\d)\s*年(?!\s*\d+\s*月)")
_INDEX = re.compile(r"[0-9A-Za-z][0-9A-Za-z/_\-.]{4,39}")
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{1,20}\s*[〔\[(]\s*\d{4}\s*[〕\])]\s*第?\s*\d{1,5}\s*号")
_WEB = re.compile(r"https?://[^\s\"'<>]+\Z", re.IGNORECASE)
_ADDRESSES = ("url", "canonical", "og:url", "saved")
_YEAR: Bilingual = ("年份", "year")
_BODY: Bilingual = ("机关", "agency")
_DAY: Bilingual = ("发布日期", "day of publication")
_OWN: FactSource = "title"
T = TypeVar("T")


def read_metadata(
    places: Places,
    meta: Mapping[str, str],
    lead: Lead,
    names: BodyNames,
    given_year: int | None = None,
) -> Metadata:
    """Return the metadata of a report.

    Args:
        places: The normal form of its text, and where that stands in the source.
        meta: What the file states outside of its text, by the names of Chinese government pages in
            lower case: `articletitle`, `pubdate`, `contentsource`, `url` …; `title` is the file's
            own title.
        lead: What the text states of the report itself.
        names: What names of bodies look like.
        given_year: The year of the report, whatever the source states.
    """
    return _MetadataReader(places, meta, lead, names, given_year).read()


@define(eq=False)
class _MetadataReader:
    """The places that state metadata, and what they contradict or leave in doubt."""

    places: Places
    meta: Mapping[str, str]
    lead: Lead
    names: BodyNames
    given_year: int | None
    head: dict[PageField, list[str]] = field(init=False)
    conflicts: list[Conflict] = field(factory=list)
    notes: list[Diagnostic] = field(factory=list)
    facts: dict[FactName, Fact] = field(factory=dict)

    @property
    def text(self) -> str:
        """The normal form of the text."""
        return self.places.text.text

    @head.default
    def _page_head(self) -> dict[PageField, list[str]]:
        return read_page_head(self._above_chapters())

    def read(self) -> Metadata:
        """Return everything that is stated."""
        title, source = self._title()
        self._note("title", source if title is not None else None, self._origin_of(title))
        period, period_year = self._period(title)
        year = self._year(title, source, period_year)
        return Metadata(
            title=title.text if title is not None else None,
            agency=self._agency(title, source),
            year=year,
            period=period,
            period_year=period_year,
            published=self._published(year),
            index_no=self._first("索引号", "index number", self._numbers("index_no", _INDEX)),
            document_no=self._first(
                "文号", "document number", self._numbers("document_no", _DOCUMENT)
            ),
            source_url=self._address(),
            facts=self.facts,
            conflicts=tuple(self.conflicts),
            diagnostics=tuple(self.notes),
        )

    # -- facts ---------------------------------------------------------------------------------

    def _note(
        self,
        name: FactName,
        source: FactSource | None,
        origin: Origin | None = None,
        *doubts: Diagnostic,
        inferred: bool = False,
        contradicted: bool = False,
    ) -> None:
        """Note the grounds of a fact, absent without a `source`, and what doubts it."""
        self.notes.extend(doubts)
        codes = (*(note.code for note in doubts), *(["D606"] * contradicted))
        status: FactStatus = "absent" if source is None else "inferred" if inferred else "stated"
        self.facts[name] = Fact(status, source, origin, codes)

    def _origin(self, span: tuple[int, int] | None) -> Origin | None:
        return self.places.origin(*span) if span is not None else None

    def _origin_of(self, title: Title | None) -> Origin | None:
        return self._origin(title.span) if title is not None else None

    def _contradicted(self, zh: str) -> bool:
        return any(conflict.field[0] == zh for conflict in self.conflicts)

    def _above_chapters(self) -> str:
        chapter = _CHAPTER.search(self.text, 0, _HEAD)
        return self.text[: chapter.start() if chapter else _HEAD]

    # -- title, body and year ------------------------------------------------------------------

    def _title(self) -> tuple[Title | None, FactSource]:
        """Return the title of the text, with what those in other places complete, and its place.

        One in another place counts in its stead if only that states a year; the title of the web
        page is the last resort.
        """
        title, source, place = find_title(self.text[:_HEAD], self.names), _OWN, IN_TITLE
        for stated, of_other, at in self._other_titles():
            other = find_title(stated, self.names)
            if other is None:
                continue
            other = other._replace(span=None)
            if title is None or (title.year is None and other.year):
                title, source, place = _completed(other, title), of_other, at
            else:
                self._compare(title, place, other, at)
                title = _completed(title, other)
        if (title is None or title.year is None) and "title" in self.meta:
            of_page = title_of_page(self.meta["title"], self.names)
            if of_page is not None and (title is None or of_page.year):
                title, source = _completed(of_page._replace(span=None), title), "file"
        return title, source

    def _other_titles(self) -> Iterator[tuple[str, FactSource, Bilingual]]:
        """Yield the titles that stand outside of the text's own."""
        for stated in self.head.get("title", ()):
            yield stated, "page_head", IN_HEAD
        if "articletitle" in self.meta:
            yield normalise(self.meta["articletitle"]).text, "file", in_file("ArticleTitle")

    def _compare(self, one: Title, place: Bilingual, other: Title, at: Bilingual) -> None:
        """Note the year and the body in which two titles contradict each other."""
        if one.year and other.year and one.year != other.year:
            self._conflict(*_YEAR, one.year, place, other.year, at)
        if one.agency and other.agency and not is_one_body(one.agency, other.agency, self.names):
            self._conflict(*_BODY, one.agency, place, other.agency, at)

    def _agency(self, title: Title | None, source: FactSource) -> str | None:
        """Return the body that reports, and note what contradicts it."""
        found = (each.without_website(self.names) for each in self._bodies(title, source))
        stated = [each for each in found if each is not None]
        chosen = chosen_body(stated)
        if chosen is None:
            self._note("agency", None, None, diagnose("D406"))
            return None
        for other in contradicting(chosen, stated[1:], self.names)[:1]:
            places = PLACES[chosen.source], PLACES[other.source]
            self._conflict(*_BODY, chosen.name, places[0], other.name, places[1])
        doubts = () if chosen.is_certain else (self._inferred(_BODY, chosen.name, chosen.source),)
        self._note(
            "agency",
            chosen.source,
            chosen.origin or self._origin(chosen.span),
            *doubts,
            inferred=not chosen.is_certain,
            contradicted=self._contradicted(_BODY[0]),
        )
        return chosen.name

    def _bodies(self, title: Title | None, source: FactSource) -> Iterator[StatedBody]:
        """Yield the names of the body that reports, those that count most first."""
        if title is not None and title.agency is not None:
            yield StatedBody(title.agency, source, title.span, is_certain=not title.embedded)
        if self.lead.body is not None:
            name = self.names.of_report(self.lead.body)
            if self.names.is_expected_name(name) or self.names.has_website(name):
                yield StatedBody(name, "lead", origin=self.lead.origins.get("body"))
        answers = list(bodies_that_answer(self.text, self.names))
        yield from (each for each in answers if each.source == "signature")
        source_of_page = (normalise(self.meta.get("contentsource", "")).text,)
        yield from publishers(self.head.get("publisher", ()), "page_head", self.text, self.names)
        yield from publishers(source_of_page, "file", self.text, self.names)
        yield from (each for each in answers if each.source == "contact")

    def _inferred(self, fact: Bilingual, value: object, source: FactSource) -> Diagnostic:
        """Return the diagnostic about a value that the report does not state as its own."""
        (zh, en), (place, place_en) = fact, PLACES[source]
        return diagnose("D407", field=zh, field_en=en, value=value, place=place, place_en=place_en)

    def _year(self, title: Title | None, source: FactSource, period: int | None) -> int | None:
        """Return the year: of the title, as announced, of the period, or the usual one."""
        if self.given_year is not None:
            self.facts["year"] = Fact("given")
            return self.given_year
        stated = list(self._stated_years(title, source, period))
        if stated:
            year, source, origin = stated[0]
            contradicted = self._contradicted(_YEAR[0])
            self._note("year", source, origin, contradicted=contradicted)
            return year
        usual = _usual_year(self.text)
        if usual is None:
            self._note("year", None)
            return None
        year, span = usual
        doubt = self._inferred(_YEAR, year, "text")
        self._note("year", "text", self._origin(span), doubt, inferred=True)
        return year

    def _stated_years(
        self, title: Title | None, source: FactSource, period: int | None
    ) -> Iterator[tuple[int, FactSource, Origin | None]]:
        """Yield the years that are stated, those that count most first.

        The title of a web page may have the year of its column, in which last year's reports are
        published: what the text announces, or its period, counts more.
        """
        own: list[tuple[int, FactSource, Origin | None]] = []
        if self.lead.year is not None:
            own.append((self.lead.year, "lead", self.lead.origins.get("year")))
        if period is not None:
            own.append((period, "text", self.facts["period"].origin))
        titled = title.year if title is not None else None
        years = {year for year, *_ in own}
        if titled is not None and source == "file" and years and titled not in years:
            year, place, _ = own[0]
            self._conflict(*_YEAR, year, PLACES[place], titled, PLACES["file"])
        elif titled is not None:
            yield titled, source, self._origin_of(title)
        yield from own

    def _period(self, title: Title | None) -> tuple[Period | None, int | None]:
        """Return the reporting period, and the year of the first span that begins with a year.

        A part of a year that the title names, or a line of its own above the text, comes first.
        """
        if (named := self._named_period(title)) is not None:
            return named, named.first.year
        spans = list(date_spans("".join(self.text.split())))
        years = (s for s in spans if (s.first.month, s.first.day) == (1, 1))
        whole = next(years, None)
        year = whole.first.year if whole is not None else None
        if self.lead.span_start is not None and self.lead.span_end is not None:
            self._note("period", "lead", self.lead.origins.get("span_start"))
            return Period(self.lead.span_start, self.lead.span_end), year
        if whole is not None and whole.last is not None:
            self._note("period", "text")
            return Period(whole.first, whole.last), year
        self._note("period", None)
        return None, year

    def _named_period(self, title: Title | None) -> Period | None:
        """Return the part of a year that is the report's own: a quarter, half a year, a month."""
        if title is not None:
            period, span = period_in(title.text), title.span
        else:
            period, span = period_above(self.text)
        if period is not None:
            self._note("period", "title" if title is not None else "page_head", self._origin(span))
        return period

    # -- dates, numbers and address ------------------------------------------------------------

    def _published(self, year: int | None) -> date | None:
        """Return the day of publication, or else the one on which it was made or signed."""
        own = own_day(self.head.get("made", ()), self.text)
        found = self._posting() or own
        if found is None:
            self._note("published", None)
            return None
        why = doubt_about(found, own, year)
        doubts = (
            () if why is None else (diagnose("D408", day=found.day, why=why[0], why_en=why[1]),)
        )
        contradicted = self._contradicted(_DAY[0])
        self._note("published", found.source, None, *doubts, contradicted=contradicted)
        return found.day

    def _posting(self) -> PublishedDay | None:
        """Return the day of publication of the page."""
        stated = [
            (day, IN_HEAD)
            for value in self.head.get("published", ())
            if (day := day_at_start(value))
        ]
        if day := day_within(self.meta.get("pubdate", "")):
            stated.append((day, in_file("PubDate")))
        source: FactSource = "page_head" if stated and stated[0][1] == IN_HEAD else "file"
        if posted := self._first(*_DAY, stated):
            return PublishedDay(posted, source, is_posting=True)
        day = day_under_title(self._above_chapters())
        return PublishedDay(day, "page_head", is_posting=True) if day is not None else None

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
    return title._replace(agency=title.agency or other.agency, year=title.year or other.year)


def _usual_year(text: str) -> tuple[int, tuple[int, int]] | None:
    """Return the year that a text names most often, and where it names it first."""
    matches = list(_ANY_YEAR.finditer(text))
    years = Counter("".join(match[1].split()) for match in matches)
    usual = max(years, key=years.__getitem__, default=None)
    if usual is None:
        return None
    first = next(match for match in matches if "".join(match[1].split()) == usual)
    return int(usual), first.span(1)
