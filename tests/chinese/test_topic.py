"""The topic of the reports."""

from __future__ import annotations

import re

import pytest

from gischema.chinese.topic import TOPIC


@pytest.mark.parametrize(
    "text",
    [
        "政府信息公开",
        "信息公开",
        "政务公开",
        "政务信息公开",
        "政府信息与政务公开",
        "政府信息政务公开",
    ],
)
def test_wordings(text: str) -> None:
    """Each wording is one mention as a whole."""
    assert re.findall(TOPIC, f"某县{text}年报") == [text]


@pytest.mark.parametrize("text", ["政府信息", "主动公开", "财务公开", "信息化"])
def test_other_topics(text: str) -> None:
    """Other words of the same texts."""
    assert re.search(TOPIC, text) is None
