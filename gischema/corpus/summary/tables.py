"""What the pages show of a dataset, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from attrs import frozen

from gischema.corpus.formats import TABLES
from gischema.errors import GischemaError
from gischema.forms.concepts import Concept, concepts

Rows: TypeAlias = list[dict[str, Any]]

_MEMORY = "200MB"
_REGIONS, _RULES, _LISTED, _EDGES = 30, 20, 20, 30
_READ = "status IN ('ok', 'no_figures')"

_NOT_READ = "source = 'table' AND status IN ('absent', 'unreadable')"
_STATED = "source <> 'candidate' AND status NOT IN ('absent', 'unreadable')"

_COUNTS = f"""
SELECT count(*) AS sources, count(*) FILTER ({_READ}) AS read,
       count(*) FILTER (status = 'duplicate') AS duplicates,
       count(DISTINCT body_key) AS bodies, count(DISTINCT year) AS years,
       min(year) AS first, max(year) AS last,
       count(*) FILTER (verdict = 'incomplete' AND {_READ}) AS incomplete,
       count(*) FILTER ({_READ} AND version_rank IS NULL) AS unplaced,
       (SELECT count(*) FROM figures WHERE {_STATED}) AS figures,
       (SELECT count(*) FROM figures WHERE {_STATED} AND len(doubts) > 0) AS doubtful,
       (SELECT count(*) FROM figures WHERE {_NOT_READ}) AS not_read
FROM reports
"""
_COVERAGE = rf"""
WITH named AS (
  SELECT coalesce(body_key, uri) AS body, year, region,
         regexp_extract(region, '^.{{1,12}}?(省|自治区|自治州|州市|市|州|地区|盟)') AS top
  FROM reports WHERE {_READ} AND year IS NOT NULL),
many AS (SELECT count(DISTINCT region) > {_REGIONS} AS many FROM named),
placed AS (
  SELECT body, year,
         coalesce(nullif(CASE WHEN many THEN top ELSE region END, ''), '?') AS region
  FROM named, many),
shown AS (SELECT region FROM placed GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {_REGIONS})
SELECT region, year, count(DISTINCT body) AS bodies
FROM placed SEMI JOIN shown USING (region) GROUP BY 1, 2 ORDER BY 1, 2
"""
_QUALITY = """
SELECT coalesce(kind, '?') AS kind, status, count(*) AS sources
FROM reports GROUP BY 1, 2 ORDER BY 1, 2
"""
_DOUBT = f"""
SELECT r.year, count(*) AS figures,
       CASE WHEN {_NOT_READ.replace("status", "f.status")} THEN 'not_read'
            WHEN len(f.doubts) > 0 THEN 'in_doubt' ELSE 'certain' END AS state
FROM figures AS f JOIN reports AS r USING (uri)
WHERE r.year IS NOT NULL AND f.source = 'table' GROUP BY ALL ORDER BY 1, state
"""
_DOUBTS = f"""
SELECT code, count(DISTINCT uri) AS reports
FROM (SELECT uri, unnest(doubts) AS code FROM figures WHERE source = 'table')
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_RULES}
"""
_UNREAD = f"""
SELECT uri, status, reason, message, message_en FROM reports
WHERE status NOT IN ('ok', 'duplicate') ORDER BY status, uri LIMIT {_EDGES}
"""
_WORST = "arg_min(severity, list_position(['error', 'warning', 'info'], severity))"
_RULES_BROKEN = f"""
WITH found AS (
  SELECT rule, severity, uri, doubtful FROM findings UNION ALL
  SELECT rule, severity, uri, doubtful FROM series_findings)
SELECT rule, {_WORST} AS severity, count(*) AS findings, count(DISTINCT uri) AS reports,
       count(*) FILTER (doubtful) AS doubtful
FROM found GROUP BY 1 ORDER BY reports DESC, 1 LIMIT {_RULES}
"""
_LARGEST = f"""
WITH found AS (
  SELECT uri, rule, severity, coalesce(culprit, paths[1]) AS path, size, message, message_en
  FROM findings WHERE NOT doubtful AND size > 0 UNION ALL
  SELECT uri, rule, severity, paths[1], size, message, message_en
  FROM series_findings WHERE NOT doubtful AND size > 0),
ordered AS (
  SELECT uri, path, max(size) AS size, list(DISTINCT rule ORDER BY rule) AS rules,
         {_WORST} AS severity, arg_max(message, (size, rule)) AS message,
         arg_max(message_en, (size, rule)) AS message_en
  FROM found GROUP BY 1, 2 ORDER BY size DESC, uri, path LIMIT {_LISTED})
SELECT r.body, r.year, o.*, arg_max(f.place, f.source) AS place, arg_max(f.raw, f.source) AS raw
FROM ordered AS o JOIN reports AS r USING (uri)
LEFT JOIN figures AS f ON f.uri = o.uri AND f.path = o.path AND f.source <> 'candidate'
GROUP BY ALL ORDER BY size DESC, uri, path
"""
_REPEATS = "SELECT count(DISTINCT uri) AS repeats FROM copies WHERE kind = 'repeat'"
_COPIES = f"""
SELECT body, body_key, year, uri, from_body, from_body_key, from_year, from_uri, direction,
       chapters, strange, likeness, share, kind
FROM copies WHERE kind IN ('copy', 'unknown_body')
ORDER BY kind, share DESC, likeness DESC, uri, from_uri LIMIT {_EDGES}
"""
_NAMES = f"""
SELECT * FROM suggestions
ORDER BY likeness DESC NULLS FIRST, body_key, other_key, uri, other_uri LIMIT {_LISTED}
"""
_TREND = """
SELECT year, "{name}_source" AS source, count(*) AS bodies,
       quantile_cont("{name}"::DOUBLE, 0.25) AS low, median("{name}"::DOUBLE) AS median,
       quantile_cont("{name}"::DOUBLE, 0.75) AS high
FROM panel WHERE "{name}" IS NOT NULL AND NOT coalesce("{name}_doubt", false)
     AND period IS NULL GROUP BY 1, 2 ORDER BY 1, 2
"""


@frozen
class Trend:
    """A concept over the years: the median of the bodies, by source."""

    concept: Concept
    rows: Rows


@frozen
class Summary:
    """What the pages show."""

    counts: dict[str, Any]
    coverage: Rows
    quality: Rows
    doubt: Rows
    doubts: Rows
    unread: Rows
    rules: Rows
    largest: Rows
    trends: Sequence[Trend]
    copies: Rows
    names: Rows


def summarise(dataset: Path) -> Summary:
    """Return what the pages show of a dataset: a folder of Parquet files, or a DuckDB file.

    Raises:
        GischemaError: It is none, or another version of this package made it.
    """
    import duckdb

    try:
        return _summarised(dataset)
    except duckdb.BinderException as error:
        raise GischemaError(
            f"{dataset}由另一版本写成：请重新运行 gischema convert",
            f"another version wrote {dataset}: run gischema convert again",
        ) from error


def _summarised(dataset: Path) -> Summary:
    with _opened(dataset) as database:

        def rows(query: str) -> Rows:
            found = database.execute(query)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

        trends = (Trend(one, rows(_TREND.format(name=one.name))) for one in concepts())
        return Summary(
            rows(_COUNTS)[0] | rows(_REPEATS)[0],
            rows(_COVERAGE),
            rows(_QUALITY),
            rows(_DOUBT),
            rows(_DOUBTS),
            rows(_UNREAD),
            rows(_RULES_BROKEN),
            rows(_LARGEST),
            tuple(one for one in trends if _is_worth_a_plot(one.rows)),
            rows(_COPIES),
            rows(_NAMES),
        )


def _is_worth_a_plot(rows: Rows) -> bool:
    return len({row["year"] for row in rows}) > 1 and any(row["high"] for row in rows)


@contextmanager
def _opened(dataset: Path) -> Iterator[Any]:
    import duckdb

    config: dict[str, Any] = {"memory_limit": _MEMORY, "threads": 1}
    if dataset.is_file() and dataset.suffix == ".duckdb":
        with duckdb.connect(str(dataset), read_only=True, config=config) as database:
            yield database
        return
    files = {table: dataset / f"{table}.parquet" for table in TABLES}
    missing = [file.name for file in files.values() if not file.is_file()]
    if missing:
        raise GischemaError(
            f"{dataset}不是数据集（没有{missing[0]}）：请先运行 gischema convert … -o 文件夹",
            f"{dataset} is no dataset (no {missing[0]}): run gischema convert … -o FOLDER first",
        )
    with duckdb.connect(config=config) as database:
        for table, file in files.items():
            path = str(file).replace("'", "''")
            database.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{path}')")
        yield database
