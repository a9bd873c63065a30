"""Classes that share their methods are equal, hash and look as attrs would have it."""

from __future__ import annotations

import pickle
from copy import copy

import pytest
from attrs import evolve, field, frozen

from gischema.record import Record


@frozen
class Plain:
    """As attrs makes it."""

    one: int
    two: str = field(default="zwei", repr=False)
    three: tuple[int, ...] = field(default=(), eq=False)
    four: dict[str, int] = field(factory=dict, hash=False)


@frozen(eq=False, repr=False)
class Shared(Record):
    """The same with the methods of its base."""

    one: int
    two: str = field(default="zwei", repr=False)
    three: tuple[int, ...] = field(default=(), eq=False)
    four: dict[str, int] = field(factory=dict, hash=False)


@frozen(eq=False, repr=False)
class Below(Shared):
    """A class of a class."""

    five: int = 5


VALUES: list[tuple[object, ...]] = [
    (1,),
    (2,),
    (1, "two"),
    (1, "zwei", (3,)),
    (1, "zwei", (), {"four": 4}),
]


@pytest.mark.parametrize("ours", VALUES)
@pytest.mark.parametrize("theirs", VALUES)
def test_they_are_equal_and_hash_as_with_attrs(ours: tuple[int], theirs: tuple[int]) -> None:
    expected = Plain(*ours) == Plain(*theirs)
    assert (Shared(*ours) == Shared(*theirs)) is expected
    assert (Shared(*ours) != Shared(*theirs)) is not expected
    same_hash = hash(Plain(*ours)) == hash(Plain(*theirs))
    assert (hash(Shared(*ours)) == hash(Shared(*theirs))) is same_hash


@pytest.mark.parametrize("values", VALUES)
def test_they_look_as_with_attrs(values: tuple[int]) -> None:
    assert repr(Shared(*values)) == repr(Plain(*values)).replace("Plain", "Shared")


def test_a_field_of_a_class_below_counts_too() -> None:
    assert Below(1) == Below(1)
    assert Below(1) != Below(1, five=6)
    assert repr(Below(1)) == "Below(one=1, three=(), four={}, five=5)"


def test_what_is_of_another_class_is_not_equal() -> None:
    assert Shared(1) != Below(1)
    assert Shared(1) != Plain(1)
    assert Shared(1) != 1


def test_copies_are_equal() -> None:
    value = Shared(1, "two")
    assert copy(value) == evolve(value) == pickle.loads(pickle.dumps(value)) == value


def test_they_have_no_dictionary() -> None:
    assert not hasattr(Shared(1), "__dict__")
