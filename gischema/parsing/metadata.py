"""What a source says about the report: title, agency, year, date of publication, numbers, address.

It may say so in several places: its title, the head of the page, the file's own metadata. The first
place that tells decides, and whatever contradicts it is a conflict.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from attrs import define, field, frozen

from gischema.chinese.enumerators import FIRST_CHAPTER
from gischema.parsing.page_head import Label, is_labelled, page_head
from gischema.text import is_name, normalise

_HEAD = 4000  # characters in which title and page head are looked for
_YEAR = r"(?:2\s?0\s?[0-4]\s?\d)"
_TOPIC = r"(?:政府信息与?政?务?公开|政务信息公开|政务公开|信息公开)"
_TITLE = re.compile(
    rf"(?P<before>[^。;]{{0,60}}?)(?P<year>{_YEAR})\s*年?\s*度?\s*(?P<after>[^。;]{{0,40}}?)"
    rf"{_TOPIC}[^。;,]{{0,14}}?(?:报告|年报)(?:\s*\([^)]{{1,16}}\))?\Z"
)
_TITLE_WITH_LATE_YEAR = re.compile(
    rf"(?P<before>[^。;]{{0,60}}?){_TOPIC}工?作?\s*(?P<year>{_YEAR})\s*年?\s*度?工?作?(?:报告|年报)\Z"
)
_TITLE_WITHOUT_YEAR = re.compile(rf"(?P<before>[^。;]{{0,60}}?){_TOPIC}工?作?(?:年度报告|年报)\Z")
_LONGEST_TITLE = 120
_ABOUT = "关于"
_PATTERNS = (
    (_TITLE, ""),
    (_TITLE_WITH_LATE_YEAR, ""),
    (_TITLE_WITHOUT_YEAR, ""),
    (_TITLE, _ABOUT),
)
"""Expressions for titles, the most telling first, and what may stand in front of the year."""
_PERIOD = re.compile(
    rf"({_YEAR})(?:\s*年?\s*1\s*月\s*1?\s*日?|[-./]0?1[-./]0?1)\s*(?:起)?\s*(?:至|到|-|—)"
)
_ANNOUNCED = re.compile(
    rf"(?<!做好)({_YEAR})\s*年?\s*度?[^,。;:《》]{{0,30}}?{_TOPIC}[^,。;:《》]{{0,6}}?(?:年度报告|年报)(?!有关|编|格式)"
)
_ANY_YEAR = re.compile(rf"(?<!\d)({_YEAR})\s*年(?!\s*\d+\s*月)")
_DATE = re.compile(r"(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_SIGNED = re.compile(r"\(?(20\d\d)年 *(\d{1,2})月 *(\d{1,2})日(?:\)|[ \t]+来源:?.*)?\Z")
_DATED = (  # seldom asked
    r"(20\d\d)-(\d{1,2})-(\d{1,2})(?:[ \t]+\d{1,2}:\d\d(?::\d\d)?(?:[ \t]+[^ \t,。;:]{2,30})?)?\Z"
)
# Seldom asked, and all Chinese characters take long to compile.
_INDEX = r"[0-9A-Za-z][0-9A-Za-z/_\-.]{4,39}"
_SITE = r"\s*[_|—–-]+\s*"
_PUBLISHER = r"[\u4e00-\u9fff()]{3,40}"
_CONTACT = (
    r"[请可](?:直接)?(?:与|联系|致电):?\s*([\u4e00-\u9fff()]{3,40}?)"
    rf"(?:{_TOPIC}|党政|综合|办公室|联系|[,;。(:]|\Z)"
)
_DOCUMENT = r"[\u4e00-\u9fff]{1,20}\s*[〔\[(]\s*\d{4}\s*[〕\])]\s*第?\s*\d{1,5}\s*号"
_CHAPTER = re.compile(rf"^[ \t]*{FIRST_CHAPTER}", re.MULTILINE)
_WEB = re.compile(r"https?://[^\s\"'<>]+\Z", re.IGNORECASE)
_TOPIC_BEGINS = re.compile(_TOPIC.replace("政府信息", "(?:政府)?信息"))
_PEOPLES = "人民"
_DASHES = 2  # of 2024-01-19
_ENDS = (
    "局", "委员会", "政府", "办公室", "办事处", "委", "办", "厅", "院", "中心", "管委会", "站",
    "队", "区", "县", "市", "镇", "乡", "街道", "海关", "大学", "学院",
)  # fmt: skip
_MIN_NAME = 2  # characters of a name before its ending
_NAME = rf"[\u4e00-\u9fff()]{{{_MIN_NAME},30}}(?:{'|'.join(_ENDS)})"
_GOES_ON = (  # on the next line
    rf"(?:.*{_YEAR}\s*年?\s*度?(?:政府)?|{_YEAR}\s*年?\s*度?{_NAME})\Z"
)
_BROKEN = rf".*{_YEAR}.*信息\Z"  # …政府信息 / 公开年度报告
_SECOND_HALF = "公开"
_EDGES = " |*#-•\t"
_TRAIL = ">"  # 首页 > 政务公开 > 民政局 > …
_LEAF = re.compile(r"\APage \d+ - ")  # what viewers print above a page that is turned
_WORD = re.compile(r"\w")  # there is none in a line of ??, which lost blanks leave
_PLACES = "省市县区州旗盟"
_OWN = re.compile(r"\A(?:我|本|该|全|各)")


_IN_TITLE = ("标题", "the title")
_IN_HEAD = ("页首", "the page head")
T = TypeVar("T")


@frozen(eq=False, repr=False)
class Conflict:
    """Two things that a source says of the report and that do not go together.

    `field` and the places are in Chinese and English; the first statement was taken.
    """

    field: tuple[str, str]
    one: str
    place: tuple[str, str]
    other: str
    other_place: tuple[str, str]


@frozen(eq=False, repr=False)
class Metadata:
    """What was found, None for what was not. `period` is the year of the span the text names."""

    title: str | None = None
    agency: str | None = None
    year: int | None = None
    period: int | None = None
    published: date | None = None
    index_no: str | None = None
    document_no: str | None = None
    source_url: str | None = None
    conflicts: tuple[Conflict, ...] = ()


def read_metadata(text: str, meta: Mapping[str, str] | None = None) -> Metadata:
    """The metadata of a report from its normal form and from what the file says beside its text.

    `meta` has the names of Chinese government pages in lower case: `articletitle`, `pubdate`,
    `contentsource`, `url` …, and `title` for the file's own title.
    """
    return _Sources(text, meta or {}).read()


@define(eq=False, repr=False)
class _Sources:
    """The text and the metadata beside it, and the conflicts found between them."""

    text: str
    meta: Mapping[str, str]
    head: dict[Label, list[str]] = field(init=False)
    conflicts: list[Conflict] = field(factory=list)

    @head.default
    def _page_head(self) -> dict[Label, list[str]]:
        return page_head(self._above_chapters())

    def read(self) -> Metadata:
        """Everything that is told."""
        title, agency, year = _title(self.text[:_HEAD])
        place = _IN_TITLE
        for named, at in self._other_titles():
            other, other_agency, other_year = _title(named)
            if other is None:
                continue
            if title is None or (year is None and other_year):
                title, agency, year, place = other, other_agency or agency, other_year, at
                continue
            if year and other_year and other_year != year:
                self._conflict("年份", "year", year, place, other_year, at)
            if agency and other_agency and not _same_body(agency, other_agency):
                self._conflict("机关", "agency", agency, place, other_agency, at)
            agency, year = agency or other_agency, year or other_year
        if year is None and "title" in self.meta:
            of_page = _site_title(self.meta["title"])
            if title is None or of_page[2]:
                title, agency, year = of_page[0], of_page[1] or agency, of_page[2]
        period = _number(_PERIOD.search(self.text))
        return Metadata(
            title=title,
            agency=agency or self._publisher(),
            year=year or self._announced() or period or _usual_year(self.text),
            period=period,
            published=self._published(),
            index_no=self._first("索引号", "index number", self._texts("index_no", _INDEX)),
            document_no=self._first(
                "文号", "document number", self._texts("document_no", _DOCUMENT)
            ),
            source_url=self._address(),
            conflicts=tuple(self.conflicts),
        )

    def _above_chapters(self) -> str:
        chapter = _CHAPTER.search(self.text, 0, _HEAD)
        return self.text[: chapter.start() if chapter else _HEAD]

    def _other_titles(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """The title where it stands beside the text's own."""
        for named in self.head.get("title", ()):
            yield named, _IN_HEAD
        if "articletitle" in self.meta:
            yield normalise(self.meta["articletitle"]).text, _beside("ArticleTitle")

    def _announced(self) -> int | None:
        """The year of the report that the first lines announce: 现公布…局2021年…年度报告."""
        return _number(_ANNOUNCED.search(self.text, 0, _HEAD))

    def _publisher(self) -> str | None:
        """The body that publishes, where no title names one: it may do so for another."""
        source = normalise(self.meta.get("contentsource", "")).text
        for name in (*self.head.get("publisher", ()), source):
            match = re.match(_PUBLISHER, name)
            if match and is_name(match[0], _ENDS, _MIN_NAME):
                return match[0]
        return None

    def _published(self) -> date | None:
        """The day of publication, or else the one on which the report was made or signed."""
        told = [
            (day, _IN_HEAD)
            for value in self.head.get("published", ())
            if (day := _date(_DATE.match(value)))
        ]
        if day := _date(_DATE.search(self.meta.get("pubdate", ""))):
            told.append((day, _beside("PubDate")))
        published = self._first("发布日期", "day of publication", told)
        published = published or _under_title(self._above_chapters())
        made = (_date(_DATE.match(value)) for value in self.head.get("made", ()))
        return published or next(filter(None, made), None) or _signed(self.text)

    def _texts(self, label: Label, pattern: str) -> list[tuple[str, tuple[str, str]]]:
        matches = (re.match(pattern, value) for value in self.head.get(label, ()))
        return [("".join(match[0].split()), _IN_HEAD) for match in matches if match]

    def _address(self) -> str | None:
        """Where the page was published, as far as it says so itself."""
        told = [
            (address, _beside(name))
            for name in ("url", "canonical", "og:url", "saved")
            if (address := self._absolute(self.meta.get(name, "").strip()))
        ]
        return told[0][0] if told else None

    def _absolute(self, address: str) -> str | None:
        site = self.meta.get("sitedomain", "").strip().rstrip("/")
        if address.startswith("/") and site:
            address = (site if "//" in site else f"http://{site}") + address
        return address if _WEB.match(address) else None

    def _first(self, zh: str, en: str, told: Sequence[tuple[T, tuple[str, str]]]) -> T | None:
        """What is told first; anything else that is told is a conflict."""
        if not told:
            return None
        value, place = told[0]
        for other, at in told[1:]:
            if other != value:
                self._conflict(zh, en, value, place, other, at)
                break
        return value

    def _conflict(
        self,
        zh: str,
        en: str,
        one: object,
        place: tuple[str, str],
        other: object,
        at: tuple[str, str],
    ) -> None:
        self.conflicts.append(Conflict((zh, en), str(one), place, str(other), at))


def _beside(name: str) -> tuple[str, str]:
    """Metadata of the file itself, as a place."""
    return f"元数据{name}", f"the metadata {name}"


def _site_title(title: str) -> tuple[str | None, str | None, int | None]:
    """The title of a page without the name of its site."""
    text = normalise(title).text
    return next(
        (found for part in (text, *re.split(_SITE, text)) if (found := _title(part))[0]),
        (None, None, None),
    )


def _same_body(one: str, other: str) -> bool:
    """Whether two names may be of one body: one in full, one shortened."""
    return one in other or other in one


def _title(head: str) -> tuple[str | None, str | None, int | None]:
    lines = head.split("\n")
    told = [at for at, line in enumerate(lines) if "公开" in line]
    for pattern, about in _PATTERNS:
        for at in told:
            line = _bare(lines[at])
            goes_on = _GOES_ON if _TOPIC_BEGINS.match(line) else _BROKEN
            half = goes_on is _GOES_ON or line.startswith(_SECOND_HALF)
            if half and re.match(goes_on, above := _above(lines, at)):
                line = above + line
            if len(line) > _LONGEST_TITLE or is_labelled(line):
                continue
            match = pattern.match(line)
            if match is None or _OWN.match(line):
                continue
            if _ABOUT in match["before"].removesuffix(about):
                continue
            fields = match.groupdict()
            agency = _agency(fields["before"]) or _agency(fields.get("after") or "")
            above = "" if agency else _above(lines, at)
            if is_name(above, _ENDS, _MIN_NAME):
                agency, line = above, above + line
            year = _digits(fields["year"]) if fields.get("year") else None
            return " ".join(line.split()), agency, year
    return None, None, None


def _above(lines: Sequence[str], at: int) -> str:
    """The next line above that has words."""
    return next(filter(_WORD.search, map(_bare, lines[:at][::-1])), "")


def _bare(line: str) -> str:
    """A line without what stands around it in a page or above it in a viewer."""
    return _LEAF.sub("", line.strip(_EDGES).rpartition(_TRAIL)[2].strip(_EDGES))


def _agency(text: str) -> str | None:
    name = text.strip(" -#*·:、“”《》").removesuffix(_ABOUT)
    _, _, last = name.rpartition(" ")
    if last != name and is_name(last, _ENDS, _MIN_NAME):
        name = last  # behind what a site prints in front of its titles
    if name.endswith(_PEOPLES):  # …人民政府信息公开年度报告 tells of its government's
        name += "政府"
    chinese = ["\u4e00" <= sign <= "\u9fff" for sign in name]
    return name if any(map(all, pairwise(chinese))) else None


def _usual_year(text: str) -> int | None:
    years = Counter(_digits(y) for y in _ANY_YEAR.findall(text))
    return max(years, key=years.__getitem__, default=None)


def _number(match: re.Match[str] | None) -> int | None:
    return _digits(match[1]) if match else None


def _digits(text: str) -> int:
    return int("".join(text.split()))


def _date(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def _signed(text: str) -> date | None:
    """The date line under a report, the last of them."""
    lines = (line.strip(" \t") for line in reversed(text.split("\n")) if "月" in line)
    return next((_date(found) for line in lines if (found := _SIGNED.match(line))), None)


def _under_title(head: str) -> date | None:
    """A date on a line of its own above the first chapter."""
    lines = (line.strip(" \t") for line in head.split("\n") if line.count("-") == _DASHES)
    return next((_date(found) for line in lines if (found := re.match(_DATED, line))), None)


def body_that_answers(text: str) -> str | None:
    """The body that signs a report, or that is to be asked about it, without its office.

    It is the report's own, where neither a title nor the page nor the first paragraph names one.
    """
    lines = [line for line in text.split("\n") if not line.isspace()]
    for above, line in reversed([*pairwise(lines)]):
        if "月" in line and _SIGNED.match(line.strip(" \t")) and _is_body(name := _bare(above)):
            return name
    for match in re.finditer(_CONTACT, text[:_HEAD]):
        body = re.match(rf"{_NAME}(?!员?会)|[\u4e00-\u9fff]{{2,10}}部(?!门)", match[1])
        if body is not None and _is_body(body[0]):
            return body[0]
    return None


def in_full(name: str | None, told: str | None) -> str | None:
    """市教育局 by the name of its place too, if what else is told of the body has it."""
    whole = name and told and name[0] in _PLACES and told.endswith(name)
    return told if whole else name


def _is_body(name: str) -> bool:
    return is_name(name, _ENDS, _MIN_NAME) and _OWN.match(name) is None
