"""What differs between two readings of one input, and what it means for the promise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import frozen

from benchmarks.revision_inputs import Input
from benchmarks.revision_reader import Fields, Record, Section
from gischema.report import Diagnostic, Figure, Origin, Report
from gischema.testing import Fault, PrintedPage, judge

Sides: TypeAlias = tuple[Any, Any]

KINDS = (
    "crash",
    "promise",
    "figure",
    "figure.value",
    "figure.status",
    "figure.unit",
    "flagged",
    "flagged.codes",
    "diagnostic",
    "unclaimed",
    "finding",
    "not assessable",
    "tally",
    "report",
    "narrative",
    "candidate",
    "flagged in text",
    "order",
)
"""Kinds of differences, gravest first; the others follow by name."""

_CODED = frozenset({"finding", "not assessable", "tally", "diagnostic", "crash"})
"""Sections whose keys begin with a code."""
_BY_FIELD = frozenset({"report", "figure", "flagged", "narrative", "candidate", "lead"})
"""Sections in which each field is a kind of difference of its own."""


@frozen
class Difference:
    """One difference. `sort` groups those of a kind that are likely to have one cause."""

    kind: str
    sort: str
    key: str
    old: Any
    new: Any

    def __str__(self) -> str:
        key = " ".join(_few(self.key.split(" "), _MOST_PATHS))
        return f"{key}: {_shown(self.old)} → {_shown(self.new)}".removeprefix(": ")


def differences(one: Input, old: Record, new: Record) -> Iterator[Difference]:
    """Yield what differs, section by section."""
    if one.printed is not None and not ("crash" in old or "crash" in new):
        yield from _promises(one, one.printed, old, new)
    for name in sorted({*old, *new}):
        if ("crash" in old or "crash" in new) and name != "crash":
            continue
        if name == "order":
            yield from _order(old[name][""], new[name][""])
            continue
        section = _Section(name, old.get(name, {}), new.get(name, {}), _Truth(one.printed))
        yield from section.differences()


@frozen
class _Truth:
    """What the laboratory has printed, if it has printed the input."""

    printed: PrintedPage | None

    def of(self, path: str) -> list[tuple[str | None, str]] | None:
        """Return the value and status of a path as often as they are printed, None if unknown."""
        if self.printed is None:
            return None
        figures = (figure for figure in self.printed.figures if figure.path == path)
        return [(None if f.value is None else str(f.value), f.status) for f in figures]

    def word(self, path: str, old: Fields | None, new: Fields | None) -> str:
        """Return which of two readings of a figure is as printed."""
        truth = self.of(path)
        if truth is None:
            return ""
        right = [fields is not None and _as_printed(fields, truth) for fields in (old, new)]
        words = {(True, True): "both", (True, False): "old", (False, True): "new"}
        return f", {words.get((right[0], right[1]), 'neither')} as printed"


def _as_printed(fields: Fields, truth: Sequence[tuple[str | None, str]]) -> bool:
    value = fields["value"]
    return any(
        fields["status"] == status
        and (value == printed or (value and printed and Decimal(value) == Decimal(printed)))
        for printed, status in truth
    )


@frozen
class _Section:
    """A section of both records."""

    name: str
    old: Section
    new: Section
    truth: _Truth

    def differences(self) -> Iterator[Difference]:
        for key in sorted({*self.old, *self.new}):
            old, new = self.old.get(key), self.new.get(key)
            if old == new:
                continue
            if old is None or new is None:
                side = "new" if old is None else "old"
                sort = self._sort(key, f"only in {side}", old, new)
                yield Difference(self.name, sort, key, _brief(old), _brief(new))
            else:
                yield from self._fields(key, old, new)

    def _fields(self, key: str, old: Fields, new: Fields) -> Iterator[Difference]:
        """Yield a difference for each field of a figure, one for all fields of anything else."""
        fields = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
        sort = self._sort(key, "differs", old, new)
        if self.name in _BY_FIELD:
            for name in fields:
                kind = f"{self.name}.{name}"
                yield Difference(kind, sort, key, old.get(name), new.get(name))
        else:
            before, after = ({name: each.get(name) for name in fields} for each in (old, new))
            yield Difference(self.name, f"{sort} in {', '.join(fields)}", key, before, after)

    def _sort(self, key: str, what: str, old: Fields | None, new: Fields | None) -> str:
        if self.name == "figure":
            return what + self.truth.word(key, old, new)
        if self.name in ("flagged", "flagged in text"):
            codes = [" ".join(fields["codes"]) for fields in (old, new) if fields is not None]
            return f"{' → '.join(codes)} {what}"
        if self.name in _CODED:
            return f"{key.partition(' ')[0]} {what}"
        return what


def _order(old: Fields, new: Fields) -> Iterator[Difference]:
    """Yield a difference if the figures that both have come in another order."""
    common = {*old["paths"]} & {*new["paths"]}
    before, after = ([path for path in each["paths"] if path in common] for each in (old, new))
    for one, other in zip(before, after, strict=True):
        if one != other:
            yield Difference("order", "differs", "the first that differs", one, other)
            return


# ---------------------------------------------------------------- the promise


def _promises(one: Input, printed: PrintedPage, old: Record, new: Record) -> Iterator[Difference]:
    """Yield the faults (`gischema.testing.judge`) that only one of the readings has."""
    before, after = (
        {(fault.kind, fault.path): fault for fault in _faults(one, printed, record)}
        for record in (old, new)
    )
    for key in sorted({*before, *after}):
        first, second = before.get(key), after.get(key)
        if first is None or second is None:
            side = "new" if first is None else "old"
            shown = [None if fault is None else str(fault) for fault in (first, second)]
            yield Difference("promise", f"{key[0]} only in {side}", key[1], *shown)


def _faults(one: Input, printed: PrintedPage, record: Record) -> tuple[Fault, ...]:
    figures = tuple(_figure(path, fields) for path, fields in record["figure"].items())
    flagged = tuple({**record["flagged"], **record["flagged in text"]})
    report = Report(figures=figures, diagnostics=(Diagnostic("", "", "", flagged),))
    return judge(printed, report, placed=one.placed).faults


def _figure(path: str, fields: Fields) -> Figure:
    value, place = fields["value"], fields["place"]
    origin = None if place is None else Origin(place[0], place[1], 0, 0)
    number = None if value is None else Decimal(value)
    return Figure(path, number, fields["unit"], fields["status"], fields["raw"], "", origin)


# ---------------------------------------------------------------- how values are shown

_MOST_CHARACTERS = 160
_MOST_PATHS = 4


def _brief(fields: Fields | None) -> Any:
    """Return the fields that say something."""
    if fields is None:
        return None
    return {name: value for name, value in fields.items() if value not in (None, [], "")}


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"


def _few(words: Sequence[str], most: int) -> list[str]:
    if len(words) <= most:
        return list(words)
    return [*words[:most], f"and {len(words) - most} more"]
