"""A slip in a grammar is reported with file, line and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema import Gischema

HEAD = """// form: stat-2014+test
// years: 2014–2018
// basis: 青禾办〔2015〕3号

"""
IMPORT = "%import .stat_2014 (start, _section)\n"
FERRY = 'FERRY: "渡口意见箱来信数 | 件"\n'
BOAT = 'BOAT: "渡口船只数量 | 艘"\n'
INTERNAL = (
    "_plus_",
    "_star_",
    "2014__",
    "$END",
    "RecursionError",
    "FileNotFoundError",
    "GrammarError",
    "Terminal(",
)

SLIPS = {
    "%import .stat_2014 (start, _sections)\n%extend _sections: FERRY\n" + FERRY: (5, "_section"),
    IMPORT + "%extend _sections: FERRY\n" + FERRY: (6, "_section"),
    "%import .stat_2015 (start, _section)\n%extend _section: FERRY\n" + FERRY: (5, "stat_2014"),
    IMPORT + "%override _section: one\none: FERRY? BOAT?\n" + FERRY + BOAT: (7, "(FERRY | BOAT)+"),
    IMPORT + "%override _section: staff | one\none: (FERRY | STAFF)+\n" + FERRY: (7, "STAFF"),
    IMPORT + "%extend _section: one | two\none: (FERRY | BOAT)+\ntwo: BOAT\n" + FERRY + BOAT: (
        10,
        "BOAT",
    ),
    "%import .test (start, _section)\n": (5, "test.lark 引入了它自己"),
    "%import .helper (start)\n": (1, "test.lark 引入了它自己"),
    IMPORT + "%extend _section: FERY\n" + FERRY: (6, "是否指 FERRY"),
    IMPORT + "%extend _section: fery\nferry: FERRY\n" + FERRY: (6, "是否指 ferry"),
    IMPORT + "%extend _section: FERRY\n" + FERRY + FERRY: (7, "%override FERRY"),
    IMPORT + "%extend _section: FERRY\n" + FERRY.replace(":", " =", 1): (7, 'NAME: "'),
    IMPORT + "%extend _section: FERRY\nFERRY: /渡口[来去]信/\n": (7, "渡口[来去]信"),
    IMPORT + '%extend _section: FERRY\nFERRY: "(一)"\n': (7, "“(一)”"),
    IMPORT + "%extend _section: one\none: FERRY one\n" + FERRY: (7, "one 包含它自己"),
    IMPORT + "%extend _section: one\none: FERRY\nFERRY: boat\nboat: BOAT\n" + BOAT: (8, "FERRY"),
    "%extend _section: FERRY\n" + FERRY: (5, "_section"),
    IMPORT + '%extend _section: one\none: "来信数" | FERRY\n' + FERRY: (7, 'NAME: "来信数"'),
    IMPORT + '%extend _section: one\none: "来信数 | 件"\n': (7, 'ONE: "来信数 | 件"'),
    IMPORT + '%extend _section: FERRY\nFERRY: ""\n': (7, "FERRY 是空的"),
    IMPORT + '%extend _section: FERRY\nFERRY: "甲" FERRY\n': (7, "FERRY 用到了它自己"),
    IMPORT + "%extend _section: FERRY\nFERRY：" + FERRY[6:]: (7, "改为半角 :"),
    IMPORT + "%extend _section: FERRY\nFERRY: “渡口 | 件”\n": (7, '改为半角 "'),
    "one: FERRY\n" + FERRY: (0, "%import .stat_2014 (start, _section)"),
    IMPORT + "%ignore PAGES\n%extend _section: FERRY\n" + FERRY: (6, "PAGES"),
}


@pytest.mark.parametrize("grammar", SLIPS, ids=range(len(SLIPS)))
def test_slip_is_reported_with_its_line_and_what_to_write(tmp_path: Path, grammar: str) -> None:
    """In both languages, in words of forms, without the parser generator's own."""
    (tmp_path / "test.lark").write_text(HEAD + grammar, encoding="utf-8")
    if "helper" in grammar:
        (tmp_path / "helper.lark").write_text("%import .test (start)\n", encoding="utf-8")
    problem = Gischema(plugins=[tmp_path]).problems[0]
    line, word = SLIPS[grammar]
    file = "helper.lark" if "helper" in grammar else "test.lark"
    place = f"{file}:{line}" if line else file
    assert word in problem.message
    assert "未采用表式 stat-2014+test" in problem.message or "helper" in grammar
    for text in (problem.message, problem.message_en):
        assert place in text
        assert not any(each in text for each in INTERNAL)
    assert not any("\u4e00" <= char <= "\u9fff" for char in _unquoted(problem.message_en))


def _unquoted(text: str) -> str:
    """The text without labels and file names that it quotes."""
    return (
        text.replace("渡口[来去]信", "").replace("来信数", "").replace("一", "").replace("件", "")
    )


RENAMED = "1.本机关未制作也未保存"


def outline(folder: Path, grammar: str) -> dict[str, str]:
    """The label of each row, by path, of a variant of the form of 2021."""
    head = HEAD.replace("stat-2014", "art20-2021").replace("2014–2018", "2021–")
    (folder / "test.lark").write_text(head + grammar, encoding="utf-8")
    engine = Gischema(plugins=[folder])
    assert engine.problems == ()
    form = engine.forms["art20-2021+test"]
    assert len({path for row in form.rows for path in row.paths if not row.group}) == len(
        form.indicators
    )
    return {row.path: row.label for row in form.rows}


@pytest.mark.parametrize(
    "imported",
    [
        "%import .art20_2019 (NOT_HELD)\n",
        "%import .art20_2021 (NOT_HELD)\n",
        "",
    ],
)
def test_label_is_overridden_through_any_depth_of_import(tmp_path: Path, imported: str) -> None:
    """The form of 2021 has the row from that of 2019; whoever renames it need not know."""
    grammar = "%import .art20_2021 (start, _section)\n" + imported
    rows = outline(tmp_path, grammar + f'%override NOT_HELD: "{RENAMED} |"\n')
    assert rows["requests.disposed.unavailable.not_held"] == RENAMED[2:]


def test_columns_are_overridden_through_any_depth_of_import(tmp_path: Path) -> None:
    """A column more in the table of requests, for every row of it."""
    rows = """%import .art20_2021 (start, _section)
%override applicants__columns: _BALANCE? _APPLICANT? (NATURAL_PERSON | _organizations | PORT | APPLICANTS__TOTAL)+
PORT: "码头 | 件"
"""
    outline(tmp_path, rows)
    indicators = Gischema(plugins=[tmp_path]).forms["art20-2021+test"].indicators
    assert indicators["requests.received.port"].label == "本年新收政府信息公开申请数量 / 码头"
    assert "requests.disposed.refused.third_party.port" in indicators


def test_group_is_extended_through_any_depth_of_import(tmp_path: Path) -> None:
    """The added row belongs to the group of the imported form, at any place in it."""
    rows = outline(
        tmp_path,
        '%import .art20_2021 (start)\n%extend unavailable: LOST\nLOST: "4.信息已经灭失 |"\n',
    )
    assert rows["requests.disposed.unavailable.lost"] == "信息已经灭失"
    form = Gischema(plugins=[tmp_path]).forms["art20-2021+test"]
    assert [row.path for row in form.unplaced] == ["requests.disposed.unavailable.lost"]


def test_label_that_others_are_defined_as_is_overridden_in_them(tmp_path: Path) -> None:
    """Two columns that share one label both get the new one."""
    file = tmp_path / "test.lark"
    file.write_text(
        HEAD.replace("stat-2014", "art20-2019").replace("2014–2018", "2019–2020")
        + '%import .art20_2019 (start)\n%override ITEMS_LAST_YEAR: "去年项目数量 | 项"\n',
        encoding="utf-8",
    )
    form = Gischema(plugins=[tmp_path]).forms["art20-2019+test"]
    labels = {i.label for i in form.indicators.values() if i.path.endswith("items_last_year")}
    assert {label.rpartition(" / ")[2] for label in labels} == {"去年项目数量"}
    assert len(labels) > 2


@pytest.mark.parametrize(
    "grammar",
    [
        '%import .art20_2019 (NOT_HELD)\n%override NOT_HELD: "甲 | 件"\n',
        '%override staff: FERRY\nFERRY: "甲 | 件"\n%override institution: OFFICES\n',
        '%import .art20_2019 (refused)\n%extend refused: FERRY\nFERRY: "甲 | 件"\n',
    ],
)
def test_override_without_effect_is_an_error(tmp_path: Path, grammar: str) -> None:
    """Nothing that `start` reaches uses what it changes: the rename would be lost."""
    (tmp_path / "test.lark").write_text(HEAD + IMPORT + grammar, encoding="utf-8")
    (problem,) = Gischema(plugins=[tmp_path]).problems
    assert "没有用" in problem.message
    assert "test.lark:" in problem.message_en


def test_grammar_that_only_helps_others_is_no_form(tmp_path: Path) -> None:
    """Two forms of a folder share the rows of a file without a header."""
    (tmp_path / "shared.lark").write_text(f"ferry: (FERRY | BOAT)+\n{FERRY}{BOAT}", "utf-8")
    for region in ("east", "west"):
        grammar = "%import .shared (ferry)\n" + IMPORT + "%extend _section: ferry\n"
        text = HEAD.replace("+test", f"+{region}") + grammar
        (tmp_path / f"{region}.lark").write_text(text, encoding="utf-8")
    engine = Gischema(plugins=[tmp_path])
    assert engine.problems == ()
    for region in ("east", "west"):
        assert "ferry.boat" in engine.forms[f"stat-2014+{region}"].indicators


@pytest.mark.parametrize(
    ("rule", "anchor", "before", "behind"),
    [
        ("_section", "COMPLAINTS", "complaints", "fees"),
        ("received", "FAX", "requests.received.fax", "requests.received.online"),
        ("requests", "received", "requests.received.letter", "requests.concluded"),
        ("reconsideration", "RECONSIDERATION", "reconsideration", "reconsideration.upheld"),
        ("training", "_TRAINING", "institution.funds", "training.meetings"),
    ],
)
def test_row_is_inserted_after_another(
    tmp_path: Path, rule: str, anchor: str, before: str, behind: str
) -> None:
    """In one line, in any group of the form, and with a place of its own."""
    grammar = f"%import .stat_2014 (start)\n%extend {rule}: FERRY after {anchor} // 青禾\n{FERRY}"
    (tmp_path / "test.lark").write_text(HEAD + grammar, encoding="utf-8")
    engine = Gischema(plugins=[tmp_path])
    assert engine.problems == ()
    form = engine.forms["stat-2014+test"]
    paths = [row.path for row in form.rows]
    (place,) = (at for at, path in enumerate(paths) if path.endswith("ferry"))
    assert (paths[place - 1], paths[place + 1]) == (before, behind)
    assert form.unplaced == ()


def test_several_rows_are_inserted_after_others(tmp_path: Path) -> None:
    """Each line adds to what is there; those without a place stay open."""
    grammar = f"""%import .stat_2014 (start)
%extend _section: FERRY after COMPLAINTS
%extend _section: BOAT
%extend _section: lights after FERRY
{FERRY}{BOAT}lights: (RED | GREEN)+
RED: "红灯数 | 盏"
GREEN: "绿灯数 | 盏"
"""
    (tmp_path / "test.lark").write_text(HEAD + grammar, encoding="utf-8")
    form = Gischema(plugins=[tmp_path]).forms["stat-2014+test"]
    paths = [row.path for row in form.rows]
    place = paths.index("complaints")
    assert paths[place : place + 5] == ["complaints", "ferry", "lights.red", "lights.green", "fees"]
    assert [row.path for row in form.unplaced] == ["boat"]


def test_column_is_inserted_after_another(tmp_path: Path) -> None:
    """Among the heads of a table, in the group of heads that it belongs to."""
    head = HEAD.replace("stat-2014", "art20-2021").replace("2014–2018", "2021–")
    grammar = (
        '%import .art20_2021 (start)\n%extend _organizations: PORT after SOCIAL\nPORT: "港 | 件"\n'
    )
    (tmp_path / "test.lark").write_text(head + grammar, encoding="utf-8")
    engine = Gischema(plugins=[tmp_path])
    assert engine.problems == ()
    keys = [column.key for column in engine.forms["art20-2021+test"].heads[-2].columns]
    assert keys[keys.index("port") - 1 : keys.index("port") + 2] == [
        "social",
        "port",
        "legal_service",
    ]


def test_anchor_that_is_not_in_the_group_is_reported(tmp_path: Path) -> None:
    """With those that are."""
    grammar = f"%import .stat_2014 (start)\n%extend _section: FERRY after COMPLAINS\n{FERRY}"
    (tmp_path / "test.lark").write_text(HEAD + grammar, encoding="utf-8")
    (problem,) = Gischema(plugins=[tmp_path]).problems
    assert "test.lark:6：" in problem.message
    assert "是否指 COMPLAINTS" in problem.message


def test_template_of_a_group_is_built(tmp_path: Path) -> None:
    """The parameters of a template are no symbols that are missing."""
    grammar = (
        f"{IMPORT}%extend _section: pair{{FERRY, BOAT}}\npair{{a, b}}: (a | b)+\n{FERRY}{BOAT}"
    )
    (tmp_path / "test.lark").write_text(HEAD + grammar, encoding="utf-8")
    assert Gischema(plugins=[tmp_path]).problems == ()


def test_file_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    """With its name and what to do."""
    (tmp_path / "test.lark").write_bytes((HEAD + IMPORT).encode("gb18030"))
    (problem,) = Gischema(plugins=[tmp_path]).problems
    assert "test.lark：不是 UTF-8" in problem.message
    assert "UnicodeDecodeError" not in problem.message
