"""Damages by name, in the order in which they are applied to a page."""

from __future__ import annotations

from gischema.testing.damages.columns import COLUMNS
from gischema.testing.damages.damage import Apply, Damage, Fits
from gischema.testing.damages.figures import FIGURES
from gischema.testing.damages.furniture import FURNITURE, THE_END
from gischema.testing.damages.labels import LABELS
from gischema.testing.damages.rows import ROWS
from gischema.testing.damages.scripts import SCRIPTS
from gischema.testing.damages.wording import WORDING

__all__ = ["DAMAGES", "Apply", "Damage", "Fits"]

# Rows and columns are lost and added while each figure still has a cell of its own. Then cells and
# labels change, then characters, then the surroundings of tables. Cutting off the text comes last.
_STRUCTURE = (*COLUMNS, *ROWS[:-1])
_ORDER = (*_STRUCTURE, *FIGURES, ROWS[-1], *LABELS, *WORDING, *SCRIPTS, *FURNITURE, THE_END)

DAMAGES: dict[str, Damage] = {damage.name: damage for damage in _ORDER}
"""The damages of this package by name."""
