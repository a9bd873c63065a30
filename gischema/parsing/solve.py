"""Telling apart digits that run together: a total is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from attrs import frozen

MAX_SOLUTIONS = 6
"""How many ways to split are shown; one more than one already means: not solved."""

Sum: TypeAlias = tuple[int, frozenset[int]]
"""The place of a number that is the sum of the numbers at other places."""

_MAX_STEPS = 20_000


@frozen(eq=False, repr=False)
class Splits:
    """The ways to split a run of digits; `complete` is False if the search was cut off."""

    ways: tuple[tuple[str, ...], ...]
    complete: bool = True

    @property
    def solution(self) -> tuple[str, ...] | None:
        """The only way there is."""
        return self.ways[0] if len(self.ways) == 1 and self.complete else None


def split(digits: str, count: int, sums: Sequence[Sum] = ()) -> Splits:
    """Split `digits` into `count` numbers without leading zeros that keep to `sums`."""
    search = _Search(digits, count, sums)
    ways: list[tuple[str, ...]] = []
    for way in search.ways(0, ()):
        if len(ways) == MAX_SOLUTIONS:
            return Splits(tuple(ways), complete=False)
        ways.append(way)
    return Splits(tuple(ways), complete=search.steps < _MAX_STEPS)


class _Search:
    def __init__(self, digits: str, count: int, sums: Sequence[Sum]) -> None:
        self.digits = digits
        self.count = count
        self.steps = 0
        self.due: dict[int, list[Sum]] = {}
        for total, parts in sums:
            self.due.setdefault(max(total, *parts), []).append((total, parts))

    def ways(self, at: int, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The ways to go on with the digits from `at` behind `parts`."""
        self.steps += 1
        if self.steps >= _MAX_STEPS or not self._adds_up(parts):
            return
        left = self.count - len(parts)
        if left == 0:
            if at == len(self.digits):
                yield parts
            return
        longest = len(self.digits) - at - (left - 1)
        shortest = longest if left == 1 else 1
        if self.digits[at : at + 1] == "0":
            longest = min(longest, 1)
        for length in range(shortest, longest + 1):
            yield from self.ways(at + length, (*parts, self.digits[at : at + length]))

    def _adds_up(self, parts: tuple[str, ...]) -> bool:
        """Whether the sums whose numbers are complete with the last part hold."""
        return all(
            int(parts[total]) == sum(int(parts[place]) for place in places)
            for total, places in self.due.get(len(parts) - 1, ())
        )
