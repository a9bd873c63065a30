"""A slip of an author gives file and line, what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gischema import Gischema

HEAD = """// form: stat-2014+ferry
// years: 2014–2018
// basis: 青禾办〔2015〕3号

%import .stat_2014 (start)
"""
ROW = HEAD + '%extend _section: FERRY after COMPLAINTS\nFERRY: "七、渡口来信数 | 件"\n'
RULE = """forms  stat-2014+ferry
source "青禾办〔2015〕3号" practice
since  0.1
rule T1 bound error
  title   "来信不多于九封" / "no more than nine letters"
  check   ferry <= 9
  message "来信{left}封" / "{left} letters"
  passes  ferry = 1
  fails   ferry = 10
"""


def problems(folder: Path, name: str, text: str) -> tuple[str, str]:
    """Return what is said about one file next to a form that is right."""
    (folder / "ferry.lark").write_text(ROW, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    found = Gischema(
        plugins=[folder if name.endswith((".lark", ".rules")) else folder / name]
    ).problems
    return " ".join(p.message for p in found), " ".join(p.message_en for p in found)


@pytest.mark.parametrize(
    ("old", "new", "place", "words", "words_en"),
    [
        ("_section: FERRY", "_section FERRY", "ferry.lark:6:18", "冒号", "colon"),
        ("FERRY after", "渡口 after", "ferry.lark:6:19", "英文字母", "Latin letters"),
        (
            '"七、渡口来信数 | 件"',
            "'七、渡口来信数 | 件'",
            "ferry.lark:7:8",
            "双引号",
            "double quotes",
        ),
        ('| 件"', "| 件", "ferry.lark:7:8", "没有配对", "not closed"),
        ('| 件"', '| 件 | 次"', "ferry.lark:7", "两个竖线", "two bars"),
        ("// years", "// year", "ferry.lark", "“// year:” 是否指 years", "did you mean years"),
        ("FERRY: ", "FERRY： ", "ferry.lark:7:6", "全角", "full-width"),
        ("| 件", "| 3件", "ferry.lark:7", "里有数字", "has a number"),
        ("%import .stat_2014 (start)\n", "", "ferry.lark:5", "没有引入表式", "no form is imported"),
        (
            "FERRY: ",
            "%extend _section: FERRY\nFERRY: ",
            "ferry.lark:8",
            "已有 FERRY",
            "has FERRY already",
        ),
    ],
)
def test_slips_in_a_grammar(
    tmp_path: Path, old: str, new: str, place: str, words: str, words_en: str
) -> None:
    """Each kind of slip, without a word of the parser."""
    zh, en = problems(tmp_path, "ferry.lark", ROW.replace(old, new))
    assert f"{place}：" in zh
    assert words in zh
    assert words_en in en
    assert "Unexpected" not in zh + en
    assert "Token" not in zh + en


@pytest.mark.parametrize(
    ("old", "new", "words", "words_en"),
    [
        ("ferry <= 9", "ferry ≤ 9", "请写半角的 <=", "write <="),
        ('"来信不多于九封"', "“来信不多于九封”", '请写半角的 "', 'write "'),
        ("passes  ferry = 1", "passes  requests.received.*.* = 1", "只能有一处 *", "one * only"),
        (
            "passes  ferry = 1",
            "passes  ferry = 11",
            "passes 在 stat-2014+ferry 上不是这样",
            "passes",
        ),
        ("fails   ferry = 10", "fails   ferry = 9", "没有发现问题", "nothing found"),
        ("  fails   ferry = 10\n", "", "各至少一个", "one that fails"),
        ("passes  ferry = 1", "passes  ferri = 1", "是否指 ferry", "did you mean ferry"),
        ("check   ferry <= 9", "check   ferry / 0 <= 9", "没有核对：", "not checked: a division"),
        ("rule T1", "rule A2", "规则 A2（ferry.rules:4）", "the rules A2 (ferry.rules:4)"),
    ],
)
def test_slips_in_rules(tmp_path: Path, old: str, new: str, words: str, words_en: str) -> None:
    """Signs of an input method, and examples that are not so: found when the plugin is loaded."""
    zh, en = problems(tmp_path, "ferry.rules", RULE.replace(old, new))
    assert "ferry.rules:" in zh
    assert words in zh
    assert words_en in en


def test_rules_that_are_right_say_nothing(tmp_path: Path) -> None:
    """The file that the slips are made of."""
    assert problems(tmp_path, "ferry.rules", RULE) == ("", "")


@pytest.mark.parametrize(
    ("name", "text", "words", "words_en"),
    [
        (
            "narrative.toml",
            "[phrase.FERRY\n",
            "narrative.toml：不是 TOML 文件（第1行",
            "narrative.toml: not TOML",
        ),
        ("slip.py", "def x(:\n", "slip.py:1：SyntaxError", "slip.py:1: SyntaxError"),
        (
            "lost.py",
            (
                "from gischema import hookimpl, read_form\n\n\n@hookimpl\ndef gischema_forms():\n"
                "    return [read_form('nix.lark')]\n"
            ),
            "lost.py:6：没有文件 nix.lark",
            "Path(__file__).with_name",
        ),
    ],
)
def test_slips_elsewhere(tmp_path: Path, name: str, text: str, words: str, words_en: str) -> None:
    """Files of running text and of Python: the place, and what to write."""
    zh, en = problems(tmp_path, name, text)
    assert words in zh
    assert words_en in en


@pytest.mark.parametrize(
    ("old", "new", "words", "words_en"),
    [
        ("2014–2018", "2021–2030", "没有重合", "share none"),
        (
            "%extend",
            '%ignore NOISE\nNOISE: "六、举报投诉数量"\n%extend',
            "%ignore NOISE 的“六、举报投诉数量”也是行 COMPLAINTS 的名称",
            "the label of the row COMPLAINTS",
        ),
    ],
)
def test_forms_that_read_nothing(
    tmp_path: Path, old: str, new: str, words: str, words_en: str
) -> None:
    """A variant that is never in force, and a row that is passed over, are no quiet success."""
    zh, en = problems(tmp_path, "ferry.lark", ROW.replace(old, new, 1))
    assert words in zh
    assert words_en in en


def test_a_rule_that_is_never_in_force(tmp_path: Path) -> None:
    """Its years are outside of those of its forms."""
    zh, en = problems(tmp_path, "ferry.rules", RULE.replace("  check", "  years 2030–\n  check"))
    assert "2030–" in zh
    assert "in force in 2030–" in en


MEASURE = """[[measure]]
name = "ferry_share"
title = ["来信比", "share of letters"]
base_title = ["收到申请数", "requests received"]
formulas = [{ forms = ["stat-2014"], source = "三", of = "complaints", base = "requests.received" }]
"""
WORDS = '[phrase.RECEIVE]\nwordings = "收讫"\n'


@pytest.mark.parametrize(
    ("name", "text", "words", "words_en"),
    [
        ("ferry.rules", "# nothing yet\n", "文件是空的", "the file is empty"),
        ("narrative.toml", "", "文件是空的", "the file is empty"),
        ("measures.toml", "", "没有 [[measure]]", "has no [[measure]]"),
        (
            "measures.toml",
            MEASURE.replace("base_title", "base_titel"),
            "measure[1]：没有 base_titel 这一项；是否指 base_title",
            "did you mean base_title",
        ),
        (
            "measures.toml",
            MEASURE.replace(', base = "requests.received"', ""),
            "measure[1].formulas[1]：缺少 base",
            "base is missing",
        ),
        (
            "narrative.toml",
            "\n" + WORDS.replace("RECEIVE", "RECIEVE"),
            "narrative.toml:2：没有任何句式或关系用到 phrase.RECIEVE；是否指 RECEIVE",
            "did you mean RECEIVE",
        ),
        (
            "narrative.toml",
            WORDS.replace("收讫", "收讫 主动公开"),
            "narrative.toml:2：“主动公开”重复",
            "stands twice",
        ),
    ],
)
def test_slips_in_other_files(
    tmp_path: Path, name: str, text: str, words: str, words_en: str
) -> None:
    """The field or the line, and what it may have been meant to be; nothing of Python."""
    zh, en = problems(tmp_path, name, text)
    assert words in zh
    assert words_en in en
    assert "argument" not in en


@pytest.mark.parametrize(
    "change", [lambda t: b"\xef\xbb\xbf" + t, lambda t: t.replace(b"\n", b"\r\n")]
)
def test_files_of_other_editors(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    """A byte order mark, or lines that end as on Windows, changes nothing."""
    files = {
        "渡口.lark": ROW,
        "渡口.rules": RULE,
        "narrative.toml": WORDS,
        "measures.toml": MEASURE,
    }
    for name, text in files.items():
        (tmp_path / name).write_bytes(change(text.encode()))
    engine = Gischema(plugins=[tmp_path])
    assert engine.problems == ()
    assert "ferry_share" in {measure.name for measure in engine.measures}


def test_one_file_of_another_encoding(tmp_path: Path) -> None:
    """It is left out; the other files of the folder are used."""
    (tmp_path / "ferry.lark").write_text(ROW, encoding="utf-8")
    (tmp_path / "old.lark").write_bytes(ROW.replace("+ferry", "+old").encode("gb18030"))
    engine = Gischema(plugins=[tmp_path])
    assert "stat-2014+ferry" in engine.forms
    assert ["old.lark" in problem.message for problem in engine.problems] == [True]
