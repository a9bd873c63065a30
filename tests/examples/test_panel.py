"""The panel of the invented reports, cell by cell, and the tutorial that plots it."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest

import gischema

PANEL = Path(__file__).parents[2] / "examples" / "panel"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the tutorial as a user does: its folder, and what it prints."""
    out = tmp_path_factory.mktemp("tutorial")
    file = PANEL / "tutorial.py"
    run = subprocess.run(
        [sys.executable, str(file), str(out)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return out, run.stdout


def test_every_cell_of_the_panel_is_that_of_the_hand_made_table(
    tutorial: tuple[Path, str],
) -> None:
    """A letter is the code of a missing value. What the table leaves out is 0, or on no form."""
    expected = {
        (row["body"], int(row["year"])): row
        for row in csv.DictReader((PANEL / "expected.csv").read_text("utf-8").splitlines())
    }
    rows = pq.read_table(tutorial[0] / "dataset" / "panel.parquet").to_pylist()
    assert {(row["body"], row["year"]) for row in rows} == set(expected)
    for row in rows:
        by_hand = expected[row["body"], row["year"]]
        for concept in gischema.concepts():
            cell = row[concept.name]
            found = row[f"{concept.name}_missing"] if cell is None else f"{cell.normalize():f}"
            stated = "0" if row["form"] in concept.paths else "e"
            assert found == by_hand.get(concept.name, stated), (row["body"], row["year"], concept)
            assert not row[f"{concept.name}_doubt"]


def test_the_source_changes_where_the_form_does(tutorial: tuple[Path, str]) -> None:
    rows = pq.read_table(tutorial[0] / "dataset" / "panel.parquet").to_pylist()
    sources = {
        row["year"]: row["proactive_disclosed_source"] for row in rows if "水利" in row["body"]
    }
    assert [sources[year] for year in sorted(sources)] == ["table"] * 2 + ["text"] * 4


def test_the_tutorial_ends_with_a_plot(tutorial: tuple[Path, str]) -> None:
    out, printed = tutorial
    assert "broken" in printed
    words = " ".join(ET.parse(out / "trend.svg").getroot().itertext())
    assert {"2017", "2022", "table", "text"} <= set(words.split())


def test_the_tutorial_has_about_twenty_lines_of_code() -> None:
    lines = (PANEL / "tutorial.py").read_text("utf-8").splitlines()
    code = lines[lines.index("# %%") :]
    assert len([line for line in code if line.strip() and not line.startswith("#")]) <= 22


def test_the_tutorial_is_a_notebook(tmp_path: Path) -> None:
    """Every cell runs in a kernel, the report shows itself as a table, and the plot is drawn."""
    jupytext = pytest.importorskip("jupytext", reason="pip install 'gischema[docs]'")
    nbclient = pytest.importorskip("nbclient", reason="pip install 'gischema[docs]'")
    pytest.importorskip("ipykernel", reason="pip install 'gischema[docs]'")
    shutil.copytree(PANEL / "reports", tmp_path / "reports")
    notebook = jupytext.read(PANEL / "tutorial.py")
    kernel = {"name": "python3", "display_name": "Python", "language": "python"}
    notebook.metadata["kernelspec"] = kernel
    place = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(notebook, timeout=300, resources=place).execute()
    shown = [
        each.data
        for cell in notebook.cells
        for each in cell.get("outputs", ())
        if each.output_type == "execute_result"
    ]
    assert "青禾市云岭县水利局" in shown[0]["text/html"]
    assert "vega" in str(shown[-1])  # as HTML, or as the kind of data that Jupyter draws
    assert (tmp_path / "panel-tutorial" / "trend.svg").is_file()
