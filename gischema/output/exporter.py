"""A further format in which figures leave: what a plugin gives to have one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from gischema.report import Report


@frozen
class Exporter:
    """Writes reports in a format of its own, `gischema figures --format NAME`.

    `export` takes the reports as they are read and yields pieces of the output: text, or bytes
    for a binary format. It should not wait for all reports before the first piece.
    """

    name: str
    export: Callable[[Iterable[Report]], Iterable[str | bytes]]
