"""Further output formats for figures and for checked reports, added by plugins."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from gischema.report import Report
from gischema.rules import CheckResult


@frozen
class Exporter:
    """An output format of `gischema figures --format NAME`.

    Attributes:
        name: The name of the format.
        export: Takes the reports as they are read and yields pieces of the output: text, or bytes
            for a binary format. It should not wait for all reports before the first piece.
    """

    name: str
    export: Callable[[Iterable[Report]], Iterable[str | bytes]]


@frozen
class CheckExporter:
    """An output format of `gischema check --format NAME`.

    Attributes:
        name: The name of the format.
        export: Takes the reports with their results as they are checked, and yields pieces of the
            output, as that of an `Exporter` does. A file without a result is not among them.
    """

    name: str
    export: Callable[[Iterable[tuple[Report, CheckResult]]], Iterable[str | bytes]]
