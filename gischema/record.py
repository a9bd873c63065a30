"""What frozen classes do by their fields: compare, hash and show themselves.

attrs writes these methods for each class and compiles them when the class is made; for the classes
that any command needs, that takes longer than to read a report. Here they are written once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import Attribute, fields


class Record:
    """The base of attrs classes with `eq=False, repr=False` that have both all the same.

    They are equal, hash and look as attrs would have it. Comparing takes a few times as long: this
    is not for what is compared by the thousand.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        names = (one.name for one in _fields(self) if one.eq)
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        hashed = (one.name for one in _fields(self) if (one.eq if one.hash is None else one.hash))
        return hash((type(self), *(getattr(self, name) for name in hashed)))

    def __repr__(self) -> str:
        shown = (f"{one.name}={getattr(self, one.name)!r}" for one in _fields(self) if one.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"


def _fields(record: Any) -> Iterator[Attribute[Any]]:
    return iter(fields(type(record)))
