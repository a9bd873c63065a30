"""Read a folder of reports into a SQLite file: reports, figures, findings, errors."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import gischema

Row = Mapping[str, Any]


def fill(folder: Path, database: Path, jobs: int = 1) -> None:
    """Write the reports of a folder; only some of them are in memory at a time."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("create table errors (file text, reason text, message text)")
        for file, report in gischema.parse_folder(folder, jobs=jobs):
            if isinstance(report, Exception):
                reason = report.reason if isinstance(report, gischema.UnreadableSource) else None
                error = (str(file), reason, str(report))
                connection.execute("insert into errors values (?, ?, ?)", error)
                continue
            result = gischema.check(report)
            about = {"file": report.source_name, "form": report.form, "year": report.year}
            insert(connection, "reports", [{**about, "agency": report.agency, **result.counts}])
            insert(connection, "figures", report.rows())
            insert(connection, "findings", result.rows())


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Add rows to a table, which the first of them makes."""
    for row in rows:
        names = ", ".join(f'"{name}"' for name in row)
        connection.execute(f"create table if not exists {table} ({names})")
        marks = ", ".join("?" for _ in row)
        connection.execute(f"insert into {table} values ({marks})", [*map(cell, row.values())])


def cell(value: object) -> object:
    """Return a value as SQLite keeps it: lists as JSON, decimals as exact text."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value if value is None or isinstance(value, int) else str(value)


if __name__ == "__main__":
    fill(Path(sys.argv[1]), Path(sys.argv[2]), jobs=2)
