"""Checks of a form alone: its grammar, its labels, its typed sections."""

from __future__ import annotations

import re

from gischema.forms import Form
from gischema.forms.form import is_caption
from gischema.testing.conformance.subject import Subject


def loads_without_a_problem(subject: Subject) -> None:
    """The plugin loads, and nothing that it adds conflicts with what exists."""
    problems = "\n".join(problem.message_en for problem in subject.engine.problems)
    assert not problems, problems


def grammar_compiles(_subject: Subject, form: Form) -> None:
    """Lark builds an LALR parser of the grammar, and every figure has a path of its own."""
    assert form.grammar.lark.parse_interactive is not None
    paths = [path for row in form.rows if not row.group for path in row.paths]
    twice = sorted({path for path in paths if paths.count(path) > 1})
    assert not twice, f"two rows have the path {', '.join(twice)}; rename a terminal"


def says_what_it_stands_on(_subject: Subject, form: Form) -> None:
    """Years and basis are given, and the form that a variant belongs to exists."""
    first, last = form.years
    assert last is None or first <= last, f"years {first}–{last}"
    assert form.basis.strip(), "no basis: which notice or practice prescribes the form?"
    assert not form.variant or form.base is not None, f"there is no form {form.generation}"


def every_label_is_used(_subject: Subject, form: Form) -> None:
    """Every label that the grammar declares is used in a rule; Lark silently drops the others."""
    text = form.grammar.path.read_text(encoding="utf-8-sig")
    declared = set(re.findall(r"^(?:%override +)?(_?[A-Z][A-Z0-9_]*)\s*:", text, re.MULTILINE))
    idle = [name for name in declared - form.labels.keys() if text.count(name) == 1]
    assert not idle, f"no rule uses {', '.join(sorted(idle))}"


def wordings_differ_from_those_of_the_form(_subject: Subject, form: Form) -> None:
    """A row that a variant adds has no wording of another row in the same group.

    Two rows of one group with the same name cannot be distinguished.
    """
    places: dict[tuple[str, str], str] = {}
    for row in form.rows:
        label = form.labels.get(row.terminal)
        for wording in label.wordings if label else ():
            group = row.path.rpartition(".")[0]
            other = places.setdefault((group, wording.key), row.path)
            assert other == row.path, f"{row.path} and {other} are both called {wording.text}"


def keeps_the_figures_of_its_form(_subject: Subject, form: Form) -> None:
    """Where a variant has a figure of its form, it has the same label and unit."""
    if form.base is None:
        return
    for path, indicator in form.base.indicators.items():
        own = form.indicators.get(path)
        same = own is None or (own.label, own.unit) == (indicator.label, indicator.unit)
        assert same, f"{path} is something else in {form.base.id}: {indicator.label}"


def typed_sections_name_figures(_subject: Subject, form: Form) -> None:
    """Every field of the typed sections is a figure of the form."""
    idle = sorted(form.report.typed_paths() - form.indicators.keys())
    assert not idle, f"no figure of {form.id} has the path {', '.join(idle)}"


def every_figure_has_a_unit(_subject: Subject, form: Form) -> None:
    """A row without heads names its unit after a bar; without one its numbers are not read."""
    without = [
        row.path
        for row in form.rows
        if row.heads is None and row.unit is None and not is_caption(row.terminal)
    ]
    assert not without, f"no unit: {', '.join(without)}; a caption begins with _"


CHECKS = (
    grammar_compiles,
    says_what_it_stands_on,
    every_label_is_used,
    wordings_differ_from_those_of_the_form,
    keeps_the_figures_of_its_form,
    typed_sections_name_figures,
    every_figure_has_a_unit,
)
