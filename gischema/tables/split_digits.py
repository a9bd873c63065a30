"""Telling apart digits that run together: a total is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from attrs import frozen

MAX_SOLUTIONS = 6
"""How many ways to split are shown; one more than one already means: not solved."""

PlaceSum: TypeAlias = tuple[int, frozenset[int]]
"""The place of a number that is the sum of the numbers at other places."""

_MAX_STEPS = 4000
_MAX_DIGITS = 8  # a cell, on average; more digits than that are no row of figures


@frozen
class Splits:
    """The ways to split a run of digits; `complete` is False if the search was cut off."""

    ways: tuple[tuple[str, ...], ...]
    complete: bool = True

    @property
    def solution(self) -> tuple[str, ...] | None:
        """The only way there is."""
        return self.ways[0] if len(self.ways) == 1 and self.complete else None


def split(digits: str, count: int, sums: Sequence[PlaceSum] = ()) -> Splits:
    """Split `digits` into `count` numbers without leading zeros that keep to `sums`.

    The search is bounded: by the number of digits, of solutions, and of steps.
    """
    if not count <= len(digits) <= _MAX_DIGITS * count:
        return Splits((), complete=False)
    search = _Search(digits, sums)
    ways: list[tuple[str, ...]] = []
    for way in search.ways(0, _groups(count, sums)):
        if len(ways) == MAX_SOLUTIONS:
            return Splits(tuple(ways), complete=False)
        ways.append(way)
    return Splits(tuple(ways), complete=search.steps < _MAX_STEPS)


def _groups(count: int, sums: Sequence[PlaceSum]) -> tuple[int, ...]:
    """The numbers as groups that each end in the total of the group; groups of one where not."""
    sizes: list[int] = []
    start = 0
    for total in sorted(total for total, parts in sums if parts):
        parts = next(p for t, p in sums if t == total)
        if start <= total and parts == frozenset(range(start, total)):
            sizes.append(total - start + 1)
            start = total + 1
    return (*sizes, *[1] * (count - start))


class _Search:
    def __init__(self, digits: str, sums: Sequence[PlaceSum]) -> None:
        self.digits = digits
        self.steps = 0
        self.due: dict[int, list[PlaceSum]] = {}
        for total, parts in sums:
            self.due.setdefault(max(total, *parts), []).append((total, parts))

    def ways(
        self, at: int, groups: tuple[int, ...], before: tuple[str, ...] = ()
    ) -> Iterator[tuple[str, ...]]:
        """The ways to tell apart the digits from `at` on as groups of these sizes."""
        self.steps += 1
        if not groups:
            if at == len(self.digits):
                yield before
            return
        size, *rest = groups
        last = len(self.digits) - sum(rest)
        for end in range(at + size, last + 1) if rest else (last,):
            for group in self._group(self.digits[at:end], size):
                found = before + group
                if self._adds_up(found):
                    yield from self.ways(end, tuple(rest), found)
                if self.steps >= _MAX_STEPS:
                    return

    def _group(self, digits: str, size: int) -> Iterator[tuple[str, ...]]:
        """The ways to read `digits` as `size` numbers, the last of them the sum of the others."""
        if size == 1:
            if _is_number(digits):
                yield (digits,)
            return
        for length in range(1, len(digits) - size + 2):
            total = digits[-length:]
            if _is_number(total):
                for parts in self._parts(digits[:-length], size - 1, int(total)):
                    yield (*parts, total)

    def _parts(self, digits: str, count: int, total: int) -> Iterator[tuple[str, ...]]:
        """The ways to read `digits` as `count` numbers that add up to `total`."""
        self.steps += 1
        if self.steps >= _MAX_STEPS or len(digits) > count * len(str(total)):
            return
        if count == 1:
            if _is_number(digits) and int(digits) == total:
                yield (digits,)
            return
        for length in range(1, len(digits) - count + 2):
            number = digits[:length]
            if not _is_number(number) or int(number) > total:
                return
            for parts in self._parts(digits[length:], count - 1, total - int(number)):
                yield (number, *parts)

    def _adds_up(self, parts: tuple[str, ...]) -> bool:
        """Whether the sums whose numbers are complete with the last part hold."""
        return all(
            int(parts[total]) == sum(int(parts[place]) for place in places)
            for last in range(len(parts))
            for total, places in self.due.get(last, ())
        )


def _is_number(digits: str) -> bool:
    return bool(digits) and (len(digits) == 1 or digits[0] != "0")
