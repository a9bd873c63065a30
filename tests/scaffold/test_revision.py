"""From one page of a form of 2028: what it changes of the form of 2021, and every figure read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gischema import Gischema
from gischema.scaffold.from_pages import write_form
from gischema.testing import LAYOUTS, SeededChoices, compose
from gischema.testing.values import busy_values
from tests.plugins.test_revision import GRAMMAR

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Gischema:
    """The forms with the imagined one of 2028, written by hand."""
    folder = tmp_path_factory.mktemp("revision")
    (folder / "art20_2028.lark").write_text(GRAMMAR, encoding="utf-8")
    return Gischema(plugins=[folder])


RUN_TOGETHER = ("glued", "drawn")
"""Layouts whose columns only the finished form can tell apart."""


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in RUN_TOGETHER])
def test_page_of_the_next_generation(revised: Gischema, tmp_path: Path, layout: str) -> None:
    """Two rows are renamed, one is dropped, a column and a table of two sections are new."""
    choices = SeededChoices(len(layout))
    form = revised.forms["art20-2028"]
    page = LAYOUTS[layout].print(compose(form, busy_values(form, choices), choices))
    sample = tmp_path / "page.txt"
    sample.write_text(page.text, encoding="utf-8")
    written = write_form("art20-2028", None, [sample], tmp_path / "form")
    assert (written.nearest, written.missed, written.left_out) == ("art20-2021", (), ())
    texts = {path.name: text for path, text in written.files.items()}
    grammar = texts["art20_2028.lark"]
    for line in (
        "// replaces: art20-2021",
        "// rules: like art20-2021",
        "%import .art20_2021 (start)",
        '%override GRANTED: "(一)全部公开"',
        '%override NOT_HELD: "1.本机关未制作也未保存"',
        "%override not_processed: (NOT_PROCESSED | PETITION | DUPLICATE | EXCESSIVE | CONFIRMATION)+",
        'COLUMNS__TOTAL: "小计 | 件" // sum',
    ):
        assert line in grammar.split("\n")
    assert "after LEGAL_SERVICE" in grammar
    assert len(grammar.splitlines()) <= 30
    expected = sorted(f.value for f in revised.parse_text(page.text).figures if f.value is not None)
    assert sorted(map(float, json.loads(texts["art20_2028-1.json"]).values())) == [
        *map(float, expected)
    ]


def test_a_page_of_the_form_itself_changes_nothing(tmp_path: Path) -> None:
    """A page on the form of 2021 gives a grammar that only imports it."""
    sample = Path(__file__).parents[2] / "examples" / "reports" / "art20_2021_county.txt"
    written = write_form("art20-2028", None, [sample], tmp_path)
    grammar = next(text for path, text in written.files.items() if path.suffix == ".lark")
    statements = [line for line in grammar.split("\n") if line and not line.startswith("//")]
    assert statements == ["%import .art20_2021 (start)"]
    assert written.missed == ()


@pytest.mark.parametrize("layout", RUN_TOGETHER)
def test_what_is_not_read_is_listed(revised: Gischema, tmp_path: Path, layout: str) -> None:
    """Each row of the request table that the grammar does not read back has its line listed."""
    choices = SeededChoices(3)
    form = revised.forms["art20-2028"]
    page = LAYOUTS[layout].print(compose(form, busy_values(form, choices), choices))
    sample = tmp_path / "page.txt"
    sample.write_text(page.text, encoding="utf-8")
    written = write_form("art20-2028", None, [sample], tmp_path / "form")
    listed = "".join(written.left_out)
    for label in ("一、本年新收", "2.重复申请", "（七）总计", "四、结转下年度"):
        assert label in listed


def test_rows_dropped_from_one_group(tmp_path: Path) -> None:
    """The group is written once, without all of them, and with the row that is new in it."""
    sample = Path(__file__).parents[2] / "examples" / "reports" / "art20_2021_county.txt"
    lines = sample.read_text(encoding="utf-8").split("\n")
    duplicate = next(at for at, line in enumerate(lines) if "重复申请" in line)
    excessive = next(at for at, line in enumerate(lines) if "大量反复申请" in line)
    petition = next(at for at, line in enumerate(lines) if "信访举报投诉类申请" in line)
    new = lines[duplicate].replace(lines[duplicate].split("|")[0], "2.渡口投诉类申请 ")
    kept = [line for at, line in enumerate(lines) if at not in (duplicate, excessive)]
    kept.insert(petition, new)
    page = tmp_path / "page.txt"
    page.write_text("\n".join(kept), encoding="utf-8")
    written = write_form("art20-2028", None, [page], tmp_path / "form")
    grammar = next(text for path, text in written.files.items() if path.suffix == ".lark")
    assert grammar.count("%override not_processed:") == 1
    assert "DUPLICATE" not in grammar
    assert (written.missed, written.left_out) == ((), ())


def test_several_pages_of_the_next_generation(revised: Gischema, tmp_path: Path) -> None:
    """The fullest is the one that the grammar is written of; all are read back."""
    form = revised.forms["art20-2028"]
    samples: list[Path] = []
    for seed, layout in enumerate(("pipes", "spaces")):
        choices = SeededChoices(seed)
        page = LAYOUTS[layout].print(compose(form, busy_values(form, choices), choices))
        samples.append(tmp_path / f"{layout}.txt")
        samples[-1].write_text(page.text, encoding="utf-8")
    written = write_form("art20-2028", None, samples, tmp_path / "form")
    assert (written.nearest, written.missed, written.left_out) == ("art20-2021", (), ())
    read = [json.loads(text) for path, text in written.files.items() if path.suffix == ".json"]
    assert [len(figures) for figures in read] == [written.printed // 2] * 2
