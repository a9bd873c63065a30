"""Read the labels and values in the head of a page: 索引号, 发布机构, 发布日期, 文号, 名称.

The labels stand in a line with colons, one a line, or in a small table: a label next to its value,
above it, or a row of labels above a row of values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise, zip_longest
from typing import Literal, TypeAlias

PageField: TypeAlias = Literal["index_no", "document_no", "title", "publisher", "published", "made"]

_LABELS: Mapping[PageField, str] = {
    "index_no": r"(?:信\s*息)?\s*索\s*引\s*(?:号|码)",
    "document_no": r"(?:发\s*文|公\s*文|文\s*件)?\s*(?:文\s*号|字\s*号|编\s*号)",
    "title": r"(?:信息|文件|公文)?\s*(?:名\s*称|标\s*题)",
    "publisher": r"(?:发\s*布|公\s*开|发\s*文|制\s*发)\s*(?:机\s*构|机\s*关|单\s*位|部\s*门)",
    "published": r"(?:发\s*布|发\s*文|公\s*开|发\s*表|更\s*新|印\s*发|信息提供)?\s*"
    r"(?:日\s*期|时\s*间)",
    "made": r"(?:公\s*文)?\s*(?:成\s*文|生\s*成|形\s*成|制\s*作)\s*(?:日\s*期|时\s*间)",
}
_OTHERS = (
    r"主题分类|组配分类|公文种类|主题词|关键词|体裁分类|信息分类|分类|公开(?:方式|范围|形式|时限|类别)|是否有效|有[效限]期限?|"
    r"有效性|时效性?|信息来源|来源|内容概述|内容概况|废止日期|生效日期|语种|浏览次数|点击数|阅读次数|字体|责任编辑|(?:文件|附件)下载"
)
_ANY = re.compile(
    r"(?:(?<=\A)|(?<=[\s|:\[(•]))(?:"
    + "|".join(f"(?P<{label}>{pattern})" for label, pattern in _LABELS.items())
    + rf"|(?:{_OTHERS}))\s*(?P<end>[:|]|(?=\s)|\Z)"
)
_LONGEST = 120
_MARKS = " |\t•*"
_EDGES = " |\t•[]*#:"


def read_page_head(text: str) -> dict[PageField, list[str]]:
    """Return the values of the known labels in a page head, each as often as it is printed."""
    found: dict[PageField, list[str]] = {}
    lines = [line for line in text.split("\n") if line.strip()]
    for line, below in pairwise([*lines, ""]):
        for label, value in (*_in_line(line), *_in_rows(line, below), *_above(line, below)):
            if value and len(value) <= _LONGEST:
                found.setdefault(label, []).append(value)
    return found


def is_labelled(line: str) -> bool:
    """Return True if a line begins with one of the labels."""
    return _ANY.match(line) is not None


def _in_line(line: str) -> Iterator[tuple[PageField, str]]:
    """Yield labels with the values behind them."""
    matches = list(_ANY.finditer(line))
    for match, following in zip_longest(matches, matches[1:]):
        if (label := _label(match)) is not None:
            end = following.start() if following is not None else len(line)
            yield label, line[match.end() : end].strip(_EDGES)


def _in_rows(line: str, below: str) -> Iterator[tuple[PageField, str]]:
    """Yield the labels of a row with the values of the row below."""
    heads, values = (row.strip().strip("|").split("|") for row in (line, below))
    if len(heads) < 2 or len(heads) != len(values):
        return
    matches = [_ANY.fullmatch(head.strip()) for head in heads]
    if all(matches):
        for match, value in zip(matches, values, strict=True):
            if match is not None and (label := _label(match)) is not None:
                yield label, value.strip(_EDGES)


def _above(line: str, below: str) -> Iterator[tuple[PageField, str]]:
    """Yield a label that has a line for itself, with its value on the line below."""
    match = _ANY.fullmatch(line.strip(_MARKS))
    if match is not None and match["end"] and (label := _label(match)) is not None:
        value = below.strip(_EDGES)
        if not is_labelled(value):
            yield label, value


def _label(match: re.Match[str]) -> PageField | None:
    return next((label for label in _LABELS if match[label]), None)
