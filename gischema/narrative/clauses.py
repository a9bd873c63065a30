"""A sentence as clauses: the phrases that stand beside each figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, field

from gischema.narrative.grammar import NONES, NarrativeGrammar
from gischema.narrative.scanner import Mark

_ENUMERATION = "、"
_PASSED = ("ALL", "ANYONE")  # may stand between 未 and what was not
_VERBS = ("RECEIVE", "SUBMIT", "OCCUR", "FEE", "REQUEST")
_BESIDE_NONE = 3  # characters between 未 and what was not
_DENYING = ("NONE", "ZERO")  # their lists may go on: 无申请、复议
_BESIDE_ZERO = 3  # characters between a phrase and a 0 without a unit
_FAR_FROM_NONE = 16  # the same, if a verb stands between
_SEVERAL = frozenset({"CHANNELS"})
_OTHER = {"OTHER_WAYS"}
_NO_COUNTS = ("GIVE", "SHARE", "ABOUT")
_NUMBER_OF = r"(?:总?(?:数|数量|量))?[次为是共计达:]?"  # seldom asked
_SUCH = re.compile(r"等[^,。;、]{0,9}\Z")
_ACCOUNTS = "新媒体"
_JOINS = frozenset("、和及与,")
_PUBLISHED = ("DISCLOSE", "OPEN", "PUBLISH")


@define(eq=False, repr=False)
class Clause:
    """The marks between two stops. `figure` is the figure among them, if there is one."""

    marks: Sequence[Mark]
    figure: Mark | None
    stop: str
    """The stop it ends with; empty where the next clause begins without one."""
    before: str
    """The stop ahead of it, likewise."""
    inside: bool
    """Whether it stands in brackets."""
    opens: int
    """Where in the sentence it begins, with words that are no marks."""
    names: frozenset[str]
    """The terminals in the clause."""
    ahead: frozenset[str]
    """Those in front of the figure; all of them where there is none."""
    phrases: frozenset[str]
    """Those that say what the figure is; two channels are several."""

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


def clauses_of(text: str, grammar: NarrativeGrammar) -> list[Clause]:
    """The clauses of a sentence, in order."""
    marks = grammar.scanner.marks(text)
    if "等" in text:
        marks = _without_subjects(text, marks, grammar.subjects)
    cutter = _Cutter(text, grammar)
    cutter.cut(_without_remarks(marks) if "(" in text else marks)
    return cutter.clauses


def _without_subjects(text: str, marks: list[Mark], subjects: frozenset[str]) -> list[Mark]:
    """Leave out what information is about: 公开预决算、行政处罚等信息3条 counts no penalties."""
    kept: list[Mark] = []
    for mark in marks:
        if mark.name == "INFO" and _SUCH.search(text, max(0, mark.start - 10), mark.start):
            act = next((n for n in reversed(range(len(kept))) if kept[n].name in _PUBLISHED), None)
            if act is not None:
                kept[act:] = [m for m in kept[act:] if m.name not in subjects]
        kept.append(mark)
    return kept


def _without_remarks(marks: Sequence[Mark]) -> list[Mark]:
    """Leave out what stands in brackets and is no figure of a report: (含转发), (微信号:…)."""
    kept: list[Mark] = []
    at = 0
    while at < len(marks):
        mark = marks[at]
        if mark.name == "stop" and mark.text == "(":
            close = next((n for n in range(at, len(marks)) if marks[n].text == ")"), None)
            if close is not None and _is_remark(marks[at + 1 : close]):
                at = close + 1
                continue
        kept.append(mark)
        at += 1
    return kept


def _is_remark(marks: Sequence[Mark]) -> bool:
    """Whether what stands in brackets counts nothing but what is in front of it: 公众号(2个)."""
    counted = [mark for mark in marks if _counts(mark)]
    return not counted or (len(marks) == 1 and counted[0].name == "PLACES")


def _counts(mark: Mark) -> bool:
    return mark.value != "" and mark.name != "year"


@define(eq=False, repr=False)
class _Cutter:
    """Cuts the marks of a sentence; all but `clauses` is of the clause that is being read."""

    text: str
    grammar: NarrativeGrammar
    clauses: list[Clause] = field(factory=list)
    marks: list[Mark] = field(factory=list)
    figure: Mark | None = None
    before: str = ""
    inside: bool = False
    opens: int = 0

    def cut(self, marks: Sequence[Mark]) -> None:
        """Cut `marks` into clauses."""
        last: Mark | None = None
        for mark, following in zip(marks, [*marks[1:], None], strict=False):
            if mark.name == "stop":
                if not self._goes_on(mark, following):
                    self._stop(mark)
            elif mark.name in NONES:
                self._none(mark, last)
            elif _counts(mark):
                self._count(mark)
            elif mark.name == "AMONG" and self.figure is not None:
                self._settle()
                self._begin(mark.start, [mark])
            else:
                self.marks.append(mark)
            last = mark
        self._settle()

    def _goes_on(self, stop: Mark, following: Mark | None) -> bool:
        """Whether a clause goes on behind a stop: 网上、当面收到3件, 上年结转:1件."""
        if stop.text == _ENUMERATION:
            return self.figure is None or self.figure.name in _DENYING
        if stop.text != ":" or following is None or self.figure is not None:
            return False
        return _counts(following) and following.start == stop.end

    def _stop(self, mark: Mark) -> None:
        self._settle(mark.text)
        self.inside = mark.text == "(" or (self.inside and mark.text != ")")
        self._begin(mark.end, [], mark.text)

    def _none(self, mark: Mark, last: Mark | None) -> None:
        """A clause denies one thing; 未…、未… are two."""
        again = last is not None and last.text == _ENUMERATION and last.end == mark.start
        if self.figure is not None and (again or self.figure.name not in NONES):
            self._settle()
            self._begin(mark.start, [])
        if self.figure is None:
            self.figure = mark

    def _count(self, mark: Mark) -> None:
        """Give a figure to its clause; a clause that has one already ends, and a new one begins."""
        earlier = self.figure
        if mark.name == "bare" and not self._is_count(mark):
            return
        if earlier is not None and earlier.name in NONES:
            # 未按时办结0件: what is counted is something else than what the phrases say.
            self.marks.append(earlier)
        elif earlier is not None:
            behind: list[Mark] = []
            if any(m.start < earlier.start for m in self.marks if self._tells(m)):
                behind = [m for m in self.marks if m.start > earlier.start]
                self.marks = [m for m in self.marks if m.start < earlier.start]
            self._settle()
            self._begin(earlier.end, behind)
        self.figure = mark

    def _tells(self, mark: Mark) -> bool:
        return mark.name not in self.grammar.aside and mark.name not in ("AMONG", "year")

    def _is_count(self, mark: Mark) -> bool:
        """Whether a number without a unit is one: it touches a phrase, or is said to be a number.

        办结率为98, 主动公开表1 and 公开约500 are none.
        """
        if not self.marks or self.marks[-1].name in _NO_COUNTS:
            return False
        last = self.marks[-1].end
        if mark.value == "0" and mark.start - last <= _BESIDE_ZERO:
            return True
        return re.fullmatch(_NUMBER_OF, self.text[last : mark.start]) is not None

    def _begin(self, opens: int, marks: list[Mark], before: str = "") -> None:
        self.marks, self.figure, self.before, self.opens = marks, None, before, opens

    def _settle(self, stop: str = "") -> None:
        """Add the clause that has been read, if there is anything in it."""
        marks, figure = self.marks, self.figure
        if not marks and figure is None:
            return
        names = frozenset([mark.name for mark in marks])
        if figure is not None and figure.name == "NONE" and not self._denies(figure, names):
            figure = None
        if figure is None:
            if not marks:
                return
            ahead = names
        elif not marks or marks[-1].start < figure.start:
            ahead = names
        else:
            ahead = frozenset([mark.name for mark in marks if mark.start < figure.start])
        phrases = self._phrases(names)
        if figure is not None and figure.name not in NONES and not names.isdisjoint(NONES):
            phrases |= {"NONE"}
        self.clauses.append(
            Clause(marks, figure, stop, self.before, self.inside, self.opens, names, ahead, phrases)
        )

    def _phrases(self, names: frozenset[str]) -> frozenset[str]:
        """The phrases that say what a figure is; two channels are several."""
        phrases = names - self.grammar.silent
        if "REASONS" in names:
            phrases -= self.grammar.reasons  # 因不掌握等原因 is more than that one
        channels = self.grammar.channels
        if phrases.isdisjoint(channels):
            return phrases
        named = [mark.name for mark in self.marks if mark.name in channels]
        several = len({*named}) > 1 or named.count("WEBSITE") > 1
        if "CHANNELS" in phrases and not several and self._is_one_kind(named[0]):
            return phrases - _SEVERAL
        if several or "CHANNELS" in phrases:
            return phrases - channels | _SEVERAL
        return phrases

    def _is_one_kind(self, channel: str) -> bool:
        """Whether 等渠道 is more of what is named, 公开栏等渠道, or 新媒体 what an account is."""
        first = next(mark.start for mark in self.marks if mark.name == channel)
        several = [mark for mark in self.marks if mark.name in _SEVERAL]
        if all(mark.text.endswith(_ACCOUNTS) and mark.end <= first for mark in several):
            return _JOINS.isdisjoint(self.text[several[-1].end : first])
        named = _ENUMERATION in self.text[self.opens : first]
        return channel in _OTHER and not named and all(m.text.startswith("等") for m in several)

    def _denies(self, none: Mark, names: frozenset[str]) -> bool:
        """Whether 未, 没有 … stand before what they deny, not before some other word."""
        if "EXCEPT" in names:
            return False
        if not self.marks and self.before == ":":
            return True  # 行政复议:无
        behind = [m for m in self.marks if m.start >= none.end and m.name not in _PASSED]
        if not behind:
            return False
        passed = [m.end for m in self.marks if none.end <= m.start < behind[0].start]
        gap = behind[0].start - max(passed, default=none.end)
        if gap <= _BESIDE_NONE and behind[0].name != "WORDS":
            return True
        verb = next((m for m in behind if m.name in _VERBS), None)
        return (
            verb is not None and verb.start - none.end <= _FAR_FROM_NONE and verb.name != "REQUEST"
        )
