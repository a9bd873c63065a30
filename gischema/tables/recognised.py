"""Figures and statements that were recognised on scanned pages, and what else they may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from gischema.diagnostics import diagnose
from gischema.forms.form import Form
from gischema.reading import Document, SourcePlace
from gischema.reading.document_writer import listed
from gischema.report import Amount, Diagnostic, Fact, FactName, Figure
from gischema.tables.numbers import read_value

_COLUMN = " / "  # between the label of a row and that of a column
_RECOGNISED, _WEAK, _STATEMENT, _UNSEEN = "D660", "D661", "D663", "D664"


def mark_recognised(document: Document, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Return figures, those whose cells were recognised marked so."""
    if not document.is_recognised:
        return figures
    return tuple(
        figure if _place(document, figure) is None else evolve(figure, reading="recognised")
        for figure in figures
    )


def weak_readings(document: Document, figures: Iterable[Figure]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each row of figures that were not recognised for certain.

    Rows of one figure share one for their table.
    """
    rows: dict[tuple[int | None, str], list[tuple[Figure, SourcePlace]]] = {}
    for figure, place in _recognised(document, figures):
        if _WEAK in place.doubts:
            key = place.block, figure.label.rpartition(_COLUMN)[0]
            rows.setdefault(key, []).append((figure, place))
    for (_, row), found in rows.items():
        first = found[0][0]
        names = {"label": row or "表中的数字", "label_en": row or "figures of a table"}
        words = names | {"readings": "；".join(_words(*one) for one in found)}
        yield diagnose(_WEAK, first.origin, tuple(figure.path for figure, _ in found), **words)


def _words(figure: Figure, place: SourcePlace) -> str:
    """Return how a figure was recognised and what else it may be: `总计“12”（17、72）`."""
    others = "、".join(one for one in place.choices or () if one != figure.raw) or "？"
    return f"{figure.label.rpartition(_COLUMN)[2]}“{figure.raw}”（{others}）"


def unseen_figures(
    document: Document, figures: Iterable[Figure], form: Form | None
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for the figures of the form that were not found on scanned pages."""
    if form is None or not document.is_recognised:
        return
    found = {figure.path for figure in figures}
    missing = {path: one.label for path, one in form.indicators.items() if path not in found}
    if missing:
        yield diagnose(_UNSEEN, None, tuple(missing), labels=listed(missing.values()))


def recognised_statements(document: Document, figures: Iterable[Figure]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each statement of running text that was recognised."""
    for figure, _ in _recognised(document, figures):
        yield diagnose(_STATEMENT, figure.origin, (figure.path,), printed=figure.raw)


def doubted_facts(document: Document, facts: Mapping[FactName, Fact]) -> Mapping[FactName, Fact]:
    """Return the grounds of facts, doubtful where they were recognised."""
    if not document.is_recognised:
        return facts
    return {
        name: fact
        if fact.origin is None or _at(document, fact.origin.start) is None
        else evolve(fact, doubts=(*fact.doubts, _RECOGNISED))
        for name, fact in facts.items()
    }


def other_readings(document: Document, figures: Iterable[Figure]) -> Mapping[str, Sequence[Amount]]:
    """Return the numbers that each figure may also be, the most likely first, by path."""
    found = {
        figure.path: [value for value in map(_number, place.choices or ()) if value is not None]
        for figure, place in _recognised(document, figures)
    }
    return {path: values for path, values in found.items() if values}


def _number(text: str) -> Amount | None:
    return read_value(text).number


def _recognised(
    document: Document, figures: Iterable[Figure]
) -> Iterator[tuple[Figure, SourcePlace]]:
    if document.is_recognised:
        for figure in figures:
            place = _place(document, figure)
            if place is not None:
                yield figure, place


def _place(document: Document, figure: Figure) -> SourcePlace | None:
    return None if figure.origin is None else _at(document, figure.origin.start)


def _at(document: Document, offset: int) -> SourcePlace | None:
    place = document.place(offset)
    return None if place is None or place.choices is None else place
