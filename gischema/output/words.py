"""The words for the fixed values of the model, in Chinese and English."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from gischema.figure import STATUS, Reading
from gischema.rules.results import SEVERITY

if TYPE_CHECKING:
    from gischema.rules.results import CulpritKind

__all__ = ["SEVERITY", "STATUS"]

READING: dict[Reading | None, tuple[str, str]] = {
    "close": ("行名近似", "label only close"),
    "solved": ("数字经拆分", "merged digits separated"),
    "recognised": ("图片识别", "recognised on a scan"),
    "confirmed": ("人工确认", "confirmed by a person"),
}
"""Only the ways of reading that users should know of."""

KIND: dict[str, tuple[str, str]] = {
    "identity": ("勾稽关系", "identity"),
    "bound": ("界限", "bound"),
    "expectation": ("常理", "expectation"),
}

CULPRIT_LEAD = ("最可能填错的格：", "Most likely wrong: ")
CULPRIT_LEAD_OTHERS: dict[CulpritKind, tuple[str, str]] = {
    "text": ("最可能有误的是正文：", "Most likely wrong is the running text: "),
    "reading": ("最可能被本程序读错的格：", "Most likely misread by this program: "),
}

CULPRIT: dict[CulpritKind, tuple[str, str] | None] = {
    "cell": None,
    "swapped_digits": ("两个数字颠倒", "two digits swapped"),
    "glued": ("相邻两格的数字写在一格", "digits of two neighbours glued"),
    "split": ("一个数分写在相邻两格", "one number split over two cells"),
    "shifted": ("数字错列", "figures one column off"),
    "unit": ("以元为单位填写，应为万元", "元 written for 万元"),
    "text": None,
    "reading": ("请核对原文", "check the source"),
}

OPERAND_SOURCE: dict[str, tuple[str, str]] = {
    "narrative": ("正文", "running text"),
    "with_carry_over": ("正文（含上年结转）", "running text, last year's cases included"),
    "whole_region": ("正文（全辖区）", "running text, of the whole region"),
    "listed": ("正文所列各项之和", "sum of a list in the text"),
    "list_whole": ("正文", "running text"),
    "share": ("正文所述百分比", "share in the running text"),
    "share_of": ("正文", "running text"),
    "previous": ("上一年报告", "last year's report"),
    "version": ("另一版本", "other version"),
    "below": ("下级单位合计", "subordinate bodies"),
}
"""The words for the source of an operand; tables and facts of the report itself have none."""

ELSEWHERE = ("previous", "version", "below")
"""The beginnings of the sources of operands that are in another report."""


def shown(value: object) -> str:
    """Return a value as text: numbers without exponent, None as an empty text."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
