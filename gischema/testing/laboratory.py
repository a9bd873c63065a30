"""The laboratory: a consistent report, printed in a layout after some damages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from gischema.forms import Form
from gischema.testing.choices import Choices
from gischema.testing.compose import compose
from gischema.testing.damages import DAMAGES, Damage
from gischema.testing.layouts import LAYOUTS, Layout
from gischema.testing.page import Page
from gischema.testing.printed import Printed
from gischema.testing.values import consistent_values

MOST_DAMAGES = 3


@frozen
class Specimen:
    """A printed page and what befell it."""

    printed: Printed
    layout: Layout
    damages: tuple[Damage, ...]

    def __repr__(self) -> str:
        names = ", ".join(damage.name for damage in self.damages) or "undamaged"
        page = self.printed.page
        return f"<{page.form.id} {self.layout.name}: {names}>\n{self.printed.text}"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """How Hypothesis shows a specimen."""
        printer.text(repr(self))


def specimen(
    form: Form,
    choices: Choices,
    *,
    layout: Layout | None = None,
    damages: Sequence[Damage] | None = None,
    most: int = MOST_DAMAGES,
    figures: Choices | None = None,
) -> Specimen:
    """A page on `form`. Without `damages`, up to `most` of those that fit are chosen.

    `figures` makes the figures where they are not to come from `choices`.
    """
    layout = layout or choices.pick(tuple(LAYOUTS.values()))
    page = compose(form, consistent_values(form, figures or choices), choices)
    if damages is None:
        fitting = [damage for damage in DAMAGES.values() if damage.fits(page, layout)]
        damages = choices.sample(fitting, choices.integer(0, most))
    return Specimen(layout.print(befall(page, damages, choices)), layout, tuple(damages))


def befall(page: Page, damages: Sequence[Damage], choices: Choices) -> Page:
    """The page after some damages, one upon the other."""
    for damage in damages:
        page = damage.apply(page, choices)
    return page
