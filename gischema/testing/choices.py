"""Sources of the laboratory's choices: a seed, or Hypothesis, which can shrink them."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from types import ModuleType
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class ChoiceSource(ABC):
    """A source of choices. The first option is the simplest, so that examples shrink to it."""

    @abstractmethod
    def integer(self, low: int, high: int) -> int:
        """Return a number from `low` to `high`, both included."""

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[self.integer(0, len(options) - 1)]

    def chance(self, one_in: int) -> bool:
        """Return True once in `one_in` times on average."""
        return self.integer(1, one_in) == one_in

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """Return one to `most` different options, in their order."""
        return self.sample(options, self.integer(1, most))

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """Return `count` different options, in their order; all of them if there are fewer."""
        left = list(range(len(options)))
        count = min(count, len(left))
        taken = [left.pop(self.integer(0, len(left) - 1)) for _ in range(count)]
        return [options[index] for index in sorted(taken)]


class SeededChoices(ChoiceSource):
    """Choices determined by a seed: the same seed makes the same page."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def integer(self, low: int, high: int) -> int:
        """Return a number from `low` to `high`, both included."""
        return self._random.randint(low, high)


class PlainChoices(ChoiceSource):
    """Always the first option: zero for every figure."""

    def integer(self, low: int, high: int) -> int:  # noqa: ARG002 - always the lowest
        """Return the lowest number."""
        return low


def hypothesis_strategies() -> ModuleType:
    """`hypothesis.strategies`. Raises ImportError, saying what to install, if it is missing."""
    try:
        import hypothesis.strategies
    except ImportError as error:
        raise ImportError(
            "gischema.testing 的随机报告需要 hypothesis：pip install 'gischema[test]' "
            "(random reports need hypothesis)"
        ) from error
    return hypothesis.strategies


class Draw(Protocol):
    """The `draw` function of a Hypothesis composite strategy."""

    def __call__(self, strategy: Any, /) -> Any:
        """Return a value of the strategy."""


class DrawnChoices(ChoiceSource):
    """Choices that Hypothesis makes, records and shrinks."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._strategies = hypothesis_strategies()

    def integer(self, low: int, high: int) -> int:
        """Return a number from `low` to `high`, both included."""
        number: int = self._draw(self._strategies.integers(low, high))
        return number
