"""A page whose regional form is not active says so, with the rules that did not run."""

from __future__ import annotations

from pathlib import Path

import pytest

import gischema
from gischema import Gischema, InstalledPlugins
from gischema.plugins.shipped import shipped_plugins

HEAD = "青禾市2016年政府信息公开工作年度报告\n统计指标 | 单位 | 统计数 |\n"
NATIONAL = "（一）收到申请数 | 件 | 3 |\n1．当面申请数 | 件 | 3 |\n六、举报投诉数量 | 件 | 0 |\n"
APPLICANTS = (
    "1.党政机关 | 件 | 0 |\n2.社会团体 | 件 | 1 |\n3.企业 | 件 | 2 |\n4.宣传媒体 | 件 | 0 |\n"
)
STRANGE = "渡口来信数 | 件 | 4 |\n码头走访数 | 次 | 5 |\n船只查验数 | 艘 | 6 |\n"
EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
EVERY = frozenset(plugin.name for plugin in shipped_plugins())


def _without(*names: str) -> Gischema:
    return Gischema(plugins=[InstalledPlugins(EVERY, without=frozenset(names))])


def _codes(engine: Gischema, page: str) -> dict[str, gischema.Diagnostic]:
    return {d.code: d for d in engine.parse_text(page).diagnostics}


def _jiangsu_rows() -> str:
    """Every row that the shipped variant of Jiangsu adds, as its form prints it."""
    form = Gischema(plugins=[InstalledPlugins(frozenset({"jiangsu"}))]).forms["stat-2014+jiangsu"]
    assert form.base is not None
    national = {row.label for row in form.base.rows}
    own = [row for row in form.rows if row.label not in national]
    return "".join(f"{row.label} | {row.unit or ''} | 1 |\n" for row in own)


def test_a_variant_that_is_switched_off_is_named() -> None:
    """The plugin, the form, the number of rows, and the codes of the rules that did not run."""
    page = HEAD + NATIONAL + _jiangsu_rows()
    for engine in (_without("jiangsu"), Gischema()):
        note = _codes(engine, page)["D410"]
        for words in (note.message, note.message_en):
            assert "stat-2014+jiangsu" in words
            assert "JS1" in words
        assert note.origin is not None
        assert note.paths == ()
    assert "D410" not in _codes(_without(), page)


def test_check_is_not_ready_to_publish() -> None:
    """The last line does not say that the report may be published: rows were not checked."""
    from gischema.output.checked import Checked, Frame
    from gischema.output.closing import closing

    whole = (EXAMPLES / "stat_2014_office.txt").read_text("utf-8")
    lines = []
    for engine in (_without("jiangsu"), _without()):
        report = engine.parse_text(whole + _jiangsu_rows())
        result = engine.check(report, select=["A15"])
        lines.append(next(closing(Checked("x", "", report, result), Frame("zh", ()))))
    assert "有的行没有核对" in lines[0]
    assert "有的行没有核对" not in lines[1]


def test_rows_of_an_unknown_form() -> None:
    """Several rows that no form has: how to get a form for them. One or two are D105 alone."""
    note = _codes(_without(), HEAD + NATIONAL + STRANGE)["D411"]
    assert "渡口来信数" in note.message
    assert "gischema new form --from" in note.message
    few = STRANGE.partition("\n")[0] + "\n"
    assert "D411" not in _codes(_without(), HEAD + NATIONAL + few)


@pytest.mark.parametrize("page", [HEAD + NATIONAL, HEAD + NATIONAL + APPLICANTS])
def test_a_few_rows_that_match_by_chance_say_nothing(page: str) -> None:
    """National rows, and a handful of words that a variant happens to have."""
    assert "D410" not in _codes(_without("jiangsu"), page)


def test_a_variant_of_another_form_is_not_meant() -> None:
    """Rows of Jiangsu's form of 2014 below tables of 2021 are no reason to name it."""
    page = (EXAMPLES / "art20_2021_county.txt").read_text("utf-8") + "\n" + _jiangsu_rows()
    assert "D410" not in _codes(_without("jiangsu"), page)


def test_a_form_of_its_own() -> None:
    """A page of Fujian with the plugin switched off, all rows in one line or with bars."""
    form = _without().forms["fujian-2009"]
    rows = [f"{row.label} | {row.unit or '条'} | 1 | 2 |" for row in form.rows]
    for page in ("\n".join(rows), "\n".join(row.replace(" | ", " ") for row in rows)):
        text = f"青禾县2012年政府信息公开工作年度报告\n{page}\n"
        assert "fujian-2009" in _codes(_without("fujian"), text)["D410"].message
        assert "D410" not in _codes(_without(), text)
