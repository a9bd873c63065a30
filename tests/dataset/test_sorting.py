"""Tables that do not fit into memory are sorted by ranges."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gischema.corpus import sorting
from gischema.corpus.table_writer import TableWriter

SCHEMA = pa.schema(
    [
        pa.field("body_key", pa.string(), nullable=False),
        pa.field("year", pa.int32()),
        pa.field("period", pa.string()),
        pa.field("doubts", pa.list_(pa.string())),
    ]
)


@pytest.mark.parametrize("name", ["unsorted.part", "unsorted.parquet"])
@pytest.mark.parametrize("cells", [4, 40, 100, 1_000_000])
def test_rows_come_in_order_whatever_fits_into_memory(
    cells: int, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "_CELLS", cells)
    monkeypatch.setattr(sorting, "_BATCH", 28)
    chance = random.Random(cells)
    rows = [
        {
            "body_key": chance.choice(["云岭县", "云岭县财政局", "a", "青禾市", "𠮷县"]),
            "year": chance.randrange(2014, 2018),
            "period": chance.choice([None, "2014-01-01/2014-06-30"]),
            "doubts": chance.choice([[], ["D101"], ["D101", "D632"]]),
        }
        for _ in range(100)
    ]
    with TableWriter(tmp_path / name, SCHEMA) as table:
        for row in rows:
            table.add(row)
    sorting.sort_file(tmp_path / name, ("body_key", "year", "period"), tmp_path / "sorted.parquet")
    found = pq.read_table(tmp_path / "sorted.parquet")
    assert found.schema == SCHEMA
    ordered = sorted(rows, key=lambda row: (row["body_key"], row["year"], row["period"] or ""))
    assert found.to_pylist() == ordered
    assert [file.name for file in tmp_path.iterdir()] == ["sorted.parquet"]


def test_a_file_without_rows(tmp_path: Path) -> None:
    with TableWriter(tmp_path / "unsorted.part", SCHEMA):
        pass
    sorting.sort_file(tmp_path / "unsorted.part", ("body_key",), tmp_path / "sorted.parquet")
    assert pq.read_table(tmp_path / "sorted.parquet") == SCHEMA.empty_table()
