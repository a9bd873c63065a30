"""Rows and frames: tidy, with one type a column, whole on their own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import gischema

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
WRONG = gischema.parse(REPORTS / "art20_2021_wrong.txt")
OLD = gischema.parse(REPORTS / "stat_2014_office.txt")
RESULT = gischema.check(WRONG)
CHANGES = gischema.compare(OLD, WRONG)
EMPTY = (gischema.Report(), gischema.CheckResult((), (), ()), gischema.compare(OLD, OLD))


@pytest.mark.parametrize(
    ("full", "empty"),
    list(zip((WRONG, RESULT, CHANGES), EMPTY, strict=True)),
    ids=lambda one: type(one).__name__,
)
def test_frames_have_the_same_types_whatever_they_hold(full: Any, empty: Any) -> None:
    """Frames of many reports can be put below each other, empty ones too."""
    polars = pytest.importorskip("polars")
    frame, bare = full.to_polars(), empty.to_polars()
    assert frame.schema == bare.schema
    assert len(polars.concat([frame, bare])) == len(frame) == len(full.rows()) > 0
    assert frame.columns == list(full.rows()[0])
    pandas = pytest.importorskip("pandas")
    table, none = full.to_pandas(), empty.to_pandas()
    assert list(table.dtypes) == list(none.dtypes)
    assert len(pandas.concat([table, none])) == len(table) == len(full.rows())


def test_values_are_decimals_with_the_raw_text() -> None:
    """Counts and sums of money stand in one column, exactly."""
    polars = pytest.importorskip("polars")
    frame = WRONG.to_polars()
    assert frame.schema["value"] == polars.Decimal(38, 6)
    figures = {figure.path: figure for figure in WRONG.figures}
    for row in frame.filter(polars.col("source") == "table").iter_rows(named=True):
        figure = figures[row["path"]]
        assert (row["value"], row["raw"]) == (figure.value, figure.raw)
        assert row["file"] == WRONG.source_name
        assert row["line"] == (figure.origin.line if figure.origin else None)


def test_no_decimal_is_rounded() -> None:
    """A value with more places than usual widens its column."""
    pytest.importorskip("polars")
    value = Decimal("0.123456789")
    report = evolve(WRONG, figures=(evolve(WRONG.figures[0], value=value),), narrative=())
    assert report.to_polars()["value"].to_list() == [value]


def test_rows_of_findings_show_the_culprit() -> None:
    """One row a finding, with the cell that is likely wrong and its report."""
    rows = RESULT.rows()
    assert [row["code"] for row in rows] == [finding.code for finding in RESULT.findings]
    (row,) = (row for row in rows if row["code"] == "B2")
    assert (row["stated"], row["suggested"]) == (21, 12)
    assert (row["year"], row["difference"]) == (2023, RESULT.findings[-1].difference)
    assert row["culprit"].endswith("third_party.natural_person")


@pytest.mark.parametrize("package", ["polars", "pandas"])
@pytest.mark.parametrize("item", [WRONG, RESULT, CHANGES], ids=lambda one: type(one).__name__)
def test_a_missing_package_is_named(
    item: Any, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has no data frames learns what to install."""
    monkeypatch.setitem(sys.modules, package, None)
    call: Callable[[], object] = getattr(item, f"to_{package}")
    with pytest.raises(gischema.MissingPackage, match=f"pip install {package}"):
        call()
