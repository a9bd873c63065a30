"""What a page says about the report: title, agency, year, date of publication, index number."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from attrs import frozen

_HEAD = 4000  # characters in which title and page head are looked for
_GAP = r"[\s|:]*"
_YEAR = r"(?:2\s?0\s?[0-4]\s?\d)"
_TOPIC = r"(?:政府信息与?政?务?公开|政务信息公开|政务公开|信息公开)"
_TITLE = re.compile(
    rf"(?P<before>[^。;]{{0,60}}?)(?P<year>{_YEAR})\s*年?\s*度?\s*(?P<after>[^。;]{{0,40}}?)"
    rf"{_TOPIC}[^。;,]{{0,14}}?(?:报告|年报)(?:\s*\([^)]{{1,8}}\))?\Z"
)
_TITLE_WITHOUT_YEAR = re.compile(rf"(?P<before>[^。;]{{0,60}}?){_TOPIC}工?作?(?:年度报告|年报)\Z")
_LONGEST_TITLE = 120
_PERIOD = re.compile(rf"({_YEAR})\s*年?\s*1\s*月\s*1?\s*日?\s*(?:起)?\s*(?:至|到|-|—)")
_ANY_YEAR = re.compile(rf"(?<!\d)({_YEAR})\s*年(?!\s*\d+\s*月)")
_DATED = re.compile(
    r"(?:发布|发文|公开|成文|生成|发表|更新|印发)\s*(?:日期|时间)" + _GAP +
    r"(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})"
)  # fmt: skip
_SIGNED = re.compile(r"^[ \t]*(20\d\d)年 *(\d{1,2})月 *(\d{1,2})日[ \t]*$", re.MULTILINE)
_INDEX = re.compile(r"索\s*引\s*号" + _GAP + r"([0-9A-Za-z][0-9A-Za-z/_\-.]{4,39})")
_PUBLISHER = re.compile(r"(?:发布|公开|发文)机构" + _GAP + r"([\u4e00-\u9fff()]{3,40})")
_BODY = re.compile(
    r"[\u4e00-\u9fff()]{2,30}(?:局|委员会|政府|办公室|办事处|委|办|厅|院|中心|管委会|站|队|区|县|市|镇|乡)\Z"
)
_EDGES = " |*#-•\t"
_OWN = re.compile(r"\A(?:我|本|该|全|各)")


@frozen(eq=False, repr=False)
class Metadata:
    """What was found, None for what was not. `period` is the year of the span the text names."""

    title: str | None = None
    agency: str | None = None
    year: int | None = None
    period: int | None = None
    published: date | None = None
    index_no: str | None = None


def read_metadata(text: str) -> Metadata:
    """The metadata of a report from its normal form."""
    head = text[:_HEAD]
    title, agency, year = _title(head)
    period = _number(_PERIOD.search(text))
    index = _INDEX.search(head)
    return Metadata(
        title=title,
        agency=agency or _publisher(head),
        year=year or period or _usual_year(text),
        period=period,
        published=_date(_DATED.search(head)) or _signed(text),
        index_no=index[1] if index else None,
    )


def _title(head: str) -> tuple[str | None, str | None, int | None]:
    lines = [line for part in head.split("\n") if (line := part.strip(_EDGES))]
    for pattern in (_TITLE, _TITLE_WITHOUT_YEAR):
        for above, line in zip(["", *lines], lines, strict=False):
            if "公开" not in line or len(line) > _LONGEST_TITLE:
                continue
            match = pattern.match(line)
            if match is None or _OWN.match(line) or "关于" in match["before"]:
                continue
            fields = match.groupdict()
            agency = _agency(fields["before"]) or _agency(fields.get("after") or "")
            if agency is None and _BODY.match(above):
                agency = above
            printed = above + line if agency == above else line
            year = _digits(fields["year"]) if fields.get("year") else None
            return " ".join(printed.split()), agency, year
    return None, None, None


def _agency(text: str) -> str | None:
    name = text.strip(" -#*·:、“”《》")
    return name if len(name) >= 2 and re.search(r"[\u4e00-\u9fff]{2}", name) else None


def _publisher(head: str) -> str | None:
    match = _PUBLISHER.search(head)
    return match[1] if match and _BODY.match(match[1]) else None


def _usual_year(text: str) -> int | None:
    years = Counter(_digits(y) for y in _ANY_YEAR.findall(text))
    return years.most_common(1)[0][0] if years else None


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
    lines = list(_SIGNED.finditer(text))
    return _date(lines[-1]) if lines else None
