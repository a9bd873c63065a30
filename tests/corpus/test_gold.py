"""Real reports against hand-made gold, where the corpus lies next to the repository."""

import json
from pathlib import Path
from typing import Any

import pytest

import gischema

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
WITH_PLUGINS = gischema.Gischema(
    plugins=sorted(file.parent for file in PLUGINS.glob("*/*/__init__.py"))
)
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
GOLD = sorted(CORPUS.rglob("*.json")) if CORPUS.is_dir() else []
NOT_PRINTED = {None: "blank", "n/a": "not_applicable"}

pytestmark = pytest.mark.skipif(not GOLD, reason="the corpus is not next to this checkout")


def _load(gold: Path) -> tuple[dict[str, Any], gischema.Report]:
    return json.loads(gold.read_text("utf-8")), gischema.parse(gold.with_suffix(".txt"))


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_every_cell_is_right_or_flagged(gold: Path) -> None:
    """Each gold figure is read with its value, or a diagnostic names its path."""
    known, report = _load(gold)
    doubtful = {path for diagnostic in report.diagnostics for path in diagnostic.paths}
    for path, value in known["cells"].items():
        figure = report.figure(path)
        if value in NOT_PRINTED:
            right = figure.status == NOT_PRINTED[value]
        else:
            right = figure.value is not None and float(figure.value) == float(value)
        assert right or path in doubtful, (path, value, figure)


@pytest.mark.parametrize(
    "gold", [path for path in GOLD if path.parent == CORPUS], ids=lambda path: path.stem
)
def test_complete_reports_are_read_whole(gold: Path) -> None:
    """The five complete reports: every cell right, the year right, nothing beyond the gold."""
    known, report = _load(gold)
    read = {f.path: f.value for f in report.figures if f.status == "stated"}
    stated = {path: value for path, value in known["cells"].items() if value not in NOT_PRINTED}
    assert {path: float(value or 0) for path, value in read.items()} == stated
    assert report.year == known["year"]
    if stated:
        assert report.form == known["generation"]


def test_the_rows_of_jiangsu_are_not_lost() -> None:
    """Rows that the national form lacks are in `unclaimed` with their numbers."""
    known, report = _load(CORPUS / "taizhou-js-services-2016.json")
    assert sorted(int(u.raw) for u in report.unclaimed) == sorted(known["extra"].values())
    assert report.index_no == known["index_no"]
    assert str(report.published) == known["published"]


def test_the_plugin_of_jiangsu_reads_its_rows() -> None:
    """With the plugin the national and the regional figures of the gold are right, none is left."""
    known, _ = _load(CORPUS / "taizhou-js-services-2016.json")
    engine = gischema.Gischema(plugins=[PLUGINS / "gischema-jiangsu" / "gischema_jiangsu"])
    report = engine.parse(CORPUS / "taizhou-js-services-2016.txt")
    assert (report.form, report.variant) == (known["generation"], known["variant"])
    assert {f.path: f.value for f in report.figures} == known["cells"] | known["extra"]
    assert report.extras.keys() == known["extra"].keys()
    assert report.unclaimed == ()
    result = engine.check(report, select=["JS1", "JS2"])
    assert (result.held, result.findings, result.not_assessable) == (2, (), ())


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_plugins_lose_nothing(gold: Path) -> None:
    """With all reference plugins no figure of a national form is read otherwise than without."""
    _, report = _load(gold)
    after = WITH_PLUGINS.parse(gold.with_suffix(".txt"))
    before = {f.path: f for f in report.figures}
    assert before.items() <= {f.path: f for f in after.figures}.items()
    if (after.form, after.variant) == (report.form, None):
        assert after == report
