"""Results as JSON and back, without loss: checks, comparisons, derived measures, reports.

Each object says what it is (`gischema`, the version that wrote it; `kind`), and which report it is
about (`file`, `form`, `variant`, `year`, `agency`, `title`). `loads` ignores unknown keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, TypeVar

from attrs import evolve
from cattrs import BaseValidationError, transform_error

from gischema._version import __version__
from gischema.comparison.model import Comparison
from gischema.errors import InvalidData
from gischema.measures import Derived, Measure
from gischema.output import derived as derived_rows
from gischema.output import report_json
from gischema.output.converter import converter, number_in
from gischema.output.json_text import to_json
from gischema.report import AboutReport, Report
from gischema.rules import CheckResult

T = TypeVar("T")

KINDS: Mapping[type, str] = {
    Report: "report",
    CheckResult: "check",
    Comparison: "comparison",
    Derived: "derived",
}
"""The classes that JSON is made of, and the `kind` of their objects."""


def record(item: object) -> dict[str, Any]:
    """Return a report or a result as plain dicts, lists, strings and numbers.

    Raises:
        TypeError: It is neither.
    """
    if isinstance(item, Report):
        return report_json.unstructure(item)
    if isinstance(item, CheckResult):
        return _head("check") | _check(item)
    if isinstance(item, Comparison):
        data = converter().unstructure(item)
        return {**_head("comparison"), **data, "between": _check(item.between)}
    if isinstance(item, Derived):
        return _head("derived") | derived_rows.record(item, item.about)
    known = ", ".join(kind.__name__ for kind in KINDS)
    raise TypeError(f"expected one of {known}, not {type(item).__name__}")


def dumps(item: object, *, indent: int | None = 2) -> str:
    """Return a report or a result as JSON text; a list or tuple of them as an array."""
    if isinstance(item, (list, tuple)):
        return to_json([record(one) for one in item], indent=indent)
    return to_json(record(item), indent=indent)


def parsed(text: str | bytes) -> Any:
    """Return the data of a JSON text, with exact numbers.

    Raises:
        InvalidData: It is no JSON.
    """
    try:
        return json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise InvalidData("不是 JSON", f"not JSON: {error}") from error


def structure(data: Any, kind: type[T], measures: Iterable[Measure] = ()) -> T:
    """Return the report or result that `record` made the data of; derived ones are of `measures`.

    Raises:
        InvalidData: The data are of another kind. The message has the places of the errors.
        TypeError: `kind` is none of `KINDS`.
    """
    readers = _READERS | {Derived: partial(_derived_in, measures=measures)}
    read = readers.get(kind)
    if read is None:
        known = ", ".join(each.__name__ for each in KINDS)
        raise TypeError(f"expected one of {known}, not {kind!r}")
    name = KINDS[kind]
    found = _kind(data)
    if found != name:
        raise InvalidData(f"应为 {name}，不是 {found}", f"expected {name}, not {found}")
    try:
        result: T = read(data)
    except BaseValidationError as error:
        places = "; ".join(transform_error(error, name))
        raise InvalidData(f"{name} 的 JSON 有误", places) from error
    except (KeyError, StopIteration, TypeError, ValueError) as error:
        if isinstance(error, InvalidData):
            raise
        raise InvalidData(f"{name} 的 JSON 有误", f"{type(error).__name__}: {error}") from error
    return result


def _kind(data: Any) -> str:
    """Return what data are: their kind, or the status of a file without a result."""
    if not isinstance(data, Mapping):
        return type(data).__name__
    unnamed = "report" if "figures" in data else data.get("status", "?")
    return str(data.get("kind", unnamed))


def _head(kind: str) -> dict[str, Any]:
    return {"gischema": __version__, "kind": kind}


def _check(result: CheckResult) -> dict[str, Any]:
    """Return a result with its report first, and the counts that people look for."""
    data = converter().unstructure(result)
    about = data.pop("about")
    return {**about, "verdict": result.verdict, "counts": result.counts, **data}


def _check_in(data: Mapping[str, Any]) -> CheckResult:
    result = converter().structure(data, CheckResult)
    return evolve(result, about=_about(data))


def _about(data: Mapping[str, Any]) -> AboutReport:
    return converter().structure(data, AboutReport)


def _comparison_in(data: Mapping[str, Any]) -> Comparison:
    comparison = converter().structure(data, Comparison)
    return evolve(comparison, between=_check_in(data["between"]))


def _derived_in(data: Mapping[str, Any], measures: Iterable[Measure]) -> Derived:
    measure = next((one for one in measures if one.name == data["name"]), None)
    if measure is None:
        name = data["name"]
        raise InvalidData(
            f"没有指标 {name}；如出自插件，请启用该插件",
            f"there is no measure {name}; if it is of a plugin, activate the plugin",
        )
    formula = next(one for one in measure.formulas if derived_rows.written(one) == data["formula"])
    numerator, base = number_in(data["numerator"]), number_in(data["base"])
    value = None if data["reason"] or not base else Fraction(numerator or 0) / Fraction(base)
    lists = {name: tuple(data[name]) for name in ("paths", "missing", "doubtful", "doubts")}
    about = _about(data)
    return Derived(
        measure, formula, value, numerator, base, reason=data["reason"], about=about, **lists
    )


_READERS: dict[Any, Callable[[Any], Any]] = {
    Report: report_json.structure,
    CheckResult: _check_in,
    Comparison: _comparison_in,
}
