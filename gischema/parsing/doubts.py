"""What the reader of a file noticed, and the figures that it puts in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from gischema.diagnostics import diagnose
from gischema.reading import Document, Place
from gischema.report import Diagnostic, Figure, Origin


def reading_notes(document: Document, figures: Sequence[Figure]) -> Iterator[Diagnostic]:
    """The notes of a document as diagnostics, each with the figures whose places name its code.

    Where several files make a document, a note is about the one that it names.
    """
    doubtful = [place for place in document.places if place.doubts] if document.notes else []
    found = _doubted(doubtful, figures) if doubtful else {}
    for code, words in document.notes:
        doubted = found.get((words.get("file"), code), ())
        origin = doubted[0].origin if doubted else None
        paths = tuple(dict.fromkeys(figure.path for figure in doubted))
        yield diagnose(code, origin, paths, **words)


def _doubted(
    places: Iterable[Place], figures: Iterable[Figure]
) -> dict[tuple[str | None, str], list[Figure]]:
    """The figures in these places, by the files and the codes of the doubts.

    A place in a table that holds no figure holds a label: the figures of its row are in doubt.
    """
    rows: dict[Hashable, list[tuple[Origin, Figure]]] = defaultdict(list)
    for figure in figures:
        if figure.origin is not None:
            rows[_row(figure.origin)].append((figure.origin, figure))
    found: dict[tuple[str | None, str], list[Figure]] = defaultdict(list)
    for place in places:
        beside = rows.get(_row(place), [])
        inside = [figure for origin, figure in beside if _is_in(origin, place)]
        if not inside and place.row is not None:
            inside = [figure for _, figure in beside]
        for code in place.doubts:
            found[place.file, code] += inside
    return found


def _row(at: Place | Origin) -> Hashable:
    """The row of a table, or the paragraph, that something stands in."""
    if at.row is not None:
        return at.file, at.block, at.row
    return at.file, at.page, at.element, at.box


def _is_in(origin: Origin, place: Place) -> bool:
    """Whether something stands in a place, or begins there if it is empty."""
    return origin.start < place.end and place.start < max(origin.end, origin.start + 1)
