"""Whose figures a clause counts: the reporting body's, its whole region's, or another body's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from attrs import define

from gischema.chinese.body_names import (
    LEVELS,
    BodyNames,
    is_same_body,
    plain_name,
    without_ending,
)
from gischema.chinese.dates import YEAR

Subject = Literal["own", "own_region", "region", "other"]
"""`own_region` is the whole region of the very government that reports."""

_TIME = (
    rf"{YEAR}年?度?|截[至止到][^,。]{{0,12}}?[日底末月]|[本全上下半]{{1,2}}一?年度?|一年来|目前"
    r"|[今去前]年(?:全年)?"
)
_AHEAD = re.compile(rf"(?:其中|另外|此外|同时|由|{_TIME}|[\d.、,:(\s])*")
_BEHIND = re.compile(
    rf"(?:[共各已新有设]|本级|总共|共有|合计|共计|累计|依法|及时|直接|分别|主要|内|以来|{_TIME})+\Z"
)
_ENDS_BEHIND = frozenset("共各已新有设级计法时接别要内来年度日底末月前0123456789")  # of `_BEHIND`
_FOR = "代表"
_ON_BEHALF = re.compile(rf"{_FOR}(?=[^,。]{{0,12}}(?:政府|管委会)\Z)")
_TOWARDS = frozenset("向给被经对从到与将受据在")
_WHOLE, _ALLLEVELS, _BY_WAY_OF = "全", "各级", "通过"
_OWN = (
    "我",
    "本",
    "该",
    *(f"{_WHOLE}{one}" for one in "局委办厅院校关站所队"),
    *(f"{one}{inside}" for one in "局委办厅" for inside in ("机关", "本级", "本部")),
)
_KINDS = {
    "学校": ("大学", "学院", "学校", "中学", "小学"),
    "医院": ("医院", "卫生院"),
    "公司": ("公司",),
    "集团": ("集团", "集团公司", "集团有限公司", "集团有限责任公司"),
    "管委会": ("管理委员会", "管委会"),
}
_HANDLING = tuple(f"{one}办" for one in "转承主交申协经督举开创自代")
_WITH = re.compile(r"\((?:含|包括|包含)([^()]+)\)\Z")
_CALLED = re.compile(r"\((?:以下)?简称[^()]*\)\Z")
_AND = re.compile(r"[及和与]")  # 区政府及区政府办公室
_SET_UP = re.compile(r"(?:分别|均|各|都|也)?[设建配]")
_FIELD = re.compile("(?:政府)?(?:信息|政务)公开")
SYSTEM = "系统"  # 市教育局系统: with its schools
_SOFTWARE = tuple(f"{use}系统" for use in ("管理", "信息", "目录", "公开", "办公", "服务", "发布"))
_SUCH = "等"  # 教务处等12个部门
_LOWER = re.compile(
    r"(?<![及和与、含])(?:下属|所属|直属|下辖|二级)[^,]{0,6}(?:单位|机构|企业|学校|站所|分局|中心)\Z"
)
_ABOVE, _AUTHORITIES = "上级", ("机关", "部门", "单位", "政府")
_POSTS = ("所", "站")  # 派出所, without the name of a place
_ABOUT = ("围绕", "聚焦", "结合", "针对", "立足", "紧扣", "紧盯", "根据", "按照", "依照")
_STREET = "街道"
_NUMBERED = re.compile(r"[\d一二三四五六七八九十、.()附:\s]*")
_OF_TITLE = re.compile(rf"(?:{YEAR}年度?)?(?:政府信息公开)?(?:工作)?(?:情况|概况)?[:。\s]*\Z")
_GOVERNMENTS = ("政府", "委", "办公厅", "办公室", "人大", "政协")
_LEVELS_DOWN = ("省", "市州盟", "县区旗")
_HALLS = ("大厅", "查阅中心", "公开中心", "服务厅")
_PLACED = rf"(?:[{LEVELS}]|[\u4e00-\u9fff]{{2,5}}?[{LEVELS}])[\u4e00-\u9fff]{{1,12}}?"
_ACTING = re.compile(  # 县交通局, 青山镇, not 全局 and 城镇
    rf"{_PLACED}(?:局|厅|管委会|管理委员会|医院|公司|集团|大学|学院|支队|大队)"
    r"|[\u4e00-\u9fff]{2,6}?街道办事处"
)
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,3}?(?<![城乡村集小古])镇")  # of the county that reports
_COUNTIES = ("县", "区", "市", "旗")
_NO_NAMES = frozenset("全各我本该以为的了等责")
_OF_ORDERS = re.compile(
    "[我本]|印发|下发|要求|通知|部署|督[导促查]|检查|指导|评[估测]|考核|通报|反馈|批[复准]|转[来送]|信访"
)
_MAX_GROUP = 8  # characters of 县级部门, 市直有关单位
_ALONE = ("单位", "部门")  # without a word ahead they are the reporting one
_SITE = re.compile(
    r"(?:其中[,:]?|(?=通过|利用|依托))(?:通过|利用|依托|在)?"
    r"([^,。]{2,24}?)(?:门户|官方)?(?:网站|官网|公众号|微博)\Z"
)
_NO_REGION = re.compile(r"[社园景关校院库灌]区\Z")  # 全区 is not 全社区


@define(eq=False)
class Bodies:
    """Knows the reporting body by its names, in their plain form.

    Without any, the first body that acts is it, unless a whole region acted before. `reporting` is
    the name that title or text give it, empty if they disagree; 全县 is what a name in 县 governs.
    """

    names: list[str]
    patterns: BodyNames
    reporting: str = ""
    _regional: bool = False

    @classmethod
    def of(
        cls, agency: str | None, body: str | None, patterns: BodyNames, title: str | None = None
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
            (patterns.of_report(name.split()[-1]), stated)
            for name, stated in ((agency, titled), (body, True))
            if name and name.strip()
        ]
        known = [(name, stated) for name, stated in given if patterns.is_body(name)]
        reporting = _reporting(known, patterns)
        return cls([plain_name(name) for name, _ in known], patterns, reporting)

    def subject(self, ahead: str) -> Subject | None:
        """Return whose figure stands behind the words `ahead`, None if they do not say."""
        name = _CALLED.sub("", ahead[_start_of_name(ahead) :])
        if not name or name.startswith(_ABOUT):
            return None  # 围绕全省旅游工作,通过官网发布信息3374条
        if name.startswith(self.patterns.regions):
            self._regional = True
            return "own_region" if self._is_own_region(name) else "region"
        if name.startswith(self.patterns.nations):
            return "other"
        site = _SITE.match(ahead)
        if site is not None and self.patterns.is_body(site[1]) and self._is_own(site[1]):
            return "own"  # 全镇公开80条,其中通过镇政府网站60条
        inside = _WITH.search(name)
        if inside is not None and self._is_own(inside[1]):
            return "own"  # 区政府(含区政府办公室)
        name = _name_alone(name.partition(_BY_WAY_OF)[0] or name)
        if self._is_own_kind(name):
            return "own"
        if _LOWER.search(name) or (name.startswith(_ABOVE) and name.endswith(_AUTHORITIES)):
            return "other"
        if name.startswith(_OWN):
            if not any(one in name for one in self.patterns.regions):
                return "own"
            return "own_region" if self._is_own_region(_WHOLE + name[1:]) else "region"
        if name[-1:] not in self.patterns.ends and not name.endswith(SYSTEM):
            return None
        return self._of_name(name)

    def of_title(self, title: str) -> Subject | None:
        """Return "other" if a line or a heading is the name of another body and nothing else."""
        numbers = _NUMBERED.match(title)
        name = _OF_TITLE.sub("", title[numbers.end() if numbers else 0 :])
        if not self.names or not name or name.endswith(_HALLS):
            return None
        if not (_TOWARDS | _NO_NAMES).isdisjoint(name):
            return None
        return "other" if not self._is_above(name) and self.subject(name) == "other" else None

    def acting(self, words: str) -> Subject | None:
        """Return whose deeds follow words such as 县交通局优化栏目, None if they do not say.

        What those above order, or what others do for the body, does not say whose figures follow.
        """
        words = words[_start_of_name(words) :]
        if words.startswith(_OWN):
            return "own"
        towns = self.reporting.endswith(_COUNTIES)
        name = _ACTING.match(words) or (_TOWN.match(words) if towns else None)
        if name is None or not self.names or _OF_ORDERS.search(words) or self._is_above(name[0]):
            return None
        if not (_TOWARDS | _NO_NAMES).isdisjoint(name[0]) or name[0].startswith(_ABOUT):
            return None
        if not self.patterns.is_full_name(name[0]) or name[0].startswith(self.patterns.regions):
            return None
        return "own" if self._is_own(name[0]) else "other"

    def _is_above(self, name: str) -> bool:
        """Return True for a government, a party committee, and bodies of a higher level."""
        if name.endswith(_GOVERNMENTS):
            return True
        own = max(
            (n for n, all_of in enumerate(_LEVELS_DOWN) for one in all_of if one in self.names[0]),
            default=0,
        )
        named = [n for n, all_of in enumerate(_LEVELS_DOWN) for one in all_of if one in name]
        return bool(named) and max(named) < own

    def _is_own_kind(self, name: str) -> bool:
        """Return True for what the body calls itself: 学校各部门 in the report of a university."""
        ends = next((ends for kind, ends in _KINDS.items() if name.startswith(kind)), None)
        return ends is not None and any(own.endswith(ends) for own in self.names)

    def is_placed_with_others(self, ahead: str) -> bool | None:
        """Return True if others have what is counted: 在23个村设立查阅点23个; None if open."""
        verb = _SET_UP.search(ahead)
        if verb is None or not verb.start():
            return None
        if ahead[_start_of_name(ahead) :].startswith((*self.patterns.regions, *_OWN)):
            return False  # 各乡镇设立…: the region's; 我单位设…: the body's
        return _BEHIND.sub("", ahead[: verb.start()]).endswith(self.patterns.groups)

    def _of_name(self, name: str) -> Subject | None:
        """Return whose figure it is that a name stands before, None if it is no name of a body."""
        if not _TOWARDS.isdisjoint(name):
            return None
        if name.endswith(_STREET) and self._is_own(name):
            return "own"  # 安镇街道, which ends like 各镇街道
        if name.endswith(self.patterns.groups) and (len(name) <= _MAX_GROUP or _SUCH in name):
            return None if name in _ALONE else "other"
        if name.endswith(SYSTEM):
            return None if name.endswith(_SOFTWARE) else "region"
        if name.endswith(_POSTS) and name in self.patterns.endings:
            return "own" if any(own.endswith(name) for own in self.names) else "other"
        if not self.patterns.is_body(name) or name.endswith(_HANDLING):
            return None
        if not self.names and not self._regional:
            self.names.append(plain_name(name))
        return "own" if any(map(self._is_own, _AND.split(name))) else "other"

    def _is_own_region(self, name: str) -> bool:
        """Return True for 全县 in the report of that county; 全县各乡镇 are only its towns."""
        region = _BEHIND.sub("", name.partition(_BY_WAY_OF)[0])
        region = _FIELD.split(region, maxsplit=1)[0]  # 全市政府信息公开专项经费
        region, levels, bodies = region.partition(_ALLLEVELS)
        if levels and levels + bodies not in self.patterns.regions:
            return False
        whole = region in self.patterns.regions
        return whole and self.reporting.endswith(region.removeprefix(_WHOLE))

    def _is_own(self, name: str) -> bool:
        names = [plain_name(name)]
        body = without_ending(name, self.patterns.offices)
        if body != name:
            if not any(level in name for level in LEVELS):
                return True  # an office inside
            names.append(plain_name(body))
        return any(is_same_body(one, own) for one in names for own in self.names)


def _start_of_name(ahead: str) -> int:
    words = _AHEAD.match(ahead)
    return words.end() if words else 0


def _name_alone(name: str) -> str:
    """Return a name without the words behind it, or on whose behalf it acts: 共, 代表县政府."""
    if name[-1] in _ENDS_BEHIND:
        name = _BEHIND.sub("", name)
    return _ON_BEHALF.split(name, maxsplit=1)[0] if _FOR in name else name


def _reporting(known: Sequence[tuple[str, bool]], patterns: BodyNames) -> str:
    """Return the plain name of the body that reports, empty if that is not certain.

    Args:
        known: Names with whether the title or the text states them.
        patterns: What names of offices look like. The office of a government may report for it,
            but one whose name stands alone reports for itself.
    """
    plain = [plain_name(without_ending(name, patterns.offices)) for name, _ in known]
    stated = (plain_name(name) for name, is_stated in known if is_stated)
    own = next((name for name in stated if name in plain), "")
    if _NO_REGION.search(own) or not all(is_same_body(own, name) for name in plain):
        return ""
    return own
