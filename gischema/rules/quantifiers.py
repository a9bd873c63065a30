"""What a quantifier ranges over: `for each row of requests with total`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from gischema.rules.errors import RuleBindingError, near
from gischema.rules.form_view import FormView
from gischema.rules.model import Quantifier
from gischema.rules.report_facts import CHAPTERS

CHAPTER = "chapter"
"""The one kind that ranges over no part of the form: chapters that its reports should have."""

COLUMN = "column"
"""The one kind whose value is no path: a row named in the check stands for its cell there."""


def _columns(outline: FormView, within: tuple[str, ...]) -> Iterator[str]:
    keys = (
        column.key
        for row in outline.within(*within)
        if row.heads is not None
        for column in row.heads.columns
        if column.figure
    )
    yield from dict.fromkeys(keys)


def _rows(outline: FormView, within: tuple[str, ...]) -> Iterator[str]:
    yield from (row.path for row in outline.within(*within))


def _sections(outline: FormView, within: tuple[str, ...]) -> Iterator[str]:
    rows = outline.within(*within)
    several = (row for row in rows if row.heads is not None or "." in row.path)
    yield from dict.fromkeys(row.path.partition(".")[0] for row in several)


def _groups(outline: FormView, within: tuple[str, ...]) -> Iterator[str]:
    rows = outline.within(*within)
    yield from (r.path for r in rows if any(o.path.startswith(f"{r.path}.") for o in rows))


def _blocks(outline: FormView, within: tuple[str, ...]) -> Iterator[str]:
    yield from outline.blocks(*within)


def _figures(outline: FormView, within: tuple[str, ...]) -> Iterator[str]:
    rows = {row.path for row in outline.within(*within)}
    yield from (spot.path for spot in outline.cells_by_path.values() if spot.row.path in rows)


def _amounts(outline: FormView, within: tuple[str, ...]) -> Iterator[str]:
    yield from (p for p in _figures(outline, within) if _is_money(outline, p))


def _counts(outline: FormView, within: tuple[str, ...]) -> Iterator[str]:
    yield from (p for p in _figures(outline, within) if not _is_money(outline, p))


def _is_money(outline: FormView, path: str) -> bool:
    return "元" in (outline.cells_by_path[path].unit or "")


RANGES: Mapping[str, Callable[[FormView, tuple[str, ...]], Iterator[str]]] = {
    COLUMN: _columns,
    "row": _rows,
    "section": _sections,
    "group": _groups,
    "block": _blocks,
    "figure": _figures,
    "count": _counts,
    "amount": _amounts,
}
"""The kinds of things a check can be made for each of; each kind is also the variable's name."""

FIGURES = ("figure", "count", "amount")
"""The kinds whose values are cells of the form."""


def values(quantifier: Quantifier, outline: FormView) -> list[str]:
    """What the quantifier ranges over in a form. Raises RuleBindingError if that is nothing."""
    if quantifier.kind == CHAPTER:
        return _chapters(quantifier)
    kind = RANGES.get(quantifier.kind)
    if kind is None:
        zh, en = near(quantifier.kind, [*RANGES, CHAPTER])
        raise RuleBindingError(
            f"不能按“{quantifier.kind}”逐一检验{zh}",
            f"there is no “for each {quantifier.kind}”{en}",
            "",
            *quantifier.at,
        )
    for path in quantifier.within:
        if not outline.has(path):
            raise unknown_path(path, outline, quantifier.at)
    found = list(kind(outline, quantifier.within))
    for step in quantifier.having:
        found = [value for value in found if f"{value}.{step}" in outline.cells_by_path]
    for end in quantifier.without:
        found = [value for value in found if value != end and not value.endswith(f".{end}")]
    if not found:
        form = outline.form.id
        raise RuleBindingError(
            f"表式{form}没有符合条件的{quantifier.kind}",
            f"the form {form} has no such {quantifier.kind}",
            "",
            *quantifier.at,
        )
    return found


def _chapters(quantifier: Quantifier) -> list[str]:
    """The facts about the chapters that the quantifier names, about all without names."""
    for name in quantifier.within:
        if name not in CHAPTERS:
            zh, en = near(name, CHAPTERS)
            message = (f"没有“{name}”这种章节{zh}", f"there is no chapter “{name}”{en}")
            raise RuleBindingError(*message, "", *quantifier.at)
    return [f"chapters.{name}" for name in quantifier.within or CHAPTERS]


def unknown_path(path: str, outline: FormView, at: tuple[int, int]) -> RuleBindingError:
    """The error about a path that the form does not have, with similar ones."""
    form = outline.form.id
    zh, en = near(path, [*outline.rows, *outline.cells_by_path])
    return RuleBindingError(
        f"表式{form}没有“{path}”{zh}", f"the form {form} has no “{path}”{en}", "", *at
    )
