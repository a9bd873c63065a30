"""Names of public bodies."""

from __future__ import annotations

import pytest

from gischema.chinese.body_names import BodyNames, without_ending
from gischema.narrative import national_grammar


@pytest.fixture(scope="module")
def names() -> BodyNames:
    """The names that the lexicon describes."""
    return national_grammar().bodies


@pytest.mark.parametrize(
    "text",
    [
        "青禾市财政局",
        "本溪市财政局",
        "全椒县教育局",
        "全州县水利局",
        "云岭县人民政府",
        "青禾市(云岭区)税务局",
        "青禾市供电公司",
        "中共云岭县委宣传部",
    ],
)
def test_full_names(names: BodyNames, text: str) -> None:
    """Governments, departments, enterprises and bodies of the party."""
    assert names.is_full_name(text)
    assert names.is_body(text)


@pytest.mark.parametrize(
    "text",
    [
        "县局",
        "我县财政局",
        "全州各单位",
        "该镇人民政府",
        "本单位",
        "各部门",
        "全县",
        "2021年财政局",
        "每日一报",
        "",
    ],
)
def test_no_full_names(names: BodyNames, text: str) -> None:
    """No name before the ending, a word in its place, digits, no ending."""
    assert not names.is_full_name(text)


def test_website_is_no_body(names: BodyNames) -> None:
    """门户网站 has a 站 like 气象站, and is where a body publishes."""
    assert names.is_full_name("云岭县气象站")
    assert not names.is_full_name("云岭县政府门户网站")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云岭县民政局法规科", "云岭县民政局"),
        ("云岭县人民政府办公室秘书", "云岭县人民政府办公室"),
        ("青禾县残疾人联合会,", "青禾县残疾人联合会"),
        ("青禾县总工会", "青禾县"),
    ],
)
def test_name_at_the_beginning(names: BodyNames, text: str, name: str) -> None:
    """The longest name, with its longest ending."""
    match = names.beginning.match(text)
    assert match is not None
    assert match[0] == name


def test_office_of_a_body(names: BodyNames) -> None:
    """A town's report is made by its office."""
    assert names.of_report("某镇党政办公室") == "某镇"
    assert without_ending("某局办公室", ("办公室", "室")) == "某局"
