"""One measured number, and how a list of them is shown."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Iterable, Sequence
from itertools import chain, groupby, zip_longest

from attrs import frozen

PACKAGES = (
    "gischema",
    "lark",
    "attrs",
    "cattrs",
    "pluggy",
    "rapidfuzz",
    "selectolax",
    "pandas",
    "lxml",
    "polars",
)


@frozen
class Measurement:
    """A number and, where a peer was measured in the same run, the peer's.

    `ratio` compares the two times, ours first: less is better. `limit` is the ratio that the
    project has set itself.
    """

    group: str
    name: str
    value: float
    unit: str
    peer: str | None = None
    peer_value: float | None = None
    ratio: float | None = None
    limit: float | None = None


def machine() -> dict[str, str]:
    """Return a description of the machine of the measurements."""
    versions = {name: _version(name) for name in PACKAGES}
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        **{name: version for name, version in versions.items() if version is not None},
    }


def as_table(measurements: Iterable[Measurement]) -> str:
    """Return the measurements as aligned columns, a block a group."""
    header: tuple[str, ...] = ("", "ours", "peer", "ratio", "limit")
    blocks: dict[str, list[tuple[str, ...]]] = {
        group: [_cells(m) for m in members]
        for group, members in groupby(measurements, key=lambda m: m.group)
    }
    every = [header, *chain.from_iterable(blocks.values()), *((group,) for group in blocks)]
    widths = [max(map(len, column)) for column in zip_longest(*every, fillvalue="")]
    lines = []
    for group, rows in blocks.items():
        lines += ["", _aligned((group, *header[1:]), widths)]
        lines += [_aligned(row, widths) for row in rows]
    return "\n".join(lines[1:])


def _cells(m: Measurement) -> tuple[str, ...]:
    peer = "" if m.peer is None else f"{_number(m.peer_value)} {m.unit}  {m.peer}"
    ratio = "" if m.ratio is None else f"{m.ratio:.2f}"
    return m.name, f"{_number(m.value)} {m.unit}", peer, ratio, _limit(m)


def _limit(m: Measurement) -> str:
    if m.limit is None or m.ratio is None:
        return ""
    return f"{m.limit:g}{'' if m.ratio <= m.limit else '  exceeded'}"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True)).rstrip()


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
