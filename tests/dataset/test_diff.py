"""`gischema diff` lists what changed between two datasets, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gischema import GischemaError
from gischema.cli.app import app
from gischema.corpus import ConvertOptions, convert
from gischema.corpus.diff import DatasetChange, diff

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"
ROW = "规章 | 0 | 0 | 0 |"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Datasets `old` and `new` of sources under the same names, some of which changed."""
    home = tmp_path_factory.mktemp("diff")
    county = (EXAMPLES / "art20_2021_county.txt").read_text(encoding="utf-8")
    office = (EXAMPLES / "stat_2014_office.txt").read_text(encoding="utf-8")
    (home / "in").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        for name, text, gone in (("old", county, "gone"), ("new", changed(county), "come")):
            (home / "in" / "county.txt").write_text(text, encoding="utf-8")
            (home / "in" / "office.txt").write_text(office, encoding="utf-8")
            (home / "in" / f"{gone}.txt").write_text(office + gone, encoding="utf-8")
            convert("in", name, options=ConvertOptions(jobs=1))
            (home / "in" / f"{gone}.txt").unlink()
    return home


def changed(text: str) -> str:
    """Return a text with another figure and a label with a slip."""
    assert ROW in text
    return text.replace(ROW, "规章 | 7 | 0 | 0 |").replace("行政许可", "行改许可", 1)


def test_all_changes_are_listed_and_no_other(home: Path) -> None:
    found = list(diff(home / "old", home / "new"))
    assert [one for one in found if one.subject != "findings"] == [
        DatasetChange("sources", "in/come.txt", "status", None, "ok"),
        DatasetChange("sources", "in/county.txt", "verdict", "clean", "findings"),
        DatasetChange("sources", "in/gone.txt", "status", "ok", None),
        DatasetChange("figures", "in/county.txt", "proactive.rules.issued", "0 件", "7 件"),
        DatasetChange("doubts", "in/county.txt", "proactive.licensing.decisions", None, "D101"),
    ]
    assert {one.uri for one in found if one.subject == "findings"} <= {"in/county.txt"}
    assert not list(diff(home / "old", home / "old"))


def test_the_command_lists_them(home: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["diff", *arguments, "--lang", "zh"])
        return result.exit_code, result.stdout

    old, new = str(home / "old"), str(home / "new")
    code, text = run(old, new)
    assert code == 1
    assert "数据  in/county.txt  proactive.rules.issued  0 件 → 7 件" in text.splitlines()
    assert text.splitlines()[-1].startswith("变化：来源 3  数据 1  存疑 1")
    code, lines = run(old, new, "--format", "jsonl")
    assert [DatasetChange(**json.loads(line)) for line in lines.splitlines()] == list(
        diff(old, new)
    )
    assert run(old, old) == (0, "变化：来源 0  数据 0  存疑 0  问题 0\n")
    assert run(old, str(home / "in"))[0] == 2


def test_other_folders_are_refused(home: Path) -> None:
    with pytest.raises(GischemaError, match="Parquet"):
        diff(home / "old", home / "in")
