"""Typed sections: plain attrs classes whose fields are the steps of a form's paths.

A class holds one group of a form. A field that is a number holds the figure at its path, a field
that is a class the group below; the own figure of a group with parts is its field `value`. What is
not stated is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Protocol, TypeAlias, TypeVar

from attrs import Attribute, fields, frozen, has

Count: TypeAlias = int | None
Money: TypeAlias = int | Decimal | None
"""A sum of money, in 万元 unless the figure's `unit` is None."""

OWN = "value"

T = TypeVar("T")


class Stated(Protocol):
    """What a section takes from a figure."""

    @property
    def value(self) -> int | Decimal | None:
        """The number, None if the figure states none."""


@frozen
class Applicants:
    """One row of the requests table: a column an applicant kind, counts of 件."""

    natural_person: Count = None
    commercial: Count = None
    research: Count = None
    social: Count = None
    legal_service: Count = None
    other: Count = None
    total: Count = None


@frozen
class Outcomes:
    """One block of the review table: cases by outcome, counts of 件."""

    upheld: Count = None
    corrected: Count = None
    other: Count = None
    pending: Count = None
    total: Count = None


def fill(section: type[T], path: str, figures: Mapping[str, Stated]) -> T:
    """The section at `path` with the figures that are stated below it."""
    values: dict[str, Any] = {}
    for name, inner in _members(section):
        where = path if name == OWN else f"{path}.{name}"
        if inner is not None:
            values[name] = fill(inner, where, figures)
        elif where in figures:
            values[name] = figures[where].value
    return section(**values)


def paths(section: type, path: str) -> Iterator[str]:
    """The paths that a section class declares below `path`."""
    for name, inner in _members(section):
        where = path if name == OWN else f"{path}.{name}"
        if inner is not None:
            yield from paths(inner, where)
        else:
            yield where


def _members(section: type) -> tuple[tuple[str, type | None], ...]:
    """The fields of a section class and, where they are sections, their classes."""
    return tuple((member.name, section_class(member)) for member in fields(section))


def section_class(member: Attribute[Any]) -> type | None:
    """The class of a field that is a section (its default is an empty one), None for a number."""
    factory = getattr(member.default, "factory", None)
    return factory if isinstance(factory, type) and has(factory) else None
