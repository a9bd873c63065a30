"""Decisions of a person: which names are one body."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from gischema.corpus.bodies import body_key
from gischema.errors import GischemaError

_FIELDS = ("name", "body")


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


def read_decisions(file: str | Path) -> BodyDecisions:
    """Read decisions from a CSV file with the columns `name` and `body`.

    Raises:
        GischemaError: The file lacks a column or a value, or its lines contradict each other.
        OSError: The file cannot be read.
    """
    keys: dict[str, str] = {}
    with Path(file).open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if missing := set(_FIELDS) - set(rows.fieldnames or ()):
            raise GischemaError(
                f"{file}：缺少列 {'、'.join(sorted(missing))}；应有 name 和 body 两列",
                f"{file}: no column {', '.join(sorted(missing))}: it needs `name` and `body`",
            )
        for row in rows:
            name, body = (body_key(row[column] or "") for column in _FIELDS)
            if not name or not body:
                raise GischemaError(
                    f"{file}第{rows.line_num}行：name 和 body 都要填写",
                    f"{file}, line {rows.line_num}: `name` and `body` must both be there",
                )
            if keys.setdefault(name, body) != body:
                raise GischemaError(
                    f"{file}第{rows.line_num}行：{row['name']}前面已归入另一机关",
                    f"{file}, line {rows.line_num}: {row['name']} is another body above",
                )
    if circle := _circle(keys):
        names = "、".join(circle)
        raise GischemaError(f"{file}：{names}互相归入", f"{file}: {names} go round in a circle")
    return BodyDecisions(keys)


def _circle(keys: Mapping[str, str]) -> tuple[str, ...]:
    """Return names that lead back to themselves through others."""
    for name in keys:
        seen = [name]
        while (after := keys.get(seen[-1], seen[-1])) != seen[-1]:
            if after in seen:
                return tuple(seen[seen.index(after) :])
            seen.append(after)
    return ()
