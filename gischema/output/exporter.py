"""A further output format for figures, added by a plugin."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from gischema.report import Report


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
