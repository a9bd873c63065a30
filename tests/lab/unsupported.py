"""Combinations of damage that the reader is known not to honour yet, each with its reason.

Keep this table short: whoever mends the reader takes the entry out, and `test_unsupported.py` fails
for entries that are no longer needed. Faults of a page on which an entry's damages meet are not
counted.
"""

from __future__ import annotations

from attrs import field, frozen

from gischema.testing import Specimen


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


@frozen
class Unsupported:
    """Damages that come together, in some layouts and forms; layouts and forms left out are any."""

    reason: str
    damages: frozenset[str] = field(converter=_names)
    layouts: frozenset[str] = field(default="", converter=_names)
    forms: frozenset[str] = field(default="", converter=_names)

    def covers(self, page: Specimen) -> bool:
        """Whether a page is of this combination."""
        return (
            self.damages <= {damage.name for damage in page.damages}
            and (not self.layouts or page.layout.name in self.layouts)
            and (not self.forms or page.printed.page.form.id in self.forms)
        )


UNSUPPORTED: tuple[Unsupported, ...] = (
    Unsupported("a row right under the heads with a slip in its label is taken for a head",
                "label-typos", "spaces glued"),
    Unsupported("digits with units: the subtotal of the last row of a group is not named",
                "subtotal-column units-in-cells", "glued"),
    Unsupported("digits with dashes: the subtotal of the last row of a group is not named",
                "subtotal-column dashes", "glued"),
    Unsupported("digits with commas: the subtotal of the last row of a group is not named",
                "subtotal-column thousands", "glued"),
)  # fmt: skip


def reason(page: Specimen) -> str | None:
    """Why the faults of a page are not counted; None if they are."""
    return next((entry.reason for entry in UNSUPPORTED if entry.covers(page)), None)
