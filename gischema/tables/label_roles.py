"""What a printed label may be on one form: a row, a column head, a caption, or page furniture."""

from __future__ import annotations

from typing import TypeGuard

from gischema.forms.form import Form
from gischema.tables.items import Item, PrintedLabel, UnknownText
from gischema.tables.printed_units import is_unit


def is_known(item: Item, form: Form) -> TypeGuard[PrintedLabel]:
    """Return True for a label that the form has, or that is known as page furniture."""
    return isinstance(item, PrintedLabel) and form.id in item.entry.terminals


def may_be_row(label: PrintedLabel, form: Form) -> bool:
    """Return True if a row of the form has this label."""
    return form.id in label.entry.rows


def may_be_head(label: PrintedLabel, form: Form) -> bool:
    """Return True if a column head of the form has this label."""
    return form.id in label.entry.heads


def is_column_head(label: PrintedLabel, form: Form) -> bool:
    """Return True for a column head as tables print it: no figure is glued to it.

    A number stands before rows, not before heads.
    """
    if not may_be_head(label, form) or label.tail is not None:
        return False
    return not (label.numbered and may_be_row(label, form))


def is_furniture(label: PrintedLabel, form: Form) -> bool:
    """Return True for a label that is neither a row nor a caption of the form."""
    return not may_be_row(label, form) and form.id not in label.entry.captions


def is_unit_item(item: Item, form: Form) -> bool:
    """Return True for a unit, including one that only the form declares."""
    return isinstance(item, UnknownText) and (is_unit(item.text) or item.text in form.own_units)
