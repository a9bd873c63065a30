"""Names of public bodies: Chinese characters and brackets up to an ending such as 局.

The endings stand in the lexicon of running text, `[body]` of grammars/narrative/lexicon.toml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import field, frozen

LEVELS = "省市县区州旗盟"
"""Last characters of the names of regions, from province to county and banner."""

PLACES = f"{LEVELS}乡镇街道"
"""Last characters of the names of all places that have a government."""

NAME_CHARACTERS = "\u4e00-\u9fff()"
"""The content of a character class: Chinese characters, and brackets as in 某市(某区)税务局."""

MAX_NAME = 30
"""The most characters of a name before its ending."""

_MIN_NAME = 2
_MAX_EXPECTED = 40
_UNNAMED = re.compile(
    r"[我本该全各](?:[省市县区旗盟镇乡街局委办厅院校关站所队处科部级类项个年国体次期报社民系]"
    r"|州(?!县)|单位|机关|中心|公司|行政|行业|辖区)"
)
"""What stands in place of a name, unlike 本溪市, 全椒县 and 全州县."""

_NO_NAME = re.compile(r"[^\u4e00-\u9fff0-9A-Z()·、]")
"""Characters that no name has: bars, dots of addresses, small letters."""

_SHORTER = (
    ("人民政府", "政府"),
    ("委员会", "委"),
    ("管委会", "管委"),
    ("办公室", "办"),
    ("办公厅", "办"),
    ("街道办事处", "街道"),
)
_BRANCH = "分局"
_MARKET = "市场"
_NO_LEVEL = re.compile(r"市场|城市|市政(?![府务协])|市容|市民(?!政)")


def is_chinese(text: str) -> bool:
    """Return True if a text holds only Chinese characters and brackets.

    Each character is compared by itself, which is faster than to compile an expression.
    """
    return all("\u4e00" <= sign <= "\u9fff" or sign in "()" for sign in text)


def without_ending(text: str, endings: Iterable[str]) -> str:
    """Return `text` without the first of `endings` that it has."""
    return next((text.removesuffix(one) for one in endings if text.endswith(one)), text)


def is_unnamed(text: str) -> bool:
    """Return True if a text begins by referring to bodies or regions, not by naming one: 我局."""
    return _UNNAMED.match(text) is not None


def plain_name(name: str) -> str:
    """Return a name with short words for common ones, without 政府 at its end: 云岭县, 县住建委."""
    for words, short in _SHORTER:
        name = name.replace(words, short)
    return name.removesuffix("政府")


def is_same_body(one: str, other: str) -> bool:
    """Return True if two plain names may mean one body: 县住建局, 某县住房和城乡建设局.

    某县 is 某县人民政府, but neither 某县教育局 nor 某县某镇, and 某市教育局 is not 某市某县教育局.
    """
    short, long = sorted((one, other), key=len)
    if not short or short[-1] != long[-1]:
        return False
    if short.endswith(_BRANCH):
        return not Counter(short) - Counter(long)  # 区公安分局 is 某市公安局某区分局
    levels = [c for c in short[:1] if c in LEVELS and not short.startswith(_MARKET)]
    levels += [c for c in _NO_LEVEL.sub("", short[1:-1]) if c in LEVELS]
    below = _NO_LEVEL.sub("", long.partition(levels[-1])[2][:-1]) if levels else ""
    if short[-1] not in PLACES and any(c in LEVELS for c in below):
        return False
    rest = iter(long)
    return all(c in rest for c in short)


@frozen
class BodyNames:
    """What names of bodies look like.

    Attributes:
        regions: Words for all bodies of a region: 全县.
        nations: Words for the whole country.
        endings: Last characters of names of bodies.
        offices: Offices inside a body, long ones first.
        groups: Last characters of what stands for several bodies, long ones first.
        expected: Last characters of bodies where the name of one is expected: 站, 中学.
        website: Words of websites, never part of a name.
        makers: Offices that make the report of the body that they belong to, long ones first.
        ends: The last characters of names of bodies and groups.
        beginning: Matches the longest name of a body with which a text begins.
    """

    regions: tuple[str, ...]
    nations: tuple[str, ...]
    endings: tuple[str, ...]
    offices: tuple[str, ...]
    groups: tuple[str, ...]
    makers: tuple[str, ...]
    expected: tuple[str, ...]
    website: tuple[str, ...]
    ends: frozenset[str] = field(init=False)
    beginning: re.Pattern[str] = field(init=False)

    @ends.default
    def _ends(self) -> frozenset[str]:
        return frozenset(word[-1] for word in (*self.endings, *self.groups, ")"))

    @beginning.default
    def _beginning(self) -> re.Pattern[str]:
        name = rf"[{NAME_CHARACTERS}]{{{_MIN_NAME},{MAX_NAME}}}"
        endings = sorted(self.endings, key=len, reverse=True)
        return re.compile(f"{name}(?:{'|'.join(endings)})(?!员?会)")

    @classmethod
    def of(cls, words: Mapping[str, tuple[str, ...]], regions: tuple[str, ...]) -> BodyNames:
        """Return the names that the wordings of the `body` groups of the lexicon make."""
        offices, groups, makers = (
            tuple(sorted(words[name], key=len, reverse=True))
            for name in ("office", "group", "maker")
        )
        further = words["expected"], words["website"]
        return cls(regions, words["nation"], words["ending"], offices, groups, makers, *further)

    def is_name(self, text: str, least: int = 1) -> bool:
        """Return True for a name with an ending and at least `least` characters before it."""
        if not text.endswith(self.endings):
            return False
        lengths = (len(text) - len(one) for one in self.endings if text.endswith(one))
        return any(least <= length <= MAX_NAME and is_chinese(text[:length]) for length in lengths)

    def is_full_name(self, text: str) -> bool:
        """Return True for a name that says which body it is, unlike 县局 and 我县财政局."""
        return self.is_name(text, _MIN_NAME) and not is_unnamed(text)

    def is_expected_name(self, text: str) -> bool:
        """Return True for a full name where one is expected: in a title, behind 发布机构.

        More kinds of bodies end there than running text is searched for: stations, schools.
        """
        if not self._has_only_name_characters(text):
            return False
        endings = (one for one in (*self.endings, *self.expected, ")") if text.endswith(one))
        return any(len(text) - len(ending) >= _MIN_NAME for ending in endings)

    def may_be_name(self, text: str) -> bool:
        """Return True for a name where one is expected, or for one that is made of a place's."""
        if not self._has_only_name_characters(text):
            return False
        return self.is_expected_name(text) or any(place in text[1:] for place in PLACES)

    def _has_only_name_characters(self, text: str) -> bool:
        name = "".join(text.split())
        if not _MIN_NAME <= len(name) <= _MAX_EXPECTED or _NO_NAME.search(name):
            return False
        return not is_unnamed(name) and not self.has_website(name)

    def has_website(self, text: str) -> bool:
        """Return True if a text has words of a website: 某网站主页."""
        return any(word in text for word in self.website)

    def behind_website(self, text: str) -> str | None:
        """Return the full name behind the words of a website: 某网站主页北城街道办事处."""
        at = max((text.rfind(word) + len(word) for word in self.website if word in text), default=0)
        return name if at and self.is_full_name(name := text[at:].strip()) else None

    def is_body(self, text: str) -> bool:
        """Return True for the name of a body, maybe with a bracket that was opened before."""
        return self.is_name(text) or self.is_name(text.removesuffix(")"))

    def of_report(self, name: str) -> str:
        """Return the body whose report it is: a town's, not that of its office."""
        return without_ending(name, self.makers)
