"""Chinese numerals, read and written."""

from __future__ import annotations

import pytest

from gischema.chinese.numerals import (
    digit_by_digit,
    in_formal_words,
    in_words,
    numeral_value,
    plain_digits,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("〇", 0),
        ("十", 10),
        ("两百", 200),
        ("一百零五", 105),
        ("廿三", 23),
        ("卅", 30),
        ("三千四百二十一", 3421),
        ("二〇二二", 2022),
        ("一二", 12),
        ("贰拾叁", 23),
        ("壹佰零伍", 105),
    ],
)
def test_value(text: str, number: int) -> None:
    """Everyday and formal numerals, with places or digit by digit."""
    assert numeral_value(text) == number


@pytest.mark.parametrize("text", ["", "十百", "五六十", "百千", "一件", "一二三四五六七八九十"])
def test_no_number(text: str) -> None:
    """Places that rise, two digits before a place, other characters, too many numerals."""
    assert numeral_value(text) is None


@pytest.mark.parametrize("number", [1, 9, 10, 11, 19, 20, 99, 100, 101, 110, 999, 1001, 1010, 9999])
def test_words_read_back(number: int) -> None:
    """What is written in words, formal ones too, is read as the same number."""
    assert numeral_value(in_words(number)) == number
    assert numeral_value(in_formal_words(number)) == number


def test_words() -> None:
    """The everyday form leaves 一 out before 十, the formal one does not."""
    assert [in_words(n) for n in (10, 12, 20, 101, 110)] == [
        "十",
        "十二",
        "二十",
        "一百零一",
        "一百一十",
    ]
    assert in_formal_words(12) == "壹拾贰"
    assert in_words(12_345) == "12345"
    assert digit_by_digit(2022) == "二〇二二"


@pytest.mark.parametrize(
    ("digits", "numerals", "multiple", "written"),
    [
        ("1,234", None, None, "1234"),
        ("12.5", None, None, "12.5"),
        ("1.25", None, "万", "12500"),
        ("1.23456", None, "万", "12345.6"),
        ("3", None, "亿", "300000000"),
        (None, "三十", None, "30"),
        (None, "两", "万", "20000"),
        (None, "十百", None, ""),
        (None, None, None, ""),
    ],
)
def test_plain_digits(
    digits: str | None, numerals: str | None, multiple: str | None, written: str
) -> None:
    """Commas go, multiples are carried out, and what is no number is empty."""
    assert plain_digits(digits, numerals, multiple) == written
