"""Ray and Spark, in local mode, write the dataset that processes write."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import partial
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import gischema
from gischema.corpus import ConvertOptions, ReadShards, convert
from gischema.corpus.formats import TABLES
from tests.plugins.conftest import PAGE, RULES, VARIANT

ROOT = Path(__file__).resolve().parents[2]
COUNTY = ROOT / "examples" / "reports" / "art20_2021_county.txt"
RECEIVED = "proactive.normative.issued"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sources in `in`, a plugin in `ferry` and confirmed readings."""
    home = tmp_path_factory.mktemp("engines")
    (home / "in").mkdir()
    for number in range(40):
        text = COUNTY.read_text(encoding="utf-8").replace("2023年", f"{1980 + number}年")
        (home / "in" / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (home / "in" / "ferry.txt").write_text(PAGE, encoding="utf-8")
    (home / "in" / "broken.docx").write_bytes(b"PK\x03\x04 cut")
    shutil.copy(home / "in" / "01.txt", home / "in" / "copy.txt")
    (home / "ferry").mkdir()
    (home / "ferry" / "variant.lark").write_text(VARIANT, encoding="utf-8")
    (home / "ferry" / "ferry.rules").write_text(RULES, encoding="utf-8")
    digest = sha256((home / "in" / "07.txt").read_bytes()).hexdigest()
    (home / "confirmed.toml").write_text(
        f'[[confirmed]]\nsource = "{digest}"\nby = "王某"\non = 2026-03-31\nreason = "原件"\n'
        f'[confirmed.figures]\n"{RECEIVED}" = 4321\n"no.such.path" = 1\n',
        encoding="utf-8",
    )
    return home


@pytest.fixture(scope="module")
def dataset(home: Path) -> Path:
    """The dataset that processes write."""
    convert(home / "in", home / "processes", options=options(home), engine=engine(home))
    return home / "processes"


def engine(home: Path) -> gischema.Gischema:
    return gischema.Gischema(plugins=[home / "ferry"])


def options(home: Path) -> ConvertOptions:
    return ConvertOptions(jobs=2, confirmed=gischema.load_confirmed(home / "confirmed.toml"))


def rows(folder: Path, table: str) -> list[dict]:
    return pq.read_table(folder / f"{table}.parquet").to_pylist()


def test_a_confirmed_reading_changes_exactly_its_figure(home: Path, dataset: Path) -> None:
    result = convert(home / "in", home / "plain", engine=engine(home))
    before, after = rows(home / "plain", "figures"), rows(dataset, "figures")
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [(Path(one["uri"]).name, one["path"]) for one in changed] == [("07.txt", RECEIVED)]
    assert (changed[0]["value"], changed[0]["reading"]) == (4321, "confirmed")
    assert result.unused == ()
    again = convert(home / "in", home / "again", options=options(home), engine=engine(home))
    assert [one.path for one in again.unused] == ["no.such.path"]


def same_as_processes(home: Path, dataset: Path, out: Path, read: ReadShards) -> None:
    convert(home / "in", out, options=options(home), engine=engine(home), read=read)
    for table in TABLES:
        name = f"{table}.parquet"
        assert (out / name).read_bytes() == (dataset / name).read_bytes()
    assert not (out / "_shards").exists()
    assert "T1" in {row["rule"] for row in rows(out, "findings")}  # the plugin travelled


def test_ray_writes_the_same_dataset(home: Path, dataset: Path, tmp_path: Path) -> None:
    ray = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    from gischema.corpus.ray import read_shards

    try:
        same_as_processes(home, dataset, tmp_path / "out", read_shards)
    finally:
        ray.shutdown()


def test_spark_writes_the_same_dataset(home: Path, dataset: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs java")
    from gischema.corpus.spark import read_shards

    same_as_processes(home, dataset, tmp_path / "out", partial(read_shards, address="local[2]"))


def test_the_command_runs_on_an_engine(home: Path, dataset: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs java")
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "gischema", "convert", home / "in", "-o", out, "--jobs", "2",
         "--engine", "spark", "--plugin", home / "ferry", "--confirmed", home / "confirmed.toml",
         "--lang", "zh"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "未用到的确认" in done.stderr
    assert "no.such.path" in done.stderr
    assert rows(out, "reports") == rows(dataset, "reports")


def test_an_address_needs_an_engine(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gischema", "convert", home / "in", "-o", home / "x",
         "--address", "auto"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--engine" in done.stderr
