"""Figures like those of real reports: mostly zeros, some counts; all sums and bounds hold."""

from __future__ import annotations

from decimal import Decimal

from gischema.chinese.units import MONEY, choices_of, is_counter
from gischema.forms import Form
from gischema.forms.form import Indicator
from gischema.report import Amount
from gischema.testing.choices import ChoiceSource
from gischema.testing.identities import FormIdentities

_SIZES = (9, 40, 900)
_ZEROS = 9  # of twenty figures
_WIDE = 5  # rows with at least this many columns are mostly zeros


def consistent_values(
    form: Form,
    choices: ChoiceSource,
    identities: FormIdentities | None = None,
    *,
    zeros: bool = True,
) -> dict[str, Amount]:
    """Return a value for every indicator of a form, in its order: identities and bounds hold.

    Args:
        form: The form.
        choices: Decides the figures.
        identities: Those of the form; found if None.
        zeros: True for mostly zeros, as in real reports; False for hardly any.
    """
    identities = identities or FormIdentities.of(form)
    derived = identities.derived
    size = choices.pick(_SIZES)
    values: dict[str, Amount] = {}
    quiet: dict[str, bool] = {}
    for path, indicator in form.indicators.items():
        if path in derived:
            continue
        row = indicator.row
        if len(row.columns) >= _WIDE and row.path not in quiet:
            quiet[row.path] = zeros and not choices.chance(3)
        values[path] = 0 if quiet.get(row.path) else _leaf(indicator, size, choices, zeros=zeros)
    _keep_bounds(values, identities)
    for total in identities.rows:
        values[total.total] = sum(values[part] for part in total.parts)
    for b in identities.balances:
        went = values[b.disposed] + values[b.carried_out]
        values[b.carried_in] = min(values[b.carried_in], went)
        values[b.received] = went - values[b.carried_in]
    for total in identities.columns:
        values[total.total] = sum(values[part] for part in total.parts)
    return {path: values[path] for path in form.indicators}


def busy_values(form: Form, choices: ChoiceSource) -> dict[str, Amount]:
    """Return a value for every indicator of a form so that all identities hold and few are zero.

    Where every cell of a table is zero, a reader that mixes up its columns is never found out.
    """
    return consistent_values(form, choices, zeros=False)


def _keep_bounds(values: dict[str, Amount], identities: FormIdentities) -> None:
    """Exchange a part that exceeds its whole with it, and add a change that takes too much."""
    for bound in identities.parts:
        part, whole = values.get(bound.part), values.get(bound.whole)
        if part is not None and whole is not None and part > whole:
            values[bound.part], values[bound.whole] = whole, part
    for change in identities.changes:
        if values[change.before] + values[change.change] < 0:
            values[change.change] = -values[change.change]


def _leaf(indicator: Indicator, size: int, choices: ChoiceSource, *, zeros: bool) -> Amount:
    unit = indicator.column.unit if indicator.column else indicator.row.unit
    units = choices_of(unit) if unit is not None else ()
    if MONEY in units:
        return _money(choices)
    if units and not any(map(is_counter, units)) and choices.chance(2):
        return _hundredths(choices)
    number = _count(size, choices, zeros=zeros)
    return -number if _is_change(indicator) and choices.chance(3) else number


def _count(size: int, choices: ChoiceSource, *, zeros: bool) -> int:
    kind = choices.integer(0 if zeros else _ZEROS, 19)
    if kind < _ZEROS:
        return 0
    if kind < 17:
        return choices.integer(1, size)
    return choices.integer(1, 9_999) if kind < 19 else choices.integer(10_000, 999_999)


def _money(choices: ChoiceSource) -> Amount:
    number = Decimal(choices.integer(0, 99_999)).scaleb(-choices.integer(0, 4))
    return int(number) if number == int(number) else number


def _hundredths(choices: ChoiceSource) -> Amount:
    """Return a measured quantity, which is no whole number: 12.5 万人次, 40.25 小时."""
    number = Decimal(choices.integer(0, 99_999)).scaleb(-choices.integer(0, 2))
    return int(number) if number == int(number) else number


def _is_change(indicator: Indicator) -> bool:
    """Return True if the column counts additions and removals, so that it may be negative."""
    return indicator.column is not None and {"增", "减"} <= set(indicator.column.label)
