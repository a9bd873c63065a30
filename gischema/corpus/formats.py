"""Write a dataset of Parquet files as a database, as CSV or as Stata files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from decimal import Decimal
from glob import escape
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from gischema.corpus.codebook import CODEBOOKS, MISSING_LABELS
from gischema.errors import GischemaError
from gischema.output.csv_text import csv_line

Format: TypeAlias = Literal["parquet", "duckdb", "sqlite", "csv", "dta"]
TABLES = (
    "reports", "figures", "findings", "measures", "panel", "copies", "suggestions",
    "series_findings",
)  # fmt: skip
_SUFFIXES: dict[str, Format] = {
    ".duckdb": "duckdb", ".sqlite": "sqlite", ".db": "sqlite", ".csv": "csv", ".dta": "dta",
}  # fmt: skip
MANIFEST = "manifest.json"
"""The name of the file that is written last: where it is, the dataset is whole."""

_ROWS = 5000
_STATA_CELLS = 5_000_000  # in one file, which is made in memory as Python objects
_SEPARATOR = " "
_LONGEST_LABEL = 80  # characters, of Stata

Labels: TypeAlias = Mapping[tuple[str, str], str]


def format_of(out: Path) -> Format:
    """Return the format of a name: a folder of Parquet files if it has no suffix.

    Raises:
        GischemaError: The suffix is not known.
    """
    if not out.suffix or out.is_dir():
        return "parquet"
    if out.suffix.lower() not in _SUFFIXES:
        known = "、".join(_SUFFIXES)
        raise GischemaError(
            f"不认识的格式 {out.suffix}：写一个文件夹名（Parquet），或以 {known} 结尾的文件名",
            f"unknown format {out.suffix}: name a folder (Parquet), or a file that ends in "
            f"{', '.join(_SUFFIXES)}",
        )
    return _SUFFIXES[out.suffix.lower()]


def outputs(out: Path, kind: Format) -> frozenset[Path]:
    """Return the resolved paths of what a run writes, so that no run reads it as a source."""
    if kind == "parquet":
        return frozenset({out.resolve()})
    books = [_beside(out, one) for one in (*CODEBOOKS, MANIFEST)]
    tables = [out.with_suffix(f".{table}{out.suffix}") for table in TABLES]
    return frozenset(path.resolve() for path in (out, *books, *tables))


def export(folder: Path, out: Path, kind: Format, labels: Labels) -> None:
    """Write the tables of a folder in another format; a file that is there is replaced.

    CSV and Stata take one table a file: the panel has the name itself, the others have theirs
    before the suffix; the code book and the manifest follow the whole name. CSV begins with a BOM,
    without which Excel shows no Chinese. Stata shows `labels` of columns, by the names of table and
    column.
    """
    if kind == "duckdb":
        _duckdb(folder, out)
    elif kind == "sqlite":
        _sqlite(folder, out)
    else:
        for table in TABLES:
            file = folder / f"{table}.parquet"
            name = out if table == "panel" else out.with_suffix(f".{table}{out.suffix}")
            if kind == "csv":
                _csv(file, name)
            else:
                _dta(file, name, labels)
    for book in (*CODEBOOKS, MANIFEST):
        (folder / book).replace(_beside(out, book))


def _beside(out: Path, book: str) -> Path:
    """Return the path of a book next to the output: all.csv and all.dta have one each."""
    return out.with_name(f"{out.name}.{book}")


def _duckdb(folder: Path, out: Path) -> None:
    import duckdb

    made = out.with_name(out.name + ".part")
    made.unlink(missing_ok=True)
    with duckdb.connect(str(made), config={"threads": 1}) as database:
        for table in TABLES:
            file = folder / f"{table}.parquet"
            database.execute(f"CREATE TABLE {table} AS SELECT * FROM read_parquet(?)", [str(file)])
    made.replace(out)


def _sqlite(folder: Path, out: Path) -> None:
    made = out.with_name(out.name + ".part")
    made.unlink(missing_ok=True)
    with closing(sqlite3.connect(made)) as database, database:
        for table in TABLES:
            file = folder / f"{table}.parquet"
            names = pq.read_schema(file).names
            columns = ", ".join(f'"{name}"' for name in names)
            database.execute(f"CREATE TABLE {table} ({columns})")
            marks = ", ".join("?" * len(names))
            for rows in _plain_rows(file):
                database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        database.execute("CREATE INDEX figures_uri ON figures (uri)")
    made.replace(out)


def _csv(file: Path, out: Path) -> None:
    made = out.with_name(out.name + ".part")
    with made.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.write(csv_line(pq.read_schema(file).names))
        for rows in _plain_rows(file):
            stream.writelines(map(csv_line, rows))
    made.replace(out)


def _plain_rows(file: Path) -> Iterator[list[list[Any]]]:
    with pq.ParquetFile(file) as table:
        for batch in table.iter_batches(_ROWS):
            yield [[_plain(value) for value in row.values()] for row in batch.to_pylist()]


def _plain(value: Any) -> Any:
    """Return a value as a database or CSV without lists and decimals has it."""
    if isinstance(value, list):
        return _SEPARATOR.join("" if one is None else str(one) for one in value)
    if isinstance(value, Decimal):
        return _number(value)
    return value.isoformat() if isinstance(value, date) else value


def _number(value: Decimal) -> int | float | str:
    """Return a decimal as a number if that keeps all its digits, else as text."""
    if value == value.to_integral_value():
        whole = int(value)
        return whole if abs(whole) < 2**63 else str(whole)
    near = float(value)
    return near if Decimal(str(near)) == value.normalize() else format(value.normalize(), "f")


def _dta(file: Path, out: Path, labels: Labels) -> None:
    """Write a table for Stata. A long one becomes several files, none of which has its name.

    The panel is always one file: who opens it should have all of it.
    """
    for old in (out, *out.parent.glob(f"{escape(out.stem)}-[0-9]*.dta")):
        old.unlink(missing_ok=True)
    shown = {column: label for (table, column), label in labels.items() if table == file.stem}
    with pq.ParquetFile(file) as table:
        rows = table.metadata.num_rows
        most = max(_STATA_CELLS // len(table.schema_arrow), 1)
        if rows <= most or file.stem == "panel":
            _write_stata(table.read(), out, shown)
            return
        for number, piece in enumerate(_pieces(table, most), 1):
            _write_stata(piece, out.with_name(f"{out.stem}-{number}.dta"), shown)


def _pieces(file: pq.ParquetFile, most: int) -> Iterator[pa.Table]:
    batches: list[pa.RecordBatch] = []
    for batch in file.iter_batches(_ROWS):
        if batches and sum(one.num_rows for one in batches) + batch.num_rows > most:
            yield pa.Table.from_batches(batches)
            batches = []
        batches.append(batch)
    yield pa.Table.from_batches(batches)


def _write_stata(rows: pa.Table, out: Path, labels: Mapping[str, str]) -> None:
    """Write rows as one file: missing values as letters with their meaning."""
    import pandas as pd
    import pyreadstat

    names = rows.column_names
    columns: dict[str, Any] = {}
    missing: dict[str, list[str]] = {}
    for name in names:
        values = rows[name].to_pylist()
        letters = "missing" if name == "value" else f"{name}_missing"
        if letters in names:
            values = [
                letter if value is None and letter else _float(value)
                for value, letter in zip(values, rows[letters].to_pylist(), strict=True)
            ]
            missing[_stata_name(name)] = sorted(MISSING_LABELS)
        elif not pa.types.is_date(rows.schema.field(name).type):
            values = [_stata(value) for value in values]
        kind = rows.schema.field(name).type
        is_empty = rows[name].null_count == rows.num_rows
        is_float = pa.types.is_floating(kind) or (pa.types.is_integer(kind) and is_empty)
        columns[_stata_name(name)] = pd.Series(
            values, dtype="float64" if is_float and letters not in names else object
        )
    words: dict[Any, str] = {letter: zh for letter, (zh, _) in MISSING_LABELS.items()}
    made = out.with_name(out.name + ".part")
    pyreadstat.write_dta(
        pd.DataFrame(columns),
        str(made),
        version=15,
        missing_user_values=missing,
        variable_value_labels=dict.fromkeys(missing, words),
        column_labels={_stata_name(name): labels[name][:_LONGEST_LABEL] for name in names},
    )
    made.replace(out)


def _stata(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    plain = _plain(value)
    return plain if isinstance(plain, (int, float)) or plain is None else str(plain)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _stata_name(name: str) -> str:
    from gischema.corpus.names import short_name

    return short_name(name)
