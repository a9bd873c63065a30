"""Hypothesis strategies: consistent figures, and pages printed from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gischema.forms import Form
from gischema.report import Amount
from gischema.testing.choices import (
    Draw,
    DrawnChoices,
    PlainChoices,
    SeededChoices,
    hypothesis_strategies,
)
from gischema.testing.damages import Damage
from gischema.testing.identities import FormIdentities
from gischema.testing.laboratory import MOST_DAMAGES, Specimen, specimen
from gischema.testing.layouts import Layout
from gischema.testing.values import consistent_values

_SEEDS = 2**32

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def consistent(form: Form) -> SearchStrategy[dict[str, Amount]]:
    """Return values for all indicators of a form by path, so that all its identities hold."""
    identities = FormIdentities.of(form)

    def make(draw: Draw) -> dict[str, Amount]:
        return consistent_values(form, DrawnChoices(draw), identities)

    strategy: SearchStrategy[dict[str, Amount]] = hypothesis_strategies().composite(make)()
    return strategy


def specimens(
    form: Form,
    *,
    layout: Layout | None = None,
    damages: Sequence[Damage] | None = None,
    most: int = MOST_DAMAGES,
) -> SearchStrategy[Specimen]:
    """Return consistent reports on a form, printed after up to `most` damages.

    Without `layout` any layout is used, without `damages` any of those that fit. The figures come
    from one drawn seed, so that Hypothesis spends its choices on layout and damages. Seed 0 makes
    every figure zero.
    """
    integers = hypothesis_strategies().integers

    def make(draw: Draw) -> Specimen:
        seed = draw(integers(0, _SEEDS))
        figures = SeededChoices(seed) if seed else PlainChoices()
        choices = DrawnChoices(draw)
        return specimen(form, choices, layout=layout, damages=damages, most=most, figures=figures)

    strategy: SearchStrategy[Specimen] = hypothesis_strategies().composite(make)()
    return strategy
