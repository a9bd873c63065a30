"""The region and the level of a body, as far as its name states them.

Places are not listed: a name is cut behind the endings of regions, 省, 市, 县, 镇.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gischema.report import Level

_MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
"""Cities that are provinces."""

_ENDINGS = (
    r"特别行政区|自治区|自治州|自治县|自治旗|地区|街道|苏木|街(?=\Z)|省(?![级直])"
    r"|市(?!场|容|政[工园公管设建])|县(?!级|城(?![市乡镇管建]))"
    r"|(?<![社校小库灌辖])区(?![域划])|(?<![城村乡小])镇(?![市县区镇乡])|(?<!城)乡(?![市县区镇村])"
    r"|(?<!联)[州旗盟](?!市(?!场)|[县区镇乡])"
)
"""Endings of names of regions, where they do not belong to another word: 市场, 县城."""

_NO_PLACE = "城市[管建综规更公运执]|城乡|城镇|村镇|乡镇|社区"
_SEGMENT = re.compile(
    rf"(?:人民)?(?:政府)?(?P<place>(?!{_NO_PLACE})[^\W\d_局厅委办处站所院]{{1,12}}?(?:{_ENDINGS}))"
)
_GOVERNMENT = re.compile(
    r"(?:人民)?(?:政府)?(?:管理?委员?会|管委|行政公署|行署|办事处)?(?:\([^)]*\))?\Z"
)
_OF_NO_PLACE = re.compile(r"(?P<level>[省市州县区旗镇乡])(?:人民)?政府\Z")  # 县政府
_ZONE = re.compile(
    r"(?:开发|高新|新|试验|实验|园|度假|示范|管理|工业|商务|合作|保税|风景名?胜?|产业)区\Z"
)
"""Districts that are no level of government of their own."""

_LEVELS: tuple[tuple[str, Level], ...] = (
    ("省", "province"),
    ("自治区", "province"),
    ("特别行政区", "province"),
    ("地区", "city"),
    *((ending, "city") for ending in "州盟"),
    *((ending, "county") for ending in "县区旗"),
    *((ending, "township") for ending in ("镇", "乡", "街道", "街", "苏木")),
)


class Jurisdiction(NamedTuple):
    """The region that a body belongs to, and its own level; None for what its name leaves open.

    Attributes:
        region: The region with those above it, as far as the name states them: 青禾市云岭县.
    """

    region: str | None = None
    level: Level | None = None


def jurisdiction_of(agency: str) -> Jurisdiction:
    """Return the region and the level of a body, from its name.

    A county-level city counts as a city unless the city above it is stated, too.
    """
    name = "".join(agency.split())
    places: list[str] = []
    end = 0
    while found := _SEGMENT.match(name, end):
        places.append(found["place"])
        end = found.end()
    region = "".join(places) or None
    if not places:
        unnamed = _OF_NO_PLACE.match(name)
        return Jurisdiction(None, _level([unnamed["level"]]) if unnamed else "department")
    return Jurisdiction(region, _level(places) if _GOVERNMENT.match(name, end) else "department")


def names_a_place(agency: str) -> bool:
    """Return True if a name states a place anywhere: 国家税务总局青禾市税务局."""
    return _SEGMENT.search("".join(agency.split())) is not None


def _level(places: list[str]) -> Level | None:
    """Return the level of the last of several places, each in the one before."""
    *above, last = places
    if last in _MUNICIPALITIES:
        return "province"
    if last.endswith("市"):
        return "county" if any(_is_city(place) for place in above) else "city"
    if _ZONE.search(last):
        return None
    return next((level for ending, level in _LEVELS if last.endswith(ending)), None)


def _is_city(place: str) -> bool:
    return place not in _MUNICIPALITIES and _level([place]) == "city"
