"""A web page of 80 KB, against the bare HTML parser beneath and `pandas.read_html`."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO

from selectolax.lexbor import LexborHTMLParser

import gischema
from benchmarks.clock import seconds_per_call
from benchmarks.html import as_site
from benchmarks.measurement import Measurement
from benchmarks.texts import EXAMPLES, KB, Example

SIZE = 80 * KB
TEXT = 10 * KB
LIMITS = {"selectolax, bare parse": 4.0, "pandas.read_html": 1.0}


def measure(budget: float) -> Iterator[Measurement]:
    """Measure reading, parsing and checking of a page of each form (see `benchmarks.html`)."""
    for example in EXAMPLES:
        page = web_page(example)
        data = page.encode()
        assert len(gischema.parse(data).figures) > 50
        peers = {name: seconds_per_call(peer, budget) for name, peer in _peers(page).items()}
        for verb, call in _CALLS.items():
            seconds = seconds_per_call(partial(call, data), budget)
            for name, peer_seconds in peers.items():
                yield Measurement(
                    group="a web page of 80 KB",
                    name=f"{verb} {example.form}",
                    value=seconds * 1000,
                    unit="ms",
                    peer=name,
                    peer_value=peer_seconds * 1000,
                    ratio=seconds / peer_seconds,
                    limit=LIMITS[name],
                )


def web_page(example: Example) -> str:
    """Return an example, padded as in the throughput of plain text, as a site publishes it."""
    before, _, after = example.padded_parts(TEXT)
    form = gischema.default_engine().forms[example.form]
    return as_site(gischema.parse(example.path), form, before, after, SIZE)


def parse_and_check(data: bytes) -> object:
    """Do what `gischema check` does with one file."""
    return gischema.check(gischema.parse(data))


_CALLS: dict[str, Callable[[bytes], object]] = {
    "read": gischema.read,
    "parse": gischema.parse,
    "parse + check": parse_and_check,
}


def _peers(page: str) -> dict[str, Callable[[], object]]:
    peers: dict[str, Callable[[], object]] = {
        "selectolax, bare parse": lambda: LexborHTMLParser(page)
    }
    if all(importlib.util.find_spec(name) for name in ("pandas", "lxml")):
        import pandas as pd

        peers["pandas.read_html"] = lambda: pd.read_html(StringIO(page), flavor="lxml")
    return peers
