"""Find the labels in a line that holds a table, with the figures behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from gischema.chinese.enumerators import ORDINAL
from gischema.forms.label_index import Entry, LabelIndex
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.tables.match_label import MAX_LABEL
from gischema.tables.numbers import FIGURES
from gischema.tables.printed_units import UNITS

Span: TypeAlias = tuple[int, int]
"""Where a part of a text begins and ends."""

_MANY = 3  # figures with only blanks between them; no sentence has so many
_SHORTEST = 2
_WHOLE = 4  # characters of a label that is hardly a part of a word
_LONG = 500  # characters; few paragraphs have more
_FEW_BLANKS = 50  # a text with fewer blanks than one in so many characters has lost them
_NUMBER = 12  # characters of the number before a label
_MAX_NOTE = 300  # characters of a note behind a label
_OPENING = "(“‘\"'《「"
_CLOSING = ")”’\"'》」"
_IN_BRACKETS = "".join(rf"(?<!\(\d{{{length}}})" for length in (1, 2, 3, 4))  # 1(234) is no 4)
_ENUMERATOR = re.compile(
    rf"(?:(?:\({ORDINAL}\)?|{ORDINAL}\s*[、.)]|{_IN_BRACKETS}\(?\d{{1,2}}\s*[、.)]|其\s*中(?:\s*[:,])?)\s*)+\Z"
)
_RUN = rf"(?:\d|[—―-])(?:\d|[—―-]|{UNITS})*"  # figures without blanks between them
_FIGURES = rf"(?:{FIGURES}|{_RUN})(?![.\d、%年月)—―-]|\s[.、)]|{UNITS}\d)"
_BEHIND = re.compile(
    rf"(?P<note>\s*\((?!{ORDINAL}\)|\d{{1,2}}\))[^()]{{0,{_MAX_NOTE}}}\))?+"
    rf"(?P<unit>\s*\(?{UNITS}\)?(?![^\W\d]|\s*[,。]))?+"
    rf"(?:(?P<gap>[\s:;]*+)(?P<figures>{_FIGURES}(?:\s+{UNITS}(?![^\W\d]))?+))?"
)
_UNIT = re.compile(UNITS)
_GLUED = re.compile(r"(?P<gap>[\s:]*)(?P<figures>\d{1,40})(?=[1-9][.、)])")
_NEXT = r"\s*[、.)]"  # ends the number of the next row
_GOES_ON = re.compile(
    rf"(?:[^\w\s()。,;]|[A-Za-z_])\d+?(?=\d{_NEXT})|[,;]\d{{2,}}?(?=\d{_NEXT})"
    rf"|(?:[^\w\s()。]|[A-Za-z_])\d++(?!{_NEXT})|[,']\s?\d{{3}}(?!\d)|\(\d{{3,}}\)"
    rf"|[至到或]\d++(?!{_NEXT})|[+~…‰°^=<>≈±!]++|['\"]++(?![^\s\d])"
    rf"|\(\d{{1,2}}\)(?=\s*(?:(?:\d{{1,2}}|{ORDINAL})[.、)]|\({ORDINAL}\)))"
)
"""Digits behind a figure and a sign that does not separate rows (1:234, 1'234), or such a sign."""


class RowInLine(NamedTuple):
    """A label in a line, with what stands behind it.

    Attributes:
        start: Where it begins, its number included.
        end: Where what belongs to it ends: its figures, else its unit, its note or the label.
        entry: What the label may be.
        numbered: True if a number stands before it.
        figures: Where its figures stand, if any do.
        is_sure: True if these stand as in a table, and not as in a sentence: behind a unit or a
            colon, or several.
        in_word: True if it begins inside a word, so that the label may be a longer one.
    """

    start: int
    end: int
    entry: Entry
    numbered: bool
    figures: Span | None
    is_sure: bool
    in_word: bool = False


def rows_in_line(text: str, index: LabelIndex) -> Iterator[RowInLine]:
    """Yield the labels of a text in order; each begins a word, or ends what is before it."""
    at = 0
    openings = _openings(index)
    run_together = len(text) > _LONG and text.count(" ") * _FEW_BLANKS < len(text)
    found = openings.search(text)
    while found is not None:
        row = _row_at(text, at, found.start(), index, run_together=run_together)
        if row is not None:
            yield row
            at = row.end
        found = openings.search(text, row.end if row else found.start() + 1)


@lru_cache(maxsize=8)
def _openings(index: LabelIndex) -> re.Pattern[str]:
    """Return the pattern of the first two characters of labels."""
    return re.compile("|".join(r"\s*".join(map(re.escape, one)) for one in sorted(index.openings)))


def _row_at(
    text: str, least: int, start: int, index: LabelIndex, *, run_together: bool
) -> RowInLine | None:
    """Return the label that begins at `start`, with the number before it and what belongs to it.

    Args:
        text: The line.
        least: Where the row before ends.
        start: Where the label may begin.
        index: The labels.
        run_together: A label may begin inside a word, if it is long.
    """
    number = _number_before(text, least, start)
    in_word = number == start > least and (text[start - 1].isalpha() or text[start - 1] == "、")
    if in_word and not run_together:
        return None
    found = _label_at(text, start, index)
    if found is None or (in_word and found[0] - start < _WHOLE):
        return None
    end, entry = found
    if number == start > least and text[start - 1] in _OPENING:
        number -= 1
    if end < len(text) and text[end] in _CLOSING and _is_open(text[number:end]):
        end += 1
    row = _with_figures(text, number, end, entry, index, numbered=number + 1 < start)
    if row.end == end and not _may_end(text, end, index):
        return None
    return row._replace(in_word=True, is_sure=False) if in_word else row


def _number_before(text: str, least: int, start: int) -> int:
    """Return where the number before a label begins; where the label does if it has none."""
    if start == least or text[start - 1].isdecimal():
        return start
    found = _ENUMERATOR.search(text, max(least, start - _NUMBER), start)
    if found is None:
        return start
    at = found.start()
    glued = at > least and text[at - 1].isalnum() and text[at : at + 2].isdecimal()
    return at + glued  # the first of two digits is the figure of the row before


def _is_open(text: str) -> bool:
    """Return True if a bracket or quotation mark in a text is not closed."""
    return sum(map(text.count, _OPENING)) > sum(map(text.count, ")”’》」"))


def _label_at(text: str, start: int, index: LabelIndex) -> tuple[int, Entry] | None:
    """Return the end and the entry of the longest label that begins at `start`."""
    found: tuple[int, Entry] | None = None
    for end in range(start + _SHORTEST, min(len(text), start + MAX_LABEL + _NUMBER) + 1):
        if not text[end - 1].isalnum():
            continue
        beginning = squeeze(text[start:end])
        if (entry := index.entries.get(beginning)) is not None:
            found = end, entry
        if beginning not in index.beginnings:
            break
    return found


def _may_end(text: str, end: int, index: LabelIndex) -> bool:
    """Return True if a label may end here: no word goes on, or it is the next label."""
    if end == len(text) or not text[end].isalpha():
        return True
    numbered = strip_enumerator(text[end : end + _NUMBER])[1] > 0
    return numbered or _label_at(text, end, index) is not None


def _with_figures(
    text: str, start: int, end: int, entry: Entry, index: LabelIndex, *, numbered: bool
) -> RowInLine:
    """Return the label that ends at `end` with the note, the unit and the figures behind it."""
    found = _BEHIND.match(text, end)
    assert found is not None  # every part of it may be missing
    printed = found if found["figures"] else _GLUED.match(text, found.end())
    end = found.end("unit") if found["unit"] else max(found.end("note"), end)
    if found.end() == end and (unit := _UNIT.match(text, end)):
        end = unit.end() if _may_end(text, unit.end(), index) else end
    if printed is None:
        return RowInLine(start, end, entry, numbered, None, is_sure=False)
    goes_on = _GOES_ON.match(text, printed.end("figures"))
    figures = printed.start("figures"), (goes_on or printed).end()
    if _UNIT.match(text, figures[1]) and _label_at(text, figures[1], index) is None:
        return RowInLine(start, end, entry, numbered, None, is_sure=False)
    several = len(text[slice(*figures)].split()) >= _MANY
    is_sure = found["unit"] is not None or ":" in printed["gap"] or several
    return RowInLine(start, figures[1], entry, numbered, figures, is_sure)
