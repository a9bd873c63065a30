"""Clauses: a sentence is cut into one clause a figure, with the phrases that stand around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from attrs import define, field

from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.scanner import Token
from gischema.narrative.tokens import counts, tokens_of

_ENUMERATION = "、"
_BEGUN = frozenset({"HOLD", "MAKE"})
_DIGIT = re.compile(r"\d")
_PASSED = ("ALL", "ANYONE")  # may stand between 未 and what was not
_VERBS = ("RECEIVE", "SUBMIT", "OCCUR", "FEE", "REQUEST")
_VERBAL = frozenset({"RECEIVE", "ANSWER", "CONCLUDED", "MAKE"})
_AND = ("", "并", "且", "已", "并已", "现已")
_RELATIVE = "的"
_NEAR_NONE = 3  # characters between 未 and what was not
_DENYING = ("NONE", "ZERO")  # their lists may go on: 无申请、复议
_NEAR_ZERO = 3  # characters between a phrase and a 0 without a unit
_FAR_FROM_NONE = 16  # the same, if a verb stands between
_SEVERAL = frozenset({"CHANNELS"})
_IN_OTHER_WAYS = "OTHER_WAYS"
_OTHER = {_IN_OTHER_WAYS}
_WHERE_TO_READ = "READING_POINT"
_PIECES = ("ITEMS", "CASES")
_NO_COUNTS = ("GIVE", "SHARE", "ABOUT")
_NUMBER_OF = r"的?(?:案件|案|申请)?(?:总?(?:数|数量|量))?[次为是共计达:]?"
_ACCOUNTS = "新媒体"
_JOINS = frozenset("、和及与,")


@define(eq=False)
class Clause:
    """The tokens between two stops. `figure` is the figure among them, if there is one."""

    tokens: Sequence[Token]
    figure: Token | None
    stop: str
    """The stop it ends with; empty where the next clause begins without one."""
    before: str
    """The stop ahead of it, likewise."""
    inside: bool
    """True if it stands in brackets."""
    opens: int
    """Where in the sentence it begins, with words that are no tokens."""
    names: frozenset[str]
    """The terminals in the clause."""
    ahead: frozenset[str]
    """Those in front of the figure; all of them where there is none."""
    phrases: frozenset[str]
    """Those that say what the figure is; two channels are several."""

    @property
    def start(self) -> int:
        """Where the first token begins, but for those in front of figures before."""
        own = (*self.tokens, self.figure)
        return max(self.opens, min((one.start for one in own if one is not None), default=0))

    @property
    def end(self) -> int:
        """Where the last token ends."""
        last = self.tokens[-1].end if self.tokens else 0
        return max(last, self.figure.end) if self.figure is not None else last


def _channel(token: Token) -> str:
    """Return the name of a token, that of the form's other ways for a place to read in."""
    return _IN_OTHER_WAYS if token.name == _WHERE_TO_READ else token.name


def clauses_of(text: str, grammar: NarrativeGrammar) -> list[Clause]:
    """The clauses of a sentence, in order."""
    cutter = _Cutter(text, grammar)
    cutter.cut(tokens_of(text, grammar))
    return cutter.clauses


@define(eq=False)
class _Cutter:
    """Cuts the tokens of a sentence; all but `clauses` is of the clause that is being read."""

    text: str
    grammar: NarrativeGrammar
    clauses: list[Clause] = field(factory=list)
    tokens: list[Token] = field(factory=list)
    figure: Token | None = None
    before: str = ""
    inside: bool = False
    opens: int = 0

    def cut(self, tokens: Sequence[Token]) -> None:
        """Cut `tokens` into clauses."""
        last: Token | None = None
        for place, (token, following) in enumerate(
            zip(tokens, [*tokens[1:], None], strict=False), 1
        ):
            if token.name == "stop":
                if not self._goes_on(token, following):
                    self._stop(token)
            elif token.name in self.grammar.none:
                self._none(token, last)
            elif counts(token):
                if not self._qualifies(token, tokens[place:]):
                    self._count(token)
            elif self.figure is not None and (token.name == "AMONG" or self._says_of_all(token)):
                self._settle()
                self._begin(token.start, [token])
            else:
                self.tokens.append(token)
            last = token
        self._settle()

    def _qualifies(self, token: Token, behind: Sequence[Token]) -> bool:
        """Return True for a number in front of another noun: 在26个试点领域公开信息318条."""
        if token.name != "PLACES" or not behind or behind[0].start == token.end:
            return False
        if behind[0].name == "SET_UP":
            return True  # 43个部门设立了查阅点
        clause = takewhile(lambda one: one.name != "stop", behind)
        return self.text[token.end].isalpha() and any(map(counts, clause))

    def _goes_on(self, stop: Token, following: Token | None) -> bool:
        """Return True if a clause goes on behind a stop: 网上、当面收到3件, 上年结转:1件."""
        if stop.text == _ENUMERATION:
            return self.figure is None or self.figure.name in _DENYING
        if stop.text != ":" or following is None or self.figure is not None:
            return False
        return counts(following) and following.start == stop.end

    def _says_of_all(self, token: Token) -> bool:
        """Return True where 全部 behind a figure begins what is said of it: 收到3项全部予以公开."""
        if token.name != "ALL" or self.figure is None:
            return False
        if self.text[self.figure.end : token.start] not in _AND:
            return False
        of_some = self.text.endswith(_RELATIVE, 0, self.figure.start)  # 受理的5件均已答复
        return not of_some and not _VERBAL.isdisjoint(one.name for one in self.tokens)

    def _stop(self, token: Token) -> None:
        self._settle(token.text)
        self.inside = token.text == "(" or (self.inside and token.text != ")")
        self._begin(token.end, [], token.text)

    def _none(self, token: Token, last: Token | None) -> None:
        """A clause denies one thing; 未…、未… are two."""
        again = last is not None and last.text == _ENUMERATION and last.end == token.start
        if self.figure is not None and (again or self.figure.name not in self.grammar.none):
            self._settle()
            self._begin(token.start, [])
        if self.figure is None:
            self.figure = token

    def _count(self, token: Token) -> None:
        """Give a figure to its clause; a clause that has one already ends, and a new one begins."""
        earlier = self.figure
        if self._follows_cells(token) or (token.name == "bare" and not self._is_count(token)):
            return
        if earlier is not None and earlier.name in self.grammar.none:
            # 未按时办结0件: what is counted is something else than what the phrases say.
            self.tokens.append(earlier)
        elif earlier is not None and earlier.end == token.start:
            both = list(self.tokens)  # 推送信息98期265条
            self._settle()
            self._begin(earlier.end, both)
        elif earlier is not None:
            behind: list[Token] = []
            if any(m.start < earlier.start for m in self.tokens if self._tells(m)):
                behind = [m for m in self.tokens if m.start > earlier.start]
                self.tokens = [m for m in self.tokens if m.start < earlier.start]
            self._settle()
            self._begin(earlier.end, behind)
        self.figure = token

    def _follows_cells(self, token: Token) -> bool:
        """Return True behind cells of a table in one line: 行政复议数件5行政诉讼数件0."""
        if not self.tokens:
            return False
        start = self.figure.end if self.figure is not None else self.tokens[0].start
        return self.grammar.unit_and_number.search(self.text, start, token.start) is not None

    def _tells(self, token: Token) -> bool:
        return token.name not in self.grammar.about_figure and token.name not in ("AMONG", "year")

    def _is_count(self, token: Token) -> bool:
        """Return True if a number without a unit counts: it touches a phrase, or is said to be one.

        办结率为98, 主动公开表1 and 公开约500 are none.
        """
        if not self.tokens or self.tokens[-1].name in _NO_COUNTS:
            return False
        last = self.tokens[-1].end
        gaps = (self.text[one.end : two.start] for one, two in pairwise(self.tokens))
        if any(map(_DIGIT.search, gaps)):
            return False  # 行政复议5行政诉讼0: cells of a table
        if token.value == "0" and token.start - last <= _NEAR_ZERO:
            return True
        return re.fullmatch(_NUMBER_OF, self.text[last : token.start]) is not None

    def _begin(self, opens: int, tokens: list[Token], before: str = "") -> None:
        self.tokens, self.figure, self.before, self.opens = tokens, None, before, opens

    def _settle(self, stop: str = "") -> None:
        """Add the clause that has been read, if there is anything in it."""
        tokens, figure = self.tokens, self.figure
        if not tokens and figure is None:
            return
        names = frozenset([token.name for token in tokens])
        if figure is not None and figure.name == "NONE" and not self._denies(figure, names):
            figure = None
            if not tokens:
                return
        until = figure.start if figure is not None else len(self.text)
        ahead = frozenset([token.name for token in tokens if token.start < until])
        phrases = self._phrases(names)
        if (
            figure is not None
            and figure.name not in self.grammar.none
            and not names.isdisjoint(self.grammar.none)
        ):
            phrases |= {"NONE"}
        self.clauses.append(
            Clause(
                tokens, figure, stop, self.before, self.inside, self.opens, names, ahead, phrases
            )
        )

    def _phrases(self, names: frozenset[str]) -> frozenset[str]:
        """The phrases that say what a figure is; two channels are several."""
        phrases = names - self.grammar.silent
        if "SINCE" in names:
            phrases -= _BEGUN  # 自开展工作以来未收到申请
        reasons = phrases & self.grammar.reasons
        if "REASONS" in names or (len(reasons) > 1 and "UNAVAILABLE" in names):
            phrases -= reasons  # 因不掌握等原因 is more than that one
        channels = self.grammar.channels
        if _WHERE_TO_READ in phrases and self.figure is not None and self.figure.name in _PIECES:
            phrases = phrases - {_WHERE_TO_READ} | {_IN_OTHER_WAYS}  # 通过查阅场所公开信息3条
        if phrases.isdisjoint(channels):
            return phrases
        named = [name for m in self.tokens if (name := _channel(m)) in channels]
        several = len({*named}) > 1 or named.count("WEBSITE") > 1
        if "CHANNELS" in phrases and not several and self._is_one_kind(named[0]):
            return phrases - _SEVERAL
        if several or "CHANNELS" in phrases:
            return phrases - channels | _SEVERAL
        return phrases

    def _is_one_kind(self, channel: str) -> bool:
        """Return True if 等渠道 means more of the same: 公开栏等渠道, or 新媒体 the account."""
        first = next(token.start for token in self.tokens if _channel(token) == channel)
        several = [token for token in self.tokens if token.name in _SEVERAL]
        if all(token.text.endswith(_ACCOUNTS) and token.end <= first for token in several):
            return _JOINS.isdisjoint(self.text[several[-1].end : first])
        named = _ENUMERATION in self.text[self.opens : first]
        return channel in _OTHER and not named and all(m.text.startswith("等") for m in several)

    def _denies(self, none: Token, names: frozenset[str]) -> bool:
        """Return True if 未, 没有 … stand before what they deny, not before some other word."""
        if "EXCEPT" in names:
            return False
        if not self.tokens and self.before == ":":
            return True  # 行政复议:无
        behind = [m for m in self.tokens if m.start >= none.end and m.name not in _PASSED]
        if not behind:
            return False
        passed = (m.end for m in self.tokens if none.end <= m.start < behind[0].start)
        near = behind[0].start - max(passed, default=none.end) <= _NEAR_NONE
        return (near and behind[0].name != "WORDS") or _denies_act(none, behind)


def _denies_act(none: Token, behind: Sequence[Token]) -> bool:
    """Return True if the first act behind 未 is near enough to be what did not happen."""
    verb = next((m for m in behind if m.name in _VERBS), None)
    return verb is not None and verb.start - none.end <= _FAR_FROM_NONE and verb.name != "REQUEST"
