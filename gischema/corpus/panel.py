"""The panel: a body and period a row, a concept a column, with source, doubt and comparability."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa

from gischema.corpus.names import panel_concepts
from gischema.corpus.schemas import NOT_ON_FORM, REPORTS
from gischema.measures import national_measures

_ABOUT = (
    "body_key", "body", "region", "level", "year", "period", "form", "variant", "published",
    "uri", "verdict", "errors", "doubtful", "versions",
)  # fmt: skip
BODY_DOUBT = pa.field("body_doubt", pa.bool_())
"""The last column: whether the name may be that of several bodies."""

_VALUE = pa.decimal128(38, 6)
RATE = "rate_"
"""Before the name of a measure in its column."""


@lru_cache(maxsize=1)
def panel_schema() -> pa.Schema:
    """Return the schema: the report, then for each concept its value and what belongs to it."""
    concepts, measures = panel_concepts(), national_measures()
    return panel_columns([one.name for one in concepts], [one.name for one in measures])


def panel_columns(concepts: Iterable[str], measures: Iterable[str]) -> pa.Schema:
    """Return the schema of a panel with these concepts and measures."""
    fields = [REPORTS.field(name) for name in _ABOUT]
    for name in concepts:
        fields += [
            pa.field(name, _VALUE),
            pa.field(f"{name}_source", pa.string()),
            pa.field(f"{name}_doubt", pa.bool_()),
            pa.field(f"{name}_missing", pa.string()),
            pa.field(f"{name}_comparability", pa.string()),
        ]
    fields += [pa.field(RATE + name, pa.float64()) for name in measures]
    return pa.schema([*fields, BODY_DOUBT])


def panel_row(report: Mapping[str, Any], prefer: str) -> dict[str, Any]:
    """Return the row of a report.

    Args:
        report: A row of `BATCH`.
        prefer: `table` or `text`, with the other one where that states nothing, or `best`: what is
            stated without doubt, the table first.
    """
    row = {name: report[name] for name in _ABOUT}
    found = {one["concept"]: one for one in report["concepts"]}
    for concept in panel_concepts():
        row |= _concept(concept.name, found.get(concept.name), prefer)
        if row[concept.name] is not None:
            comparability = concept.comparability_of(report["form"], report["year"])
            row[f"{concept.name}_comparability"] = comparability
    for one in report["measures"]:
        row[RATE + one["measure"]] = one["value"]
    return row


def _concept(name: str, found: Mapping[str, Any] | None, prefer: str) -> dict[str, Any]:
    if found is None:
        return {name: None, f"{name}_missing": NOT_ON_FORM}
    source = _source(found, prefer)
    return {
        name: found[f"{source}_value"],
        f"{name}_source": source if found[f"{source}_value"] is not None else None,
        f"{name}_doubt": found[f"{source}_doubt"],
        f"{name}_missing": found["table_missing"] if found[f"{source}_value"] is None else None,
    }


def _source(found: Mapping[str, Any], prefer: str) -> str:
    """Return `table` or `text`."""
    stated = [one for one in ("table", "text") if found[f"{one}_value"] is not None]
    if prefer == "best":
        stated.sort(key=lambda one: found[f"{one}_doubt"])
    elif prefer in stated:
        return prefer
    return stated[0] if stated else "table"
