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
_OWN = 200  # characters of the text of a body
_SHARED = 50  # texts that bodies share
_SIGNS = "栏目事项窗口居民电话文件示例答复核对调换茶园渡口集市桥梁灌溉路灯校舍养护清晨黄昏"


def write_small_sources(folder: Path, count: int) -> None:
    """Write reports of `count / 10` bodies, ten years each, in folders of ten thousand.

    Half of the bodies print a text that others print too.
    """
    pages = [_page(year) for year in _YEARS]
    for number in range(count):
        body, year = divmod(number, len(_YEARS))
        text = pages[year][number % _WHOLE != body % _WHOLE]
        part = folder / f"{number // 10_000:03}"
        part.mkdir(parents=True, exist_ok=True)
        words = text.replace("{body}", _name(body)).replace("{text}", _text(body, number))
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
            lines.insert(2, "{text}")
            return "\n".join(lines), "\n".join(_cut(lines))
    raise ValueError(year)


def _cut(lines: list[str]) -> Iterator[str]:
    rows = 0
    for line in lines:
        rows += "|" in line
        is_prose = len(line) > _LONGEST and line != "{text}"
        if rows <= _ROWS and ("|" in line or not is_prose):
            yield line


def _text(body: int, number: int) -> str:
    signs = random.Random(body % _SHARED if body % 2 else f"own {number}")
    return "".join(signs.choices(_SIGNS, k=_OWN)) + "。"


def _name(number: int) -> str:
    """Return the name of an invented office of an invented county."""
    offices = ("人民政府", "财政局", "教育局", "水利局", "审计局", "民政局", "司法局", "统计局")
    county, office = divmod(number, len(offices))
    return f"{county_name(county)}{offices[office]}"
