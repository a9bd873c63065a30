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
        sources: The name of the body by the `uri` of a report that does not state it well.
        names: The name of a body by its key, as the decisions write it.
    """

    keys: Mapping[str, str] = field(factory=dict)
    sources: Mapping[str, str] = field(factory=dict)
    names: Mapping[str, str] = field(factory=dict)

    def path(self, found: str | None) -> Iterator[str]:
        """Yield the keys whose decisions lead from a key to that of its body."""
        while found is not None and found in self.keys:
            yield found
            if self.keys[found] == found:
                return
            found = self.keys[found]

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
    """Read decisions from a CSV file with the columns `name` and `body`, or `uri` and `body`.

    A file may have all three; each line then fills in one of `name` and `uri`.

    Raises:
        GischemaError: The file lacks a column or a value, or its lines contradict each other.
        OSError: The file cannot be read.
    """
    keys: dict[str, str] = {}
    sources: dict[str, str] = {}
    names: dict[str, str] = {}
    for line, cells in _rows(file, "body", ("name", "uri")):
        name, uri, body = (body_key(cells["name"]), cells["uri"], body_key(cells["body"]))
        if not body or bool(name) == bool(uri):
            raise GischemaError(
                f"{file}第{line}行：填写 body，以及 name 和 uri 中的一个",
                f"{file}, line {line}: `body` and one of `name` and `uri` must be there",
            )
        names.setdefault(body, cells["body"])
        known = (
            keys.setdefault(name, body)
            if name
            else body_key(sources.setdefault(uri, cells["body"]))
        )
        if known != body:
            raise GischemaError(
                f"{file}第{line}行：{name or uri}前面已归入另一机关",
                f"{file}, line {line}: {name or uri} is another body above",
            )
    if circle := _circle(keys):
        shown = "、".join(circle)
        raise GischemaError(f"{file}：{shown}互相归入", f"{file}: {shown} go round in a circle")
    return BodyDecisions(keys, sources, names)


def read_subordinates(file: str | Path) -> Subordinates:
    """Read which bodies report for which from a CSV file with the columns `body` and `includes`.

    Raises:
        GischemaError: The file lacks a column or a value, or a body includes itself.
        OSError: The file cannot be read.
    """
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for line, cells in _rows(file, "body", ("includes",)):
        body, included = body_key(cells["body"]), body_key(cells["includes"])
        if not body or not included:
            raise GischemaError(
                f"{file}第{line}行：body 和 includes 都要填写",
                f"{file}, line {line}: `body` and `includes` must both be there",
            )
        if body == included:
            raise GischemaError(
                f"{file}第{line}行：{body}不能包括自己",
                f"{file}, line {line}: {body} cannot include itself",
            )
        keys[body].add(included)
    return Subordinates({body: frozenset(included) for body, included in keys.items()})


def _rows(
    file: str | Path, first: str, others: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the cells of each row; a column of `others` that is not there is empty."""
    with Path(file).open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        known = set(rows.fieldnames or ())
        if first not in known or not known & set(others):
            zh, en = " 或 ".join(others), " or ".join(f"`{one}`" for one in others)
            raise GischemaError(
                f"{file}：应有 {first} 列和 {zh} 列",
                f"{file}: it needs the columns `{first}` and {en}",
            )
        for row in rows:
            yield rows.line_num, {one: (row.get(one) or "").strip() for one in (first, *others)}


def _circle(keys: Mapping[str, str]) -> tuple[str, ...]:
    """Return names that lead back to themselves through others."""
    for name in keys:
        seen = [name]
        while (after := keys.get(seen[-1], seen[-1])) != seen[-1]:
            if after in seen:
                return tuple(seen[seen.index(after) :])
            seen.append(after)
    return ()
