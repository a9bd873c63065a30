"""Typed sections: plain attrs classes whose fields are the steps of a form's paths.

A class holds one group of a form. Its fields are figures (numbers) or nested groups (classes). A
field with the metadata `OWN_FIGURE` is the figure of the group itself: that of `requests.received`
on the form of 2014 is `report.requests.received.total`, like the total of the later forms. A figure
that is not stated is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Protocol, TypeAlias, TypeVar

from attrs import Attribute, fields, frozen, has

Count: TypeAlias = int | None
Money: TypeAlias = int | Decimal | None
"""A sum of money, in 万元 unless the figure's `unit` is None."""

_OWN = "own_figure"
OWN_FIGURE = {_OWN: True}
"""The metadata of a field whose figure has the path of the group itself."""

T = TypeVar("T")


class Stated(Protocol):
    """The part of a figure that a section uses."""

    @property
    def value(self) -> int | Decimal | None:
        """The number, None if the figure states none."""


@frozen
class Applicants:
    """One row of the requests table: counts (件) by kind of applicant."""

    natural_person: Count = None
    commercial: Count = None
    research: Count = None
    social: Count = None
    legal_service: Count = None
    other: Count = None
    total: Count = None


@frozen
class Outcomes:
    """One block of the review table: counts of cases (件) by outcome."""

    upheld: Count = None
    corrected: Count = None
    other: Count = None
    pending: Count = None
    total: Count = None


def fill(section: type[T], path: str, figures: Mapping[str, Stated]) -> T:
    """Return the section at `path`, filled with the figures below it."""
    values: dict[str, Any] = {}
    for name, where, inner in _members(section, path):
        if inner is not None:
            values[name] = fill(inner, where, figures)
        elif where in figures:
            values[name] = figures[where].value
    return section(**values)


def paths(section: type, path: str) -> Iterator[str]:
    """Yield the paths that a section class declares below `path`."""
    for _, where, inner in _members(section, path):
        if inner is not None:
            yield from paths(inner, where)
        else:
            yield where


def _members(section: type, path: str) -> Iterator[tuple[str, str, type | None]]:
    """Yield the fields of the section at `path`: name, path and, of sections, their class."""
    for member in fields(section):
        where = path if _OWN in member.metadata else f"{path}.{member.name}"
        yield member.name, where, section_class(member)


def section_class(member: Attribute[Any]) -> type | None:
    """Return the class of a field that is a section (see its default), None for a number."""
    factory = getattr(member.default, "factory", None)
    return factory if isinstance(factory, type) and has(factory) else None
