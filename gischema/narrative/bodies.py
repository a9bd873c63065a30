"""Whose figures a clause counts: the reporting body's, its whole region's, or another body's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import define, frozen

from gischema.narrative.expressions import any_of
from gischema.text import is_name

Subject = Literal["own", "own_region", "region", "other"]
"""`own_region` is the whole region of the very government that reports."""

_TIME = r"20\d\d年?度?|截[至止到][^,。]{0,12}?[日底末月]|[本全上下半]{1,2}年度?|一年来|目前|今年"
_AHEAD = re.compile(rf"(?:其中|另外|此外|同时|由|{_TIME}|[\d.、,:(\s])*")
_BEHIND = re.compile(
    rf"(?:[共各已新有]|总共|共有|合计|共计|累计|依法|及时|直接|分别|主要|内|以来|{_TIME})+\Z"
)
_ENDS_BEHIND = frozenset("共各已新有计法时接别要内来年度日底末月前0123456789")  # of `_BEHIND`
_FOR = "代表"
_ON_BEHALF = rf"{_FOR}(?=[^,。]{{0,12}}(?:政府|管委会)\Z)"  # seldom asked
_TOWARDS = frozenset("向给被经对从到与将受据在")
_WHOLE, _ALL_LEVELS, _BY_WAY_OF = "全", "各级", "通过"
_OWN = ("我", "本", "该", *(f"{_WHOLE}{one}" for one in "局委办厅院校关站所队"))
_HANDLING = tuple(f"{one}办" for one in "转承主交申协经督举开创自代")
_AND = r"[及和与]"  # 区政府及区政府办公室; seldom asked
_MAX_GROUP = 8  # characters of 县级部门, 市直有关单位
_ALONE = 2  # 单位 alone is the reporting one
_BRANCH = "分局"
_LEVELS = "省市县区州旗盟"
_MARKET = "市场"
_NO_LEVEL = re.compile(r"市场|城市|市政|市容|市民")
_NO_REGION = re.compile(r"[社园景关校院库灌]区\Z")  # 全区 is not 全社区
_PARTS_OF_NAMES = ("BODY_NATION", "BODY_OFFICE", "BODY_GROUP", "BODY_HAND")
_SHORTER = (
    ("人民政府", "政府"),
    ("委员会", "委"),
    ("管委会", "管委"),
    ("办公室", "办"),
    ("办公厅", "办"),
    ("街道办事处", "街道"),
)


@frozen(eq=False, repr=False)
class BodyPatterns:
    """The wordings of the grammar: regions, endings of names, of offices inside, of groups.

    `hand` are offices that make the report of the body that they belong to.
    """

    region: re.Pattern[str]
    nation: re.Pattern[str]
    endings: tuple[str, ...]
    office: re.Pattern[str]
    group: re.Pattern[str]
    hand: re.Pattern[str]
    ends: frozenset[str]
    """The last characters of names of bodies and groups."""

    @classmethod
    def of(cls, wordings: Mapping[str, tuple[str, ...]]) -> BodyPatterns:
        """The patterns from the wordings of every terminal."""
        region, nation, office, group, hand = (
            any_of(wordings.get(name, ())) for name in ("REGION", *_PARTS_OF_NAMES)
        )
        endings = wordings.get("BODY_END", ())
        named = (*endings, *wordings.get("BODY_GROUP", ()), ")")
        return cls(
            re.compile(region),
            re.compile(nation),
            endings,
            re.compile(rf"{office}\Z"),
            re.compile(rf"{group}\Z"),
            re.compile(rf"{hand}\Z"),
            frozenset(word[-1] for word in named),
        )

    def is_body(self, text: str) -> bool:
        """Whether a text is the name of a body, maybe with a bracket that was opened before."""
        return is_name(text, self.endings) or is_name(text.removesuffix(")"), self.endings)


@define(eq=False, repr=False)
class Bodies:
    """Knows the reporting body by its names, in their plain form.

    Without any, the first body that acts is it, unless a whole region acted before. `reporting` is
    the name that title or text give it, empty if they disagree; 全县 is what a name in 县 governs.
    """

    names: list[str]
    patterns: BodyPatterns
    reporting: str = ""
    _regional: bool = False

    @classmethod
    def of(
        cls, agency: str | None, body: str | None, patterns: BodyPatterns, title: str | None = None
    ) -> Bodies:
        """Return the bodies of a report.

        Args:
            agency: The reporting body, from the title or from whoever publishes the page.
            body: The reporting body, from the text.
            patterns: What names of bodies look like.
            title: The title of the report. An agency that it does not name may be the government
                whose website the page stands on.
        """
        titled = agency is not None and agency in (title or "")
        given = [
            (patterns.hand.sub("", name.split()[-1]), stated)
            for name, stated in ((agency, titled), (body, True))
            if name and name.strip()
        ]
        known = [(name, stated) for name, stated in given if patterns.is_body(name)]
        reporting = _reporting(known, patterns)
        return cls([_plain(name) for name, _ in known], patterns, reporting)

    def subject(self, ahead: str) -> Subject | None:
        """Whose figure it is that stands behind the words `ahead`; None if they do not say."""
        words = _AHEAD.match(ahead)
        name = ahead[words.end() if words else 0 :]
        if not name:
            return None
        if self.patterns.region.match(name):
            self._regional = True
            return "own_region" if self._is_own_region(name) else "region"
        if self.patterns.nation.match(name):
            return "other"
        if name[-1] in _ENDS_BEHIND:
            name = _BEHIND.sub("", name)
        if _FOR in name:
            name = re.split(_ON_BEHALF, name, maxsplit=1)[0]
        if name.startswith(_OWN):
            if not self.patterns.region.search(name):
                return "own"
            return "own_region" if self._is_own_region(_WHOLE + name[1:]) else "region"
        if name[-1:] not in self.patterns.ends:
            return None
        group = self.patterns.group.search(name)
        if group is not None and len(name) <= _MAX_GROUP and _TOWARDS.isdisjoint(name):
            return "other" if group.start() or len(name) > _ALONE else None
        named = self.patterns.is_body(name) and not name.endswith(_HANDLING)
        if not named or not _TOWARDS.isdisjoint(name):
            return None
        if not self.names and not self._regional:
            self.names.append(_plain(name))
        return "own" if any(map(self._is_own, re.split(_AND, name))) else "other"

    def _is_own_region(self, name: str) -> bool:
        """Return True for 全县 in the report of that county; 全县各乡镇 are only its towns."""
        region = _BEHIND.sub("", name.partition(_BY_WAY_OF)[0])
        region, levels, bodies = region.partition(_ALL_LEVELS)
        if levels and not self.patterns.region.fullmatch(levels + bodies):
            return False
        whole = self.patterns.region.fullmatch(region) is not None
        return whole and self.reporting.endswith(region.removeprefix(_WHOLE))

    def _is_own(self, name: str) -> bool:
        names = [_plain(name)]
        office = self.patterns.office.search(name)
        if office is not None:
            if not any(level in name for level in _LEVELS):
                return True  # an office inside
            names.append(_plain(name[: office.start()]))
        return any(_same(one, own) for one in names for own in self.names)


def _reporting(known: Sequence[tuple[str, bool]], patterns: BodyPatterns) -> str:
    """Return the plain name of the body that reports, empty if that is not certain.

    Args:
        known: Names with whether the title or the text states them.
        patterns: What names of offices look like. The office of a government may report for it,
            but one whose name stands alone reports for itself.
    """
    plain = [_plain(patterns.office.sub("", name)) for name, _ in known]
    stated = (_plain(name) for name, is_stated in known if is_stated)
    own = next((name for name in stated if name in plain), "")
    if _NO_REGION.search(own) or not all(_same(own, name) for name in plain):
        return ""
    return own


def _same(one: str, other: str) -> bool:
    """Whether two plain names may mean one body: 县住建局 is short for 某县住房和城乡建设局.

    某县 is 某县人民政府, but neither 某县教育局 nor 某县某镇.
    """
    short, long = sorted((one, other), key=len)
    if not short or short[-1] != long[-1]:
        return False
    if short.endswith(_BRANCH):
        return not Counter(short) - Counter(long)  # 区公安分局 is 某市公安局某区分局
    level = short[0] if short[0] in _LEVELS and not short.startswith(_MARKET) else ""
    below = _NO_LEVEL.sub("", long.partition(level)[2]) if level and len(short) > 1 else ""
    rest = iter(long)
    return not any(c in _LEVELS for c in below) and all(c in rest for c in short)


def _plain(name: str) -> str:
    for words, short in _SHORTER:
        name = name.replace(words, short)
    return name.removesuffix("政府")
