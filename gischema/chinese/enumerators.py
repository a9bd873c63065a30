"""Enumerators before headings and labels: 一、 (一) 1. (1) 第一章.

GB/T 9704-2012 (党政机关公文格式), 7.3.3, orders four levels: 一、（一）1.（1）. Pages print
them with other stops, with a bracket lost, or twice. Expressions are for the normal form of a text
unless their name begins with PRINTED.
"""

from __future__ import annotations

import re

from gischema.chinese.numerals import ONE_TO_TEN

ORDINAL = f"[{ONE_TO_TEN}]{{1,3}}"
"""A Chinese number up to 九十九, as enumerators have it."""

CHAPTER = rf"{ORDINAL}\s*、"
"""一、, also of a text that is not normalised yet."""

FIRST_CHAPTER = rf"{ONE_TO_TEN[0]}\s*、"

SECTION = rf"\({ORDINAL}\)"
"""(一)"""

AFTER_DIGITS = r"[.、](?!\d)"
"""The stop of 1. and 1、, but not the point of 1.5."""

ITEM = rf"\d{{1,2}}{AFTER_DIGITS}"

BEFORE_LABEL = re.compile(
    rf"(?:\s*(?:\(\s*{ORDINAL}\s*\)?|{ORDINAL}\s*(?:[、.,:]|\))"
    r"|\(?\s*\d{1,2}\s*\)|\d{1,2}\s*[、.,](?!\d)|[-*•·#]+(?=\s))"
    r"|\s*其\s*中\s*[:,]|\s*其中(?=[^\s\d]))+\s*"
)
"""All that stands before the words of a label in a table: several, with 其中:, a bracket lost."""

_ARTICLE = rf"第[{ONE_TO_TEN}]+[条章节部]"

PRINTED_HEADING = re.compile(rf"[（(]?{ORDINAL}[）)、]|{_ARTICLE}")
"""The beginning of a paragraph. A line that begins with digits may be the rest of a paragraph:
the line before ends in 2021. or 自."""

PRINTED_ENUMERATOR = re.compile(rf"[（(]?[{ONE_TO_TEN}\d]{{1,3}}[）).．、﹒]|{_ARTICLE}")
"""The beginning of a label in a cell, which does not continue the cell above."""
