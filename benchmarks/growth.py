"""What a text of 100 times the length costs: 100 times the time, if cost grows linearly."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.clock import seconds_per_call
from benchmarks.measurement import Measurement
from benchmarks.texts import EXAMPLES, KB
from benchmarks.throughput import parse_and_check

TIMES = 100
LIMIT = 1.2 * TIMES


def measure(budget: float) -> Iterator[Measurement]:
    """Longer running text around one set of tables, and the tables repeated, for each form."""
    for example in EXAMPLES:
        yield _measurement(
            f"running text {example.form}",
            example.padded(10 * KB),
            example.padded(10 * KB * TIMES),
            budget,
        )
        yield _measurement(
            f"tables {example.form}",
            example.tables_repeated(1),
            example.tables_repeated(TIMES),
            budget,
        )


def _measurement(name: str, short: str, long: str, budget: float) -> Measurement:
    one, many = (seconds_per_call(partial(parse_and_check, t), budget) for t in (short, long))
    return Measurement(
        group=f"parse + check of {TIMES} times the text",
        name=name,
        value=many * 1000,
        unit="ms",
        peer=f"{len(short.encode()) / KB:.0f} KB",
        peer_value=one * 1000,
        ratio=many / one,
        limit=LIMIT,
    )
