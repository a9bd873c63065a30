"""The cattrs converter behind every JSON that the package writes or reads."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from attrs import AttrsInstance, fields
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from gischema.report import Narrative, Report

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


@cache
def converter() -> Converter:
    """Return the converter, which is made on first use, because that generates code."""
    made = Converter(unstruct_collection_overrides={tuple: list})
    made.register_unstructure_hook(Decimal, number_out)
    made.register_structure_hook_func(is_number, lambda value, _: number_in(value))
    made.register_structure_hook_func(is_value, lambda value, _: value_in(value))
    made.register_unstructure_hook_func(is_value, value_out)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    made.register_structure_hook(str, _same)
    made.register_structure_hook(int, _same)
    made.register_structure_hook(float, lambda value, _: float(value))
    # Without these hooks it would be written as a plain sequence.
    made.register_unstructure_hook(Narrative, make_dict_unstructure_fn(Narrative, made))
    made.register_structure_hook(Narrative, make_dict_structure_fn(Narrative, made))
    made.register_unstructure_hook_factory(
        _is_report, lambda kind: make_dict_unstructure_fn(kind, made, **_overrides(kind))
    )
    made.register_structure_hook_factory(
        _is_report, lambda kind: make_dict_structure_fn(kind, made, **_overrides(kind))
    )
    return made


def number_out(value: Decimal) -> float | str:
    """Return a decimal as a JSON number where a double holds it exactly, else as a string."""
    if not value.is_finite():
        raise ValueError(f"{value} is no figure")
    number = float(value)
    return number if Decimal(repr(number)) == value else str(value)


def number_in(value: object) -> int | Decimal | None:
    """Return a number as it was before `number_out`."""
    if value is None or type(value) is int:
        return value
    if isinstance(value, float):
        value = repr(value)
    if not isinstance(value, str | Decimal):
        raise TypeError(f"{value!r} is no number")
    try:
        number = Decimal(value)
    except ArithmeticError as error:
        raise ValueError(f"{value!r} is no number") from error
    if not number.is_finite():
        raise ValueError(f"{value!r} is no number")
    return number


def is_number(kind: object) -> bool:
    """Return True for a union of numbers, such as `Amount`, with or without None."""
    kinds = _alternatives(kind)
    return Decimal in kinds and kinds <= {int, Decimal, type(None)}


def is_value(kind: object) -> bool:
    """Return True for the values of operands, which may also be texts and dates."""
    return {str, date, Decimal} <= _alternatives(kind)


def _alternatives(kind: object) -> frozenset[object]:
    return frozenset(get_args(kind)) if get_origin(kind) in {Union, UnionType} else frozenset()


def value_out(value: object) -> Any:
    """Return the value of an operand: a number, a truth value, a text or a date in ISO form.

    A text that would be read back as a date or a number is `{"text": …}`.
    """
    if isinstance(value, Decimal):
        return number_out(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and (_DAY.fullmatch(value) or _NUMBER.fullmatch(value)):
        return {"text": value}
    return value


def value_in(value: Any) -> Any:
    """Return a value as it was before `value_out`."""
    if isinstance(value, dict):
        return _same(value["text"], str)
    if isinstance(value, str):
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
        return number_in(value) if _NUMBER.fullmatch(value) else value
    return value if isinstance(value, bool) else number_in(value)


def _same(value: object, expected: type) -> Any:
    """Return `value`; raise TypeError if it has another type, such as a number in quotes."""
    if type(value) is not expected:
        raise TypeError(f"{value!r} is no {expected.__name__}")
    return value


def _is_report(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Report)


def _overrides(kind: type[AttrsInstance]) -> dict[str, Any]:
    """Return overrides that leave only the fields of a plain Report: sections follow from them."""
    own = {name.name for name in fields(Report)} - {"declared"}
    return {name.name: override(omit=name.name not in own) for name in fields(kind)}
