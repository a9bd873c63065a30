"""Write the tables of a dataset from the files of its shards, one shard at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import frozen

from gischema.corpus.decisions import BodyDecisions
from gischema.corpus.panel import panel_row, panel_schema
from gischema.corpus.schemas import BATCH, FIGURES, FINDINGS, MEASURES, REPORTS
from gischema.corpus.table_writer import TableWriter

_TABLES = {"figures": FIGURES, "findings": FINDINGS, "measures": MEASURES}
_MEMORY = "100MB"
_COLUMNS = [name for name in BATCH.names if name != "chapters"]
_READ = frozenset({"ok", "no_figures"})


@frozen
class Version:
    """What becomes of a source: the source that it repeats, and its rank among versions."""

    repeats: str | None = None
    rank: int | None = None


@frozen
class Written:
    """What was written.

    Attributes:
        statuses: The number of sources by status.
        doubtful: The number of reports with a figure in doubt.
        confirmed: The digest of the source and the path of each confirmed figure.
    """

    statuses: dict[str, int]
    doubtful: int
    confirmed: frozenset[tuple[str, str]]


def write_dataset(
    folder: Path, shards: Sequence[Path], prefer: str, decisions: BodyDecisions
) -> Written:
    """Write `reports`, `figures`, `findings`, `measures` and `panel` as Parquet files.

    Args:
        folder: Where to write.
        shards: The files of the shards, in the order of their sources.
        prefer: Where the panel takes a figure from: `table`, `text` or `best`.
        decisions: Which names are one body.
    """
    versions = _versions(shards, decisions)
    statuses: Counter[str] = Counter()
    doubtful = 0
    confirmed: set[tuple[str, str]] = set()
    unsorted = folder / "panel.part"
    with ExitStack() as stack:
        reports = stack.enter_context(TableWriter(folder / "reports.parquet", REPORTS))
        panel = stack.enter_context(TableWriter(unsorted, panel_schema()))
        others = {
            name: stack.enter_context(TableWriter(folder / f"{name}.parquet", schema))
            for name, schema in _TABLES.items()
        }
        for shard in shards:
            content = pq.read_table(shard, columns=_COLUMNS)
            rows = content.select([*REPORTS.names, "measures", "concepts"]).to_pylist()
            for row in rows:
                row["body_key"] = decisions.key(row["body_key"])
                version = versions.get(row["uri"], Version())
                row["version_rank"] = version.rank
                if version.repeats is not None:
                    row |= {"status": "duplicate", "reason": "same_bytes"}
                    row["message"] = version.repeats
                statuses[row["status"]] += 1
                doubtful += bool(row["doubtful"])
                reports.add(row)
                if version.rank == 1:
                    panel.add(panel_row(row, prefer))
            kept = content.filter(pa.array([row["status"] != "duplicate" for row in rows]))
            for name, table in others.items():
                unnested = _unnested(kept, name)
                table.append(unnested)
                if name == "figures":
                    confirmed |= _confirmed(unnested, rows)
    _sort_panel(unsorted, folder / "panel.parquet")
    return Written(dict(sorted(statuses.items())), doubtful, frozenset(confirmed))


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


def _rows(shards: Sequence[Path], columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    for shard in shards:
        yield from pq.read_table(shard, columns=columns).to_pylist()


def _versions(shards: Sequence[Path], decisions: BodyDecisions) -> dict[str, Version]:
    """Return which sources repeat the bytes of an earlier one, and the ranks of versions.

    Of several reports of one body and period the one published last is the first; of those
    published on one day, or on no known day, the one that stands last among the sources.
    """
    first: dict[str, str] = {}
    groups: defaultdict[tuple[str, int, str | None], list[tuple[str, int, str]]] = defaultdict(list)
    found: dict[str, Version] = {}
    names = ["uri", "sha256", "status", "body_key", "year", "period", "published"]
    for number, row in enumerate(_rows(shards, names)):
        uri, digest = row["uri"], row["sha256"]
        if digest is not None and (earlier := first.setdefault(digest, uri)) != uri:
            found[uri] = Version(repeats=earlier)
        elif row["status"] in _READ and row["body_key"] and row["year"]:
            published = row["published"].isoformat() if row["published"] else ""
            body = str(decisions.key(row["body_key"]))
            key = body, row["year"], row["period"]
            groups[key].append((published, number, uri))
    for group in groups.values():
        for rank, (_, _, uri) in enumerate(sorted(group, reverse=True), 1):
            found[uri] = Version(rank=rank)
    return found


def _sort_panel(unsorted: Path, file: Path) -> None:
    """Write the panel in the order of its bodies and years, with bounded memory."""
    import duckdb

    with duckdb.connect(config={"memory_limit": _MEMORY, "threads": 1}) as database:
        database.execute(f"SET temp_directory = '{file.parent}'")
        ordered = database.execute(
            "SELECT * FROM read_parquet(?) ORDER BY body_key, year, period NULLS FIRST",
            [str(unsorted)],
        )
        with TableWriter(file, panel_schema()) as table:
            while rows := ordered.fetchmany(1000):
                names = panel_schema().names
                for row in rows:
                    table.add(dict(zip(names, row, strict=True)))
    unsorted.unlink()
