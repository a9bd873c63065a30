"""Telling apart digits that run together: a total is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

MAX_SOLUTIONS = 6
"""How many ways to split are looked for; one more than one already means: not solved."""

_MAX_STEPS = 20_000


@frozen
class Splits:
    """The ways to split a run of digits; `complete` is False if the search was cut off."""

    ways: tuple[tuple[str, ...], ...]
    complete: bool = True

    @property
    def solution(self) -> tuple[str, ...] | None:
        """The only way there is."""
        return self.ways[0] if len(self.ways) == 1 and self.complete else None


def split(digits: str, count: int, total: int | None) -> Splits:
    """Split `digits` into `count` numbers without leading zeros.

    `total` is the place of the number that is the sum of the others, None if there is none.
    """
    search = _Search(digits, count, total)
    ways: list[tuple[str, ...]] = []
    for way in search.ways(0, ()):
        ways.append(way)
        if len(ways) > MAX_SOLUTIONS:
            return Splits(tuple(ways[:MAX_SOLUTIONS]), complete=False)
    return Splits(tuple(ways), complete=search.steps < _MAX_STEPS)


class _Search:
    def __init__(self, digits: str, count: int, total: int | None) -> None:
        self.digits = digits
        self.count = count
        self.total = total
        self.steps = 0

    def ways(self, at: int, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        self.steps += 1
        if self.steps >= _MAX_STEPS:
            return
        left = self.count - len(parts)
        if left == 0:
            if at == len(self.digits) and self._adds_up(parts):
                yield parts
            return
        longest = len(self.digits) - at - (left - 1)
        if self.digits[at : at + 1] == "0":
            longest = min(longest, 1)
        for length in range(1, longest + 1):
            if left == 1 and length < longest:
                continue
            yield from self.ways(at + length, (*parts, self.digits[at : at + length]))

    def _adds_up(self, parts: tuple[str, ...]) -> bool:
        if self.total is None:
            return True
        numbers = [int(part) for part in parts]
        return 2 * numbers[self.total] == sum(numbers)
