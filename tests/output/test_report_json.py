"""A report survives the way to JSON and back, and what is no report is refused with its place."""

from __future__ import annotations

import json
from decimal import Decimal
from types import UnionType
from typing import Any, Union, get_args, get_origin

import attrs
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from gischema.output.json_text import array, to_json
from gischema.output.report_json import nest, structure, unstructure
from gischema.output.result_json import dumps, parsed
from gischema.report import Figure, Report

# Every field of every class is drawn by its type, so that a new one is in the test at once.
# `Report.declared` is left out: it follows from the form.
texts = st.text(max_size=6) | st.sampled_from(["规范性文件", "\x00\x1b[31m", "\u2028", "—", "𠮷"])
decimals = st.decimals(allow_nan=False, allow_infinity=False)
types = {str: texts, Decimal: decimals}


def drawn(kind: Any) -> st.SearchStrategy:
    """Values of a type: attrs classes, tuples, unions, literals and what they are made of."""
    if kind in types:
        return types[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return st.lists(drawn(arguments[0]), max_size=2).map(tuple)
    if origin in {Union, UnionType}:
        return st.one_of(*map(drawn, arguments))
    if attrs.has(kind):
        fields = attrs.fields(attrs.resolve_types(kind))
        return st.builds(kind, **{f.name: drawn(f.type) for f in fields if f.name != "declared"})
    return st.from_type(kind)


reports = drawn(Report)


def loads(text: str) -> Report:
    """Return the plain report in a text, without what follows from its form."""
    return structure(parsed(text))


def figure(path: str, value: int | Decimal | None) -> Figure:
    return Figure(path, value, "件", "blank" if value is None else "stated", str(value), "行")


@given(reports, st.sampled_from([None, 2]))
def test_a_report_comes_back_equal(report: Report, indent: int | None) -> None:
    """`loads` undoes `dumps`, types of numbers included; the text is strict JSON."""
    text = dumps(report, indent=indent)
    back = loads(text)
    assert back == report
    assert [type(f.value) for f in back.figures] == [type(f.value) for f in report.figures]
    json.loads(text, parse_constant=pytest.fail)


@given(reports)
def test_a_report_comes_back_from_plain_json(report: Report) -> None:
    """A program that reads and writes the file with its own JSON parser changes nothing."""
    assert structure(json.loads(json.dumps(unstructure(report)))) == report


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("41.13"), "41.13"),
        (Decimal("-0.5"), "-0.5"),
        (Decimal(25), "25.0"),
        (Decimal("0.1000000000000000055"), '"0.1000000000000000055"'),
        (Decimal("1E+400"), '"1E+400"'),
        (10**30, str(10**30)),
    ],
)
def test_decimals_are_numbers_where_that_is_exact(value: int | Decimal, printed: str) -> None:
    """A sum of money is a JSON number unless a double would change it; then it is a string."""
    text = dumps(Report(figures=(figure("a", value),)), indent=None)
    assert f'"value": {printed},' in text
    assert loads(text).figure("a").value == value


def test_no_number_is_refused() -> None:
    """NaN and Infinity never get into a file."""
    with pytest.raises(ValueError, match="no figure"):
        dumps(Report(figures=(figure("a", Decimal("NaN")),)))


def test_layout() -> None:
    """Metadata first, then nested values, then the lists; nothing of what follows from the form."""
    report = Report(form="art20-2021", year=2023, declared={"b": figure("b", None)})
    data = unstructure(report)
    assert list(data)[:3] == ["gischema", "kind", "form"]
    lists = [name for name, value in data.items() if isinstance(value, list)]
    assert lists == ["figures", "unclaimed", "diagnostics"]
    assert list(data)[-len(lists) - 1 :] == ["values", *lists]
    parts = ["figures", "candidates", "sections", "diagnostics", "lead", "self_references"]
    assert list(data["narrative"]) == parts
    assert "declared" not in data


def test_a_path_with_a_value_and_children_keeps_both() -> None:
    """Whichever comes first, the own number of a group stands under `value`."""
    own, child = figure("requests.received", 3), figure("requests.received.total", 2)
    expected = {"requests": {"received": {"value": 3, "total": 2}}}
    assert nest([own, child]) == nest([child, own]) == expected
    assert nest([figure("a", None)]) == {"a": None}


def test_typed_sections_are_not_written() -> None:
    """A subclass with sections of its own gives the JSON of a plain report."""

    @frozen(slots=False, kw_only=True)
    class Special(Report):
        section: Figure

    report = Special(year=2023, section=figure("a", 1))
    assert unstructure(report) == unstructure(Report(year=2023))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"figures": [{"path": 3}]}, r"report\.figures\[0\]\.path"),
        ({"figures": [{"path": "a", "value": "x"}]}, r"report\.figures\[0\]\.value"),
        ({"figures": [{"path": "a", "value": True}]}, r"report\.figures\[0\]\.value"),
        ({"figures": [{"path": "a", "value": "NaN"}]}, r"report\.figures\[0\]\.value"),
        ({"year": "2023"}, r"report\.year"),
        ({"published": "yesterday"}, r"report\.published"),
    ],
)
def test_what_is_wrong_is_named(change: dict, place: str) -> None:
    """A file with a fault in it is refused, and the message says where the fault is."""
    with pytest.raises(ValueError, match=place):
        structure({**unstructure(Report()), **change})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": []}', "null"])
def test_what_is_no_report_is_refused(text: str) -> None:
    """Other JSON, and what is no JSON, raises ValueError."""
    with pytest.raises(ValueError):  # noqa: PT011
        loads(text)


def test_half_characters_are_escaped() -> None:
    """A file name in a foreign encoding does not keep the JSON from being written."""
    assert json.loads(to_json("报\udce9").encode()) == "报\udce9"


@pytest.mark.parametrize("items", [[], [1], [1, {"a": 2}]])
def test_array_is_json(items: list) -> None:
    """The pieces of an array make the array, also an empty one."""
    assert json.loads("".join(array(map(to_json, items)))) == items
