"""Recognise non-numeric text in the place of a figure: `12①`, `3%`, `无`, words in a row."""

from __future__ import annotations

import re

from gischema.chinese.numerals import NUMERALS
from gischema.forms.labels import strip_enumerator
from gischema.tables.numbers import is_no_figure, is_value
from gischema.tables.printed_units import UNITS

_FEW = 2  # words that may stand behind a label in a sentence
_MAX_ODD = 20  # characters of a text in place of a figure
_UNIT = re.compile(UNITS)
# A set of all Chinese characters takes long to compile: 中 stands for any of them.
_ODD = re.compile(r"[\s:]*(?=.{0,40}[\d①-⓿Ⅰ-ⅿOolODоО〇○])[^中](?:[^中]*中){0,6}[^中]*\Z")
_IN_WORDS = re.compile(rf"[\s:]*(?:\D?[{NUMERALS}]{{1,5}}[几余多]?|无|没有|暂无|不涉及)[\d\s]*\Z")
_MAX_ODD_WORD = 6  # characters of an odd text that begins with a Chinese one
_LONG_WORD = re.compile(rf"\D{{{_MAX_ODD_WORD + 1}}}")
_DATED = frozenset("年月日页号")


def is_odd(text: str) -> bool:
    """Return True if a cell that is no value may have been a figure: no date, no page number."""
    if len(text) > _MAX_ODD or not _DATED.isdisjoint(text) or strip_enumerator(text)[1]:
        return False
    if is_no_figure(text):
        return False
    return was_figure(text)


def was_figure(text: str) -> bool:
    """Return True if a text, without its units, is no figure but may have been one."""
    bare = _UNIT.sub("", text)
    if len(bare) > _MAX_ODD_WORD and "\u4e00" <= bare[0] <= "\u9fff" and not bare[-1].isdigit():
        return False
    if _IN_WORDS.match(bare):
        return True
    masked = "".join("中" if "\u4e00" <= sign <= "\u9fff" else sign for sign in bare)
    return _ODD.match(masked) is not None


def is_row(text: str) -> bool:
    """Return True if a text has several words, half of them figures: no sentence has so many."""
    words = text.split()
    others = [word for word in words if not is_value(word)]
    short = not any(map(_LONG_WORD.match, others))
    return len(words) > _FEW and 2 * len(others) <= len(words) and short


def is_labelled(text: str) -> bool:
    """Return True if a text begins as rows do: with a number and words."""
    rest, cut = strip_enumerator(text.strip())
    return cut > 0 and rest[:1].isalpha()
