"""Ordered work in processes: lazy, in order, and on after failures."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from os import _exit

import pytest

from gischema.parallel import outcomes


def halved(number: int) -> int:
    """Return half of an even number; end the process for 13, fail for other odd ones."""
    if number == 13:
        _exit(1)
    if number % 2:
        raise ValueError(number)
    return number // 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_taken_only_as_they_are_needed(jobs: int) -> None:
    """A folder of a million files is neither listed nor read ahead of whoever takes the results."""
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(0, 2000, 2):
            taken.append(number)
            yield number

    found = outcomes(halved, items(), jobs)
    for expected in range(10):
        assert next(found) == (2 * expected, expected)
        assert len(taken) <= expected + 1 + 2 * jobs
    found.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("jobs", [1, 3])
def test_failures_stand_in_their_place(jobs: int) -> None:
    """The order is that of the items, whatever becomes of each."""
    found = list(outcomes(halved, range(12), jobs))
    assert [item for item, _ in found] == list(range(12))
    assert [type(one) for _, one in found] == [int, ValueError] * 6


def test_an_item_that_ends_its_process_fails_alone() -> None:
    """Also as the first, the last, and several behind each other."""
    items = [13, 2, 13, 13, 4, 6, 8, 10, 13]
    found = list(outcomes(halved, items, 2))
    assert [item for item, _ in found] == items
    assert [one for item, one in found if item != 13] == [1, 2, 3, 4, 5]
    assert {type(one) for item, one in found if item == 13} == {BrokenProcessPool}
