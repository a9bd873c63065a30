"""Where the laboratory's choices come from: a seed, or Hypothesis, which can shrink them."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from types import ModuleType
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Choices(ABC):
    """A source of choices; the first option is the plainest, so that examples shrink to it."""

    @abstractmethod
    def integer(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.integer(0, len(options) - 1)]

    def chance(self, one_in: int) -> bool:
        """True about once in `one_in` times."""
        return self.integer(1, one_in) == one_in

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """One to `most` different options in their order."""
        return self.sample(options, self.integer(1, most))

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different options in their order, all of them if there are no more."""
        left = list(range(len(options)))
        count = min(count, len(left))
        taken = [left.pop(self.integer(0, len(left) - 1)) for _ in range(count)]
        return [options[index] for index in sorted(taken)]


class SeededChoices(Choices):
    """Choices that a seed decides: the same seed makes the same page."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def integer(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        return self._random.randint(low, high)


class PlainChoices(Choices):
    """Always the first option: nought for every figure."""

    def integer(self, low: int, high: int) -> int:  # noqa: ARG002 - never the high one
        """The lowest number."""
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
        """A value of the strategy."""


class DrawnChoices(Choices):
    """Choices that Hypothesis makes, records and shrinks."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._strategies = hypothesis_strategies()

    def integer(self, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        number: int = self._draw(self._strategies.integers(low, high))
        return number
