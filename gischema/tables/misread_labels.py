"""Labels of the forms in which a recogniser misread characters.

A recogniser weighs several characters at each place and states the likeliest. The forms know all
labels: if the text of a cell is none, and exactly one label can be spelled with characters that
were weighed, that one is printed. Where a character was printed clearly, as in another wording,
nothing else was weighed, and the label stays only similar. The stroke of 一 is also taken for a
dash, or lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from gischema.forms.label_index import LabelIndex
from gischema.forms.labels import key
from gischema.reading import Document
from gischema.tables.tokenize import TextCell
from gischema.text import Places

_SHORTEST = 3  # characters
_PART = 3  # one in so many characters may have been misread
_STROKE = "一"


def with_corrected_labels(
    cells: Iterable[TextCell], document: Document, places: Places, index: LabelIndex
) -> list[TextCell]:
    """Return the cells, misread labels spelled as the forms have them.

    Args:
        cells: The cells of the text.
        document: The document, with what its recogniser weighed.
        places: Finds where a cell stood in the document.
        index: The labels of all forms.
    """
    if not document.is_recognised:
        return list(cells)
    labels = _Labels(index)
    corrected = []
    for cell in cells:
        place = document.place(places.origin(cell.start, cell.end).start) if cell.text else None
        weighed = place.alike if place is not None else ()
        label = labels.printed(cell.text, weighed) if weighed else None
        corrected.append(cell if label is None else evolve(cell, text=label))
    return corrected


@frozen(eq=False)
class _Labels:
    """The keys of the labels of all forms, by what finds them."""

    index: LabelIndex
    _by_length: Mapping[int, Sequence[str]] = field(init=False)
    _without_stroke: Mapping[str, Sequence[str]] = field(init=False)

    @_by_length.default
    def _labels_by_length(self) -> Mapping[int, Sequence[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for label in self.index.entries:
            found[len(label)].append(label)
        return found

    @_without_stroke.default
    def _labels_without_stroke(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for label in self.index.entries:
            found[label.replace(_STROKE, "")].append(label)
        return found

    def printed(self, text: str, weighed: Sequence[str]) -> str | None:
        """Return the only label that a text can be which is none itself.

        Args:
            text: The text of a cell.
            weighed: By character of it, without blanks, what else it may be.
        """
        read = key(text)
        if len(read) < _SHORTEST or read in self.index.entries:
            return None
        bare = read.replace(_STROKE, "")
        fitting = list(self._without_stroke.get(bare, ())) if len(bare) >= _SHORTEST else []
        options = _options(read, "".join(text.split()), weighed)
        if options is not None:
            fitting += (
                one for one in self._by_length.get(len(read), ()) if _spells(one, read, options)
            )
        return fitting[0] if len(set(fitting)) == 1 else None


def _options(read: str, text: str, weighed: Sequence[str]) -> list[str] | None:
    """Return what was weighed at the characters of a key; None if they do not agree."""
    if len(text) != len(weighed):
        return None
    found = []
    at = len(text)
    for char in reversed(read):
        at = text.rfind(char, 0, at)
        if at < 0:
            return None
        found.append(weighed[at])
    return found[::-1]


def _spells(label: str, read: str, options: Sequence[str]) -> bool:
    """Return True if a label is a text but for a few characters that were weighed there."""
    misread = [
        n for n, (meant, found) in enumerate(zip(label, read, strict=True)) if meant != found
    ]
    return _PART * len(misread) <= len(read) and all(label[n] in options[n] for n in misread)
