"""Compare two datasets: two runs over the same sources, or two releases of this package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import duckdb
from attrs import frozen

from gischema.errors import GischemaError

Subject: TypeAlias = Literal["sources", "figures", "doubts", "findings"]
"""What changed: a source or what it is known by, a figure, its doubts, a finding."""

_NEEDED = ("reports", "figures", "findings")
_KNOWN_BY = ("status", "form", "year", "body_key", "verdict")
_NUMBER = r"regexp_replace(CAST(value AS VARCHAR), '\.?0+$', '')"

_SOURCES = """
SELECT uri, '{column}' AS item, CAST(a.{column} AS VARCHAR), CAST(b.{column} AS VARCHAR)
FROM old_reports a FULL JOIN new_reports b USING (uri)
WHERE a.{column} IS DISTINCT FROM b.{column}
"""
_ROWS = """
SELECT uri, item, a.{content}, b.{content}
FROM old_{table} a FULL JOIN new_{table} b USING (uri, item, number)
WHERE uri IN (SELECT uri FROM old_reports) AND uri IN (SELECT uri FROM new_reports)
AND a.{content} IS DISTINCT FROM b.{content}
ORDER BY uri, item, number
"""
_FIGURES = f"""
SELECT uri, number, concat_ws(' ', nullif(source, 'table'), path) AS item,
       coalesce({_NUMBER}, status) || coalesce(' ' || unit, '') AS content,
       nullif(array_to_string(doubts, ' '), '') AS doubts
FROM (SELECT *, row_number() OVER (PARTITION BY uri, path, source ORDER BY file_row_number)
      AS number FROM read_parquet('{{file}}', file_row_number = true))
"""
_FINDINGS = """
SELECT uri, number, concat_ws(' ', rule, array_to_string(paths, ' ')) AS item,
       concat_ws(' ', severity, CASE WHEN doubtful THEN 'doubtful' END,
                 array_to_string(values, ' ')) AS content
FROM (SELECT *, row_number() OVER (PARTITION BY uri, rule, paths ORDER BY file_row_number)
      AS number FROM read_parquet('{file}', file_row_number = true))
"""


@frozen
class DatasetChange:
    """One difference.

    Attributes:
        subject: What changed.
        uri: The source.
        item: What of it: a column of `reports`, the path of a figure, the rule and the paths of a
            finding. Figures that no table states have `narrative` or `candidate` before their path.
        old: What the first dataset has, None if it has nothing there.
        new: What the second one has.
    """

    subject: Subject
    uri: str
    item: str
    old: str | None
    new: str | None


def diff(old: str | Path, new: str | Path) -> Iterator[DatasetChange]:
    """Yield what changed between two datasets: sources, figures, doubts, findings.

    Sources are compared by `uri`. Of a source that only one dataset has, only its status is
    yielded; so are the other columns, figures and findings of the sources that both have.

    Args:
        old: A folder that `convert` wrote.
        new: Another one.

    Raises:
        GischemaError: One of them is no such folder.
    """
    folders = {"old": Path(old), "new": Path(new)}
    for folder in folders.values():
        if not all((folder / f"{table}.parquet").is_file() for table in _NEEDED):
            raise GischemaError(
                f"{folder} 不是 gischema convert 写出的文件夹（Parquet）",
                f"{folder} is no folder that gischema convert wrote (Parquet)",
            )
    return _changes(folders)


def _changes(folders: dict[str, Path]) -> Iterator[DatasetChange]:
    with duckdb.connect() as database:
        for name, folder in folders.items():
            for table, query in (
                ("reports", "SELECT * FROM read_parquet('{file}')"),
                ("figures", _FIGURES),
                ("findings", _FINDINGS),
            ):
                file = str(folder / f"{table}.parquet").replace("'", "''")
                database.execute(f"CREATE VIEW {name}_{table} AS {query.format(file=file)}")
        for subject, query in _queries():
            cursor = database.execute(query)
            while found := cursor.fetchmany(1000):
                for uri, item, before, after in found:
                    yield DatasetChange(subject, uri, item, before, after)


def _queries() -> Iterator[tuple[Subject, str]]:
    both = "AND a.uri IS NOT NULL AND b.uri IS NOT NULL"
    parts = [
        _SOURCES.format(column=column) + (both if column != "status" else "")
        for column in _KNOWN_BY
    ]
    yield "sources", f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY uri, item"
    yield "figures", _ROWS.format(table="figures", content="content")
    yield "doubts", _ROWS.format(table="figures", content="doubts")
    yield "findings", _ROWS.format(table="findings", content="content")
