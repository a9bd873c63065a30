"""`python -m benchmarks.speed`: every number, with its peer measured in the same run.

Nothing fails here: the numbers are read by people, since a busy machine would fail any limit.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator

from attrs import asdict

from benchmarks import checking, damage, grammars, growth, pages, plugins, startup, throughput
from benchmarks.measurement import Measurement, as_table, machine

_GROUPS = (
    "throughput", "pages", "startup", "grammars", "growth", "damage", "plugins", "checking",
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Measure the chosen groups and print them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--seconds", type=float, default=1.0, help="time to spend on each number (default: 1)"
    )
    parser.add_argument(
        "--runs", type=int, default=11, help="processes to start for each command (default: 11)"
    )
    parser.add_argument("--only", choices=_GROUPS)
    options = parser.parse_args(arguments)

    groups: dict[str, Callable[[], Iterator[Measurement]]] = {
        "throughput": lambda: throughput.measure(options.seconds),
        "pages": lambda: pages.measure(options.seconds),
        "startup": lambda: startup.measure(options.runs),
        "grammars": lambda: grammars.measure(options.seconds),
        "growth": lambda: growth.measure(options.seconds),
        "damage": lambda: damage.measure(options.seconds),
        "plugins": lambda: plugins.measure(options.seconds),
        "checking": lambda: checking.measure(options.seconds),
    }
    measured: list[Measurement] = []
    for name, measure in groups.items():
        if options.only in (None, name):
            print(f"measuring {name} …", file=sys.stderr)
            measured += measure()

    if options.json:
        found = {"machine": machine(), "measurements": [asdict(m) for m in measured]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print("\n".join(f"{key:10} {value}" for key, value in machine().items()))
        print(f"\n{as_table(measured)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
