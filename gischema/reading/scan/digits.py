"""Read numbers from the probabilities of a recogniser: a numeric cell knows its alphabet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

Probabilities = npt.NDArray[np.float32]

ALIKE: dict[str, str] = {
    **{str(n): str(n) + "０１２３４５６７８９"[n] for n in range(10)},
    ".": ".．·",
    ",": ",，",
    "-": "-－—–―一ー",
    "/": "/／",
}
"""By character of a number, those that a recogniser takes it for and no number holds."""
_ROUND, _UPRIGHT = "OoQ〇○◯О", "lI|丨｜"
ALIKE["0"] += _ROUND
ALIKE["1"] += _UPRIGHT

_DIRT = ".,"  # before or behind a number, a dot is a speck
_KEPT = 12  # beginnings of numbers that are followed
_NOTHING = 1e-6  # probability of a character that is not followed
_CERTAIN = 0.9999  # probability of the blank at which a step adds nothing


@frozen
class Choice:
    """A text that a recogniser may have seen, and its probability."""

    text: str
    score: float


@frozen(eq=False)
class NumberAlphabet:
    """The characters of numbers, and the columns in which a recogniser has them."""

    columns: tuple[tuple[str, tuple[int, ...]], ...]

    @classmethod
    def of(cls, characters: Sequence[str]) -> NumberAlphabet:
        """Return the alphabet of a recogniser with these characters; the first is its blank."""
        at = {char: number for number, char in enumerate(characters)}
        columns = (
            (char, tuple(at[one] for one in alike if one in at)) for char, alike in ALIKE.items()
        )
        return cls(tuple(columns))

    def choices(self, steps: Probabilities, most: int = 3) -> list[Choice]:
        """Return the most likely numbers, the best first (CTC prefix search).

        Args:
            steps: The probability of each character at each step.
            most: How many are returned.
        """
        symbols = [char for char, _ in self.columns]
        likely = np.stack([steps[:, list(at)].sum(axis=1) for _, at in self.columns], axis=1)
        found: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
        for blank, row in zip(steps[:, 0].tolist(), likely.tolist(), strict=True):
            if blank > _CERTAIN:
                found = {text: (a + b, 0.0) for text, (a, b) in found.items()}
                continue
            seen = [(s, p) for s, p in zip(symbols, row, strict=True) if p > _NOTHING]
            found = _step(found, blank, seen)
        scores: dict[str, float] = defaultdict(float)
        for text, (a, b) in found.items():
            scores[text.strip(_DIRT)] += a + b
        ordered = sorted(scores, key=lambda text: (-scores[text], text))
        return [Choice(text, scores[text]) for text in ordered[:most]]


def _step(
    found: dict[str, tuple[float, float]], blank: float, symbols: list[tuple[str, float]]
) -> dict[str, tuple[float, float]]:
    """Return the texts after one more step: probabilities of ending in a blank, and not."""
    ended: dict[str, float] = defaultdict(float)
    open_: dict[str, float] = defaultdict(float)
    for text, (a, b) in found.items():
        ended[text] += (a + b) * blank
        for symbol, p in symbols:
            if text.endswith(symbol):
                open_[text] += b * p
                open_[text + symbol] += a * p
            else:
                open_[text + symbol] += (a + b) * p
    texts = sorted(ended.keys() | open_.keys(), key=lambda t: (-(ended[t] + open_[t]), t))
    return {text: (ended[text], open_[text]) for text in texts[:_KEPT]}
