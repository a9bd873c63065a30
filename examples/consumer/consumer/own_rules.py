"""Check with the national rules and some of one's own."""

from __future__ import annotations

import sys
from pathlib import Path

import gischema

RULES = Path(__file__).with_name("own.rules")


def engine() -> gischema.Gischema:
    """Return an engine with more rules; the national ones stay."""
    return gischema.Gischema(extra_rules=[RULES])


def messages(file: str) -> list[str]:
    """Return what the national rules and our own find in a report."""
    own = engine()
    report = own.parse(file)
    if isinstance(report, gischema.Art20Report2021):
        total = report.requests.received.total
        print("新收", "?" if total is None else total)
    return [str(finding) for finding in own.check(report).findings]


if __name__ == "__main__":
    try:
        print("\n".join(messages(sys.argv[1])))
    except gischema.GischemaError as problem:
        sys.exit(str(problem))
