"""Decisions of a person: which names are one body, and which bodies a report includes."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import field, frozen

from gischema.corpus.bodies import body_key
from gischema.errors import GischemaError


@frozen
class BodyDecisions:
    """Which names are one body. A name that is its own body is never suggested to be another.

    Attributes:
        keys: The key of the body by the key of the name.
    """

    keys: Mapping[str, str] = field(factory=dict)

    def key(self, found: str | None) -> str | None:
        """Return the key of a body after all decisions about it."""
        while found is not None and self.keys.get(found, found) != found:
            found = self.keys[found]
        return found


@frozen
class Subordinates:
    """Which bodies a report includes, all of them.

    Attributes:
        keys: The keys of these bodies by the key of the body that reports for them.
    """

    keys: Mapping[str, frozenset[str]] = field(factory=dict)

    def after(self, decisions: BodyDecisions) -> Subordinates:
        """Return the same with the keys that bodies have after decisions about their names."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for body, included in self.keys.items():
            found[str(decisions.key(body))] |= {str(decisions.key(one)) for one in included}
        return Subordinates({body: frozenset(included) for body, included in found.items()})


def read_decisions(file: str | Path) -> BodyDecisions:
    """Read decisions from a CSV file with the columns `name` and `body`.

    Raises:
        GischemaError: The file lacks a column or a value, or its lines contradict each other.
        OSError: The file cannot be read.
    """
    keys: dict[str, str] = {}
    for line, name, body in _pairs(file, "name", "body"):
        if keys.setdefault(name, body) != body:
            raise GischemaError(
                f"{file}第{line}行：{name}前面已归入另一机关",
                f"{file}, line {line}: {name} is another body above",
            )
    if circle := _circle(keys):
        names = "、".join(circle)
        raise GischemaError(f"{file}：{names}互相归入", f"{file}: {names} go round in a circle")
    return BodyDecisions(keys)


def read_subordinates(file: str | Path) -> Subordinates:
    """Read which bodies report for which from a CSV file with the columns `body` and `includes`.

    Raises:
        GischemaError: The file lacks a column or a value, or a body includes itself.
        OSError: The file cannot be read.
    """
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for line, body, included in _pairs(file, "body", "includes"):
        if body == included:
            raise GischemaError(
                f"{file}第{line}行：{body}不能包括自己",
                f"{file}, line {line}: {body} cannot include itself",
            )
        keys[body].add(included)
    return Subordinates({body: frozenset(included) for body, included in keys.items()})


def _pairs(file: str | Path, first: str, second: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line and the keys of the two names of each row."""
    with Path(file).open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if missing := {first, second} - set(rows.fieldnames or ()):
            raise GischemaError(
                f"{file}：缺少列 {'、'.join(sorted(missing))}；应有 {first} 和 {second} 两列",
                f"{file}: no column {', '.join(sorted(missing))}: it needs `{first}` and "
                f"`{second}`",
            )
        for row in rows:
            names = body_key(row[first] or ""), body_key(row[second] or "")
            if not all(names):
                raise GischemaError(
                    f"{file}第{rows.line_num}行：{first} 和 {second} 都要填写",
                    f"{file}, line {rows.line_num}: `{first}` and `{second}` must both be there",
                )
            yield rows.line_num, *names


def _circle(keys: Mapping[str, str]) -> tuple[str, ...]:
    """Return names that lead back to themselves through others."""
    for name in keys:
        seen = [name]
        while (after := keys.get(seen[-1], seen[-1])) != seen[-1]:
            if after in seen:
                return tuple(seen[seen.index(after) :])
            seen.append(after)
    return ()
