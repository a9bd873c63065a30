"""Small texts in large numbers: what a dataset costs apart from reading."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from gischema import Gischema
from gischema.testing.choices import SeededChoices
from gischema.testing.laboratory import specimen
from gischema.testing.layouts import LAYOUTS
from gischema.testing.sample_text import BODIES
from gischema.testing.source_folder import county_name

_YEARS = range(2014, 2024)
_WHOLE = 10  # every tenth report prints all its rows, the others the first ones
_ROWS = 12
_LONGEST = 40  # characters of a line of a short report
_LETTERS = 10  # form letters of superior offices
_SENTENCES = 10  # of a chapter, some 200 characters
_WHO = ("承办科室", "值班人员", "各股室", "信息员", "分管负责人", "驻村干部", "档案员")
_DOES = ("逐月核对", "按季整理", "当面说明", "重新归并", "分批公开", "登记造册", "电话回访")
_WHAT = (
    "渡口时刻", "路灯维修记录", "灌溉用水安排", "校舍加固进度", "集市摊位名单", "茶园补助名册",
    "桥梁检修日程", "饮水检测结果",
)  # fmt: skip
_PLACES = {"一、": "{first}", "五、": "{second}"}
_HOW = ("当天上网", "在公告栏张贴", "附办事电话", "注明经办人", "留底备查", "隔周抽查一次")


def write_small_sources(folder: Path, count: int) -> None:
    """Write reports of `count / 10` bodies, ten years each, in folders of ten thousand.

    Each has two chapters of narrative. Every third body takes the first one from the body before
    it, every fifth prints last year's again, every sixth has the second one from a form letter.
    """
    pages = [_page(year) for year in _YEARS]
    for number in range(count):
        body, year = divmod(number, len(_YEARS))
        text = pages[year][number % _WHOLE != body % _WHOLE]
        part = folder / f"{number // 10_000:03}"
        part.mkdir(parents=True, exist_ok=True)
        words = text.replace("{body}", _name(body))
        for place, chapter in _chapters(body, year).items():
            words = words.replace(place, chapter)
        (part / f"{number:07}.txt").write_text(words, encoding="utf-8")


def _page(year: int) -> tuple[str, str]:
    """Return a report with all rows of its form, and one with the first ones."""
    forms = tuple(Gischema().forms.values())
    for seed in range(1000):
        form = next(one for one in forms if one.years[0] <= year <= (one.years[1] or year))
        printed = specimen(form, SeededChoices(seed), layout=LAYOUTS["pipes"], damages=()).printed
        if printed.page.year == year:
            text = printed.text
            for body in BODIES:
                text = text.replace(body, "{body}")
            lines = text.splitlines()
            for chapter, place in _PLACES.items():
                heading = next(at for at, line in enumerate(lines) if line.startswith(chapter))
                lines.insert(heading + 1, place)
            return "\n".join(lines), "\n".join(_cut(lines))
    raise ValueError(year)


def _cut(lines: list[str]) -> Iterator[str]:
    rows = 0
    for line in lines:
        rows += "|" in line
        is_prose = len(line) > _LONGEST
        if rows <= _ROWS and ("|" in line or not is_prose):
            yield line


def _chapters(body: int, year: int) -> dict[str, str]:
    """Return the narrative of a report, by the place where it stands."""
    source = body - 1 if body % 3 == 2 else body
    written = 0 if body % 5 == 0 else year
    letter = f"letter {body // 6 % _LETTERS} {year}" if body % 6 == 5 else f"own {body} {year}"
    first, second = _PLACES.values()
    return {first: _narrative(f"{source} {written}"), second: _narrative(letter)}


def _narrative(seed: str) -> str:
    choose = random.Random(seed).choice
    words = (_WHO, _DOES, _WHAT)
    sentences = ("".join(map(choose, words)) + f"，{choose(_HOW)}。" for _ in range(_SENTENCES))
    return "".join(sentences)


def _name(number: int) -> str:
    """Return the name of an invented office of an invented county."""
    offices = ("人民政府", "财政局", "教育局", "水利局", "审计局", "民政局", "司法局", "统计局")
    county, office = divmod(number, len(offices))
    return f"{county_name(county)}{offices[office]}"
