"""What one form changes of another: rows and columns that are renamed, dropped, added or moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from attrs import frozen

from gischema.forms.form import Form, HeadGroup, Row, is_caption, same_name, step
from gischema.forms.labels import key

ChangeKind: TypeAlias = Literal["renamed", "unit", "path", "moved", "dropped", "added"]
"""`path`: a row or column with the same label has another path; `moved`: it stands elsewhere among
the rows that both forms have."""


_MOST_ROWS = 2  # that stand for the table of a column


@frozen
class FormChange:
    """One change between two forms.

    Attributes:
        kind: What changed.
        what: Whether it is a row or a column.
        block: The caption of the part of the form, in the new form if it has the part; for a
            column with the rows of its table.
        path: The path of the row, or of the column in the first such row; the new one, if there
            is one.
        old: The label in the old form, with its number; empty if it is added.
        new: The label in the new form; empty if it is dropped.
        old_detail: The old unit or path, where that changed.
        new_detail: The new one.
    """

    kind: ChangeKind
    what: Literal["row", "column"]
    block: str
    path: str
    old: str = ""
    new: str = ""
    old_detail: str = ""
    new_detail: str = ""


def form_changes(old: Form, new: Form) -> tuple[FormChange, ...]:
    """Return what `new` changes of `old`, part by part in the order of the new form.

    Parts that only the old form has come last.
    """
    changes = [*_row_changes(old, new), *_column_changes(old, new)]
    blocks = dict.fromkeys(row.block for form in (new, old) for row in form.rows)
    order = {block: place for place, block in enumerate(blocks)}
    return tuple(sorted(changes, key=lambda change: order[change.path.partition(".")[0]]))


def _row_changes(old: Form, new: Form) -> Iterator[FormChange]:
    before, after = ({row.path: row for row in form.rows} for form in (old, new))
    pairs = {path: path for path in before if path in after}
    pairs |= _same_labels(
        {path: _row_label(old, row) for path, row in before.items() if path not in after},
        {path: _row_label(new, row) for path, row in after.items() if path not in before},
    )
    moved = _moved(
        [p for p in before if p in pairs], [p for p in after if p in pairs.values()], pairs
    )
    partner = {there: here for here, there in pairs.items()}
    for path, row in after.items():
        label, block = _row_label(new, row), _block(new, row.block)
        if path not in partner:
            yield FormChange("added", "row", block, path, new=label)
            continue
        other = before[partner[path]]
        was = _row_label(old, other)
        yield from _differences("row", block, path, (was, label), (other.unit, row.unit))
        if other.path != path:
            yield FormChange("path", "row", block, path, was, label, other.path, path)
        if path in moved:
            yield FormChange("moved", "row", block, path, was, label)
    for path, row in before.items():
        if path not in pairs:
            block = _block(new, row.block) or _block(old, row.block)
            yield FormChange("dropped", "row", block, path, old=_row_label(old, row))


def _column_changes(old: Form, new: Form) -> Iterator[FormChange]:
    """Yield the changes of the columns of tables that have a row in both forms."""
    after = {row.path: row.heads for row in new.rows}
    seen: set[tuple[int, int]] = set()
    for row in old.rows:
        one, other = row.heads, after.get(row.path)
        if one is None or other is None or (id(one), id(other)) in seen:
            continue
        seen.add((id(one), id(other)))
        rows = [_row_label(new, each) for each in new.rows if each.heads is other and each.label]
        more = "等" if len(rows) > _MOST_ROWS else ""
        table = f"（{'、'.join(rows[:_MOST_ROWS])}{more}）" if rows else ""
        yield from _columns_of(_block(new, row.block) + table, row.path, one, other)


def _columns_of(block: str, row: str, old: HeadGroup, new: HeadGroup) -> Iterator[FormChange]:
    before, after = ({column.key: column for column in group.columns} for group in (old, new))
    for name, column in after.items():
        path = f"{row}.{name}"
        if name not in before:
            yield FormChange("added", "column", block, path, new=column.label)
        else:
            labels = before[name].label, column.label
            units = before[name].unit, column.unit
            yield from _differences("column", block, path, labels, units)
    for name, column in before.items():
        if name not in after:
            yield FormChange("dropped", "column", block, f"{row}.{name}", old=column.label)


def _differences(
    what: Literal["row", "column"],
    block: str,
    path: str,
    labels: tuple[str, str],
    units: tuple[str | None, str | None],
) -> Iterator[FormChange]:
    """Yield what differs between the labels and between the units of a row or column.

    Another number before a label is no change of its own: rows behind an added one are counted on.
    """
    if key(labels[0]) != key(labels[1]):
        yield FormChange("renamed", what, block, path, *labels)
    if units[0] != units[1] and labels[0] and None not in units:
        yield FormChange("unit", what, block, path, *labels, units[0] or "", units[1] or "")


def _same_labels(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Return the paths of rows that have one label, which no other row of either form has."""
    ours, theirs = _by_key(before), _by_key(after)
    return {
        paths[0]: theirs[label][0]
        for label, paths in ours.items()
        if label and len(paths) == 1 == len(theirs.get(label, ()))
    }


def _by_key(labels: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, label in labels.items():
        found.setdefault(key(label), []).append(path)
    return found


def _moved(before: Sequence[str], after: Sequence[str], pairs: Mapping[str, str]) -> set[str]:
    """Return the new paths of the rows that do not stand in their old order."""
    renamed = [pairs[path] for path in before]
    matcher = SequenceMatcher(None, renamed, after, autojunk=False)
    kept = {
        path
        for match in matcher.get_matching_blocks()
        for path in after[match.b : match.b + match.size]
    }
    return {path for path in after if path not in kept}


def _row_label(form: Form, row: Row) -> str:
    label = form.labels.get(row.terminal)
    return label.number + label.text if label is not None else ""


def _block(form: Form, block: str) -> str:
    """Return the caption of a part of the form; the label of its own row if it has no caption."""
    for rule, symbols in form.grammar.outline.symbols.items():
        if step(rule) == block and not is_caption(rule):
            names = [n for n, terminal in symbols if terminal and same_name(n, rule)]
            captions = sorted(names, key=is_caption, reverse=True)
            if captions:
                label = form.labels[captions[0]]
                return label.number + label.text
    return next((_row_label(form, row) for row in form.rows if row.path == block), "")
