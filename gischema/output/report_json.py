"""A report as JSON and back, without loss.

The object has `gischema` (the version that wrote it), the fields of the report, `narrative` (the
statements of the running text), `values` (numbers alone, nested by the steps of their paths), and
the lists `figures`, `unclaimed` and `diagnostics`. `values` is for people and scripts; `loads`
ignores it, and unknown keys. `result_json.py` has the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cattrs import BaseValidationError, transform_error

from gischema._version import __version__
from gischema.errors import InvalidData
from gischema.output.converter import converter
from gischema.report import Figure, Report

OWN_VALUE = "value"
"""Key of a number whose path is a prefix of other paths."""


def unstructure(report: Report) -> dict[str, Any]:
    """Return the report as plain dicts, lists, strings and numbers."""
    data = converter().unstructure(report)
    lists = {name: value for name, value in data.items() if isinstance(value, list)}
    about = {name: value for name, value in data.items() if name not in lists}
    return {
        "gischema": __version__,
        "kind": "report",
        **about,
        "values": nest(report.figures),
        **lists,
    }


def structure(data: Mapping[str, Any]) -> Report:
    """Return the report of the result of `unstructure`, as a plain `Report`.

    The caller adds what follows from its form: `declared` and typed sections.

    Raises:
        InvalidData: The data are no report. The message has the places of the errors.
    """
    if not isinstance(data, Mapping):
        raise InvalidData("报告应为 JSON 对象", f"expected an object, not {type(data).__name__}")
    if not {"gischema", "figures"} <= data.keys():
        raise InvalidData(
            "不是报告：缺少 gischema 和 figures",
            "not a report: the keys gischema and figures are missing",
        )
    try:
        return converter().structure(data, Report)
    except BaseValidationError as error:
        places = "; ".join(transform_error(error, "report"))
        raise InvalidData("报告的 JSON 有误", places) from error


def nest(figures: Iterable[Figure]) -> dict[str, Any]:
    """Return the values nested by the steps of their paths; None for a figure without a value."""
    tree: dict[str, Any] = {}
    for figure in figures:
        *steps, last = figure.path.split(".")
        node = tree
        for step in steps:
            child = node.get(step)
            if not isinstance(child, dict):
                child = {OWN_VALUE: child} if step in node else {}
                node[step] = child
            node = child
        below = node.get(last)
        value = converter().unstructure(figure.value)
        if isinstance(below, dict):
            below[OWN_VALUE] = value
        else:
            node[last] = value
    return tree
