"""Turn the notes of a file's reader into diagnostics with the figures that they put in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from gischema.diagnostics import diagnose
from gischema.forms.form import Form
from gischema.forms.label_index import LabelIndex
from gischema.reading import Document, SourcePlace
from gischema.report import Diagnostic, Figure, Origin
from gischema.tables.classify import classify_text
from gischema.tables.items import PrintedLabel
from gischema.tables.tokenize import cut_cells
from gischema.text import normalise

_MOST = 20_000  # characters of the left-out text that are searched


def reading_notes(
    document: Document, figures: Sequence[Figure], form: Form | None, index: LabelIndex
) -> Iterator[Diagnostic]:
    """Yield the notes of a document as diagnostics, with the paths of the figures in doubt.

    A figure is in doubt if the reader marked its place with the code of the note, in the file that
    the note is about. Figures of rows that the reader left out are in doubt too, if they were read
    nowhere else.

    Args:
        document: The document with the reader's notes.
        figures: The figures that were read from it.
        form: The form of the report, by whose labels rows that were left out are recognised.
        index: The labels of all forms.
    """
    doubtful = [place for place in document.places if place.doubts] if document.notes else []
    found = _doubted(doubtful, figures) if doubtful else {}
    for code, words in document.notes:
        doubted = found.get((words.get("file"), code), ())
        origin = doubted[0].origin if doubted else None
        paths = [figure.path for figure in doubted]
        if form is not None and (left_out := words.get("left_out")):
            read = {figure.path for figure in figures}
            rows = _rows_in(left_out[:_MOST], form, index)
            paths += (path for path in rows if path not in read)
        yield diagnose(code, origin, tuple(dict.fromkeys(paths)), **words)


def _rows_in(text: str, form: Form, index: LabelIndex) -> Iterator[str]:
    """Yield the paths of the rows whose labels stand in a text."""
    for item in classify_text(cut_cells(normalise(text).text), index).items:
        if isinstance(item, PrintedLabel):
            for terminal in item.entry.rows.get(form.id, ()):
                for row in form.rows_of.get(terminal, ()):
                    yield from () if row.group else row.paths


def _doubted(
    places: Iterable[SourcePlace], figures: Iterable[Figure]
) -> dict[tuple[str | None, str], list[Figure]]:
    """Return the figures in these places by file and code of the doubt.

    A place in a table without a figure holds a label, which puts the figures of its row in doubt.
    """
    rows: dict[Hashable, list[tuple[Origin, Figure]]] = defaultdict(list)
    for figure in figures:
        if figure.origin is not None:
            rows[_row(figure.origin)].append((figure.origin, figure))
    found: dict[tuple[str | None, str], list[Figure]] = defaultdict(list)
    for place in places:
        in_row = rows.get(_row(place), [])
        inside = [figure for origin, figure in in_row if _is_in(origin, place)]
        # What was recognised doubts only itself: a wrong label matches none, or only closely.
        if not inside and place.row is not None and place.choices is None:
            inside = [figure for _, figure in in_row]
        for code in place.doubts:
            found[place.file, code] += inside
    return found


def _row(at: SourcePlace | Origin) -> Hashable:
    """Return the key of the table row or paragraph of a place."""
    if at.row is not None:
        return at.file, at.block, at.row
    return at.file, at.page, at.element, at.box


def _is_in(origin: Origin, place: SourcePlace) -> bool:
    """Return True if an origin overlaps a place, or begins there if it is empty."""
    return origin.start < place.end and place.start < max(origin.end, origin.start + 1)
