"""Pinyin in brackets goes, everything else in brackets stays."""

import pytest

from gischema.text import normalise
from gischema.text.pinyin import is_pinyin


@pytest.mark.parametrize(
    ("source", "normal"),
    [
        ("發(fā)布機構(gòu)", "发布机构"),
        ("文(wen)章(zhang)", "文章"),
        ("中華(hua)(hua)人民(min)", "中华人民"),
        ("時（shí）間（jiān）", "时间"),
        ("部门（ｍｅｎ）", "部门"),
        ("女(nǚ)綠(lü)略(lüè)呂(lv)", "女绿略吕"),
        ("發(fɑ̄)關(ɡuān)", "发关"),
        ("發(fa\u0304)布(bù)", "发布"),
        ("內(nèi\u200b)容", "内容"),
        ("阿(ā)額(é)", "阿额"),
        ("啊(a)(a)你(ni)", "啊你"),
        ("乾(qián)坤(kūn)", "乾坤"),
        ("规(guī)(一)定(dìng)", "规(一)定"),
    ],
)
def test_pinyin_is_removed(source: str, normal: str) -> None:
    """Syllables behind an ideograph go, whatever tones, letters and brackets are used."""
    assert normalise(source).text == normal


@pytest.mark.parametrize(
    "text",
    [
        "客户端(app)、系统(OA)、网址(http://a.cn)",
        "附件(a)、附件(b)",
        "(a)第一项 (e)第五项",
        "abc(wen) 5(ban) (shi)",
        "名称(guide)说明(zhongwen)",
        "(一)(二)数(fàā)",
        "件(Ban)",
    ],
)
def test_other_brackets_stay(text: str) -> None:
    """Words, list marks, capitals and anything not behind an ideograph are kept."""
    assert normalise(text).text == text


def test_what_follows_removed_pinyin_keeps_its_place() -> None:
    """A bracket that is no pinyin, right behind one that is, maps to where it stood."""
    normal = normalise("字(zì)(b)款")
    assert normal.text == "字(b)款"
    assert normal.span(1, 4) == (5, 8)


@pytest.mark.parametrize("letters", ["zhuang", "shuǎng", "lve", "er", "ń", "xiōng", "rǔ"])
def test_syllables(letters: str) -> None:
    """Syllables of Mandarin are known with and without tone."""
    assert is_pinyin(letters)


@pytest.mark.parametrize("letters", ["a", "n", "ng", "b", "app", "gong1", "fōō", "bong", "xa"])
def test_no_syllables(letters: str) -> None:
    """Single letters without tone and impossible syllables are no pinyin."""
    assert not is_pinyin(letters)


@pytest.mark.parametrize(
    "printed",
    ["公开 (kai)出版物", "公开( kai)出版物", "公开(k ai)出版物", "公开(kai )( kai)出版物"],
)
def test_blanks_in_and_before_the_brackets_go_too(printed: str) -> None:
    """Converters leave blanks inside the brackets and before them."""
    assert normalise(printed).text == "公开出版物"


def test_tab_before_brackets_still_parts_two_cells() -> None:
    """A tab closes a cell, so what stands behind it is no reading of what stands before."""
    assert normalise("公开\t(kai)").text == "公开\t(kai)"
