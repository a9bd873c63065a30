"""Findings that belong together: those with one culprit, and many of one rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gischema.rules import Culprit, Finding

MANY = 5
"""The largest number of findings of one rule that are listed one by one."""


class RootCause(NamedTuple):
    """Findings that go back to one mistake, or perhaps do; at least one.

    `culprit` is the mistake. Without it there is one finding, or more than `MANY` of one rule.
    """

    findings: tuple[Finding, ...]
    culprit: Culprit | None = None


def root_causes(findings: Iterable[Finding]) -> list[RootCause]:
    """Return the findings in groups, in the order of the first finding of each."""
    every = list(findings)
    alone = Counter(_rule(finding) for finding in every if finding.culprit is None)
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(every):
        key: object = finding.culprit
        if finding.culprit is None:
            key = _rule(finding) if alone[_rule(finding)] > MANY else number
        groups.setdefault(key, []).append(finding)
    return [RootCause(tuple(group), group[0].culprit) for group in groups.values()]


def _rule(finding: Finding) -> tuple[str, str, bool]:
    return finding.code, finding.severity, finding.doubtful
