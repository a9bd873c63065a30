"""Figures that do not fit those of other bodies in one year: of like bodies, and of those below.

Like bodies are of one level and report on one form. Both tests among them are robust: they compare
the logarithm of a figure, or of its change, with the median of the others, in units of the median
deviation. Small numbers and small groups are left out.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from gischema.corpus.schemas import SERIES_FINDINGS
from gischema.corpus.table_writer import TableWriter
from gischema.forms.concepts import Concept, concepts, generation_of

OUTLIER, JUMP, BELOW = "PEER-1", "PEER-2", "ROLL-2"
"""The codes of the tests: a figure far from those of like bodies, a change far from theirs, a
government that states less than the bodies below it together."""

_ROWS = 5000
_PEERS = 20  # the fewest like bodies
_SMALL = 50  # a figure, or the sum of two years, that may change by chance
_FAR = 6.0  # median deviations, scaled to standard deviations
_SCALE = 1.4826
_LEAST_SPREAD = 0.25  # of logarithms: figures within 28 % of the median are never far
_GROUP = ("level", "year", "form")
_CATEGORIES = ("body_key", "level", "form", "region")  # as texts they would take 100 MB
_NAMES = ("uri", "body", "body_key", "body_doubt")
_ABOVE = {"city": "province", "county": "city", "township": "county"}


def add_peers(folder: Path) -> None:
    """Add figures far from those of like bodies to `series_findings.parquet`."""
    file = folder / "series_findings.parquet"
    with pq.ParquetFile(file) as found, TableWriter(file, SERIES_FINDINGS) as table:
        for batch in found.iter_batches(_ROWS, use_threads=False):
            table.append(pa.Table.from_batches([batch]))
        for row in peer_findings(folder / "panel.parquet"):
            table.add(row)


def peer_findings(panel: Path) -> Iterator[dict[str, Any]]:
    """Yield a row of `SERIES_FINDINGS` for each figure or change far from those of like bodies."""
    known = set(pl.read_parquet_schema(panel))
    whole_years = (
        pl.scan_parquet(panel)
        .with_row_index("row")
        .filter(
            pl.col("period").is_null(), pl.col("level").is_not_null(), pl.col("form").is_not_null()
        )
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
        .select(
            "row",
            "year",
            pl.col(_CATEGORIES).cast(pl.Categorical),
            pl.col(name).cast(pl.Float64).alias("value"),
        )
        .collect(engine="streaming")
        .unique(["body_key", "year"], keep="any", maintain_order=True)
    )
    log = pl.col("value").log1p()
    for row in _named(_far(rows, log, pl.max_horizontal("value", "median"), 1), panel):
        yield _outlier(row, concept)
    for row in _named(_less_than_parts(rows), panel):
        yield _below(row, concept)
    pairs = _with_previous(rows, concept)
    change = log - pl.col("before").log1p()
    for row in _named(_far(pairs, change, pl.col("value") + pl.col("before"), 0), panel):
        yield _jump(row, concept)


def _named(found: pl.DataFrame, panel: pl.LazyFrame) -> Iterator[dict[str, Any]]:
    """Yield rows with the names of their sources and bodies, in the order of the sources."""
    numbers = pl.concat([found[name].drop_nulls() for name in found.columns if "row" in name])
    names = (
        panel.filter(pl.col("row").is_in(numbers.implode()))
        .select("row", *_NAMES)
        .collect(engine="streaming")
    )
    named = found.drop("body_key").join(names, on="row")
    if "previous_row" in found.columns:
        previous = names.select(previous_row="row", previous_uri="uri", previous_doubt="body_doubt")
        named = named.join(previous, on="previous_row")
    return named.sort("uri").iter_rows(named=True)


def _less_than_parts(rows: pl.DataFrame) -> pl.DataFrame:
    """Return governments with less than the departments and governments right below them together.

    The reports of some of these may be missing, so that a government may well have more.
    """
    wholes = rows.filter(pl.col("level").is_in(list(_ABOVE.values())))
    known = set(wholes.select("level", "region").iter_rows())
    places = rows.filter(pl.col("level") != "province").select("level", "region").unique()
    above = [
        None if region is None else _region_above(region, _ABOVE.get(level), known)
        for level, region in places.iter_rows()
    ]
    parts = (
        rows.join(
            places.with_columns(above=pl.Series(above, dtype=pl.Categorical)), ["level", "region"]
        )
        .filter(pl.col("above").is_not_null())
        .group_by(pl.col("above").alias("region"), "year", "form")
        .agg(pl.col("value").sum().alias("sum"), pl.len().alias("peers"))
    )
    return wholes.join(parts, on=["region", "year", "form"]).filter(
        pl.col("sum") > pl.col("value"), pl.col("sum") >= _SMALL
    )


def _region_above(region: str, level: str | None, known: Container[tuple[str, str]]) -> str | None:
    """Return the region of the government above; that of a department is its own."""
    if level is None:
        return region
    ends = range(len(region) - 1, 0, -1)
    return next((region[:end] for end in ends if (level, region[:end]) in known), None)


def _with_previous(rows: pl.DataFrame, concept: Concept) -> pl.DataFrame:
    """Return the rows with last year's figure, unless the definition changed in between."""
    before = rows.select(
        "body_key",
        pl.col("year") + 1,
        pl.col("value").alias("before"),
        pl.col("form").alias("form_before"),
        pl.col("row").alias("previous_row"),
    )
    joined = rows.join(before, on=["body_key", "year"], maintain_order="left")
    comparable = (pl.col("form") == pl.col("form_before")) | ~pl.col("form").is_in(concept.breaks)
    return joined.filter(comparable)


def _far(rows: pl.DataFrame, measured: pl.Expr, extent: pl.Expr, offset: int) -> pl.DataFrame:
    """Return the rows whose measure is far from the median of their group.

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
    return (
        rows.with_columns(measured.alias("measured"))
        .with_columns(middle.alias("middle"), (pl.len().over(_GROUP) - 1).alias("peers"))
        .with_columns((deviation / spread).alias("far"), median.alias("median"))
        .filter(pl.col("far") > _FAR, pl.col("peers") >= _PEERS, extent >= _SMALL)
    )


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
        "doubtful": row["body_doubt"] or row["previous_doubt"],
        "values": [f"{value:.10g}", f"{before:.10g}"],
        "size": abs(value - before),
        "message": f"{concept.zh}由{before:g}变为{value:g}；"
        f"同级{peers}个机关变化的中位数是{row['median']:.2f}倍",
        "message_en": f"{concept.en}: from {before:g} to {value:g}; "
        f"the median change of {peers} like bodies is a factor of {row['median']:.2f}",
    }


def _below(row: dict[str, Any], concept: Concept) -> dict[str, Any]:
    value, total, parts = row["value"], row["sum"], row["peers"]
    return _row(row | {"median": None}, concept, BELOW) | {
        "values": [f"{value:.10g}", f"{total:.10g}"],
        "size": total - value,
        "message": f"{concept.zh}={value:g}，所属{parts}个机关的报告合计{total:g}：请核对汇总范围",
        "message_en": f"{concept.en} = {value:g}; the reports of {parts} bodies below it add up to "
        f"{total:g}",
    }


def _row(row: dict[str, Any], concept: Concept, rule: str) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("uri", "body", "body_key", "year", "peers", "median")},
        "rule": rule,
        "severity": "info",
        "doubtful": row["body_doubt"],
        "paths": list(concept.paths[generation_of(row["form"], row["year"])]),
    }
