"""What it costs to have plugins: the same reports with all reference plugins and without."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.clock import seconds_per_call
from benchmarks.measurement import Measurement
from benchmarks.texts import EXAMPLES
from gischema import Gischema

PLUGINS = Path(__file__).parents[1] / "plugins"
LIMIT = 1.3


def measure(budget: float) -> Iterator[Measurement]:
    """Measure parsing of each example with all reference plugins, against parsing without."""
    folders = sorted(file.parent for file in PLUGINS.glob("*/*/__init__.py"))
    with_all, without = Gischema(plugins=folders), Gischema()
    for example in EXAMPLES:
        seconds = seconds_per_call(partial(with_all.parse_text, example.text), budget)
        peer = seconds_per_call(partial(without.parse_text, example.text), budget)
        yield Measurement(
            group="parsing with all reference plugins",
            name=f"parse {example.form}",
            value=seconds * 1000,
            unit="ms",
            peer="without plugins",
            peer_value=peer * 1000,
            ratio=seconds / peer,
            limit=LIMIT,
        )
