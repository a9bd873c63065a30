"""The lexicon of running text: which wording belongs to which group, and which group does what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from attrs import field, frozen

from gischema.file_errors import near
from gischema.forms.labels import Label, strip_enumerator
from gischema.narrative.clause_table import ClauseTable
from gischema.narrative.files import KINDS, Definition, NarrativeFileError, RelationRow

Labels = Mapping[str, Mapping[str, Label]]
"""The labels of each form by the terminals of its grammar."""

USED = {
    "set": (
        "unit", "denial", "channel", "reason", "about_figure", "off_topic", "not_counted", "topic",
        "carried", "subject_of_information", "act", "way",
    ),
    "modifier": (
        "general", "event", "kind", "filler", "other_act", "limit", "gloss", "in_turn", "asker",
    ),
    "body": ("ending", "group", "office", "nation", "maker", "expected", "website"),
    "lead": (
        "sign", "self", "parts", "made", "announced", "gathered", "whole", "own", "contact",
    ),
    "chapter": ("empty",),
}  # fmt: skip
"""The sets and groups that the reader itself uses, beyond what clauses and relations name."""


class Lexicon(NamedTuple):
    """Groups of wordings and how they relate.

    Attributes:
        groups: The wordings of every group, by kind and name.
        group_of: The phrase group of every wording that is looked for in sentences.
        sets: The members of every set.
        chapters: Kinds of chapters, those first that count where a heading speaks of several.
        redundant: For a phrase those that add nothing in a clause with it.
        takes: For a subject the phrases that take it from an earlier clause.
        clauses: What a clause of some phrases states.
    """

    groups: Mapping[str, Mapping[str, tuple[str, ...]]]
    group_of: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    chapters: tuple[str, ...]
    redundant: Mapping[str, frozenset[str]]
    takes: Mapping[str, frozenset[str]]
    clauses: ClauseTable

    @classmethod
    def of(cls, definition: Definition, national: Labels, further: Labels) -> Lexicon:
        """Return the lexicon that files define, with the labels of forms that its groups name.

        Args:
            definition: What the files hold.
            national: The labels of the national forms.
            further: Those of other forms. One that is a wording of another group stays with it.

        Raises:
            NarrativeFileError: A wording stands twice, two indicators claim one clause, something
                is named that there is not, or nothing uses a group.
        """
        names = _Names(definition)
        groups = {
            kind: {name: group.wordings for name, group in definition.groups[kind].items()}
            for kind in KINDS
        }
        group_of = _group_of(groups["phrase"])
        _add_labels(group_of, definition, national, further)
        phrases: dict[str, list[str]] = {name: [] for name in groups["phrase"]}
        for wording, name in group_of.items():
            phrases[name].append(wording)
        groups["phrase"] = {name: tuple(wordings) for name, wordings in phrases.items()}
        sets = {name: frozenset(names.members(name)) for name in definition.sets}
        lexicon = cls(
            groups,
            group_of,
            sets,
            definition.chapters,
            names.pairs(definition.adds_nothing),
            names.pairs(definition.takes_subject),
            ClauseTable.of(definition.clauses, names.expanded),
        )
        _require_used(definition, names)
        return lexicon

    def words(self, name: str, kind: str = "phrase") -> tuple[str, ...]:
        """Return the wordings of a group, none if there is no such group."""
        return self.groups[kind].get(name, ())


@frozen
class _Names:
    """Resolves the names of groups and sets that a definition uses."""

    definition: Definition
    _known: dict[str, tuple[str, ...]] = field(factory=dict, init=False)

    def members(self, name: str, above: tuple[str, ...] = ()) -> Iterator[str]:
        """Yield the phrase groups that a name stands for: a group itself, or those of a set."""
        if name in self.definition.groups["phrase"]:
            yield name
        elif name in self.definition.sets and name not in above:
            for member in self.definition.sets[name]:
                yield from self.members(member, (*above, name))
        else:
            raise NarrativeFileError(
                None, f"没有名为 {name} 的词组或集合", f"no group or set is named {name}"
            )

    def expanded(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the groups that several names stand for, each once."""
        found: dict[str, None] = {}
        for name in names:
            if name not in self._known:
                self._known[name] = tuple(self.members(name))
            found |= dict.fromkeys(self._known[name])
        return tuple(found)

    def pairs(self, rows: Iterable[RelationRow]) -> dict[str, frozenset[str]]:
        """Return for every group of the first lists those of the second, but for itself."""
        found: dict[str, set[str]] = {}
        for row in rows:
            second = self.expanded(row.second)
            for one in self.expanded(row.first):
                found.setdefault(one, set()).update(second)
        return {one: frozenset(others - {one}) for one, others in found.items()}


def _group_of(phrases: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the group of every wording; none may stand in two, or twice in one."""
    found: dict[str, str] = {}
    for name, wordings in phrases.items():
        for wording in wordings:
            if wording in found:
                raise _twice(wording, found[wording], name)
            found[wording] = name
    return found


def _add_labels(
    group_of: dict[str, str], definition: Definition, national: Labels, further: Labels
) -> None:
    """Add to `group_of` the labels of forms that groups refer to.

    Raises:
        NarrativeFileError: No form has a label of that name, or a national label has two groups.
    """
    every = (_texts_by_reference(national), _texts_by_reference(further))
    references = [
        (name, one) for name, group in definition.groups["phrase"].items() for one in group.labels
    ]
    for name, one in references:
        if not any(one in texts for texts in every):
            raise NarrativeFileError(
                None,
                f"{name}：没有哪个表式的行名叫 {one}",
                f"{name}: no form has a label named {one}",
            )
    for texts in every:
        for name, one in references:
            for text in texts.get(one, ()):
                other = group_of.setdefault(text, name)
                if other != name and texts is every[0]:
                    raise _twice(text, name, other)


def _twice(wording: str, one: str, other: str) -> NarrativeFileError:
    both = f"{one}、{other}"
    if one == other:
        return NarrativeFileError(
            None,
            f"“{wording}”重复：{one} 里已有，请删去",
            f"{wording!r} stands twice: {one} has it already, delete it",
        )
    return NarrativeFileError(
        None, f"“{wording}”重复：{both}", f"{wording!r} stands twice: in {both}"
    )


def _texts_by_reference(labels: Labels) -> dict[str, list[str]]:
    """Return the labels, without numbers, by the names under which a group may refer to them.

    `UPHELD` is the terminal of that name on every form, whatever prefixes imports put before it;
    `art20-2019:FEES` is that of one form.
    """
    found: dict[str, list[str]] = {}
    for form, terminals in labels.items():
        for terminal, label in terminals.items():
            texts = [label.text, *(strip_enumerator(one.text)[0] for one in label.wordings)]
            caption = "_" if terminal.startswith("_") else ""
            steps = terminal.removeprefix("_").split("__")
            for first in range(len(steps)):
                name = caption + "__".join(steps[first:])
                found.setdefault(name, []).extend(texts)
                found.setdefault(f"{form}:{name}", []).extend(texts)
    return found


def _require_used(definition: Definition, names: _Names) -> None:
    """Raise NarrativeFileError if wordings are dead: nothing uses their group."""
    used = set(names.expanded(definition.sets))
    for clause in definition.clauses:
        optional = chain.from_iterable(clause.optional)
        used.update(names.expanded((*clause.all, *clause.any, *optional, *clause.unit)))
    for row in (*definition.adds_nothing, *definition.takes_subject):
        used.update(names.expanded((*row.first, *row.second)))
    every = {"phrase": used, **{kind: {*USED[kind]} for kind in KINDS if kind != "phrase"}}
    every["chapter"].update(definition.chapters)
    for kind, known in every.items():
        for name in definition.groups[kind]:
            if name not in known:
                hint, hint_en = near(name, known)
                raise NarrativeFileError(
                    None,
                    f"没有任何句式或关系用到 {kind}.{name}{hint}",
                    f"nothing uses {kind}.{name}{hint_en}",
                )
    missing = [f"set.{name}" for name in USED["set"] if name not in definition.sets]
    if missing:
        raise NarrativeFileError(None, f"缺少 {missing[0]}", f"{missing[0]} is missing")
