"""The laboratory works for a form that it has never seen, such as a plugin's."""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema.engine import Gischema
from gischema.forms import load_form
from gischema.testing import (
    LAYOUTS,
    FormIdentities,
    SeededChoices,
    SumIdentity,
    consistent_values,
    judge,
    specimen,
)

GRAMMAR = """
start: (works | staff)*

works: _WORKS? works__columns? (WATERWAYS | roads | WORKS__TOTAL)+
_WORKS: "二、渡口和道路工程信息"
works__columns: _WORK? (PLANNED | OPENED | COLUMNS__TOTAL)+
_WORK: "工程名目"
PLANNED: "计划公布数量 | 件"
OPENED: "竣工公布数量 | 件"
COLUMNS__TOTAL: "合计数量 | 件"
WATERWAYS: "(一)渡口航道"
roads: (ROADS | VILLAGE_ROADS | BRIDGES)+
ROADS: "(二)道路桥梁"
VILLAGE_ROADS: "1.村级道路"
BRIDGES: "2.石桥木桥"
WORKS__TOTAL: "(三)工程总计"

staff: (STAFF | FULL_TIME | PART_TIME)+
STAFF: "三、工程信息员人数 | 人"
FULL_TIME: "1.驻村专职信息员人数 | 人"
PART_TIME: "2.轮值兼职信息员人数 | 人"
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Gischema:
    """An engine that knows one invented form."""
    file: Path = tmp_path_factory.mktemp("form") / "works.lark"
    file.write_text(GRAMMAR, encoding="utf-8")
    form = load_form("works-2030", file, years=(2030, None), basis="青禾办〔2029〕1号")
    return Gischema(forms=[form])


def test_identities_are_read_off_the_form(engine: Gischema) -> None:
    """Totals of rows, of columns and of a group with a row of its own are found."""
    found = FormIdentities.of(engine.forms["works-2030"])
    rows = ("works.waterways", "works.roads.village_roads", "works.roads.bridges")
    assert SumIdentity("works.total.planned", tuple(f"{row}.planned" for row in rows)) in found.rows
    assert SumIdentity("staff", ("staff.full_time", "staff.part_time")) in found.rows
    total = SumIdentity(
        "works.waterways.total", ("works.waterways.planned", "works.waterways.opened")
    )
    assert total in found.columns


def test_figures_of_the_form_add_up(engine: Gischema) -> None:
    """Values are made for every indicator, and the identities hold."""
    form = engine.forms["works-2030"]
    for seed in range(20):
        values = consistent_values(form, SeededChoices(seed))
        assert list(values) == list(form.indicators)
        assert FormIdentities.of(form).broken(values) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pages_of_the_form_read_back(engine: Gischema, layout: str) -> None:
    """Undamaged and damaged pages keep the promise, in every layout."""
    form = engine.forms["works-2030"]
    for seed in range(8):
        page = specimen(form, SeededChoices(seed), layout=LAYOUTS[layout], most=seed % 2)
        assert judge(page.printed, engine.parse_text(page.printed.text)).faults == ()
