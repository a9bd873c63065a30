"""The cost of damage: damaged pages against undamaged ones, and growing hostile pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import gischema
from benchmarks.clock import seconds_per_call
from benchmarks.measurement import Measurement
from gischema.testing import LAYOUTS, SeededChoices, specimen
from gischema.testing.hostile_pages import SIZE, hostile_pages

DAMAGED_LIMIT = 3.0
TIMES = 4
GROWTH_LIMIT = 1.5 * TIMES
PAGES = 20
FORM = "art20-2021"


def measure(budget: float) -> Iterator[Measurement]:
    """Measure each layout with up to three damages, and each hostile page at two sizes."""
    for name in LAYOUTS:
        yield _damaged(name, budget)
    form = gischema.default_engine().forms[FORM]
    pairs = zip(hostile_pages(form, SIZE // TIMES), hostile_pages(form, SIZE), strict=True)
    for short, long in pairs:
        yield _growth(short.name, short.text, long.text, budget)


def _damaged(layout: str, budget: float) -> Measurement:
    form = gischema.default_engine().forms[FORM]
    clean, damaged = (
        [
            specimen(form, SeededChoices(seed), layout=LAYOUTS[layout], most=most).printed.text
            for seed in range(PAGES)
        ]
        for most in (0, 3)
    )
    one, other = (seconds_per_call(partial(_read, texts), budget) for texts in (clean, damaged))
    return Measurement(
        group="pages with up to three damages",
        name=layout,
        value=other * 1000 / PAGES,
        unit="ms",
        peer="undamaged",
        peer_value=one * 1000 / PAGES,
        ratio=other / one,
        limit=DAMAGED_LIMIT,
    )


def _growth(name: str, short: str, long: str, budget: float) -> Measurement:
    one, many = (seconds_per_call(partial(_read, [text]), budget / 5) for text in (short, long))
    return Measurement(
        group=f"hostile pages of {TIMES} times the size",
        name=name,
        value=many * 1000,
        unit="ms",
        peer="the shorter",
        peer_value=one * 1000,
        ratio=many / one,
        limit=GROWTH_LIMIT,
    )


def _read(texts: list[str]) -> None:
    for text in texts:
        gischema.parse_text(text)
