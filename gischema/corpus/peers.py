"""Figures far from those of like bodies: bodies of one level that report on one form in one year.

Both tests are robust: they compare the logarithm of a figure, or of its change, with the median of
the others, in units of the median deviation. Small numbers and small groups are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from gischema.forms.concepts import Concept, concepts

OUTLIER, JUMP = "PEER-1", "PEER-2"
"""The codes of the two tests: a figure far from those of like bodies, a change far from theirs."""

_PEERS = 20  # the fewest like bodies
_SMALL = 50  # a figure, or the sum of two years, that may change by chance
_FAR = 6.0  # median deviations, scaled to standard deviations
_SCALE = 1.4826
_LEAST_SPREAD = 0.25  # of logarithms: figures within 28 % of the median are never far
_GROUP = ("level", "year", "form")
_ABOUT = ("uri", "body", "body_key", "year", "level", "form")


def peer_findings(panel: Path) -> Iterator[dict[str, Any]]:
    """Yield a row of `SERIES_FINDINGS` for each figure or change far from those of like bodies."""
    known = set(pl.read_parquet_schema(panel))
    whole_years = pl.scan_parquet(panel).filter(
        pl.col("period").is_null(), pl.col("level").is_not_null(), pl.col("form").is_not_null()
    )
    for concept in concepts():
        if concept.name in known:
            yield from _of_concept(whole_years, concept)


def _of_concept(panel: pl.LazyFrame, concept: Concept) -> Iterator[dict[str, Any]]:
    """Yield the findings about one concept, from its figures in tables that are without doubt."""
    name = concept.name
    usable = (pl.col(f"{name}_source") == "table") & ~pl.col(f"{name}_doubt")
    rows = (
        panel.filter(usable)
        .select(*_ABOUT, pl.col(name).cast(pl.Float64).alias("value"))
        .collect()
        .unique(["body_key", "year"], keep="any", maintain_order=True)
    )
    log = pl.col("value").log1p()
    for row in _far(rows, log, pl.max_horizontal("value", "median"), 1):
        yield _outlier(row, concept)
    pairs = _with_previous(rows, concept)
    change = log - pl.col("before").log1p()
    for row in _far(pairs, change, pl.col("value") + pl.col("before"), 0):
        yield _jump(row, concept)


def _with_previous(rows: pl.DataFrame, concept: Concept) -> pl.DataFrame:
    """Return the rows with last year's figure, unless the definition changed in between."""
    before = rows.select(
        "body_key",
        pl.col("year") + 1,
        pl.col("value").alias("before"),
        pl.col("form").alias("form_before"),
        pl.col("uri").alias("previous_uri"),
    )
    joined = rows.join(before, on=["body_key", "year"], maintain_order="left")
    comparable = (pl.col("form") == pl.col("form_before")) | ~pl.col("form").is_in(concept.breaks)
    return joined.filter(comparable)


def _far(
    rows: pl.DataFrame, measured: pl.Expr, extent: pl.Expr, offset: int
) -> Iterator[dict[str, Any]]:
    """Yield the rows whose measure is far from the median of their group.

    Args:
        rows: The figures.
        measured: A logarithm.
        extent: What must not be small.
        offset: What the logarithm added, taken off the median that is shown.
    """
    middle = pl.col("measured").median().over(_GROUP)
    deviation = (pl.col("measured") - pl.col("middle")).abs()
    spread = pl.max_horizontal(_SCALE * deviation.median().over(_GROUP), pl.lit(_LEAST_SPREAD))
    median = pl.col("middle").exp() - offset
    found = (
        rows.with_columns(measured.alias("measured"))
        .with_columns(middle.alias("middle"), (pl.len().over(_GROUP) - 1).alias("peers"))
        .with_columns((deviation / spread).alias("far"), median.alias("median"))
        .filter(pl.col("far") > _FAR, pl.col("peers") >= _PEERS, extent >= _SMALL)
    )
    return found.sort("uri").iter_rows(named=True)


def _outlier(row: dict[str, Any], concept: Concept) -> dict[str, Any]:
    value, median, peers = row["value"], row["median"], row["peers"]
    return _row(row, concept, OUTLIER) | {
        "values": [f"{value:.10g}"],
        "size": abs(value - median),
        "message": f"{concept.zh}={value:g}，同级{peers}个机关的中位数是{median:.0f}",
        "message_en": f"{concept.en} = {value:g}; "
        f"the median of {peers} like bodies is {median:.0f}",
    }


def _jump(row: dict[str, Any], concept: Concept) -> dict[str, Any]:
    value, before, peers = row["value"], row["before"], row["peers"]
    return _row(row, concept, JUMP) | {
        "previous_uri": row["previous_uri"],
        "values": [f"{value:.10g}", f"{before:.10g}"],
        "size": abs(value - before),
        "message": f"{concept.zh}由{before:g}变为{value:g}；"
        f"同级{peers}个机关变化的中位数是{row['median']:.2f}倍",
        "message_en": f"{concept.en}: from {before:g} to {value:g}; "
        f"the median change of {peers} like bodies is a factor of {row['median']:.2f}",
    }


def _row(row: dict[str, Any], concept: Concept, rule: str) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("uri", "body", "body_key", "year", "peers", "median")},
        "rule": rule,
        "severity": "info",
        "doubtful": False,
        "paths": list(concept.paths[row["form"]]),
    }
