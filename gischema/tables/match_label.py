"""Find the longest known label in the cells of a text.

A label is recognised by its key, so white space, hard line breaks, lost quotes and numbers before
it do not count. It may run over several cells, have a note in brackets or a unit behind it, and
its figures in the same cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attrs import frozen

from gischema.forms.label_index import Entry, LabelIndex
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.tables.items import GluedNumbers, PrintedLabel
from gischema.tables.numbers import LAST, is_value
from gischema.tables.placeholders import is_labelled
from gischema.tables.tokenize import TextCell, next_with_text
from gischema.tables.trailing_numbers import figures_at_end, label_ends, without_unit

DASHES = frozenset("-—―/")
"""What stands behind a label whose figure is not applicable."""

MAX_LABEL_CELLS = 4
"""The most printed cells that a wrapped label runs over."""

MAX_LABEL = 45
"""The most characters of a label."""

MAX_GLUED = 200
"""The most characters of a cell with a label and its figures."""

_SIGNS = frozenset("%‰")

MAX_NOTE = 400
"""The most characters of a note in brackets."""

_MAX_WORDING = 60  # characters of a label with its number and unit


def plain_label(cell: TextCell, position: int, index: LabelIndex) -> PrintedLabel | None:
    """Return the label of a cell that holds only a label and its figure, as most do.

    Returns None for every other cell, and where the label may go on in the next cell.
    """
    text = cell.text
    figure: int | None = len(text)
    if text[-1].isdigit():
        figure = figures_at_end(text)
    elif text[-1] in DASHES:
        return None
    if figure is None or figure > _MAX_WORDING:
        return None
    rest, cut = strip_enumerator(text[:figure])
    if not rest or "(" in rest or not index.may_begin(rest):
        return None
    end = len(rest)
    key = squeeze(rest)
    entry = index.entries.get(key)
    if entry is None:
        end = without_unit(rest)
        key = squeeze(rest[:end])
        entry = index.entries.get(key)
        if entry is None:
            return None
    if key in index.beginnings and figure == len(text):
        return None
    start, stop, tail = cell.start + cut, cell.start + cut + end, None
    if figure < len(text):
        behind = text[cut + end :].strip()
        stop = cell.end - len(behind)
        tail = GluedNumbers(stop, cell.end, behind)
    return PrintedLabel(position, position, start, stop, rest[:end], entry, "", tail, cut > 0)


class _Candidate(NamedTuple):
    """A text that may hold a label, from within cell `first` to the end of cell `last`.

    Attributes:
        first: The first cell.
        last: The last cell.
        start: The offset of its first character.
        end: The offset behind its last character.
        text: The text of all its cells.
        beyond: How many characters stand before the last cell. The label itself has more.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    beyond: int

    def label(self, upto: int, entry: Entry) -> PrintedLabel:
        """Return its first `upto` characters as a label."""
        end = self.end if upto == len(self.text) else self.start + upto
        return PrintedLabel(self.first, self.last, self.start, end, self.text[:upto], entry)


@frozen
class LabelMatcher:
    """Finds the labels that begin in the cells of a text."""

    cells: Sequence[TextCell]
    index: LabelIndex

    def longest(self, position: int, cut: int) -> PrintedLabel | None:
        """Return the longest label that begins in a cell, behind its first `cut` characters."""
        cell = self.cells[position]
        text = cell.text[cut:]
        if not self.index.may_begin(text):
            return None
        start = cell.start + cut
        best = self._match(_Candidate(position, position, start, cell.end, text, 0))
        if best is not None and best.tail is not None:
            return best
        last = position
        for _ in range(MAX_LABEL_CELLS - 1):
            if squeeze(text) not in self.index.beginnings:
                break
            following = self._next_words(last)
            if following is None:
                break
            beyond, last = len(text), following
            text += self.cells[last].text
            candidate = _Candidate(position, last, start, self.cells[last].end, text, beyond)
            best = self._match(candidate) or best
        return best

    def _match(self, candidate: _Candidate) -> PrintedLabel | None:
        """Return the label of a candidate, alone or with a note, a unit or figures behind it."""
        text = candidate.text
        if text[-1] not in DASHES and (entry := self._entry(text)):
            return candidate.label(len(text), entry)
        if "(" in text:
            head, _, behind = text.partition("(")
            known = len(head) > candidate.beyond and not is_labelled(f"({behind}")
            if known and (entry := self._entry(head)):
                return self._with_note(candidate, head, behind, entry)
        if text[-1] not in LAST or len(text) > MAX_GLUED:
            return None
        figures = figures_at_end(text)
        if figures is None:
            return self._with_unit(candidate)
        return self._with_figures(candidate, figures)

    def _with_unit(self, candidate: _Candidate) -> PrintedLabel | None:
        """Return a label with only its unit behind it: its figure is blank or in the next cell."""
        text = candidate.text
        upto = without_unit(text)
        entry = self._entry(text[:upto]) if candidate.beyond < upto < len(text) else None
        return candidate.label(upto, entry) if entry else None

    def _with_figures(self, candidate: _Candidate, figures: int) -> PrintedLabel | None:
        """Return a label with figures in its cell; they begin at `figures`, or before it."""
        text = candidate.text
        for upto in label_ends(text, figures):
            if upto > candidate.beyond and (entry := self._entry(text[:upto])):
                label = candidate.label(upto, entry)
                tail = text[upto:].strip()
                if tail in DASHES and not entry.rows:
                    label.text, label.end = text, candidate.end  # 本年增/, cut short
                    return label
                label.end = candidate.end - len(tail)
                label.tail = GluedNumbers(label.end, candidate.end, tail)
                return label
        return None

    def _with_note(
        self, candidate: _Candidate, head: str, behind: str, entry: Entry
    ) -> PrintedLabel | None:
        """Return a label with a note in brackets, which may run on over the next cells.

        Where no bracket closes the note, it ends with its cell: what follows may be a label.

        Args:
            candidate: The candidate.
            head: Its text before the bracket: the label.
            behind: Its text behind the bracket.
            entry: What the label may be.
        """
        last = candidate.last
        note, closed, after = _close(behind)
        in_cell = note
        while not closed and len(note) < MAX_NOTE:
            following = self._next_words(last)
            if following is None:
                break
            last = following
            more, closed, after = _close(self.cells[last].text)
            note += more
        if not closed:
            note, last, after = in_cell, candidate.last, ""
        end = self.cells[last].end
        after = after.strip().lstrip(": ")
        if note.strip() in _SIGNS:  # (%) % 98.5: the unit, as a grammar may declare it
            after = after.removeprefix(note.strip()).lstrip()
        if after and not is_value(after):
            return None
        tail = GluedNumbers(end - len(after), end, after) if after else None
        start, first, end = candidate.start, candidate.first, end - len(after)
        return PrintedLabel(first, last, start, end, head, entry, note, tail)

    def _entry(self, text: str) -> Entry | None:
        return self.index.entries.get(squeeze(text))

    def _next_words(self, position: int) -> int | None:
        """Return the next cell with text, None if that is a value."""
        following = next_with_text(self.cells, position)
        if following is None or is_value(self.cells[following].text):
            return None
        return following


def _close(text: str) -> tuple[str, bool, str]:
    """Return the text before the closing bracket, True if there is one, and the text behind it."""
    inside, bracket, after = text.rpartition(")")
    return (inside, True, after) if bracket else (text, False, "")
