"""Print a consistent report in a layout after some damages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from gischema.forms import Form
from gischema.testing.choices import ChoiceSource
from gischema.testing.compose import compose
from gischema.testing.damages import DAMAGES, Damage
from gischema.testing.layouts import LAYOUTS, Layout
from gischema.testing.printed_page import PrintedPage
from gischema.testing.sample_page import SamplePage
from gischema.testing.values import consistent_values

MOST_DAMAGES = 3


@frozen
class Specimen:
    """A printed page, its layout and its damages."""

    printed: PrintedPage
    layout: Layout
    damages: tuple[Damage, ...]

    def __repr__(self) -> str:
        names = ", ".join(damage.name for damage in self.damages) or "undamaged"
        page = self.printed.page
        return f"<{page.form.id} {self.layout.name}: {names}>\n{self.printed.text}"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """Show the specimen in a message of Hypothesis."""
        printer.text(repr(self))


def specimen(
    form: Form,
    choices: ChoiceSource,
    *,
    layout: Layout | None = None,
    damages: Sequence[Damage] | None = None,
    most: int = MOST_DAMAGES,
    figures: ChoiceSource | None = None,
) -> Specimen:
    """Return a page on `form`.

    Args:
        form: The form.
        choices: Decides whatever the other arguments leave open.
        layout: The layout; any if None.
        damages: The damages, in order; if None, up to `most` of those that fit are chosen.
        most: The largest number of damages to choose.
        figures: Decides the figures, instead of `choices`.
    """
    layout = layout or choices.pick(tuple(LAYOUTS.values()))
    page = compose(form, consistent_values(form, figures or choices), choices)
    if damages is None:
        fitting = [damage for damage in DAMAGES.values() if damage.fits(page, layout)]
        damages = choices.sample(fitting, choices.integer(0, most))
    return Specimen(layout.print(apply_damages(page, damages, choices)), layout, tuple(damages))


def apply_damages(page: SamplePage, damages: Sequence[Damage], choices: ChoiceSource) -> SamplePage:
    """Return the page after some damages, applied one after another."""
    for damage in damages:
        page = damage.apply(page, choices)
    return page
