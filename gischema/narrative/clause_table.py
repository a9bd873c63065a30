"""The table of clauses: which indicators a set of phrases with a figure states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from gischema.narrative.files import ClauseRow, NarrativeFileError


class Meaning(NamedTuple):
    """The indicators that a clause states, whether that is certain, and what it states too."""

    indicators: tuple[str, ...] = ()
    certain: bool = True
    also: tuple[str, ...] = ()


NOTHING = Meaning()

Expanded = Callable[[Iterable[str]], tuple[str, ...]]
"""Gives the groups that names of groups and sets stand for."""


class ClauseTable(NamedTuple):
    """What clauses state, by their phrases and the group of the figure's unit."""

    meanings: Mapping[tuple[frozenset[str], str], Meaning]

    @classmethod
    def of(cls, rows: Iterable[ClauseRow], expanded: Expanded) -> ClauseTable:
        """Return the table that `rows` write down.

        Raises:
            NarrativeFileError: Two rows give one clause different meanings.
        """
        meanings: dict[tuple[frozenset[str], str], Meaning] = {}
        for row in rows:
            meaning = Meaning(row.indicators, row.certain, row.also)
            for clause in product(_phrases(row, expanded), expanded(row.unit)):
                if meanings.setdefault(clause, meaning) != meaning:
                    raise _claimed_twice(clause, meanings[clause], meaning)
        return cls(meanings)

    def meaning(self, phrases: frozenset[str], unit: str) -> Meaning:
        """Return what a clause states; a phrase too many or too few, and it states nothing."""
        return self.meanings.get((phrases, unit), NOTHING)


def _phrases(row: ClauseRow, expanded: Expanded) -> Iterator[frozenset[str]]:
    """Yield every set of phrases that a row matches."""
    always = frozenset(expanded(row.all))
    choices: list[list[tuple[str, ...]]] = [[(one,) for one in expanded(row.any)] or [()]]
    choices += [[(), *((one,) for one in expanded(ways))] for ways in row.optional]
    for chosen in product(*choices):
        yield always.union(*chosen)


def _claimed_twice(
    clause: tuple[frozenset[str], str], one: Meaning, other: Meaning
) -> NarrativeFileError:
    words = " ".join((*sorted(clause[0]), clause[1]))
    both = " / ".join(
        f"{' '.join(meaning.indicators)}{'' if meaning.certain else ' (possible)'}"
        for meaning in (one, other)
    )
    return NarrativeFileError(
        None, f"同一句式有两种含义：{words}：{both}", f"two meanings of one clause: {words}: {both}"
    )
