"""The narrative grammar: its phrases, and what a clause of them states."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from attrs import field, frozen

from gischema.forms.cache import cached
from gischema.forms.grammars import grammar_folder
from gischema.narrative.bodies import BodyPatterns
from gischema.narrative.built import BuiltGrammar
from gischema.narrative.expressions import GAP, any_of, anything, shortest
from gischema.narrative.lead import LeadPatterns
from gischema.narrative.scanner import Scanner

UNITS = ("ITEMS", "CASES", "MATTERS", "TIMES", "PEOPLE", "ATTENDANCES", "PLACES", "MONEY")
"""Terminals whose wordings are the units of figures."""

NONES = ("NONE", "ZERO", "NO_REQUESTS")
_EMPTY = "CHAPTER_EMPTY"
_AROUND = " \t()一二.、,。;:"  # what may stand around 无
_MAYBE = "maybe__"
_ALREADY_SEVERAL = {"OTHER_WAYS"}  # 报纸等 is still something other than a website
_MAKERS = ("bodies.py", "built.py", "expressions.py", "grammar.py", "lead.py", "scanner.py")
"""The modules that decide what a grammar says of phrases."""

_RELATIONS = ("BESIDE", "TAKES", "ACTS", "SUBJECTS")
_MEMORY = 20_000
"""Clauses and headings of which is kept what they say; one text holds a hundred."""


@frozen(eq=False, repr=False)
class Meaning:
    """What a clause states: the indicators it speaks of, and whether that is certain."""

    ideas: tuple[str, ...] = ()
    certain: bool = True


NOTHING = Meaning()


@frozen(slots=False, eq=False)
class NarrativeGrammar:
    """A built narrative grammar."""

    built: BuiltGrammar
    added: frozenset[str] = frozenset()
    """The indicators that only additions to the national grammar speak of."""
    _known: dict[tuple[frozenset[str], str], Meaning] = field(factory=dict, init=False, repr=False)
    _titles: dict[str, tuple[str | None, str | None]] = field(factory=dict, init=False, repr=False)

    @classmethod
    def load(cls, *additions: Path) -> NarrativeGrammar:
        """The national grammar with what other files add to it.

        An addition holds only what is new: `%extend RECEIVE: "…"`, new terminals, new rules and
        `%extend start: …` for them. What a new rule states is kept under the path of its name,
        whether a form has it or not. Raises OSError and lark.exceptions.LarkError.
        """
        files = (grammar_folder() / "narrative.lark", *additions)
        makers = (Path(__file__).with_name(name) for name in _MAKERS)
        return cached(cls, ("narrative", *files, *makers), lambda: cls._built(*files))

    @classmethod
    def _built(cls, national: Path, *additions: Path) -> NarrativeGrammar:
        """The grammar with all that it says of phrases, which is kept with it."""
        built = BuiltGrammar.of(national, *additions)
        added = _ideas(built) - _ideas(BuiltGrammar.of(national)) if additions else frozenset()
        made = cls(built, frozenset(added))
        for name, member in vars(cls).items():
            if isinstance(member, cached_property):
                getattr(made, name)
        return made

    # -- phrases ----------------------------------------------------------------------------

    @cached_property
    def wordings(self) -> Mapping[str, tuple[str, ...]]:
        """The wordings of every terminal, in the order of the grammar."""
        return {n: words for n, words in self.built.wordings.items() if n not in _RELATIONS}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of every terminal in the grammar."""
        return {name: place for place, name in enumerate(self.wordings)}

    @cached_property
    def terminal_of(self) -> Mapping[str, str]:
        """The terminal of every wording; the first of the grammar if there are two."""
        found: dict[str, str] = {}
        elsewhere = frozenset().union(*map(self._members, ("chapter", "lead", "body", "general")))
        for name, wordings in self.wordings.items():
            if name not in elsewhere:
                for wording in wordings:
                    found.setdefault(wording, name)
        return found

    def chapter(self, title: str) -> str | None:
        """What a chapter with this heading is about: the first kind of the grammar it names."""
        return self._title(title)[0]

    def topic(self, title: str) -> str | None:
        """What the sentences under a heading are about, if they do not say."""
        return self._title(title)[1]

    def _title(self, title: str) -> tuple[str | None, str | None]:
        known = self._titles.get(title)
        if known is None:
            kind = next((kind for wording, kind in self._chapters if wording in title), None)
            known = kind, next(iter(self.topics_in(title)), None)
            if len(self._titles) < _MEMORY:
                self._titles[title] = known
        return known

    @cached_property
    def _chapters(self) -> Sequence[tuple[str, str]]:
        kinds = self._members("chapter") - {_EMPTY}
        names = sorted(kinds, key=self.order.__getitem__)
        return [(w, n.removeprefix("CHAPTER_").lower()) for n in names for w in self.wordings[n]]

    def is_nothing(self, text: str) -> bool:
        """Whether a text says only that there is nothing to say."""
        return text.strip(_AROUND) in self._empty

    @cached_property
    def _empty(self) -> frozenset[str]:
        return frozenset(self.wordings[_EMPTY])

    @cached_property
    def lead(self) -> LeadPatterns:
        """What finds the facts that a report tells of itself."""
        return LeadPatterns.of(self.wordings)

    @cached_property
    def bodies(self) -> BodyPatterns:
        """What names of bodies and regions look like."""
        return BodyPatterns.of(self.wordings)

    @cached_property
    def acts(self) -> frozenset[str]:
        """Terminals of what a body does or gets: whoever stands before one is its subject."""
        return self._members("acts") - {*_RELATIONS}

    @cached_property
    def unit_of(self) -> Mapping[str, str]:
        """The terminal of every unit."""
        return {unit: name for name in UNITS for unit in self.wordings.get(name, ())}

    @cached_property
    def scanner(self) -> Scanner:
        """Finds phrases, figures, years, and what parts a sentence."""
        return Scanner.of(
            self.terminal_of,
            self.unit_of,
            self._words("ABOUT"),
            self._words("ODD"),
            self.channels - _ALREADY_SEVERAL,
        )

    @cached_property
    def telling(self) -> re.Pattern[str]:
        """Finds what a sentence must hold to state anything: a number with a unit, or a none."""
        nones = [wording for name in NONES for wording in self._words(name)]
        return re.compile(anything(self.unit_of, nones))

    def is_on_disclosure(self, text: str) -> bool:
        """Whether a text speaks of the disclosure of information."""
        return any(wording in text for wording in self._disclosure)

    @cached_property
    def _disclosure(self) -> Sequence[str]:
        return shortest(self._words("DISCLOSURE"))

    def topics_in(self, text: str) -> list[str]:
        """What a text without figures speaks of, in order."""
        if self._topical.search(text) is None:
            return []
        return [mark.name for mark in self.scanner.marks(text) if mark.name in self.topics]

    @cached_property
    def _topical(self) -> re.Pattern[str]:
        """Finds what any text on one of the topics holds; alternatives make a fast search."""
        every = (wording for name in self.topics for wording in self._words(name))
        pieces = (max(reversed(wording.split(GAP)), key=len) for wording in every)
        return re.compile("|".join(map(re.escape, shortest(pieces))))

    def _words(self, name: str) -> tuple[str, ...]:
        return self.wordings.get(name, ())

    # -- what the grammar says about phrases -------------------------------------------------

    @cached_property
    def aside(self) -> frozenset[str]:
        """Terminals that say something about a figure, not which it is."""
        return self.built.ignored

    @cached_property
    def silent(self) -> frozenset[str]:
        """What a scanner finds and no rule asks for by name."""
        return self.aside | {"AMONG", "year", "range", *NONES}

    @cached_property
    def matter(self) -> frozenset[str]:
        """Terminals of other matters: what a clause with one of them states is no figure."""
        return self._members("other_matter") | self._members("nothing")

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Terminals of what published information is about."""
        return self._members("subjects") - {*_RELATIONS}

    @cached_property
    def topics(self) -> frozenset[str]:
        """Terminals that later clauses are about."""
        return self._members("other_matter") | self._members("topic")

    @cached_property
    def channels(self) -> frozenset[str]:
        """Terminals of the channels of publication."""
        return self._members("channel")

    @cached_property
    def channels_told(self) -> frozenset[str]:
        """Those, and what stands for several of them."""
        return self.channels | {"CHANNELS"}

    @cached_property
    def general(self) -> re.Pattern[str]:
        """Words that name no kind of information."""
        return re.compile(rf"(?:{any_of(self._words('GENERAL'))}|[“”\"《》()])*")

    @cached_property
    def spells(self) -> frozenset[str]:
        """Wordings of a time that comes again: what is told of 每月 is not the year's."""
        return frozenset(w for w in self._words("EACH") if len(w) > 1 and w != "每人")

    @cached_property
    def reasons(self) -> frozenset[str]:
        """Terminals of the reasons for which requests were refused or not answered."""
        return self._members("_reason")

    @cached_property
    def carried(self) -> frozenset[str]:
        """Terminals that may be told before their figure: channels, outcomes and their reasons."""
        return self.channels | self._members("_outcome") | self.reasons

    @cached_property
    def beside(self) -> Mapping[str, frozenset[str]]:
        """For a terminal those that add nothing in a clause with it."""
        return self._relation("beside")

    @cached_property
    def takes(self) -> Mapping[str, frozenset[str]]:
        """For a topic the terminals that take it as their subject."""
        return self._relation("takes")

    def _relation(self, rule: str) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for _, one, other in self.built.expansions.get(rule, ()):
            for name in self._terminals(one):
                found.setdefault(name, set()).update(self._terminals(other))
        return {name: frozenset(others - {name}) for name, others in found.items()}

    def _members(self, rule: str) -> frozenset[str]:
        """What the expansions of a rule of the grammar are made of."""
        return frozenset().union(*self.built.expansions.get(rule, ()))

    def _terminals(self, symbol: str) -> frozenset[str]:
        return self._members(symbol) if symbol in self.built.expansions else frozenset((symbol,))

    # -- clauses ----------------------------------------------------------------------------

    def meaning(self, phrases: frozenset[str], figure: str) -> Meaning:
        """What a clause of these phrases with a figure of this kind states: of `matter` nothing."""
        known = self._known.get((phrases, figure))
        if known is None:
            dropped = frozenset[str]().union(*(self.beside.get(p, frozenset()) for p in phrases))
            names = sorted(phrases - dropped, key=self.order.__getitem__)
            matter = not phrases.isdisjoint(self.matter)
            known = NOTHING if matter else self._parse((*names, figure))
            if len(self._known) < _MEMORY:
                self._known[phrases, figure] = known
        return known

    def _parse(self, names: tuple[str, ...]) -> Meaning:
        rule = self.built.rule(names)
        if rule is None:
            return NOTHING
        return Meaning(_ideas_of(rule), certain=not rule.startswith(_MAYBE))


def _ideas(built: BuiltGrammar) -> frozenset[str]:
    return frozenset(idea for rule in built.expansions for idea in _ideas_of(rule))


def _ideas_of(rule: str) -> tuple[str, ...]:
    """The indicators that a rule's name says: `__` parts the steps of a path, `_and_` several."""
    return tuple(i.replace("__", ".") for i in rule.removeprefix(_MAYBE).split("_and_"))
