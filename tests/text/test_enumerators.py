"""Enumerator marks, dots that stand for stops, and circles that stand for 〇."""

import pytest

from gischema.text import normalise


@pytest.mark.parametrize(
    ("source", "normal"),
    [
        ("㈠主动公开㈩其他", "(一)主动公开(十)其他"),
        ("㊀主动公开", "(一)主动公开"),
        ("⑴新收⒇结转", "(1)新收(20)结转"),
        ("①新收⑳结转㉑㊿⓪❶➉⓵⓴", "(1)新收(20)结转(21)(50)(0)(1)(10)(1)(20)"),
        ("⒈信函⒛其他", "1.信函20.其他"),
    ],
)
def test_marks_are_spelled_out(source: str, normal: str) -> None:
    """A mark that is one character reads as it is written in any other report."""
    assert normalise(source).text == normal


@pytest.mark.parametrize(
    ("source", "normal"),
    [
        ("⒈2018年", "1. 2018年"),
        ("信函5⒉传真", "信函5 2.传真"),
        ("5.⒉传真", "5. 2.传真"),
        ("⒈⒉⒊", "1. 2. 3."),
        ("⒈\u200b5", "1. 5"),
        ("件5①6", "件5(1)6"),
    ],
)
def test_marks_never_run_into_figures(source: str, normal: str) -> None:
    """Spelling out a mark neither makes nor changes a number."""
    assert normalise(source).text == normal


@pytest.mark.parametrize(
    ("source", "normal"),
    [
        ("1·国家秘密", "1.国家秘密"),
        ("12•其他・无", "12.其他・无"),
        ("3·15晚会", "3·15晚会"),
        ("阿不都·热合曼", "阿不都·热合曼"),
    ],
)
def test_dots(source: str, normal: str) -> None:
    """Only a middle dot between digit and ideograph is a stop."""
    assert normalise(source).text == normal


@pytest.mark.parametrize(
    ("source", "normal"),
    [
        ("二○一八年", "二〇一八年"),
        ("二〇二○年", "二〇二〇年"),
        ("二OO九年", "二〇〇九年"),
        ("是否统一0二、其他", "是否统一0二、其他"),
        ("○有 第二OA组", "○有 第二OA组"),
    ],
)
def test_zeros(source: str, normal: str) -> None:
    """Circles inside a Chinese number are 〇; a digit 0 may be a figure and stays."""
    assert normalise(source).text == normal
