"""How messages refer to the cells of a form: with the numbers that the form prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from attrs import frozen

from gischema.chinese.enumerators import ORDINAL
from gischema.forms.form import Form, Row, step
from gischema.forms.labels import Label

_CHAPTER = re.compile(rf"({ORDINAL})、")
_INNER_QUOTES = str.maketrans("“”", "‘’")
_TWO = 2
_LISTED = 2
"""The cells that a message names at most."""
_WIDE = str.maketrans("()", "（）")


class CellName(NamedTuple):
    """The names of the row and column of a cell; None where the form prints no label."""

    row: str | None
    column: str | None

    def words(self, language: Literal["zh", "en"]) -> str:
        """Return `“（三）不予公开 4.保护第三方合法权益”行“自然人”列`."""
        row, column = (quoted(name) if name else None for name in self)
        if language == "en":
            parts = (("row", row), ("column", column))
            return ", ".join(f"{kind} {name}" for kind, name in parts if name)
        if column is None:
            return row or ""
        return f"{row}行{column}列" if row else f"{column}列"


@frozen(slots=False, eq=False)
class PrintedNames:
    """The names of the rows and columns of a form, as a person finds them on the page.

    The grammar has the numbers: `(七)总计` in the group `三、本年度办理结果`.
    """

    form: Form

    def row(self, path: str) -> str:
        """Return the label of a row with its number: `4.保护第三方合法权益`.

        A label that several rows have, or a row and a column, follows that of its group:
        `三、本年度办理结果（七）总计`.
        """
        row = self._rows[path]
        return self._name_in_group(row) if row.label in self._ambiguous else self._name(row)

    def item(self, path: str) -> str:
        """Return a row as sentences refer to it.

        `第一项“…”`, with the number of a group `第三项“（七）…”`, without one `“4.…”`; a label
        without a number as it is.
        """
        row = self._rows[path]
        name = self._name(row)
        if (number := _ordinal(self._label(row))) is not None:
            return f"第{number}项{quoted(row.label)}"
        if row.label in self._ambiguous:
            number = _ordinal(self._group_label(row))
            return quoted(self.row(path)) if number is None else f"第{number}项{quoted(name)}"
        return quoted(name) if name != row.label else name

    def cell(self, path: str) -> CellName | None:
        """Return the names of a cell, None if the form has no such cell.

        Numbers such as `4.` begin anew in each group, so the name of the group stands before them:
        `（三）不予公开 4.保护第三方合法权益`.
        """
        found = self._cells.get(path)
        if found is None:
            return None
        row, column = found
        name = self._name(row)
        if name[:1].isdigit() or row.label in self._ambiguous:
            name = self._name_in_group(row)
        return CellName(name or None, column)

    def numbers(self, paths: Iterable[str]) -> str | None:
        """Return the numbers of items that follow each other, the rows or groups at `paths`.

        `（一）至（六）`; None where there are no two or the form does not number them.
        """
        labels = [self._item_label(path) for path in paths]
        found = [label.number.rstrip(".").translate(_WIDE) for label in labels if label is not None]
        if len(found) != len(labels) or len(found) < _TWO or not all(found):
            return None
        return f"{found[0]}至{found[-1]}"

    def cells(self, paths: Sequence[str], language: Literal["zh", "en"]) -> str:
        """Return the names of the first cells of a list, and the number of all."""
        named = [name.words(language) for path in paths if (name := self.cell(path)) is not None]
        listed = ("、" if language == "zh" else "; ").join(named[:_LISTED])
        if len(paths) <= _LISTED:
            return listed
        if language == "zh":
            return f"{listed}等{len(paths)}格"
        return f"{listed} and {len(paths) - _LISTED} more"

    def group(self, path: str) -> str | None:
        """Return the label of a group of rows with its number, None if the form prints none."""
        row = self._rows.get(path)
        if row is not None and (name := self._name(row)):
            return name
        if row is None and path not in self._group_paths:
            return None
        label = self._groups.get(path.rpartition(".")[2])
        return _numbered(label) if label is not None else None

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return {row.path: row for row in self.form.rows}

    @cached_property
    def _group_paths(self) -> frozenset[str]:
        """The paths that rows stand below."""
        steps = (path.split(".") for path in self._rows)
        return frozenset(".".join(s[:n]) for s in steps for n in range(1, len(s)))

    @cached_property
    def _cells(self) -> dict[str, tuple[Row, str | None]]:
        return dict(self._listed_cells())

    def _listed_cells(self) -> Iterator[tuple[str, tuple[Row, str | None]]]:
        for row in self.form.rows:
            if row.heads is None:
                yield row.path, (row, None)
            for column in row.heads.columns if row.heads is not None else ():
                if column.figure:
                    yield column.path_in(row.path), (row, column.label)

    @cached_property
    def _groups(self) -> dict[str, Label]:
        """The first label of the form for each step of a path."""
        found: dict[str, Label] = {}
        for name, label in self.form.labels.items():
            found.setdefault(step(name), label)
        return found

    @cached_property
    def _ambiguous(self) -> frozenset[str]:
        """Labels of several rows, or of a row and a column."""
        labels = [row.label for row in self.form.rows]
        columns = {column.label for heads in self.form.heads for column in heads.columns}
        return frozenset(label for label in labels if labels.count(label) > 1 or label in columns)

    def _item_label(self, path: str) -> Label | None:
        """Return the label of a row or of a group of rows."""
        row = self._rows.get(path)
        return self._label(row) if row is not None else self._groups.get(path.rpartition(".")[2])

    def _label(self, row: Row) -> Label | None:
        return self.form.labels.get(row.terminal)

    def _name(self, row: Row) -> str:
        label = self._label(row)
        return _numbered(label) if label is not None else row.label

    def _name_in_group(self, row: Row) -> str:
        above, name = self._group_label(row), self._name(row)
        if above is None:
            return name
        if name == row.label:
            return f"{_numbered(above)} / {name}"
        return f"{_numbered(above)}{'' if name.startswith('（') else ' '}{name}"

    def _group_label(self, row: Row) -> Label | None:
        """Return the label of the group that a row stands in, None if the form prints none."""
        above = self._rows.get(row.parent)
        label = self._label(above) if above is not None else None
        return label or self._groups.get(row.parent.rpartition(".")[2])


def quoted(name: str) -> str:
    """Return a name in quotes; quotes in it become single ones."""
    return f"“{name.translate(_INNER_QUOTES)}”"


def _numbered(label: Label) -> str:
    """Return a label with its number in the characters of the form; 其中: is no number."""
    number = "" if label.number.startswith("其中") else label.number
    return number.translate(_WIDE) + label.text


def _ordinal(label: Label | None) -> str | None:
    """Return the number of a main item, `三` for `三、`."""
    found = _CHAPTER.match(label.number) if label is not None else None
    return found[1] if found is not None else None
