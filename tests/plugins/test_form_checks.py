"""What is wrong with a form is a problem as soon as its plugin is loaded; the form is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema import Gischema
from tests.plugins.conftest import PAGE, VARIANT

ROW = 'FERRY_LETTERS: "八、渡口意见箱来信数 | 件"'


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (ROW, ROW + '\nIDLE: "渡口 | 件"', 10, "IDLE"),
        (ROW, ROW + "\nidle: FERRY_LETTERS", 10, "idle"),
        (ROW, ROW + ' | "渡口意见箱·来信数"', 9, "渡口意见箱·来信数"),
        (ROW, ROW.replace(" | 件", ""), 9, "没有单位"),
        ("八、渡口意见箱来信数", "六、举报投诉数量", 9, "complaints"),
        ("%extend", '%override FEES: "七、依申请公开信息收取的费用 | 元"\n%extend', 8, "fees"),
        ("FERRY_LETTERS\n", 'FERRY_LETTERS | x\nx: X__FEES\nX__FEES: "渡口费 | 元"\n', 0, ""),
        ("2014–2018", "2018–2014", 3, "2018–2014"),
        ("八、渡口意见箱来信数", "八、信", 9, "只有一个字"),
        ("八、渡口意见箱来信数", "2016年", 9, "只是年份"),
        ("| 件", "| 举报投诉数量", 9, "计量单位"),
        ("stat-2014+test", "stat-1999+test", 2, "stat-1999"),
    ],
)
def test_fault_of_a_form_is_a_problem(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    """With the line of the grammar, in both languages; whatever can be read is read."""
    (tmp_path / "test.lark").write_text(VARIANT.replace(old, new), encoding="utf-8")
    engine = Gischema(plugins=[tmp_path])
    found = [(p.code, p.message, p.message_en) for p in engine.problems]
    if not words:
        assert found == []
        return
    ((code, message, message_en),) = found
    assert code == "D906"
    assert f"test.lark:{line}：" in message
    assert f"test.lark:{line}: " in message_en
    assert words in message
    assert engine.parse_text(PAGE).by_path["requests.received"].value == 3


def test_good_forms_have_no_problem(tmp_path: Path) -> None:
    """Neither the variant of the tests nor the examples of the package."""
    (tmp_path / "test.lark").write_text(VARIANT, encoding="utf-8")
    root = Path(__file__).parents[2]
    folders = [tmp_path, root / "examples" / "art20_2027"]
    folders += [file.parent for file in sorted(root.glob("plugins/*/gischema_*/__init__.py"))]
    for folder in folders:
        assert Gischema(plugins=[folder]).problems == ()
    assert len(folders) > 3
