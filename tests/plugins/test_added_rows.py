"""Rows that `%extend` adds: certain wherever they stand in the table, in doubt outside of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gischema import Gischema, read_form
from gischema.report import Report
from gischema.testing.choices import SeededChoices
from gischema.testing.laboratory import specimen
from gischema.testing.layouts import LAYOUTS
from tests.plugins.conftest import VARIANT

TITLE = "青禾市2016年政府信息公开工作年度报告\n"
TABLE = """统计指标 | 单位 | 统计数 |
（一）收到申请数 | 件 | 3 |
2．传真申请数 | 件 | 1 |
六、举报投诉数量 | 件 | 2 |
七、依申请公开信息收取的费用 | 万元 | 0 |
（一）政府信息公开工作专门机构数 | 个 | 2 |
"""
ROW = "八、渡口意见箱来信数 | 件 | 14 |\n"
BARE = "渡口意见箱来信数\n件\n14\n"
PATH = "ferry_letters"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Gischema:
    """An engine with the variant of one added row."""
    home = tmp_path_factory.mktemp("ferry")
    (home / "stat_2014+test.lark").write_text(VARIANT, encoding="utf-8")
    return Gischema(plugins=[home])


def bare(table: str) -> str:
    """The same table with one cell a line."""
    return table.replace(" | ", "\n").replace(" |", "")


def stray(report: Report) -> set[str]:
    """The paths that may be running text."""
    return {path for note in report.diagnostics if note.code == "D308" for path in note.paths}


LINES = TABLE.splitlines(keepends=True)


@pytest.mark.parametrize("place", range(1, len(LINES) + 1))
@pytest.mark.parametrize("written", [str, bare])
def test_added_row_in_the_table_is_certain(
    engine: Gischema, place: int, written: Callable[[str], str]
) -> None:
    """Before, among and behind the rows of the form, and so are the rows around it."""
    text = written("".join([*LINES[:place], ROW, *LINES[place:]]))
    report = engine.parse_text(f"{TITLE}{text}以上数据由青禾市统计。\n")
    assert report.by_path[PATH].value == 14
    assert len(report.figures) == 6
    assert report.diagnostics == ()


@pytest.mark.parametrize("table", [TABLE, bare(TABLE)])
@pytest.mark.parametrize(
    "text",
    [
        "{table}全年工作平稳，报送及时。\n{row}",
        "{row}全年工作平稳，报送及时。\n{table}",
        "{table}三、存在的主要问题\n{row}四、改进措施\n",
        "二、渡口服务情况\n{row}三、统计表\n{table}",
    ],
)
@pytest.mark.parametrize("row", [BARE, "渡口意见箱来信数 14\n", "渡口意见箱来信数：14件\n"])
def test_line_of_the_text_like_an_added_row_is_doubted(
    engine: Gischema, table: str, text: str, row: str
) -> None:
    """A sentence or a heading parts it from the table: it may be a line of the text."""
    report = engine.parse_text(TITLE + text.format(table=table, row=row))
    assert report.by_path[PATH].value == 14
    assert PATH in stray(report)


TABLES = """第二十条第（五）项
信息内容 | 本年处理决定数量 |
行政许可 | 12 |
第二十条第（六）项
信息内容 | 本年处理决定数量 |
行政处罚 | 3 |
行政强制 | 0 |
"""


@pytest.fixture(scope="module")
def headed(tmp_path_factory: pytest.TempPathFactory) -> Gischema:
    """An engine with a row that stands outside of the tables of its form."""
    home = tmp_path_factory.mktemp("headed")
    grammar = VARIANT.replace("stat-2014", "art20-2021").replace("stat_2014", "art20_2021")
    (home / "test.lark").write_text(grammar.replace("2014–2018", "2021–"), encoding="utf-8")
    return Gischema(plugins=[home])


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("全年工作平稳。\n{row}{tables}", False),
        ("{tables}{row}四、存在的主要问题\n", False),
        ("{tables}全年工作平稳。\n{row}四、存在的主要问题\n", True),
        ("{row}全年工作平稳。\n{tables}", True),
        ("{row}二、统计情况\n{tables}", True),
    ],
)
def test_added_row_outside_of_tables_stands_next_to_one(
    headed: Gischema, text: str, doubted: bool
) -> None:
    """Right above the heads or right below the last row it is certain; apart from both it is not."""
    title = TITLE.replace("2016", "2022")
    report = headed.parse_text(title + text.format(row=ROW, tables=TABLES))
    assert report.by_path[PATH].value == 14
    assert stray(report) == ({PATH} if doubted else set())


def test_row_of_the_form_outside_of_the_table_is_doubted_still(engine: Gischema) -> None:
    """What an added row may do, a row of the form may not."""
    fax = LINES[2]
    text = TITLE + TABLE.replace(fax, "") + ROW + fax
    assert stray(engine.parse_text(text)) == {"requests.received.fax"}


def test_unreadable_row_may_be_the_added_one(engine: Gischema) -> None:
    """Wherever an unknown row stands, the added one that was not read may be meant."""
    text = f"{TITLE}{TABLE}八、渡□意□□来□数 | 件 | 14 |\n"
    report = engine.parse_text(text, form="stat-2014+test")
    assert PATH in {path for note in report.diagnostics for path in note.paths}


def test_second_table_is_told_with_an_added_row_in_it(engine: Gischema) -> None:
    """Rows of last year's table that only it states are in doubt (D312), the added one as well."""
    last = bare(TABLE).replace("\n3\n", "\n7\n").replace("\n1\n", "\n6\n").replace("\n2\n", "\n9\n")
    report = engine.parse_text(f"{TITLE}{bare(TABLE)}上年统计表\n{last}{bare(ROW)}完。\n")
    (note,) = (note for note in report.diagnostics if note.code == "D312")
    assert note.paths == (PATH,)


@pytest.mark.parametrize(
    ("added", "paths"),
    [
        ("%extend _section: A | b\n", {"a", "b", "b.c"}),
        ("%extend _section: A\n    | b // c\n", {"a", "b", "b.c"}),
        ("%override _section: A | b | requests\n", set()),
    ],
)
def test_grammar_leaves_the_place_of_what_it_extends_open(
    tmp_path: Path, added: str, paths: set[str]
) -> None:
    """Every row below an added rule, on however many lines; `%override` gives each its place."""
    head = VARIANT.partition("%import")[0] + "%import .stat_2014 (start, _section, requests)\n"
    rows = 'A: "渡口一 | 件"\nb: (B | C)+\nB: "渡口二 | 件"\nC: "渡口三 requests | 件"\n'
    assert _unplaced(tmp_path, head + added + rows) == paths


@pytest.mark.parametrize("kept", ["start", "start, A", "start, _section, A"])
def test_place_is_open_through_an_import(tmp_path: Path, kept: str) -> None:
    """What a helper grammar extends is known under the name that it has where it is imported."""
    (tmp_path / "helper.lark").write_text(
        '%import .stat_2014 (start, _section)\n%extend _section: A\nA: "渡口一 | 件"\n', "utf-8"
    )
    grammar = VARIANT.partition("%import")[0] + f"%import .helper ({kept})\n"
    assert _unplaced(tmp_path, grammar) == {"a"}


def _unplaced(folder: Path, grammar: str) -> set[str]:
    (file := folder / "test.lark").write_text(grammar, encoding="utf-8")
    return {row.path for row in read_form(file).unplaced}


def test_laboratory_prints_added_rows_anywhere(engine: Gischema) -> None:
    """First, last and in between; whatever is added to a group stays in it."""
    form = engine.forms["stat-2014+test"]
    places = set()
    for seed in range(30):
        page = specimen(form, SeededChoices(seed), layout=LAYOUTS["pipes"], damages=()).printed.page
        rows = [line.row.path for line in page.lines if line.row is not None]
        places.add(rows.index(PATH))
        rows.remove(PATH)
        assert rows == [row.path for row in form.rows if row.path != PATH]
    assert {0, len(rows)} < places
