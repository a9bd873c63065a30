"""The values of quantifiers in a form, such as `for each row of requests with total`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from gischema.file_errors import near
from gischema.rules.errors import RuleBindingError
from gischema.rules.form_view import FormView
from gischema.rules.model import Quantifier
from gischema.rules.report_facts import CHAPTERS

CHAPTER = "chapter"
"""The only kind that ranges over no part of the form: the chapters that reports should have."""

COLUMN = "column"
"""The only kind whose values are no paths: a row in the check means its cell in the column."""


def _columns(view: FormView, within: tuple[str, ...]) -> Iterator[str]:
    keys = (
        column.key
        for row in view.rows_within(*within)
        if row.heads is not None
        for column in row.heads.columns
        if column.figure
    )
    yield from dict.fromkeys(keys)


def _rows(view: FormView, within: tuple[str, ...]) -> Iterator[str]:
    yield from (row.path for row in view.rows_within(*within))


def _sections(view: FormView, within: tuple[str, ...]) -> Iterator[str]:
    rows = view.rows_within(*within)
    in_sections = (row for row in rows if row.heads is not None or "." in row.path)
    yield from dict.fromkeys(row.path.partition(".")[0] for row in in_sections)


def _groups(view: FormView, within: tuple[str, ...]) -> Iterator[str]:
    rows = view.rows_within(*within)
    yield from (r.path for r in rows if any(o.path.startswith(f"{r.path}.") for o in rows))


def _blocks(view: FormView, within: tuple[str, ...]) -> Iterator[str]:
    yield from view.blocks(*within)


def _figures(view: FormView, within: tuple[str, ...]) -> Iterator[str]:
    rows = {row.path for row in view.rows_within(*within)}
    yield from (cell.path for cell in view.cells.values() if cell.row.path in rows)


def _amounts(view: FormView, within: tuple[str, ...]) -> Iterator[str]:
    yield from (path for path in _figures(view, within) if _is_money(view, path))


def _counts(view: FormView, within: tuple[str, ...]) -> Iterator[str]:
    yield from (path for path in _figures(view, within) if not _is_money(view, path))


def _is_money(view: FormView, path: str) -> bool:
    return "元" in (view.cells[path].unit or "")


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
"""The parts of the form that a rule can range over. The kind is also the name of the variable."""

FIGURES = ("figure", "count", "amount")
"""The kinds whose values are cells of the form."""


def quantifier_values(quantifier: Quantifier, view: FormView) -> list[str]:
    """Return the values of a quantifier in a form.

    Raises:
        RuleBindingError: There are none, or the quantifier names what the form does not have.
    """
    if quantifier.kind == CHAPTER:
        return _chapters(quantifier)
    values = _selected(_range_of(quantifier, view), quantifier, view)
    if not values:
        form = view.form.id
        raise RuleBindingError(
            f"表式{form}没有符合条件的{quantifier.kind}",
            f"the form {form} has no such {quantifier.kind}",
            "",
            *quantifier.at,
        )
    return values


def _range_of(quantifier: Quantifier, view: FormView) -> Iterator[str]:
    """Return the values before `with` and `except` are applied."""
    range_of = RANGES.get(quantifier.kind)
    if range_of is None:
        zh, en = near(quantifier.kind, [*RANGES, CHAPTER])
        raise RuleBindingError(
            f"不能按“{quantifier.kind}”逐一检验{zh}",
            f"there is no “for each {quantifier.kind}”{en}",
            "",
            *quantifier.at,
        )
    for path in quantifier.within:
        if not view.has(path):
            raise unknown_path(path, view, quantifier.at)
    return range_of(view, quantifier.within)


def _selected(values: Iterator[str], quantifier: Quantifier, view: FormView) -> list[str]:
    """Return the values that `with` and `except` leave."""
    selected = list(values)
    for step in quantifier.having:
        selected = [value for value in selected if f"{value}.{step}" in view.cells]
    for end in quantifier.without:
        selected = [value for value in selected if value != end and not value.endswith(f".{end}")]
    return selected


def _chapters(quantifier: Quantifier) -> list[str]:
    """Return the facts about the chapters that the quantifier names, all without names."""
    for name in quantifier.within:
        if name not in CHAPTERS:
            zh, en = near(name, CHAPTERS)
            message = (f"没有“{name}”这种章节{zh}", f"there is no chapter “{name}”{en}")
            raise RuleBindingError(*message, "", *quantifier.at)
    return [f"chapters.{name}" for name in quantifier.within or CHAPTERS]


def unknown_path(path: str, view: FormView, at: tuple[int, int]) -> RuleBindingError:
    """Return the error for a path that the form does not have, with similar paths."""
    form = view.form.id
    zh, en = near(path, [*view.rows, *view.cells])
    return RuleBindingError(
        f"表式{form}没有“{path}”{zh}", f"the form {form} has no “{path}”{en}", "", *at
    )
