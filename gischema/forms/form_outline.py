"""The outline of a form: its captions, column heads and rows in printed order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from attrs import frozen

from gischema.forms.form import Column, Form, HeadGroup, Row, is_caption, step

CaptionKind: TypeAlias = Literal["chapter", "title", "line"]
"""`chapter`: a numbered heading above a table; `title`: the first line of a table; `line`: a row of
the table without figures."""


@frozen
class Caption:
    """A label without figures."""

    terminal: str
    kind: CaptionKind


@frozen
class HeadBlock:
    """The column heads of the rows that follow."""

    group: HeadGroup


@frozen
class RowBlock:
    """A row and the terminals of the groups that it belongs to, the widest first."""

    row: Row
    spans: tuple[str, ...]


Part: TypeAlias = Caption | HeadBlock | RowBlock


def form_outline(form: Form) -> tuple[Part, ...]:
    """Return the parts of a form from top to bottom."""
    return tuple(_GrammarWalk(form).parts("start", (), None))


class _GrammarWalk:
    """One pass over the rules of a grammar. Rows come in the order in which the form lists them."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.rows = list(form.rows)

    def parts(self, rule: str, spans: tuple[str, ...], heads: HeadGroup | None) -> Iterator[Part]:
        for name, terminal in self.form.symbols(rule):
            if terminal and is_caption(name):
                if heads is None:
                    yield Caption(name, self._kind(name))
                else:
                    spans = (*spans, name)
            elif terminal and name in self.form.ignored:
                continue
            elif terminal:
                row = self.rows.pop(0)
                if row.group:
                    spans = (*spans, row.terminal)
                else:
                    yield RowBlock(row, spans)
            elif step(name) == "columns":
                heads = self.rows[0].heads
                if heads is not None:
                    yield HeadBlock(heads)
            else:
                yield from self.parts(name, spans, heads)

    def _kind(self, terminal: str) -> CaptionKind:
        if self.rows[0].heads is None:
            return "line"
        return "chapter" if self.form.labels[terminal].number else "title"


def head_rows(group: HeadGroup) -> list[list[Column | str]]:
    """Return the heads of a table row by row, as printed.

    Each head is a column, or the terminal of a head that spans columns. The columns below a caption
    stand one row lower. Heads above the whole table have a row of their own if the heads take more
    than one row.
    """
    rows: list[list[Column | str]] = []
    _fill(group, 0, rows)
    captions: list[Column | str] = list(group.captions)
    if group.caption:
        captions.insert(0, group.caption)
    if len(rows) > 1 and captions:
        return [captions, *rows]
    return [captions + rows[0], *rows[1:]]


def _fill(group: HeadGroup, depth: int, rows: list[list[Column | str]]) -> None:
    while len(rows) <= depth:
        rows.append([])
    for member in group.members:
        if isinstance(member, Column):
            if member.unit is not None:
                rows[depth].append(member)
        elif member.caption:
            rows[depth].append(member.caption)
            _fill(member, depth + 1, rows)
        else:
            _fill(member, depth, rows)
