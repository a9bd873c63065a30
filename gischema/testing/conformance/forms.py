"""Checks of a form alone: its grammar, its labels, its typed sections."""

from __future__ import annotations

from collections.abc import Iterable

from gischema.file_errors import FileError
from gischema.forms import Form, form_checks
from gischema.testing.conformance.subject import Subject


def loads_without_a_problem(subject: Subject) -> None:
    """The plugin loads, and nothing that it adds conflicts with what exists."""
    problems = "\n".join(problem.message_en for problem in subject.engine.problems)
    assert not problems, problems


def grammar_compiles(_subject: Subject, form: Form) -> None:
    """Lark builds an LALR parser of the grammar, and every figure has a path of its own."""
    assert form.grammar.lark.parse_interactive is not None
    _require_none(form_checks.paths_twice(form))


def says_what_it_stands_on(_subject: Subject, form: Form) -> None:
    """Years and basis are given, and the form that a variant belongs to exists."""
    _require_none(form_checks.years_and_basis(form))


def every_label_is_used(_subject: Subject, form: Form) -> None:
    """Every name that the grammar defines is used, and every wording has an effect."""
    _require_none((*form_checks.unused_names(form), *form_checks.dead_wordings(form)))


def wordings_differ_from_those_of_the_form(_subject: Subject, form: Form) -> None:
    """A row that a variant adds has no wording of another row in the same group.

    Two rows of one group with the same name cannot be distinguished.
    """
    _require_none(form_checks.labels_twice(form))


def keeps_the_figures_of_its_form(_subject: Subject, form: Form) -> None:
    """Where a variant has a figure of its form, it has the same label and unit."""
    _require_none(form_checks.units_changed(form))
    for path, indicator in form.base.indicators.items() if form.base is not None else ():
        own = form.indicators.get(path)
        same = own is None or own.label == indicator.label
        assert same, (
            f"{path} is something else in {form.generation}: {indicator.label}; if the row is only "
            "printed under another name, write that behind the name of the form: "
            '%override NAME: "name of the form | unit" | "name on your pages"'
        )


def typed_sections_name_figures(_subject: Subject, form: Form) -> None:
    """Every field of the typed sections is a figure of the form."""
    _require_none(form_checks.typed_fields_without_rows(form))


def every_figure_has_a_unit(_subject: Subject, form: Form) -> None:
    """A row without heads names its unit after a bar; without one its numbers are not read."""
    _require_none(form_checks.units_missing(form))


def _require_none(faults: Iterable[FileError]) -> None:
    found = [f"{fault.position}: {fault.message_en}" for fault in faults]
    assert not found, "\n".join(found)


CHECKS = (
    grammar_compiles,
    says_what_it_stands_on,
    every_label_is_used,
    wordings_differ_from_those_of_the_form,
    keeps_the_figures_of_its_form,
    typed_sections_name_figures,
    every_figure_has_a_unit,
)
