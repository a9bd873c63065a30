"""Percentages that stand behind a count in running text: of what are they a share?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gischema.chinese.units import COUNTERS
from gischema.report import Origin, Report

_COUNTER = "|".join(sorted(COUNTERS, key=len, reverse=True))
_NUMBER = r"(?<![\d.,])(\d+(?:\.\d+)?)"
_COUNT = re.compile(rf"{_NUMBER}\s*(?:{_COUNTER})")
_WHOLE = "总[数量体件条]*|全部|比例|比|的|为|约|达|到|主动|公开|信息|申请|新收|收到|受理|办结|答复"
_SHARE = re.compile(
    rf"{_NUMBER}\s*(?:{_COUNTER})\s*[,(]?\s*占(?:{_WHOLE})*\s*(\d{{1,3}}(?:\.\d+)?)\s*%"
)
"""21条,占总数的22.6%. A share of something else, such as 占全市的5%, is not compared."""

_TOLERANCE = 1
"""The percentage points that a share may be off: cut instead of rounded, the whole rounded."""

_COMPARED = "requests."
"""The beginning of the paths whose shares the rules TT-3 and TT-3.1 compare with the table."""


class MisfitShare(NamedTuple):
    """A percentage that is no share of any count of the report: its words, and its chapter."""

    words: str
    origin: Origin


def misfit_shares(report: Report) -> Iterator[MisfitShare]:
    """Yield the percentages behind counts that fit no count before them and no figure."""
    for section in report.narrative.sections:
        found = _SHARE.finditer(section.text) if "%" in section.text else ()
        for match in found:
            count, share = float(match[1]), float(match[2])
            before = (float(one[1]) for one in _COUNT.finditer(section.text, 0, match.start()))
            wholes = [whole for whole in (*before, *_figures(report)) if whole >= count and whole]
            fits = any(abs(share - 100 * count / whole) <= _TOLERANCE for whole in wholes)
            if wholes and not fits and not _is_compared(report, count, share):
                yield MisfitShare(match[0], section.origin)


def _figures(report: Report) -> Iterator[float]:
    """Yield the values of all figures of a report."""
    for figure in (*report.narrative, *report.figures):
        if figure.value is not None:
            yield float(figure.value)


def _is_compared(report: Report, count: float, share: float) -> bool:
    """Return True if a share is that of a figure about requests."""
    return any(
        figure.value == count and figure.share is not None and float(figure.share) == share
        for figure in (*report.narrative, *report.narrative.candidates)
        if figure.path.startswith(_COMPARED)
    )
