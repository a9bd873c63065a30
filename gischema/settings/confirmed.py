"""Confirmed readings: figures that a person has looked up in the source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Literal, TypeVar, cast, get_args

from attrs import evolve, frozen

from gischema.report import IN_TEXT, Amount, Diagnostic, Figure, Report
from gischema.settings.errors import SettingsError
from gischema.settings.toml_table import TomlTable, read_toml

Unstated = Literal["blank", "not_applicable", "absent"]
"""What a person may confirm of a cell without a number."""

_R = TypeVar("_R", bound=Report)


@frozen
class ConfirmedReading:
    """One figure of one source as a person has read it.

    Attributes:
        source: The SHA-256 digest of the source, or of one of the files that make up the report.
        path: The path of the figure in the tables.
        value: The number in the unit of the form; `blank`, `not_applicable` or `absent` if the
            source has none there.
        by: Who looked it up.
        on: When.
        reason: Why, for example what is hard to read.
    """

    source: str
    path: str
    value: Amount | Unstated
    by: str
    on: date
    reason: str

    @property
    def amount(self) -> Amount | None:
        """The number, None if there is none."""
        return None if isinstance(self.value, str) else self.value


@frozen(slots=False)
class ConfirmedReadings:
    """Confirmed readings of any number of sources."""

    readings: tuple[ConfirmedReading, ...] = ()

    @cached_property
    def _by_source(self) -> Mapping[str, Mapping[str, ConfirmedReading]]:
        found: defaultdict[str, dict[str, ConfirmedReading]] = defaultdict(dict)
        for one in self.readings:
            found[one.source][one.path] = one
        return found

    def applied(self, report: _R, sources: Iterable[str]) -> _R:
        """Return the report with the readings of its source in place of its figures.

        Exactly these figures change: they are read as `confirmed`, and no diagnostic flags them.
        A reading of a path that neither report nor form has is not used.

        Args:
            report: The report, before its figures carry their doubts.
            sources: The digests of its files.
        """
        chosen = {
            path: one
            for source in sources
            for path, one in self._by_source.get(source, {}).items()
            if path in report.by_path or path in report.declared
        }
        if not chosen:
            return report
        printed = {path for path, one in chosen.items() if one.value != "absent"}
        known = {**report.declared, **report.by_path}
        figures = [
            _confirmed(one, chosen[one.path]) if one.path in chosen else one
            for one in report.figures
            if one.path not in chosen or one.path in printed
        ]
        figures += [
            _confirmed(known[path], one)
            for path, one in chosen.items()
            if path in printed and path not in report.by_path
        ]
        return evolve(
            report,
            figures=tuple(figures),
            declared={
                path: _confirmed(one, chosen[path]) if path in chosen.keys() - printed else one
                for path, one in report.declared.items()
            },
            diagnostics=tuple(_without(report, frozenset(chosen))),
        )

    def unused(self, used: Iterable[tuple[str, str]]) -> tuple[ConfirmedReading, ...]:
        """Return the readings that were not used.

        Args:
            used: The pairs of source and path of the figures that were read as `confirmed`.
        """
        pairs = frozenset(used)
        return tuple(one for one in self.readings if (one.source, one.path) not in pairs)


def load_confirmed(file: str | PathLike[str]) -> ConfirmedReadings:
    """Return the confirmed readings in a TOML file.

    Raises:
        SettingsError: The file cannot be used; the message gives file and key.
        OSError: The file cannot be opened.
    """
    file = Path(file)
    table = TomlTable(file, "", read_toml(file))
    readings: dict[tuple[str, str], ConfirmedReading] = {}
    for one in _readings(table):
        if readings.setdefault((one.source, one.path), one).value != one.value:
            raise SettingsError(
                file,
                f"{one.path}（来源 {one.source[:12]}…）有两个不同的确认值",
                f"{one.path} of source {one.source[:12]}… is confirmed with two values",
            )
    table.finish()
    return ConfirmedReadings(tuple(readings.values()))


def _readings(table: TomlTable) -> Iterator[ConfirmedReading]:
    for each in table.tables("confirmed"):
        source, by, on = each.text("source").lower(), each.text("by"), each.day("on")
        reason = each.text("reason")
        for path, value in each.values("figures").items():
            yield ConfirmedReading(source, path, _value(each, path, value), by, on, reason)
        each.finish()


def _value(table: TomlTable, path: str, value: object) -> Amount | Unstated:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    if value in get_args(Unstated):
        return cast(Unstated, value)
    words = get_args(Unstated)
    raise SettingsError(
        table.file,
        f"{table.name}.figures.{path} 应为数字，或{'、'.join(words)}之一",
        f"{table.name}.figures.{path} needs a number, or one of {', '.join(words)}",
    )


def _confirmed(figure: Figure, reading: ConfirmedReading) -> Figure:
    value = reading.value
    status = value if isinstance(value, str) else "stated"
    return evolve(figure, value=reading.amount, status=status, reading="confirmed", doubts=())


def _without(report: Report, paths: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield the diagnostics without these paths, and without those that flag nothing else.

    A diagnostic in the clause of a statement of the running text goes on flagging the statement.
    """
    for one in report.diagnostics:
        if paths.isdisjoint(one.paths):
            yield one
            continue
        kept = [path for path in one.paths if path not in paths]
        kept += [f"{IN_TEXT}{path}" for path in one.paths if _in_text(one, path, report, paths)]
        if kept:
            yield evolve(one, paths=tuple(dict.fromkeys(kept)))


def _in_text(one: Diagnostic, path: str, report: Report, paths: frozenset[str]) -> bool:
    at = one.origin
    return (
        path in paths
        and at is not None
        and any(
            figure.origin is not None
            and figure.path == path
            and figure.origin.start <= at.start
            and at.end <= figure.origin.end
            for figure in (*report.narrative, *report.narrative.candidates)
        )
    )
