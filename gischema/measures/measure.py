"""Measures and their formulas, and the file that declares the national ones."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from gischema.file_errors import FileError, near
from gischema.forms.form import Form
from gischema.rules.expressions import Operand, SignedSum
from gischema.rules.form_view import FormView
from gischema.rules.model import Localized

_FILE = Path(__file__).parent / "national.toml"
_FIELDS = ("name", "title", "base_title", "formulas")
_OF_FORMULA = ("forms", "source", "of", "base")
_SIGNS = {"+": 1, "-": -1}


@frozen
class Formula:
    """The formula of a measure on some forms: one sum of figures divided by another.

    Attributes:
        forms: The forms.
        of: The sum that is divided.
        base: The sum that it is divided by.
        source: The part of the form that prints the figures.
    """

    forms: tuple[str, ...]
    of: str
    base: str
    source: str

    def applies_to(self, form_id: str) -> bool:
        """Return True if it applies to a form, or to the form that a variant is based on."""
        return form_id in self.forms or form_id.partition("+")[0] in self.forms


@frozen
class Measure:
    """A number computed from figures. `unit` is None for a share."""

    name: str
    title: Localized
    base_title: Localized
    formulas: tuple[Formula, ...]
    note: Localized | None = None
    unit: str | None = None

    def formula(self, form_id: str) -> Formula | None:
        """Return the formula for a form, None if there is none."""
        return next((formula for formula in self.formulas if formula.applies_to(form_id)), None)


@cache
def national_measures() -> tuple[Measure, ...]:
    """Return the measures of the national forms, in the order of their file."""
    declared = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(_measure(**fields) for fields in declared["measure"])


def fitting_measures(file: Path, forms: Mapping[str, Form]) -> list[Measure]:
    """Return the measures of a file.

    Raises:
        FileError: It is no such file, or a formula uses what its form does not have.
    """
    try:
        declared = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        _require_fields(declared.get("measure"), file)
        measures = [_measure(**fields) for fields in declared["measure"]]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise FileError(
            "不是指标文件：每个 [[measure]] 要有 name、title、base_title 和 formulas"
            "（forms、source、of、base）",
            "no file of measures: each [[measure]] has name, title, base_title and formulas "
            f"(forms, source, of, base); {error}",
            file.name,
        ) from error
    for measure in measures:
        for formula in measure.formulas:
            for form_id in formula.forms:
                _require_cells(measure, formula, form_id, forms, file)
    return measures


def _require_fields(measures: object, file: Path) -> None:
    """Raise FileError if a measure or a formula lacks a field, or has one that means nothing."""
    if not isinstance(measures, list) or not measures:
        raise FileError("文件里没有 [[measure]]", "the file has no [[measure]]", file.name)
    for number, measure in enumerate(measures, 1):
        _require_keys(measure, f"measure[{number}]", _FIELDS, ("note", "unit"), file)
        for which, formula in enumerate(measure["formulas"], 1):
            _require_keys(formula, f"measure[{number}].formulas[{which}]", _OF_FORMULA, (), file)


def _require_keys(
    table: object, place: str, needed: Sequence[str], also: Sequence[str], file: Path
) -> None:
    keys = list(table) if isinstance(table, dict) else []
    missing = [key for key in needed if key not in keys]
    unknown = [key for key in keys if key not in (*needed, *also)]
    if missing or unknown:
        hint, hint_en = near(unknown[0], (*needed, *also)) if unknown else ("", "")
        zh = f"没有 {unknown[0]} 这一项{hint}" if unknown else f"缺少 {missing[0]}"
        en = f"there is no field {unknown[0]}{hint_en}" if unknown else f"{missing[0]} is missing"
        raise FileError(f"{place}：{zh}", f"{place}: {en}", file.name)


def _require_cells(
    measure: Measure, formula: Formula, form_id: str, forms: Mapping[str, Form], file: Path
) -> None:
    """Raise FileError if a form lacks what a formula uses."""
    lacking = f"没有表式 {form_id}", f"there is no form {form_id}"
    known: Iterable[str] = forms
    if form_id in forms:
        view = FormView(forms[form_id])
        words = [*formula.of.split(), *formula.base.split()]
        wrong = (w for w in words if w not in _SIGNS and formula_sum(w, view) is None)
        path = next(wrong, None)
        if path is None:
            return
        lacking, known = (f"{form_id} 没有 {path}", f"{form_id} has no {path}"), view.cells
    hint, hint_en = near(lacking[1].rpartition(" ")[2], known)
    raise FileError(
        f"{measure.name}：{lacking[0]}{hint}", f"{measure.name}: {lacking[1]}{hint_en}", file.name
    )


def formula_sum(text: str, view: FormView) -> SignedSum | None:
    """Return the sum that a formula writes, over the cells of a form.

    Paths stand between `+` and `-`. `PATH.*.COLUMN` means the parts of PATH in a column.

    Returns:
        The sum, None if the form lacks a cell.
    """
    terms: list[tuple[int, Operand]] = []
    sign = 1
    for word in text.split():
        if word in _SIGNS:
            sign = _SIGNS[word]
            continue
        lead, star, column = word.partition(".*.")
        paths = view.parts(lead, column) if star else [word]
        if not paths or not all(path in view.cells for path in paths):
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
