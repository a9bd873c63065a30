"""Reports a second, against `pandas.read_html` on the same tables."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO

import gischema
from benchmarks.clock import seconds_per_call
from benchmarks.html import as_html
from benchmarks.measurement import Measurement
from benchmarks.texts import EXAMPLES, KB, Example

PEER = "pandas.read_html"
LIMIT = 1.0
TABLES = ("A", "B")
"""Beginnings of the codes of rules about the tables of a report."""


def measure(budget: float) -> Iterator[Measurement]:
    """Measure parsing, and parsing with checking, of a 10 KB text of each form."""
    for example in EXAMPLES:
        text = example.padded(10 * KB)
        peer = _peer(example)
        peer_seconds = seconds_per_call(peer, budget) if peer else None
        calls: tuple[tuple[str, Callable[[str], object]], ...] = (
            ("parse", gischema.parse_text),
            ("parse + check of the tables", parse_and_check_tables),
            ("parse + check", parse_and_check),
        )
        for verb, call in calls:
            seconds = seconds_per_call(partial(call, text), budget)
            yield Measurement(
                group="reports a second, 10 KB of text",
                name=f"{verb} {example.form}",
                value=1 / seconds,
                unit="/s",
                peer=PEER if peer_seconds else None,
                peer_value=1 / peer_seconds if peer_seconds else None,
                ratio=seconds / peer_seconds if peer_seconds else None,
                limit=LIMIT,
            )


def parse_and_check(text: str) -> object:
    """Do what `gischema check` does with one text."""
    return gischema.check(gischema.parse_text(text))


def parse_and_check_tables(text: str) -> object:
    """Return the same with only those rules that never look at running text."""
    return gischema.check(gischema.parse_text(text), select=TABLES)


def _peer(example: Example) -> Callable[[], object] | None:
    """Return a call that reads the tables with pandas, None if pandas or lxml is missing."""
    if not all(importlib.util.find_spec(name) for name in ("pandas", "lxml")):
        return None
    import pandas as pd

    forms = gischema.default_engine().forms
    html = as_html(gischema.parse(example.path), forms[example.form])
    return lambda: pd.read_html(StringIO(html), flavor="lxml")
