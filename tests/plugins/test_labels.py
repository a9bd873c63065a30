"""Labels of grammars and aliases: in the normal form of pages, and never empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema import Gischema
from tests.plugins.conftest import PAGE, VARIANT, plugin

LABEL = '"八、渡口意见箱来信数 | 件"'


def engine(folder: Path, label: str) -> Gischema:
    """An engine with a variant whose one row has a label."""
    (home := folder / "ferry").mkdir()
    (home / "test.lark").write_text(VARIANT.replace(LABEL, label), encoding="utf-8")
    return Gischema(plugins=[home])


@pytest.mark.parametrize(
    ("label", "shown", "line"),
    [
        ('"(一)"', "(一)", 9),
        ('" | 件"', " | 件", 9),
        ('"其中: | 件"', "其中: | 件", 9),
        ('"其中：①"', "其中：①", 9),
        ('"——"', "——", 9),
        ('"八、渡口意见箱来信数 | 件" | "八、"', "八、", 9),
        ('"八、渡口意见箱来信数 | 件"\n  | "（八）"', "（八）", 10),
        ("/渡口.*/", "渡口.*", 9),
    ],
)
def test_label_without_words_is_refused(tmp_path: Path, label: str, shown: str, line: int) -> None:
    """The file, the line and the label are named; the national forms read as ever."""
    found = engine(tmp_path, label)
    text = PAGE.replace("七、渡口意见箱来信数", "（一）")
    report = found.parse_text(text)
    (problem,) = found.problems
    for words in (f"test.lark:{line}", shown):
        assert words in problem.message
        assert words in problem.message_en
    assert report.figures == Gischema().parse_text(text).figures


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ('"其中:①渡口意见箱来信数 | 件"', "其中:①渡口意见箱来信数"),
        ('"⑴渡口意见箱来信数 | 件"', "（1）渡口意见箱来信数"),
        ('"㈧渡口意见箱来信數 | 件"', "(八)渡口意见箱来信数"),
        ('"渡口意见箱来信数｜件"', "渡口意见箱来信数"),
        ('"渡口来信 | 件" | "其中:①渡口意见箱来信數"', "①渡口意见箱来信数"),
    ],
)
def test_label_is_normalised_as_pages_are(tmp_path: Path, label: str, printed: str) -> None:
    """What a page prints as the grammar has it is read without doubt."""
    report = engine(tmp_path, label).parse_text(PAGE.replace("七、渡口意见箱来信数", printed))
    figure = report.by_path["ferry_letters"]
    assert (figure.value, figure.unit) == (14, "件")
    assert figure.reading in ("exact", "alias")
    assert report.diagnostics == ()


def test_alias_is_normalised_too() -> None:
    """An alias of a plugin may have the characters of a page."""
    further = plugin("w", gischema_aliases=lambda: {"stat-2014": {"FAX": ["②電報申请数"]}})
    report = Gischema(plugins=[further]).parse_text(PAGE.replace("传真申请数", "电报申请数"))
    figure = report.by_path["requests.received.fax"]
    assert (figure.value, figure.reading) == (1, "alias")


def test_alias_without_words_is_refused() -> None:
    """It would be the label of whatever has none."""
    further = plugin("w", gischema_aliases=lambda: {"stat-2014": {"FAX": ["（二）"]}})
    found = Gischema(plugins=[further])
    found.parse_text(PAGE)
    (problem,) = found.problems
    assert "（二）" in problem.message
