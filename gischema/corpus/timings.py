"""How long sources took, by their kind, counted without keeping a number for each source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from heapq import heappush, heappushpop
from typing import Any

from attrs import define, field

_SLOWEST = 20
_MEDIAN, _LATE = 0.5, 0.95


@define(eq=False)
class ReadingTimes:
    """The milliseconds that sources took to be read and checked."""

    _counts: dict[str | None, Counter[int]] = field(factory=dict)
    _slowest: list[tuple[int, str, str | None]] = field(factory=list)

    def add(self, report: Mapping[str, Any]) -> None:
        """Count a row of `REPORTS`; one that was never begun to be read has no time."""
        took, kind = report["milliseconds"], report["kind"]
        if took is None:
            return
        self._counts.setdefault(kind, Counter())[took] += 1
        put = heappush if len(self._slowest) < _SLOWEST else heappushpop
        put(self._slowest, (took, report["uri"], kind))

    def kinds(self) -> list[dict[str, Any]]:
        """Return for each kind of file the number of sources, their median, 95 % and most."""
        return [
            {
                "kind": kind,
                "sources": counts.total(),
                "median": _quantile(counts, _MEDIAN),
                "percentile_95": _quantile(counts, _LATE),
                "max": max(counts),
            }
            for kind, counts in sorted(self._counts.items(), key=lambda one: one[0] or "")
        ]

    def slowest(self) -> list[dict[str, Any]]:
        """Return the sources that took longest, the slowest one first."""
        found = sorted(self._slowest, reverse=True)
        return [{"uri": uri, "kind": kind, "milliseconds": took} for took, uri, kind in found]


def _quantile(counts: Counter[int], share: float) -> int:
    """Return the least number that this share of the counted ones do not exceed."""
    least, seen = share * counts.total(), 0
    for number in sorted(counts):
        seen += counts[number]
        if seen >= least:
            return number
    raise ValueError(counts)
