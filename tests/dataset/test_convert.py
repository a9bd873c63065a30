"""Convert sources into a dataset: whatever happens, each source is one row."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import gischema
from gischema.corpus import SOURCES, ConvertOptions, Limits, convert, read_batch
from gischema.corpus.codebook import ANY, CODEBOOKS, SCHEMAS, columns_of
from gischema.corpus.columns import MEANINGS
from gischema.corpus.formats import MANIFEST, TABLES
from gischema.corpus.names import MAX_NAME, short_name
from gischema.corpus.panel import panel_columns

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
COUNTY = EXAMPLES / "art20_2021_county.txt"
RECEIVED = "requests.received.total"

pytestmark = pytest.mark.slow


def rows(folder: Path, table: str = "reports") -> list[dict]:
    return pq.read_table(folder / f"{table}.parquet").to_pylist()


def by_name(folder: Path) -> dict[str, dict]:
    return {Path(row["uri"]).name: row for row in rows(folder)}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of two years and forms, a copy, and files that are none."""
    home = tmp_path_factory.mktemp("sources")
    for file in EXAMPLES.glob("*.txt"):
        shutil.copy(file, home)
    shutil.copy(COUNTY, home / "copy.txt")
    (home / "page.html").write_text("<p>404 页面不存在</p>", encoding="utf-8")
    (home / "damaged.docx").write_bytes(b"PK\x03\x04 cut")
    (home / "empty.txt").write_bytes(b"")
    newer = COUNTY.read_text(encoding="utf-8")
    (home / "newer.txt").write_text(newer.replace("60", "61", 1), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def dataset(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dataset") / "out"
    convert(sources, out, options=ConvertOptions(jobs=2))
    return out


def test_each_source_is_one_row(sources: Path, dataset: Path) -> None:
    found = by_name(dataset)
    assert sorted(found) == sorted(file.name for file in sources.iterdir())
    assert {name: row["status"] for name, row in found.items() if row["status"] != "ok"} == {
        "copy.txt": "duplicate",
        "page.html": "unreadable",
        "damaged.docx": "unreadable",
        "empty.txt": "unreadable",
    }
    repeated = [row for row in found.values() if row["status"] == "duplicate"]
    assert [row["reason"] for row in repeated] == ["same_bytes"]
    assert found["damaged.docx"]["reason"] == "damaged"


def test_nothing_else_is_left_in_the_folder(dataset: Path) -> None:
    tables = {f"{table}.parquet" for table in TABLES}
    assert {file.name for file in dataset.iterdir()} == {*tables, *CODEBOOKS, MANIFEST}


def test_values_are_those_of_parse(sources: Path, dataset: Path) -> None:
    stated: dict[str, list] = {}
    for row in rows(dataset, "figures"):
        if row["source"] == "table":
            stated.setdefault(Path(row["uri"]).name, []).append((row["path"], row["value"]))
    for name, figures in stated.items():
        report = gischema.parse(sources / name)
        expected = [*report.figures, *report.unread()]
        assert figures == [(figure.path, figure.value) for figure in expected]


def test_the_panel_has_the_newest_version_of_each_body_and_year(dataset: Path) -> None:
    panel = rows(dataset, "panel")
    keys = [(row["body_key"], row["year"], row["period"]) for row in panel]
    assert len(set(keys)) == len(keys) == len(panel)
    assert keys == sorted(keys, key=lambda key: (key[0], key[1], key[2] or ""))
    ranks = [
        row["version_rank"] for row in rows(dataset) if row["body_key"] and row["version_rank"]
    ]
    assert ranks.count(1) == len(panel)
    county = next(row for row in panel if row["uri"].endswith(("newer.txt", "wrong.txt")))
    assert county["requests_received_source"] == "table"


def test_the_number_of_processes_changes_nothing(
    sources: Path, dataset: Path, tmp_path: Path
) -> None:
    convert(sources, tmp_path / "out", options=ConvertOptions(jobs=1))
    for table in TABLES:
        assert (tmp_path / "out" / f"{table}.parquet").read_bytes() == (
            dataset / f"{table}.parquet"
        ).read_bytes()


def test_the_manifest_tells_how_long_sources_took_and_reports_only_if_asked(
    sources: Path, dataset: Path, tmp_path: Path
) -> None:
    plain = by_name(dataset).values()
    assert {row["milliseconds"] for row in plain} == {None}
    options = ConvertOptions(jobs=1, timings=True)
    out = convert(sources, tmp_path / "out", options=options).out
    timed = rows(out)
    assert [{**row, "milliseconds": None} for row in timed] == rows(dataset)
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    for kind in manifest["milliseconds"]:
        took = sorted(row["milliseconds"] for row in timed if row["kind"] == kind["kind"])
        assert kind["sources"] == len(took)
        assert kind["median"] == took[(len(took) - 1) // 2]
        assert took[-1] == kind["max"] >= kind["percentile_95"] >= kind["median"]
    slowest = sorted(timed, key=lambda row: (row["milliseconds"], row["uri"]), reverse=True)
    names = ("uri", "kind", "milliseconds")
    assert manifest["slowest"] == [{name: row[name] for name in names} for row in slowest[:20]]
    assert sum(kind["sources"] for kind in manifest["milliseconds"]) == len(timed)
    untimed = json.loads((dataset / "manifest.json").read_text("utf-8"))
    assert len(untimed["slowest"]) == min(len(timed), 20)


def test_a_run_that_was_killed_goes_on(sources: Path, dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    program = (
        "from gischema.corpus import convert, ConvertOptions\n"
        f"if __name__ == '__main__': convert({str(sources)!r}, {str(out)!r}, "
        "options=ConvertOptions(jobs=1))\n"
    )
    script = tmp_path / "run.py"
    script.write_text(program)
    for _ in range(3):
        process = subprocess.Popen([sys.executable, str(script)], start_new_session=True)
        time.sleep(random.uniform(0.2, 2.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    convert(sources, out, options=ConvertOptions(jobs=2))
    for table in TABLES:
        assert rows(out, table) == rows(dataset, table)


def test_archives_and_parquet_files_give_their_members(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(COUNTY, "x/county.txt")
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as packed:
        packed.add(EXAMPLES / "stat_2014_office.txt", "office.txt")
    table = pa.table({"uri": ["http://a.invalid/1"], "content": [COUNTY.read_bytes() + b"\n"]})
    pq.write_table(table, tmp_path / "c.parquet")
    convert(
        [tmp_path / "a.zip", tmp_path / "b.tar.gz", tmp_path / "c.parquet"],
        tmp_path / "out",
        options=ConvertOptions(jobs=1),
    )
    assert [(row["uri"].rpartition("/")[2], row["status"]) for row in rows(tmp_path / "out")] == [
        ("county.txt", "ok"),
        ("office.txt", "ok"),
        ("1", "ok"),
    ]


class Deadly:
    """A reader that ends its process, hangs, works on and on, or asks for all memory."""

    @staticmethod
    def gischema_readers() -> list[gischema.Reader]:
        """Return the reader."""
        return [gischema.Reader("deadly", frozenset({".deadly"}), _is_deadly, _die)]


Deadly.gischema_readers = gischema.hookimpl(Deadly.gischema_readers)  # type: ignore[method-assign]


def _is_deadly(data: bytes, _name: str | None) -> bool:
    return data.startswith(b"deadly")


def _die(data: bytes, _name: str | None) -> gischema.Document:
    if b"exit" in data:
        os._exit(9)
    if b"memory" in data:
        return gischema.Document("x" * 2**40)
    while b"work" in data:
        sum(range(10_000_000))
    time.sleep(3600)
    raise AssertionError


def test_a_source_that_kills_hangs_or_eats_memory_is_named(tmp_path: Path) -> None:
    home = tmp_path / "in"
    home.mkdir()
    for name in ("exit", "hang", "memory", "work"):
        (home / f"{name}.deadly").write_text(f"deadly {name}")
    shutil.copy(COUNTY, home / "z.txt")
    engine = gischema.Gischema(plugins=[Deadly])
    options = ConvertOptions(jobs=2, limits=Limits(seconds=5, wall=15))
    convert(home, tmp_path / "out", options=options, engine=engine)
    assert {name: row["status"] for name, row in by_name(tmp_path / "out").items()} == {
        "exit.deadly": "crashed",
        "hang.deadly": "timed_out",
        "memory.deadly": "unreadable",  # the reader of a plugin failed, and the process went on
        "work.deadly": "timed_out",
        "z.txt": "ok",
    }
    messages = {name: row["message_en"] for name, row in by_name(tmp_path / "out").items()}
    assert "over 15 seconds" in messages["hang.deadly"]
    assert "over 5 seconds of processor time" in messages["work.deadly"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timers of processor time")
def test_a_source_that_waits_for_a_processor_is_read(tmp_path: Path) -> None:
    """Time on the clock does not count, as a busy machine takes it."""
    (tmp_path / "slow.deadly").write_text("deadly slow")
    shutil.copy(COUNTY, tmp_path / "z.txt")
    engine = gischema.Gischema(plugins=[Slow])
    options = ConvertOptions(jobs=1, limits=Limits(seconds=2))
    convert(tmp_path, tmp_path / "out", options=options, engine=engine)
    assert by_name(tmp_path / "out")["slow.deadly"]["status"] == "no_figures"


class Slow:
    """A reader that waits for three seconds."""

    @staticmethod
    @gischema.hookimpl
    def gischema_readers() -> list[gischema.Reader]:
        """Return the reader."""
        return [gischema.Reader("slow", frozenset({".deadly"}), _is_deadly, _wait)]


def _wait(_data: bytes, _name: str | None) -> gischema.Document:
    time.sleep(3)
    return gischema.Document("青禾市云岭县水利局2022年政府信息公开工作年度报告")


def test_the_other_formats_hold_the_same(sources: Path, dataset: Path, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyreadstat")
    expected = len(rows(dataset, "figures"))
    for suffix in ("duckdb", "sqlite", "csv", "dta"):
        convert(sources, tmp_path / f"x.{suffix}", options=ConvertOptions(jobs=1))
        assert not list(tmp_path.glob(".x*"))
    with duckdb.connect(str(tmp_path / "x.duckdb")) as database:
        assert database.execute("SELECT count(*) FROM figures").fetchone() == (expected,)
    lines = sqlite3.connect(tmp_path / "x.sqlite").execute("SELECT value FROM figures").fetchall()
    assert len(lines) == expected
    assert len(pandas.read_csv(tmp_path / "x.figures.csv")) == expected
    panel = pandas.read_stata(tmp_path / "x.dta", convert_categoricals=False)
    assert panel["requests_received"].sum() == sum(
        row["requests_received"] or 0 for row in rows(dataset, "panel")
    )
    assert str(panel["published"].dtype).startswith("datetime64")
    reports = pandas.read_stata(tmp_path / "x.reports.dta")
    assert reports["milliseconds"].isna().all(), "an empty number, no text"
    with pandas.io.stata.StataReader(tmp_path / "x.dta") as file:
        shown = file.variable_labels()
    assert shown["requests_received"] == "收到申请 requests received"
    assert shown["requests_received_doubt"].startswith("收到申请：数值是否存疑")
    assert not [name for name, label in shown.items() if name == label]
    assert [int(year) for year in panel["year"]] == [row["year"] for row in rows(dataset, "panel")]
    for suffix in ("duckdb", "sqlite", "csv", "dta"):
        manifest = json.loads((tmp_path / f"x.{suffix}.manifest.json").read_text("utf-8"))
        assert manifest["statuses"]["ok"] > 1
        assert (tmp_path / f"x.{suffix}.codebook.md").is_file()


def test_csv_shows_chinese_in_excel_and_reads_as_before(sources: Path, tmp_path: Path) -> None:
    """It begins with a BOM, which pandas, polars, DuckDB and Arrow do not take for a name."""
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    from pyarrow import csv

    convert(sources, tmp_path / "x.csv", options=ConvertOptions(jobs=1))
    for file in tmp_path.glob("*.csv"):
        assert file.read_bytes().startswith(b"\xef\xbb\xbf"), file
    file = tmp_path / "x.figures.csv"
    names = list(pandas.read_csv(file, low_memory=False).columns)
    assert names[0] == "uri"
    assert polars.read_csv(file, infer_schema=False).columns == names
    assert duckdb.read_csv(str(file), all_varchar=True).columns == names
    assert csv.read_csv(file).column_names == names


READ_IN_R = """
library(haven)
panel <- read_dta(commandArgs(TRUE)[1])
value <- panel[[commandArgs(TRUE)[2]]]
cat(nrow(panel), sum(value, na.rm = TRUE), sum(is.na(value)), "\\n")
cat(sort(unique(na_tag(value))), "\\n")
cat(names(attr(value, "labels"))[1:2], "\\n")
"""


def test_r_reads_the_panel(sources: Path, dataset: Path, tmp_path: Path) -> None:
    """With r-cran-haven: values, the letters of missing values and their labels."""
    pytest.importorskip("pyreadstat")
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed (apt-get install r-cran-haven)")
    script = ["Rscript", "-e", "library(haven)"]
    if subprocess.run(script, check=False, capture_output=True).returncode:
        pytest.skip("haven is not installed (apt-get install r-cran-haven)")
    convert(sources, tmp_path / "x.dta", options=ConvertOptions(jobs=1))
    (tmp_path / "read.R").write_text(READ_IN_R, encoding="utf-8")
    panel = rows(dataset, "panel")
    name = next(name for name in panel[0] if len({row.get(f"{name}_missing") for row in panel}) > 1)
    shown = subprocess.run(
        ["Rscript", tmp_path / "read.R", tmp_path / "x.dta", short_name(name)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    values = [row[name] for row in panel]
    known = [value for value in values if value is not None]
    letters = {row[f"{name}_missing"] for row in panel} - {None}
    numbers = [len(panel), float(sum(known)), len(values) - len(known)]
    assert [float(number) for number in shown.stdout.splitlines()[0].split()] == numbers
    assert known
    assert letters
    assert shown.stdout.splitlines()[1].split() == sorted(letters)
    assert shown.stdout.splitlines()[2].split() == ["空白", "不适用"]


def test_polars_and_duckdb_read_the_tables(dataset: Path) -> None:
    import polars as pl

    figures = pl.read_parquet(dataset / "figures.parquet")
    query = "SELECT short, sum(value) FROM read_parquet(?) WHERE source = 'table' GROUP BY short"
    with duckdb.connect() as database:
        sums = dict(database.execute(query, [str(dataset / "figures.parquet")]).fetchall())
    stated = figures.filter(pl.col("source") == "table")
    found = stated.group_by("short").agg(pl.col("value").sum(), pl.col("value").count().alias("n"))
    assert {name: value for name, value, n in found.iter_rows() if n} == {
        name: value for name, value in sums.items() if value is not None
    }
    assert figures.schema["value"] == pl.Decimal(38, 6)


def test_read_batch_is_pure_and_takes_whatever_comes() -> None:
    contents = [COUNTY.read_bytes(), b"", None, gzip.compress(b"x"), b"\x00" * 100]
    batch = pa.RecordBatch.from_pylist(
        [{"uri": str(n), "content": content} for n, content in enumerate(contents)], schema=SOURCES
    )
    result = read_batch(batch)
    assert result.column("status").to_pylist()[0] == "ok"
    assert set(result.column("status").to_pylist()[1:]) == {"unreadable"}
    again = read_batch(batch)
    names = [name for name in result.schema.names if name != "milliseconds"]
    assert result.select(names) == again.select(names)


def test_the_code_book_says_what_every_column_means(dataset: Path) -> None:
    """In both languages, and has no meaning of a column that no table has."""
    book = json.loads((dataset / "codebook.json").read_text("utf-8"))
    columns = [one for one in book if one["kind"].startswith("column of ")]
    assert all(one["meaning"] and one["meaning_en"] for one in columns)
    for table in TABLES:
        described = [one["name"] for one in columns if one["kind"] == f"column of {table}"]
        assert sorted(described) == sorted(pq.read_schema(dataset / f"{table}.parquet").names)
    named = {one["name"] for one in columns_of({**SCHEMAS, "panel": panel_columns([ANY], [ANY])})}
    assert {name.split(".")[-1] for name in MEANINGS} == named


def test_the_code_book_says_unit_years_and_comparability_of_concepts(dataset: Path) -> None:
    book = json.loads((dataset / "codebook.json").read_text("utf-8"))
    concepts = [one for one in book if one["kind"] == "concept"]
    assert all(one["unit"] and one["years"] and one["comparability"] for one in concepts)
    (received,) = (one for one in concepts if one["name"] == "requests_received")
    assert (received["unit"], received["years"]) == ("件", "2014-")
    measures = [one for one in book if one["kind"] == "measure"]
    assert all(one["meaning"] and " / " in one["path"] for one in measures)


def test_the_panel_says_how_far_years_compare(tmp_path: Path) -> None:
    """With the newest form; before 2014 the running text alone states figures."""
    years = {2012: "broken", 2016: "broken", 2020: "same"}
    for year in years:
        (tmp_path / f"{year}.txt").write_text(
            f"青禾市云岭县财政局{year}年政府信息公开工作年度报告\n一、总体情况\n"
            f"{year}年，我局主动公开政府信息{year - 2000}条。收到政府信息公开申请3件。\n",
            encoding="utf-8",
        )
    convert(tmp_path, tmp_path / "out", options=ConvertOptions(jobs=1))
    panel = {row["year"]: row for row in rows(tmp_path / "out", "panel")}
    assert {year: row["proactive_disclosed"] for year, row in panel.items()} == {
        year: year - 2000 for year in years
    }
    assert {year: row["proactive_disclosed_comparability"] for year, row in panel.items()} == years
    compared = {year: row["requests_received_comparability"] for year, row in panel.items()}
    assert compared == {2012: "close", 2016: "same", 2020: "same"}
    assert {row["requests_received_source"] for row in panel.values()} == {"text"}
    assert panel[2012]["licensing_decisions_missing"] == "e"
    assert panel[2012]["licensing_decisions_comparability"] is None


def test_short_names_are_short_and_differ() -> None:
    paths = {path for form in gischema.Gischema().forms.values() for path in form.declared}
    names = {short_name(path) for path in paths}
    assert len(names) == len(paths)
    assert max(map(len, names)) <= MAX_NAME
