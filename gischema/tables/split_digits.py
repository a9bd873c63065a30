"""Split digits that run together into numbers, of which a total is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

MAX_SOLUTIONS = 6
"""The most ways to split that are returned. More than one means that there is no solution."""

PlaceSum: TypeAlias = tuple[int, frozenset[int]]
"""The place of a number that is the sum of the numbers at other places."""

PlaceYears: TypeAlias = tuple[int, int]
"""The place of a number for one year, and that of one for all years so far, which is not less."""

_MAX_STEPS = 4000
_MAX_DIGITS = 8  # a cell on average; a row of figures has fewer


class Splits(NamedTuple):
    """The ways to split a run of digits; `complete` is False if the search was cut off."""

    ways: tuple[tuple[str, ...], ...]
    complete: bool = True

    @property
    def solution(self) -> tuple[str, ...] | None:
        """The only way to split the digits, None if there is none or several."""
        return self.ways[0] if len(self.ways) == 1 and self.complete else None

    def likely(self, years: Sequence[PlaceYears]) -> tuple[str, ...] | None:
        """Return the way in which the year is nearest to all years so far.

        Most bodies have reported for a few years: a year that is a thousandth of all of them is
        much less likely than a tenth.
        """
        if not self.ways or not self.complete or not years:
            return None
        year, so_far = years[0]
        return max(self.ways, key=lambda way: int(way[year]) / max(int(way[so_far]), 1))


def split(
    digits: str,
    count: int,
    sums: Sequence[PlaceSum] = (),
    years: Sequence[PlaceYears] = (),
) -> Splits:
    """Split digits into numbers without leading zeros.

    The search is bounded by the number of digits, of solutions and of steps.

    Args:
        digits: The digits that run together.
        count: How many numbers they are.
        sums: The sums that must hold between the numbers.
        years: The numbers of which one must not be less than the other.
    """
    if not count <= len(digits) <= _MAX_DIGITS * count:
        return Splits((), complete=False)
    search = _Search(digits, sums)
    ways: list[tuple[str, ...]] = []
    for way in search.ways(0, _groups(count, sums)):
        if any(int(way[year]) > int(way[so_far]) for year, so_far in years):
            continue
        if len(ways) == MAX_SOLUTIONS:
            return Splits(tuple(ways), complete=False)
        ways.append(way)
    return Splits(tuple(ways), complete=search.steps < _MAX_STEPS)


def _groups(count: int, sums: Sequence[PlaceSum]) -> tuple[int, ...]:
    """Return the sizes of groups that each end in their total; other numbers are groups of one."""
    sizes: list[int] = []
    start = 0
    for total in sorted(total for total, parts in sums if parts):
        parts = next(p for t, p in sums if t == total)
        if start <= total and parts == frozenset(range(start, total)):
            sizes.append(total - start + 1)
            start = total + 1
    return (*sizes, *[1] * (count - start))


class _Search:
    """A bounded search for the ways to split digits.

    `due` are the sums by the last of the numbers that they are about.
    """

    def __init__(self, digits: str, sums: Sequence[PlaceSum]) -> None:
        self.digits = digits
        self.steps = 0
        self.due: dict[int, list[PlaceSum]] = {}
        for total, parts in sums:
            self.due.setdefault(max(total, *parts), []).append((total, parts))

    def ways(
        self, at: int, groups: tuple[int, ...], before: tuple[str, ...] = ()
    ) -> Iterator[tuple[str, ...]]:
        """Yield the ways to split the digits from `at` on into groups of these sizes."""
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
        """Yield the ways to read digits as `size` numbers, the last one the sum of the others."""
        if size == 1:
            if _is_number(digits):
                yield (digits,)
            return
        for length in range(1, len(digits) - size + 2):
            total = digits[-length:]
            if _is_number(total) and _may_add_up(digits[:-length], total):
                for parts in self._parts(digits[:-length], size - 1, int(total)):
                    yield (*parts, total)

    def _parts(self, digits: str, count: int, total: int) -> Iterator[tuple[str, ...]]:
        """Yield the ways to read digits as `count` numbers that add up to `total`."""
        self.steps += 1
        if self.steps >= _MAX_STEPS or len(digits) > count * len(str(total)):
            return
        if count == 1:
            if _is_number(digits) and int(digits) == total:
                yield (digits,)
            return
        longest = 1 if digits[0] == "0" else len(digits) - count + 1
        for length in range(1, longest + 1):
            number = digits[:length]
            rest = total - int(number)
            if rest < 0:
                return
            for parts in self._parts(digits[length:], count - 1, rest):
                yield (number, *parts)

    def _adds_up(self, parts: tuple[str, ...]) -> bool:
        """Return True if all sums hold whose numbers are complete."""
        return all(
            int(parts[total]) == sum(int(parts[place]) for place in places)
            for last in range(len(parts))
            for total, places in self.due.get(last, ())
        )


def _may_add_up(parts: str, total: str) -> bool:
    """Return True unless casting out nines shows that no split of `parts` adds up to `total`."""
    return (sum(map(int, parts)) - sum(map(int, total))) % 9 == 0


def _is_number(digits: str) -> bool:
    return bool(digits) and (len(digits) == 1 or digits[0] != "0")
