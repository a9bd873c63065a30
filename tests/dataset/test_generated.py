"""Datasets of generated sources of every kind: each source once, whatever happens."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import gischema
from gischema.corpus import ConvertOptions, convert
from gischema.corpus.formats import TABLES
from gischema.testing.source_folder import SourceFolder, write_sources


def rows(folder: Path, table: str) -> list[dict]:
    return pq.read_table(folder / f"{table}.parquet").to_pylist()


@pytest.mark.slow
def test_some_generated_sources(tmp_path: Path) -> None:
    hold(tmp_path, 60, copies=4, broken=8, hostile=5, kills=2, sample=20)


@pytest.mark.long
def test_four_thousand_generated_sources(tmp_path: Path) -> None:
    hold(tmp_path, 4000, copies=20, broken=16, hostile=5, kills=10, sample=500)


def hold(
    home: Path, count: int, *, copies: int, broken: int, hostile: int, kills: int, sample: int
) -> None:
    """Check what must hold of a dataset of `count` sources; compare `sample` with `parse`."""
    (home / "in").mkdir()
    forms = tuple(gischema.Gischema().forms.values())
    written = write_sources(
        home / "in", forms, count, copies=copies, broken=broken, hostile=hostile
    )
    started = time.monotonic()
    convert(home / "in", home / "two", options=ConvertOptions(jobs=2))
    seconds = time.monotonic() - started
    has_each_source_once(written, home / "two")
    convert(home / "in", home / "one", options=ConvertOptions(jobs=1))
    are_equal(home / "one", home / "two")
    killed(home, kills, seconds)
    convert(home / "in", home / "killed", options=ConvertOptions(jobs=2))
    are_equal(home / "killed", home / "two")
    chosen = random.Random(1).sample(written.reports, min(sample, len(written.reports)))
    has_the_figures_of_parse(chosen, home / "two")


def has_each_source_once(written: SourceFolder, out: Path) -> None:
    found = rows(out, "reports")
    assert sorted(row["uri"] for row in found) == sorted(str(file) for file in written.files)
    status = {row["uri"]: row["status"] for row in found}
    of_reports = Counter(status[str(one)] for one in written.reports)
    assert of_reports.keys() <= {"ok", "duplicate", "no_figures"}
    assert of_reports["no_figures"] <= 0.01 * len(written.reports)  # texts cut before their tables
    assert Counter(status.values())["duplicate"] == len(written.copies)
    assert {status[str(one)] for one in written.broken} <= {"unreadable", "no_figures"}
    assert {status[str(one)] for one in written.hostile} <= {"unreadable", "no_figures", "ok"}


def are_equal(one: Path, other: Path) -> None:
    for table in TABLES:
        name = f"{table}.parquet"
        assert (one / name).read_bytes() == (other / name).read_bytes(), table


def killed(home: Path, kills: int, seconds: float) -> None:
    """Begin a run and kill it with all its processes, at random moments, again and again."""
    script = home / "run.py"
    script.write_text(
        "from gischema.corpus import convert, ConvertOptions\n"
        f"if __name__ == '__main__': convert({str(home / 'in')!r}, {str(home / 'killed')!r}, "
        "options=ConvertOptions(jobs=2))\n",
        encoding="utf-8",
    )
    for _ in range(kills):
        process = subprocess.Popen([sys.executable, str(script)], start_new_session=True)
        time.sleep(random.uniform(0.2, max(1.0, seconds / kills)))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def has_the_figures_of_parse(files: list[Path], out: Path) -> None:
    """Compare all figures, and require the doubts of each that a diagnostic flags."""
    names = {str(file) for file in files}
    repeated = {row["message"]: row["uri"] for row in rows(out, "reports") if row["message"]}
    found: dict[str, list[tuple]] = {name: [] for name in names}
    for row in rows(out, "figures"):
        if row["uri"] in names:
            figure = row["path"], row["value"], row["status"], row["source"], tuple(row["doubts"])
            found[row["uri"]].append(figure)
    for file in files:
        if str(file) not in repeated.values():
            report = gischema.parse(file)
            figures = found[str(file)]
            assert figures
            assert figures == [
                (one.path, one.value, one.status, one.source, one.doubts) for one in report.listed()
            ]
            doubted = {path: doubts for path, *_, source, doubts in figures if source == "table"}
            assert not {path for path in report.doubts if not doubted.get(path)}, file
