"""Two revisions that read the same do not differ; one that lost a wording does."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ALIAS = ' | "规范性档案"'


def compare(old: Path, new: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What the command prints about two checkouts."""
    command = [sys.executable, "-m", "benchmarks.compare_revisions", str(old), str(new)]
    return subprocess.run(
        [*command, "--no-cases", "--jobs", "1", *options],
        cwd=ROOT, check=False, capture_output=True, encoding="utf-8", timeout=300,
    )  # fmt: skip


@pytest.fixture(scope="module")
def altered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout whose grammar lacks one wording."""
    folder = tmp_path_factory.mktemp("altered")
    for name in ("gischema", "grammars", "plugins"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    grammar = folder / "grammars" / "art20_2019.lark"
    text = grammar.read_text(encoding="utf-8")
    assert ALIAS in text
    grammar.write_text(text.replace(ALIAS, ""), encoding="utf-8")
    return folder


def test_a_checkout_does_not_differ_from_itself() -> None:
    """Pages, files and times of both are counted, and nothing differs."""
    done = compare(ROOT, ROOT, "--pages", "120", "--files", "8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "120 pages, 8 files, 12 pages of plugins" in done.stdout
    assert "inputs that differ: 0\n" in done.stdout


def test_a_wording_that_is_lost_shows_in_figures_and_is_kept(altered: Path, tmp_path: Path) -> None:
    """Lost figures, new flags and findings are printed; inputs and readings can be looked at."""
    folder, kept, output = tmp_path / "pages", tmp_path / "kept", tmp_path / "differences.jsonl"
    folder.mkdir()
    page = "青禾市云岭县2020年政府信息公开工作年度报告\n\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"
    (folder / "changed.txt").write_text(page + "规范性档案 | 4 | 5 | 16 |\n", encoding="utf-8")
    (folder / "same.txt").write_text(page + "规章 | 4 | 5 | 16 |\n", encoding="utf-8")
    done = compare(
        ROOT, altered, "--pages", "0", "--folder", str(folder), "--keep", str(kept), "-o", str(output)
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "inputs that differ: 1\n" in done.stdout
    assert "proactive.normative.made" in done.stdout
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert {row["input"] for row in rows} == {"pages-changed"}
    assert {"figure", "finding"} <= {row["kind"] for row in rows}
    names = {path.name for path in kept.iterdir()}
    assert names == {"pages-changed.txt", "pages-changed.old.json", "pages-changed.new.json"}


def test_a_checkout_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """A folder without the package, or an unknown revision, ends the command with a message."""
    done = compare(ROOT, tmp_path)
    assert done.returncode != 0
    assert "neither a checkout nor a revision" in done.stderr
