"""A new generation ends the years of its predecessor and takes over its rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema import Gischema

GRAMMAR = """// form: art20-2028
// years: 2028–
// basis: 青禾办〔2028〕1号
// replaces: art20-2021
// rules: like art20-2021
{more}
%import .art20_2021 (start)
%override not_processed: (NOT_PROCESSED | PETITION | DUPLICATE | EXCESSIVE | CONFIRMATION)+
"""
PAGE = """青禾市{year}年政府信息公开工作年度报告
第二十条第（五）项
信息内容 | 本年处理决定数量 |
行政许可 | 12 |
"""


def engine(folder: Path, grammar: str = GRAMMAR, **more: str) -> Gischema:
    (folder / "art20_2028.lark").write_text(grammar.format(more=""), encoding="utf-8")
    for name, text in more.items():
        (folder / f"{name}.lark").write_text(text, encoding="utf-8")
    return Gischema(plugins=[folder])


def test_predecessor_ends_the_year_before(tmp_path: Path) -> None:
    """A page that both forms could print is read on the one in force in its year."""
    found = engine(tmp_path)
    assert found.problems == ()
    assert found.forms["art20-2021"].years == (2021, 2027)
    assert Gischema().forms["art20-2021"].years == (2021, None)
    for year, form in ((2027, "art20-2021"), (2028, "art20-2028"), (2030, "art20-2028")):
        assert found.parse_text(PAGE.format(year=year)).form == form


def test_variants_of_the_predecessor_end_too(tmp_path: Path) -> None:
    """They are in force as long as their form."""
    variant = (
        "// form: art20-2021+test\n// years: 2021–\n// basis: 青禾办〔2022〕3号\n"
        '%import .art20_2021 (start)\n%extend refused: FERRY after REFUSED\nFERRY: "渡口 |"\n'
    )
    assert engine(tmp_path, variant=variant).forms["art20-2021+test"].years == (2021, 2027)


def test_rules_are_taken_over(tmp_path: Path) -> None:
    """All that fit; they find on the new form what they find on the old one."""
    found = engine(tmp_path)
    codes = [
        [rule.code for rule in found.rules.for_form(form)] for form in ("art20-2021", "art20-2028")
    ]
    assert codes[0] == codes[1]
    assert len(codes[0]) > 40
    rows = "一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 4 |\n"
    heads = " | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n"
    report = found.parse_text(PAGE.format(year=2028) + heads + rows)
    assert report.form == "art20-2028"
    assert "B2" in {finding.code for finding in found.check(report).findings}


def test_rule_that_does_not_fit_is_reported_and_left_out(tmp_path: Path) -> None:
    """It uses a column that the new form does not have; `except` leaves it out on purpose."""
    grammar = GRAMMAR + "%override applicants__columns: (NATURAL_PERSON | _organizations)+\n"
    problems = engine(tmp_path, grammar).problems
    assert problems
    assert all(problem.code == "D906" for problem in problems)
    assert "art20_2028.lark:5：" in problems[0].message
    codes = [problem.message.partition("except ")[2].partition("，")[0] for problem in problems]
    excepted = GRAMMAR.replace("like art20-2021", f"like art20-2021 except {', '.join(codes)}")
    found = engine(tmp_path, grammar.replace(GRAMMAR, excepted))
    assert found.problems == ()
    assert set(codes).isdisjoint(rule.code for rule in found.rules.for_form("art20-2028"))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("replaces: art20-2021", "replaces: art20-2020", "art20-2019"),
        ("years: 2028–", "years: 2021–", "2021"),
        ("like art20-2021", "like art20-2020", "art20-2019"),
        ("like art20-2021", "like art20-2021 except B99", "B99"),
        ("like art20-2021", "as in 2021", "like art20-2021"),
    ],
)
def test_slip_in_the_header_is_reported(tmp_path: Path, old: str, new: str, words: str) -> None:
    """With the line, and what is meant."""
    (problem,) = engine(tmp_path, GRAMMAR.replace(old, new)).problems
    assert words in problem.message
    assert "art20_2028.lark:" in problem.message


def test_form_is_replaced_once(tmp_path: Path) -> None:
    """Two forms that replace the same are a problem of the second."""
    again = GRAMMAR.format(more="").replace("art20-2028", "art20-2029").replace("2028–", "2029–")
    found = engine(tmp_path, later=again)
    (problem,) = found.problems
    assert "art20-2028 取代" in problem.message
    assert found.forms["art20-2021"].years == (2021, 2027)
