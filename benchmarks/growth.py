"""What a text of many times the length costs: as many times the time, if cost grows linearly."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.clock import seconds_per_call
from benchmarks.measurement import Measurement
from benchmarks.texts import EXAMPLES, KB
from benchmarks.throughput import parse_and_check
from gischema.narrative import read_narrative
from gischema.reading import Document
from gischema.text import normalise

TIMES = 100
LIMIT = 1.2 * TIMES
HOSTILE = {
    "digits": "1" * 60_000,
    "numerals": "一" * 60_000,
    "gaps": "公开" * 30_000,
    "brackets": "(" * 60_000,
    "one list": "主动公开信息3条,其中" + "网站3条、" * 8_000,
    "headings": "一、概述\n(一)收到申请3件\n" * 3_000,
    "denials": "没有" * 30_000,
    "blanks": "1" + " " * 60_000 + "1",
    "for all": "收到信息公开申请3件,均已答复," * 3_000,
    "kinds": "主动公开信息3条、" + "动态3条、" * 8_000,
    "denied together": "没有" + "依申请公开、行政复议、" * 5_000,
    "other bodies": "县教育局收到申请3件," * 5_000,
    "long names": ("某" * 500 + "局收到申请3件,") * 120,
    "of itself": "本报告由" * 15_000,
    "labels": "收到:3件:" * 9_000,
}
"""Running text that repeats what a reader might look far for."""


def measure(budget: float) -> Iterator[Measurement]:
    """Measure longer running text around one set of tables, and repeated tables, of each form."""
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
    for name, text in HOSTILE.items():
        half, whole = (
            seconds_per_call(partial(_told, part), budget)
            for part in (text[: len(text) // 2] + text[-1], text)
        )
        yield Measurement(
            group="running text of twice the length",
            name=name,
            value=whole * 1000,
            unit="ms",
            peer=f"{len(text.encode()) / KB / 2:.0f} KB",
            peer_value=half * 1000,
            ratio=whole / half,
            limit=3.5,
        )


def _told(text: str) -> object:
    return read_narrative(normalise(text), Document(text), None, 2016)


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
