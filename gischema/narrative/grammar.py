"""What running text is read with: the lexicon, and the expressions made of its wordings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path

from attrs import frozen

from gischema.chinese.body_names import BodyNames
from gischema.forms import grammar_folder, national_forms
from gischema.forms.cache import cached
from gischema.metadata.lead import LeadPatterns
from gischema.narrative import clause_table, files, lexicon
from gischema.narrative.bodies import SYSTEM
from gischema.narrative.clause_table import NOTHING, Meaning
from gischema.narrative.files import Definition, read_files
from gischema.narrative.lexicon import Labels, Lexicon
from gischema.narrative.patterns import GAP, anything, shortest
from gischema.narrative.scanner import Scanner
from gischema.text.any_of import any_of

_FILES = ("lexicon.toml", "clauses.toml", "relations.toml")
_AROUND = " \t()一二.、,。;:"  # what may stand around 无
_ALREADY_SEVERAL = {"OTHER_WAYS"}  # 报纸等 is still something other than a website
_IN_NAME = r"(?:(?![的由向在对因将把与前后原除拟到被给从其])[\u4e00-\u9fff]){0,14}?"
_NO_PHRASES = frozenset({"year", "range", "AMONG", "given"})


def _national_files() -> list[Path]:
    return [grammar_folder() / "narrative" / name for name in _FILES]


@frozen(slots=False)
class NarrativeGrammar:
    """The national lexicon of running text, with what other files add to it.

    Attributes:
        lexicon: The groups of wordings, clauses and relations.
        added: The indicators that only additions state.
    """

    lexicon: Lexicon
    added: frozenset[str] = frozenset()

    @classmethod
    def national(cls) -> NarrativeGrammar:
        """Return the national lexicon, from the user's cache if nothing it is made of changed."""
        key: list[str | Path] = ["lexicon", *_national_files()]
        key += [
            Path(module) for module in (clause_table.__file__, files.__file__, lexicon.__file__)
        ]
        key += [form.grammar.digest for form in national_forms()]
        return cls(cached(Lexicon, key, lambda: cls.load().lexicon))

    @classmethod
    def load(cls, *additions: Path, labels: Labels | None = None) -> NarrativeGrammar:
        """Return the national lexicon with what other files add to it.

        An addition is a TOML file of the same tables as the national ones; it holds only what is
        new. What its clauses state is kept under the indicator's own name, whether a form has it
        or not.

        Args:
            additions: The files that add something.
            labels: Labels of further forms, whose terminals groups may name too.

        Raises:
            OSError: A file cannot be read.
            NarrativeFileError: A file cannot be used, or not together with the others.
        """
        national = read_files(_national_files())
        added = read_files(additions) if additions else Definition()
        further = dict(labels or {})
        forms = {
            form.id: further.pop(form.id) if form.id in further else form.labels
            for form in national_forms()
        }
        whole = Lexicon.of(national | added, forms, further)
        return cls(whole, added.indicators - national.indicators)

    # -- phrases ----------------------------------------------------------------------------

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The group of every unit."""
        words = self.lexicon
        return {w: name for name in words.sets["unit"] for w in words.words(name)}

    @cached_property
    def unit_and_number(self) -> re.Pattern[str]:
        """Finds a number behind a unit, as the cells of a row of the form print them."""
        return re.compile(rf"{any_of(self.units)} ?\d")

    @cached_property
    def scanner(self) -> Scanner:
        """Finds phrases, figures, years and stops."""
        return Scanner.of(
            self.lexicon.group_of,
            self.units,
            self.lexicon.words("ABOUT"),
            self.lexicon.words("ODD"),
            self.channels - _ALREADY_SEVERAL,
            [w for name in sorted(self.ways) for w in self.lexicon.words(name)],
        )

    @cached_property
    def stating(self) -> re.Pattern[str]:
        """Finds what a sentence must hold to state anything: a number with a unit, or a none."""
        return re.compile(anything(self.units, [w for n in self.none for w in self._words(n)]))

    def is_on_disclosure(self, text: str) -> bool:
        """Return True if a text speaks of the disclosure of information."""
        return any(wording in text for wording in self._disclosure)

    @cached_property
    def _disclosure(self) -> Sequence[str]:
        return shortest(self._words("DISCLOSURE"))

    def topics_in(self, text: str) -> list[str]:
        """Return what a text without figures speaks of, in order."""
        return [token.name for token in self.scanner.tokens(text) if token.name in self.topics]

    @cached_property
    def general(self) -> re.Pattern[str]:
        """Matches words that name no kind of information."""
        words = any_of(self.lexicon.words("general", "modifier"))
        return re.compile(rf"(?:{words}|[“”\"《》()])*")

    @cached_property
    def event(self) -> re.Pattern[str]:
        """Matches words that do not say what a training or a meeting was on."""
        return re.compile(rf"(?:{any_of(self.lexicon.words('event', 'modifier'))})*")

    @cached_property
    def filler(self) -> Mapping[str, Sequence[str]]:
        """The words that may stand around a figure, by their first characters."""
        words = sorted(self.lexicon.words("filler", "modifier"))
        return {first: [*same] for first, same in groupby(words, key=lambda word: word[0])}

    @cached_property
    def names(self) -> re.Pattern[str]:
        """Finds names of bodies among the words around a figure."""
        bodies = self.bodies
        ends = any_of({*bodies.endings, *bodies.offices, *bodies.groups, SYSTEM})
        return re.compile(rf"(?:{_IN_NAME}{ends})+")

    @cached_property
    def gapped(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """What stands around the gaps of the wordings of a group."""
        found: dict[str, list[tuple[str, str]]] = {}
        for wording, name in self.lexicon.group_of.items():
            if GAP in wording:
                first, _, rest = wording.partition(GAP)
                found.setdefault(name, []).append((first, rest))
        return found

    @cached_property
    def other_acts(self) -> tuple[str, ...]:
        """What else than receiving is done with the requests behind it."""
        return self.lexicon.words("other_act", "modifier")

    @cached_property
    def askers(self) -> re.Pattern[str]:
        """Finds words between 收到 and 申请 that leave it open who asked."""
        return re.compile(any_of(self.lexicon.words("asker", "modifier")))

    @cached_property
    def in_turn(self) -> re.Pattern[str]:
        """Finds the word behind which several figures stand in the order of what they count."""
        return re.compile(any_of(self.lexicon.words("in_turn", "modifier")))

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Words that restrict information to one kind where 公开 follows."""
        return self.lexicon.words("kind", "modifier")

    def _words(self, name: str) -> tuple[str, ...]:
        return self.lexicon.words(name)

    # -- headings, bodies, and what a report says of itself ------------------------------------

    def chapter(self, title: str) -> str | None:
        """Return what a chapter with this heading is about: the first kind that it names."""
        return next((kind for wording, kind in self._chapters if wording in title), None)

    def topic(self, title: str) -> str | None:
        """Return what the sentences under a heading are about, if they do not say."""
        return next(iter(self.topics_in(title)), None)

    @cached_property
    def _chapters(self) -> Sequence[tuple[str, str]]:
        kinds = self.lexicon.chapters
        return [(w, kind) for kind in kinds for w in self.lexicon.words(kind, "chapter")]

    def is_nothing(self, text: str) -> bool:
        """Return True if a text says only that there is nothing to say."""
        return text.strip(_AROUND) in self.lexicon.words("empty", "chapter")

    @cached_property
    def lead(self) -> LeadPatterns:
        """Finds the facts that a report states of itself."""
        return LeadPatterns.of(self.lexicon.groups["lead"], self.bodies)

    @cached_property
    def bodies(self) -> BodyNames:
        """What names of bodies and regions look like."""
        return BodyNames.of(self.lexicon.groups["body"], self.lexicon.words("REGION"))

    # -- what groups do in a clause ------------------------------------------------------------

    @cached_property
    def none(self) -> frozenset[str]:
        """Groups that say that there is none."""
        return self.lexicon.sets["denial"]

    @cached_property
    def about_figure(self) -> frozenset[str]:
        """Groups that say something about a figure, not which it is."""
        return self.lexicon.sets["about_figure"]

    @cached_property
    def silent(self) -> frozenset[str]:
        """What the scanner finds and no clause asks for."""
        return self.about_figure | self.none | _NO_PHRASES

    @cached_property
    def nothing(self) -> frozenset[str]:
        """Groups with which a clause states nothing."""
        return self.lexicon.sets["off_topic"] | self.lexicon.sets["not_counted"]

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Groups of what published information is about."""
        return self.lexicon.sets["subject_of_information"]

    @cached_property
    def topics(self) -> frozenset[str]:
        """Groups that later clauses are about."""
        return self.lexicon.sets["off_topic"] | self.lexicon.sets["topic"]

    @cached_property
    def acts(self) -> frozenset[str]:
        """Groups of what a body does or receives: whoever stands before one is its subject."""
        return self.lexicon.sets["act"]

    @cached_property
    def ways(self) -> frozenset[str]:
        """Groups of the ways in which requests are filed."""
        return self.lexicon.sets["way"]

    @cached_property
    def channels(self) -> frozenset[str]:
        """Groups of the channels of publication."""
        return self.lexicon.sets["channel"]

    @cached_property
    def reasons(self) -> frozenset[str]:
        """Groups of the reasons for which requests were refused or not answered."""
        return self.lexicon.sets["reason"]

    @cached_property
    def carried(self) -> frozenset[str]:
        """Groups that may stand in a clause before that of their figure."""
        return self.lexicon.sets["carried"]

    @cached_property
    def takes(self) -> Mapping[str, frozenset[str]]:
        """For a topic the groups that take it as their subject."""
        return self.lexicon.takes

    def meaning(self, phrases: frozenset[str], unit: str) -> Meaning:
        """Return what a clause of these phrases states whose figure has a unit of this group."""
        if not phrases.isdisjoint(self.nothing):
            return NOTHING
        left, redundant = phrases, self.lexicon.redundant
        for one in phrases:
            if one in redundant:
                left -= redundant[one]
        return self.lexicon.clauses.meaning(left, unit)
