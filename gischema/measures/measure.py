"""What a measure is, and the file that declares the national ones."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from gischema.rules.expressions import Operand, SignedSum
from gischema.rules.model import Localized

if TYPE_CHECKING:
    from gischema.rules.form_view import FormView

_FILE = Path(__file__).parent / "national.toml"
_SIGNS = {"+": 1, "-": -1}


@frozen
class Formula:
    """How a measure is computed on some forms: one sum of figures divided by another.

    `source` is the part of the form that prints them.
    """

    forms: tuple[str, ...]
    of: str
    base: str
    source: str

    def fits(self, form_id: str) -> bool:
        """Whether it is meant for a form, or for the form that a variant adds to."""
        return form_id.partition("+")[0] in self.forms


@frozen
class Measure:
    """A number computed from figures. `unit` is None for a share, which has none."""

    name: str
    title: Localized
    base_title: Localized
    formulas: tuple[Formula, ...]
    note: Localized | None = None
    unit: str | None = None

    def formula(self, form_id: str) -> Formula | None:
        """How it is computed on a form, None if it is not."""
        return next((formula for formula in self.formulas if formula.fits(form_id)), None)


@cache
def national_measures() -> tuple[Measure, ...]:
    """The measures of the national forms, in the order of their file."""
    declared = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(_measure(**fields) for fields in declared["measure"])


def total(text: str, outline: FormView) -> SignedSum | None:
    """The sum that a formula writes, over the cells of a form; None if the form lacks one.

    Paths stand between `+` and `-`; `PATH.*.COLUMN` stands for the parts of PATH in a column.
    """
    terms: list[tuple[int, Operand]] = []
    sign = 1
    for word in text.split():
        if word in _SIGNS:
            sign = _SIGNS[word]
            continue
        lead, star, column = word.partition(".*.")
        paths = outline.parts(lead, column) if star else [word]
        if not paths or not all(path in outline.cells_by_path for path in paths):
            return None
        terms += ((sign, Operand(path)) for path in paths)
    return SignedSum(tuple(terms))


def _measure(
    name: str,
    title: list[str],
    base_title: list[str],
    formulas: list[dict[str, Any]],
    note: list[str] | None = None,
    unit: str | None = None,
) -> Measure:
    return Measure(
        name,
        Localized(*title),
        Localized(*base_title),
        tuple(Formula(tuple(f["forms"]), f["of"], f["base"], f["source"]) for f in formulas),
        Localized(*note) if note else None,
        unit,
    )
