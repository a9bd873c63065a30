"""Enumerators before headings and labels."""

from __future__ import annotations

import re

import pytest

from gischema.chinese.enumerators import (
    BEFORE_LABEL,
    CHAPTER,
    FIRST_CHAPTER,
    ITEM,
    PRINTED_ENUMERATOR,
    PRINTED_HEADING,
    SECTION,
)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (CHAPTER, "一、"),
        (CHAPTER, "十二 、"),
        (FIRST_CHAPTER, "一、"),
        (SECTION, "(十一)"),
        (ITEM, "1."),
        (ITEM, "12、"),
    ],
)
def test_levels(pattern: str, text: str) -> None:
    """The levels of GB/T 9704 in the normal form of a text."""
    assert re.fullmatch(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(CHAPTER, "一百、"), (FIRST_CHAPTER, "二、"), (SECTION, "(1)"), (ITEM, "1.5")],
)
def test_no_enumerator(pattern: str, text: str) -> None:
    """Another level, a number, a decimal point."""
    assert not re.match(pattern, text)


@pytest.mark.parametrize(
    "printed",
    [
        "(一)",
        "一、",
        "(一",
        "1.",
        "(1)",
        "1)",
        "其中:",
        "其 中,",
        "其中",
        "(一)1.",
        "三.1、其中:",
        "- ",
    ],
)
def test_before_a_label(printed: str) -> None:
    """Whatever stands before the words of a label, more than one of them too."""
    match = BEFORE_LABEL.match(f"{printed}受理申请数")
    assert match is not None
    assert match[0] == printed


@pytest.mark.parametrize("text", ["受理申请数", "1.5", "2021年", "其中3件", "一般程序"])
def test_words_of_a_label(text: str) -> None:
    """No digit of a figure and no character of a word is taken for an enumerator."""
    assert BEFORE_LABEL.match(text) is None


@pytest.mark.parametrize(
    ("text", "heading", "label"),
    [
        ("（一）概述", True, True),
        ("三、概述", True, True),
        ("第二部分 概述", True, True),
        ("1．受理", False, True),
        ("2021.12.31止", False, False),
        ("12.31止", False, True),
        ("概述", False, False),
    ],
)
def test_printed(text: str, heading: bool, label: bool) -> None:
    """A line that begins with digits may go on with a date; a cell that does begins a label."""
    assert bool(PRINTED_HEADING.match(text)) is heading
    assert bool(PRINTED_ENUMERATOR.match(text)) is label
