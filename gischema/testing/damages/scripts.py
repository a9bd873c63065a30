"""Damage by conversion between scripts: traditional characters, Taiwan wording, pinyin."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from attrs import evolve

from gischema.testing.choices import ChoiceSource
from gischema.testing.damages.damage import Damage, on_text
from gischema.testing.sample_page import CellRole, PageCell, SamplePage

_PRINTED: tuple[CellRole, ...] = ("label", "head", "unit", "text")

_TAIWAN = {
    "文件": "檔案", "附件": "附屬檔案", "优化": "最佳化", "宏观": "巨觀", "门户网站": "入口網站",
    "计划": "計畫", "窗口": "視窗", "设置": "設定", "群众": "民眾", "质量": "品質",
}  # fmt: skip

_SOUNDS = """
开 kāi 關 guān 关 guān 構 gòu 构 gòu 機 jī 机 jī 發 fā 发 fā 處 chǔ 处 chǔ 請 qǐng 请 qǐng 數 shù
数 shù 據 jù 据 jù 項 xiàng 项 xiàng 許 xǔ 许 xǔ 規 guī 规 guī 務 wù 务 wù 員 yuán 员 yuán 復 fù
复 fù 議 yì 议 yì 訴 sù 诉 sù 訟 sòng 讼 sòng 結 jié 结 jié 轉 zhuǎn 转 zhuǎn 總 zǒng 总 zǒng
計 jì 计 jì 業 yè 业 yè 組 zǔ 组 zǔ 織 zhī 织 zhī 額 é 额 é 費 fèi 费 fèi 開 kāi 強 qiáng
强 qiáng 無 wú 无 wú 書 shū 书 shū 執 zhí 执 zhí 類 lèi 类 lèi 過 guò 过 guò 護 hù 护 hù
權 quán 权 quán 網 wǎng 网 wǎng
"""
_PINYIN = dict(re.findall(r"(\S) (\S+)", _SOUNDS))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


@lru_cache(maxsize=4096)
def _to_traditional(text: str) -> str:
    """Return a text in traditional characters; cached, because the converter is slow."""
    return str(_converter().convert(text))


def _traditional(page: SamplePage, _choices: ChoiceSource) -> SamplePage:
    return on_text(page, _to_traditional, _PRINTED)


def _taiwan(page: SamplePage, _choices: ChoiceSource) -> SamplePage:
    """Convert to traditional characters, and replace words by those used in Taiwan."""

    def change(text: str) -> str:
        for word, other in _TAIWAN.items():
            text = text.replace(word, other)
        return _to_traditional(text)

    return on_text(page, change, _PRINTED)


def _pinyin(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put the pinyin of some characters in brackets after them, in one style per page."""
    toned = choices.pick((True, False))
    copies = choices.pick((1, 1, 2))
    form = choices.pick(("({})", "（{}）"))

    def change(cell: PageCell) -> PageCell:
        if cell.role not in _PRINTED:
            return cell
        return evolve(cell, text="".join(map(with_pinyin, cell.text)))

    def with_pinyin(char: str) -> str:
        sound = _PINYIN.get(char)
        if sound is None:
            return char
        return char + form.format(sound if toned else _toneless(sound)) * copies

    return page.each_cell(change)


def _toneless(sound: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", sound) if not unicodedata.combining(c))


SCRIPTS = (
    Damage("taiwan-words", "繁体并换用台湾词语", "traditional characters and Taiwan wording",
           _taiwan),
    Damage("traditional", "简体转成繁体", "simplified characters turned into traditional ones",
           _traditional),
    Damage("pinyin", "汉字后带拼音", "pinyin in brackets after characters", _pinyin),
)  # fmt: skip
