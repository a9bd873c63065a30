"""Write the tables of a dataset from the files of its shards, one shard at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from gischema.corpus.bodies import body_key
from gischema.corpus.database import copy_rows, database
from gischema.corpus.decisions import BodyDecisions
from gischema.corpus.panel import BODY_DOUBT, panel_row, panel_schema
from gischema.corpus.schemas import BATCH, FIGURES, FINDINGS, MEASURES, NAMESAKE, NO_PLACE, REPORTS
from gischema.corpus.sorting import sort_file
from gischema.corpus.table_writer import TableWriter, row_batches
from gischema.corpus.timings import ReadingTimes
from gischema.metadata.jurisdiction import jurisdiction_of

_TABLES = {"figures": FIGURES, "findings": FINDINGS, "measures": MEASURES}
_COLUMNS = [name for name in BATCH.names if name != "chapters"]
_OF_PANEL = [*REPORTS.names, "measures", "concepts"]
_OF_BODY = ("body", "body_key", "region", "level")
_IN_PANEL = ("ok", "no_figures")
_ROWS = 1000
_UNSORTED = "panel.part"

# Of several reports of one body and period the one published last is the first; of those published
# on one day, or on no known day, the one that stands last among the sources.
_VERSIONS = """
WITH sources AS (
  SELECT *, CASE WHEN sha256 IS NOT NULL THEN first_value(uri) OVER
         (PARTITION BY sha256 ORDER BY file_row_number) END AS earliest
  FROM read_parquet($reports, file_row_number = true)),
known AS (
  SELECT *, nullif(earliest, uri) AS repeats,
         nullif(earliest, uri) IS NULL AND status IN ('ok', 'no_figures')
         AND body_key <> '' AND year <> 0 AS has_versions
  FROM sources)
SELECT repeats, CASE WHEN has_versions THEN row_number() OVER
       (PARTITION BY has_versions, body_key, year, period
        ORDER BY published DESC NULLS LAST, file_row_number DESC) END AS rank,
       CASE WHEN has_versions THEN count(*) OVER
       (PARTITION BY has_versions, body_key, year, period) END AS count
FROM known ORDER BY file_row_number
"""


@frozen
class Version:
    """What becomes of a source: the source that it repeats, and its rank among its versions."""

    repeats: str | None = None
    rank: int | None = None
    count: int | None = None


@frozen
class Written:
    """What was written.

    Attributes:
        statuses: The number of sources by status.
        doubtful: The number of reports with a figure in doubt.
        confirmed: The digest of the source and the path of each confirmed figure.
        decided: The names and sources of decisions that a report has.
        unplaced: The number of reports that the panel lacks, as no body or no year is known.
        times: How long sources took.
    """

    statuses: dict[str, int]
    doubtful: int
    confirmed: frozenset[tuple[str, str]]
    decided: frozenset[str]
    unplaced: int
    times: ReadingTimes


def write_dataset(
    folder: Path, shards: Sequence[Path], prefer: str, decisions: BodyDecisions, timings: bool
) -> Written:
    """Write `reports`, `figures`, `findings` and `measures`, and the rows of the panel.

    Args:
        folder: Where to write.
        shards: The files of the shards, in the order of their sources.
        prefer: Where the panel takes a figure from: `table`, `text` or `best`.
        decisions: Which names are one body.
        timings: Fill the column `milliseconds`.
    """
    found = folder / "found.parquet"
    decided: set[str] = set()
    with TableWriter(found, REPORTS) as table:
        for shard in shards:
            content = _read(shard, REPORTS.names)
            decided |= _used(content, decisions)
            table.append(_decided(content, decisions))
    statuses: Counter[str] = Counter()
    doubtful = unplaced = 0
    confirmed: set[tuple[str, str]] = set()
    times = ReadingTimes()
    with ExitStack() as stack:
        versions = stack.enter_context(closing(_versions(found)))
        reports = stack.enter_context(TableWriter(folder / "reports.parquet", REPORTS))
        panel = stack.enter_context(TableWriter(folder / _UNSORTED, panel_schema()))
        others = {
            name: stack.enter_context(TableWriter(folder / f"{name}.parquet", schema))
            for name, schema in _TABLES.items()
        }
        for shard in shards:
            content = _decided(_read(shard, _COLUMNS), decisions)
            rows = content.select(REPORTS.names).to_pylist()
            for row in rows:
                version = next(versions)
                row["version_rank"], row["versions"] = version.rank, version.count
                if version.repeats is not None:
                    row |= {"status": "duplicate", "reason": "same_bytes"}
                    row["message"] = row["message_en"] = version.repeats
                times.add(row)
                if not timings:
                    row["milliseconds"] = None
                statuses[row["status"]] += 1
                doubtful += bool(row["doubtful"])
                unplaced += row["status"] in _IN_PANEL and version.rank is None
                reports.add(row)
            newest = content.filter(pa.array([row["version_rank"] == 1 for row in rows]))
            counts = (row["versions"] for row in rows if row["version_rank"] == 1)
            for row, count in zip(newest.select(_OF_PANEL).to_pylist(), counts, strict=True):
                panel.add(panel_row(row | {"versions": count}, prefer))
            kept = content.filter(pa.array([row["status"] != "duplicate" for row in rows]))
            for name, other in others.items():
                unnested = _unnested(kept, name)
                other.append(unnested)
                if name == "figures":
                    confirmed |= _confirmed(unnested, rows)
    found.unlink()
    known = frozenset(confirmed), frozenset(decided)
    return Written(dict(sorted(statuses.items())), doubtful, *known, unplaced, times)


def _read(shard: Path, columns: list[str]) -> pa.Table:
    """Return columns of a shard; threads would keep 70 MB."""
    with pq.ParquetFile(shard) as file:
        return file.read(columns, use_threads=False)


def _decided(rows: pa.Table, decisions: BodyDecisions) -> pa.Table:
    """Return rows with the bodies that decisions give them: key, region and level, and the name."""
    if not decisions.keys and not decisions.sources:
        return rows
    found = rows.select(["uri", *_OF_BODY]).to_pylist()
    for row in found:
        printed = row["body_key"]
        if (own := decisions.sources.get(row["uri"])) is not None:
            row |= {"body": own, "body_key": body_key(own)}
        row["body_key"] = decisions.key(row["body_key"])
        if row["body_key"] != printed:
            name = decisions.names.get(row["body_key"], row["body"])
            row["region"], row["level"] = jurisdiction_of(name)
    for name in _OF_BODY:
        at = rows.schema.get_field_index(name)
        rows = rows.set_column(at, name, pa.array([row[name] for row in found], pa.string()))
    return rows


def _used(rows: pa.Table, decisions: BodyDecisions) -> set[str]:
    """Return the sources and the keys of names that decisions are about, of those in rows."""
    sources = decisions.sources.keys() & set(rows.column("uri").to_pylist())
    keys = {*rows.column("body_key").to_pylist(), *map(body_key, decisions.sources.values())}
    return sources.union(*(decisions.path(key) for key in keys))


def _unnested(reports: pa.Table, name: str) -> pa.Table:
    """Return the rows that a column of lists holds, each with the `uri` of its report."""
    lists: Any = reports.column(name).combine_chunks()
    rows = lists.flatten()
    found = dict(zip((field.name for field in rows.type), rows.flatten(), strict=True))
    parents = pc.list_parent_indices(lists)
    found["uri"] = reports.column("uri").combine_chunks().take(parents)
    schema = _TABLES[name]
    return pa.Table.from_arrays([found[column] for column in schema.names], schema=schema)


def _confirmed(figures: pa.Table, reports: Iterable[dict[str, Any]]) -> set[tuple[str, str]]:
    """Return the digest of the source and the path of each confirmed figure."""
    found = figures.filter(pc.field("reading") == "confirmed")
    digests = {row["uri"]: row["sha256"] for row in reports}
    return {(digests[row["uri"]], row["path"]) for row in found.select(["uri", "path"]).to_pylist()}


def _versions(reports: Path) -> Generator[Version, None, None]:
    """Yield for each source which earlier one has its bytes, and its rank among versions."""
    ranked = reports.with_name("versions.parquet")
    with database(reports.parent) as opened:  # until it is closed it keeps its memory
        copy_rows(opened, _VERSIONS, {"reports": str(reports)}, ranked)
    try:
        for batch in row_batches(ranked, _ROWS):
            yield from (Version(**row) for row in batch.to_pylist())
    finally:
        ranked.unlink()


def sort_panel(folder: Path) -> None:
    """Write `panel.parquet`: the panel in the order of its bodies and years, after suggestions."""
    order = ("body_key", "year", "period")
    doubted = partial(_with_doubt, *_doubted(folder))
    sort_file(folder / _UNSORTED, order, folder / "panel.parquet", doubted)


def _doubted(folder: Path) -> tuple[frozenset[str], frozenset[tuple[str, int]]]:
    """Return the keys that may be several bodies, and those that may be in one year."""
    columns = ["reason", "body_key", "years"]
    rows = _read(folder / "suggestions.parquet", columns).to_pylist()
    names = (row["body_key"] for row in rows if row["reason"] == NO_PLACE)
    periods = ((row["body_key"], row["years"][0]) for row in rows if row["reason"] == NAMESAKE)
    return frozenset(names), frozenset(periods)


def _with_doubt(
    names: frozenset[str], periods: frozenset[tuple[str, int]], rows: pa.Table
) -> pa.Table:
    """Return rows of the panel that say whether their name may be that of several bodies."""
    pairs = zip(rows.column("body_key").to_pylist(), rows.column("year").to_pylist(), strict=True)
    doubts = pa.array([one[0] in names or one in periods for one in pairs], pa.bool_())
    return rows.set_column(rows.schema.get_field_index(BODY_DOUBT.name), BODY_DOUBT, doubts)
