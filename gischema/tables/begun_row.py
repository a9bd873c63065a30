"""Read cells that begin with the label of a row and go on with more than its figures."""

from __future__ import annotations

import re

from gischema.forms.label_index import Entry, LabelIndex
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.tables.items import GluedNumbers, PrintedLabel
from gischema.tables.match_label import MAX_GLUED, MAX_LABEL
from gischema.tables.placeholders import is_row, was_figure
from gischema.tables.printed_units import UNITS
from gischema.tables.remarks import STOPS, FiguresBehind, figures_behind, is_sentence
from gischema.tables.tokenize import TextCell

_UNIT_OR_BLANKS = re.compile(rf"\A\s*(?:{UNITS}\s+)?")
_BEHIND_UNIT = re.compile(rf"\s*\(?{UNITS}\)?\s+(?P<word>[^\s。,;]{{1,8}})\Z")
_QUOTES = "”’\"'》」』"  # what may close a label
_MIN_ODD = 3  # characters of the shortest label and what stands behind it
_MAX_ODD = 60  # characters kept of what stands in place of figures


def begun_row(cell: TextCell, position: int, index: LabelIndex) -> tuple[PrintedLabel | None, bool]:
    """Return the label of a row that a cell begins with, and True if the cell is a row for sure.

    Behind the label stands more than figures, or something in place of a figure (`12①`, `无`).
    With other words and a number behind it, a label may also begin a sentence.
    """
    text, cut = strip_enumerator(cell.text)
    if len(text) < _MIN_ODD or not index.may_begin(text):
        return None, False
    found = _filled_label(text, index)
    if found is None:
        return None, False
    upto, entry = found
    behind = text[upto:]
    if _begins_numbered_label(_UNIT_OR_BLANKS.sub("", behind, count=1), index):
        return None, False
    start, at = cell.start + cut, cell.start + cut + upto
    label = PrintedLabel(position, position, start, at, text[:upto], entry, numbered=cut > 0)
    printed = figures_behind(behind)
    if len(cell.text) <= MAX_GLUED and _is_odd_row(behind, printed, index):
        odd = behind.lstrip()
        label.tail = GluedNumbers(cell.end - len(odd), cell.end, odd)
        return label, True
    if printed is not None:
        label.end = at + printed.start
        label.tail = GluedNumbers(label.end, at + printed.end, behind[printed.start : printed.end])
        label.remark = printed.remark
        return label, printed.tabular
    if any(map(str.isdecimal, behind)) or was_figure(behind.rstrip(STOPS)):
        quoted = behind[:_MAX_ODD].strip()
        begins = at + behind.index(quoted)
        label.tail = GluedNumbers(begins, begins + len(quoted), quoted)
        return label, False
    label.remark = behind.strip()
    return (label if is_sentence(behind) else None), False


def _begins_numbered_label(text: str, index: LabelIndex) -> bool:
    """Return True if a text begins with a numbered label of a row, or is the first part of one.

    The name of a group stands before the first line of a broken label: `其他 2.申请人逾期未按收`.
    """
    label, number = strip_enumerator(text)
    if not number:
        return False
    return squeeze(label) in index.beginnings or _filled_label(label, index) is not None


def _is_odd_row(behind: str, printed: FiguresBehind | None, index: LabelIndex) -> bool:
    """Return True if the text behind a label may have been figures, or is figures and words.

    Any word behind the unit stands in place of a figure (`件 同上`), unless it begins a label.
    """
    found = _BEHIND_UNIT.match(behind)
    word = squeeze(found["word"]) if found is not None else None
    if word is not None and word not in index.beginnings and word not in index.entries:
        return True
    if printed is not None and (printed.tabular or not printed.remark):
        return False
    return is_row(behind) or ("。" not in behind and was_figure(behind))


def _filled_label(text: str, index: LabelIndex) -> tuple[int, Entry] | None:
    """Return the end of the longest label of a row with figures that begins a text, and its entry.

    A quotation mark that closes the label counts to it.
    """
    found: tuple[int, Entry] | None = None
    for upto in range(2, min(len(text), MAX_LABEL) + 1):
        beginning = squeeze(text[:upto])
        if (entry := index.entries.get(beginning)) is not None and entry.filled:
            found = upto, entry
        if beginning not in index.beginnings:
            break
    if found is None:
        return None
    upto, entry = found
    return upto + len(text[upto:]) - len(text[upto:].lstrip(_QUOTES)), entry
