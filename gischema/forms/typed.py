"""Reports with typed sections; a form's report class derives from `TypedReport`."""

from __future__ import annotations

from typing import Any, Self

from attrs import fields, frozen

from gischema.forms.sections import fill, paths, section_class
from gischema.report import Report


@frozen(slots=False)
class TypedReport(Report):
    """A report whose keyword-only fields are the sections of a form, filled from its figures."""

    @classmethod
    def make(cls, **known: Any) -> Self:
        """The report with its sections filled from `stated`."""
        stated = {figure.path: figure for figure in known.get("stated", ())}
        for name, section in _sections(cls):
            if section is not None:
                known[name] = fill(section, name, stated)
            elif name in stated:
                known[name] = stated[name].value
        return super().make(**known)

    @classmethod
    def typed_paths(cls) -> frozenset[str]:
        """The paths that the typed sections declare."""
        return _typed_paths(cls)


def _sections(report: type[TypedReport]) -> tuple[tuple[str, type | None], ...]:
    """The fields that a report class adds to `Report`, and their classes if they are sections."""
    common = {member.name for member in fields(Report)}
    return tuple(
        (member.name, section_class(member))
        for member in fields(report)
        if member.name not in common
    )


def _typed_paths(report: type[TypedReport]) -> frozenset[str]:
    found: set[str] = set()
    for name, section in _sections(report):
        found.update(paths(section, name) if section is not None else (name,))
    return frozenset(found)
