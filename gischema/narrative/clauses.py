"""A sentence as clauses: the phrases that stand beside each figure."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from attrs import define, field, frozen

from gischema.narrative.grammar import NONES, NarrativeGrammar
from gischema.narrative.scanner import number
from gischema.narrative.sentences import Sentence

_ENUMERATION = "、"
_STRONG = "。;!?"
_MAX_DIGITS = 15
_ALREADY_SEVERAL = {"OTHER_WAYS"}  # 报纸等 is still something other than a website
_HAPPENED = ("OCCUR", "RECEIVE", "SUBMIT")
_PASSED = ("ALL", "ANYONE")  # may stand between 未 and what was not
_BESIDE_NONE = 3  # characters between 未 and what was not
_FAR_FROM_NONE = 16  # the same, if a verb stands between


@frozen
class Mark:
    """A phrase, a figure, a year or a stop in a sentence. `name` is its terminal."""

    name: str
    start: int
    end: int
    text: str
    value: str = ""
    rounded: bool = False


@define
class Clause:
    """The marks between two stops. `figure` is the figure among them, if there is one."""

    marks: list[Mark] = field(factory=list)
    figure: Mark | None = None
    stop: str = ""
    before: str = ""
    inside: bool = False
    """Whether it stands in brackets."""
    opens: int = 0
    """Where in the sentence it begins, with words that are no marks."""

    @property
    def names(self) -> set[str]:
        """The terminals in the clause."""
        return {mark.name for mark in self.marks}

    @property
    def start(self) -> int:
        """Where the first mark begins."""
        first = self.marks[0].start if self.marks else None
        if self.figure is not None:
            return self.figure.start if first is None else min(first, self.figure.start)
        return first or 0

    @property
    def end(self) -> int:
        """Where the last mark ends."""
        last = self.marks[-1].end if self.marks else 0
        return max(last, self.figure.end) if self.figure is not None else last

    def ahead(self) -> set[str]:
        """The terminals in front of the figure."""
        if self.figure is None:
            return self.names
        return {mark.name for mark in self.marks if mark.start < self.figure.start}


def marks_of(sentence: Sentence, grammar: NarrativeGrammar) -> list[Mark]:
    """What a sentence holds, in order."""
    found: list[Mark] = []
    for match in grammar.scanner.finditer(sentence.text):
        kind, start, end, text = match.lastgroup or "", match.start(), match.end(), match[0]
        if kind == "phrase":
            name = grammar.terminal_of[text]
            if name in grammar.channels - _ALREADY_SEVERAL and sentence.text[end : end + 1] == "等":
                name = "CHANNELS"
            found.append(Mark(name, start, end, text))
        elif kind.startswith("gap"):
            found.append(Mark(grammar.gaps[int(kind[3:])], start, end, text))
        elif kind in ("stop", "year", "range"):
            found.append(Mark(kind, start, end, text, match["year"] or ""))
        elif kind == "bare":
            found.append(Mark("bare", start, match.end("bare"), match["bare"], match["bare"]))
        elif match["numerals"] == "一" and _is_denied(found):
            continue  # 没有发生一起 denies; it counts nothing
        else:
            value = number(match["digits"], match["numerals"], match["times"])
            unit = grammar.unit_of[match["unit"]]
            money = unit == "MONEY"
            odd = match["about"] or match["odd1"] or match["odd2"] or match["odd3"]
            if value and len(value) <= _MAX_DIGITS:
                rounded = bool(odd) or (bool(match["times"]) and not money and value != "0")
                found.append(Mark(unit, start, end, match["unit"], value, rounded))
    return found


def _is_denied(marks: Sequence[Mark]) -> bool:
    """Whether marks end with 没有 or 没有发生."""
    names = [mark.name for mark in marks[-2:]]
    return names[-1:] == ["NONE"] or (names[:1] == ["NONE"] and names[1] in _HAPPENED)


def clauses_of(sentence: Sentence, grammar: NarrativeGrammar) -> list[Clause]:
    """The clauses of a sentence, in order."""
    return list(_cut(_without_remarks(marks_of(sentence, grammar)), grammar))


def _without_remarks(marks: list[Mark]) -> Iterator[Mark]:
    """Leave out what stands in brackets without a figure: (含转发), (微信号:…)."""
    at = 0
    while at < len(marks):
        mark = marks[at]
        if mark.name == "stop" and mark.text == "(":
            close = next((n for n in range(at, len(marks)) if marks[n].text == ")"), None)
            if close is not None and not any(m.value and m.name != "year" for m in marks[at:close]):
                at = close + 1
                continue
        yield mark
        at += 1


def _cut(marks: Iterator[Mark], grammar: NarrativeGrammar) -> Iterator[Clause]:
    clause, inside, before = Clause(), False, ""
    every = list(marks)
    for last, mark, following in zip([None, *every], every, [*every[1:], None], strict=False):
        if mark.name == "stop":
            if _joins(mark, following, clause):
                continue
            clause.stop = mark.text
            yield from _settled(clause)
            inside = mark.text == "(" or (inside and mark.text != ")")
            before = mark.text
            clause = Clause(before=before, inside=inside, opens=mark.end)
        elif mark.name in NONES:
            again = last is not None and last.text == _ENUMERATION and last.end == mark.start
            if clause.figure is not None and (again or clause.figure.name not in NONES):
                yield from _settled(clause)
                clause = Clause(inside=inside, opens=mark.start)
            if clause.figure is None:
                clause.figure = mark
        elif mark.value and mark.name != "year":
            clause = yield from _counted(clause, mark, grammar, inside)
        elif mark.name == "AMONG" and (clause.figure is not None):
            yield from _settled(clause)
            clause = Clause([mark], inside=inside, opens=mark.start)
        else:
            clause.marks.append(mark)
    yield from _settled(clause)


def _joins(stop: Mark, following: Mark | None, clause: Clause) -> bool:
    """Whether a clause goes on behind a stop: 网上、当面收到3件, 上年结转:1件."""
    if stop.text == _ENUMERATION:
        return clause.figure is None or clause.figure.name in NONES
    if stop.text != ":" or following is None or clause.figure is not None:
        return False
    counted = following.value and following.name != "year"
    return bool(counted) and following.start == stop.end


def _counted(
    clause: Clause, mark: Mark, grammar: NarrativeGrammar, inside: bool
) -> Generator[Clause, None, Clause]:
    """Give a figure to its clause; a clause that has one already ends, and a new one begins."""
    earlier = clause.figure
    if mark.name == "bare" and not _is_count(clause, mark):
        return clause
    if earlier is None:
        clause.figure = mark
        return clause
    if earlier.name in NONES:
        # 未按时办结0件: what is counted is something else than what the phrases say.
        clause.figure = mark
        clause.marks.append(earlier)
        return clause
    counts_first = not any(m.start < earlier.start for m in clause.marks if _tells(m, grammar))
    fresh = Clause(inside=inside, opens=earlier.end)
    if not counts_first:
        behind = [m for m in clause.marks if m.start > earlier.start]
        clause.marks = [m for m in clause.marks if m.start < earlier.start]
        fresh.marks = behind
    yield from _settled(clause)
    fresh.figure = mark
    return fresh


def _tells(mark: Mark, grammar: NarrativeGrammar) -> bool:
    return mark.name not in grammar.aside and mark.name not in ("AMONG", "year")


def _is_count(clause: Clause, mark: Mark) -> bool:
    """Whether a number without a unit is one: it must touch a phrase, or be a 0 behind 为."""
    last = clause.marks[-1] if clause.marks else None
    return last is not None and (
        0 <= mark.start - last.end <= 1 or (mark.value == "0" and mark.start - last.end <= 3)
    )


def _settled(clause: Clause) -> Iterator[Clause]:
    none = clause.figure
    if none is not None and none.name == "NONE" and not _denies(clause, none):
        clause.figure = None
    if clause.marks or clause.figure is not None:
        yield clause


def _denies(clause: Clause, none: Mark) -> bool:
    """Whether 未, 没有 … stand before what they deny, not before some other word."""
    if "EXCEPT" in clause.names:
        return False
    if not clause.marks and clause.before == ":":
        return True  # 行政复议:无
    behind = [m for m in clause.marks if m.start >= none.end and m.name not in _PASSED]
    if not behind:
        return False
    passed = [m.end for m in clause.marks if none.end <= m.start < behind[0].start]
    gap = behind[0].start - max(passed, default=none.end)
    if gap <= _BESIDE_NONE and behind[0].name != "WORDS":
        return True
    verbs = ("RECEIVE", "SUBMIT", "OCCUR", "FEE", "REQUEST")
    first = next((m for m in behind if m.name in verbs), None)
    return (
        first is not None and first.start - none.end <= _FAR_FROM_NONE and first.name != "REQUEST"
    )
