"""A web page of 80 KB, against the bare HTML parser beneath and `pandas.read_html`."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO

from selectolax.lexbor import LexborHTMLParser

import gischema
from benchmarks.clock import seconds_per_call
from benchmarks.html import as_html
from benchmarks.measurement import Measurement
from benchmarks.texts import EXAMPLES, KB, PADDING, Example

SIZE = 80 * KB
LIMITS = {"selectolax, bare parse": 4.0, "pandas.read_html": 1.0}
_PARAGRAPH = (
    '<p class="MsoNormal" style="text-indent:32.0pt"><span style="font-family:仿宋">{}</span></p>'
)
_CELL = re.compile(r"(<td[^>]*)>(.*?)</td>")
_DRESSED = (
    r'\1 style="border:solid windowtext 1.0pt">'
    r'<p align="center"><span>\2<o:p></o:p></span></p></td>'
)


def measure(budget: float) -> Iterator[Measurement]:
    """Reading, parsing and checking a page of each form, as an office program saves it."""
    for example in EXAMPLES:
        page = web_page(example)
        data = page.encode()
        assert len(gischema.parse(data).stated) > 50
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
    """An example as a page of `SIZE` bytes: its tables, and paragraphs before them."""
    report = gischema.parse(example.path)
    form = gischema.default_engine().forms[example.form]
    bare = as_html(report, form)
    head, body, tables = bare.partition("<body>")
    tables = _CELL.sub(_DRESSED, tables)
    paragraphs = [f"<h1>{report.title}</h1>"]
    missing = SIZE - len((head + body + tables + paragraphs[0]).encode())
    lines = PADDING.splitlines()
    while missing > 0:
        paragraphs.append(_PARAGRAPH.format(lines[len(paragraphs) % len(lines)]))
        missing -= len(paragraphs[-1].encode())
    return head + body + "".join(paragraphs) + tables


def parse_and_check(data: bytes) -> object:
    """What `gischema check` does with one file."""
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
