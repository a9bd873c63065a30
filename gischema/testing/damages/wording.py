"""Damage to the characters of labels and text: numbers before labels, width, quotes, blanks."""

from __future__ import annotations

import re

from attrs import evolve

from gischema.testing.choices import Choices
from gischema.testing.damages.damage import Damage, anywhere, on_text
from gischema.testing.layouts import Layout
from gischema.testing.page import Cell, CellRole, Line, Page

_LABELS: tuple[CellRole, ...] = ("label", "head")
_PRINTED: tuple[CellRole, ...] = ("label", "head", "text")
_NUMBER = re.compile(r"\A(\d{1,2})\.")
_ANY_NUMBER = re.compile(
    r"\A(?:\d{1,2}\.|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)"
)
_STYLES = ("{}．", "{}﹒", "（{}）", "({})", "{}、", "{}. ", "{} .", "{}")
_TO_ASCII = str.maketrans("（），：；、“”．！？", '(),:;,"".!?')
_TO_WIDE = {ord("0") + n: ord("０") + n for n in range(10)} | {ord("."): "．", ord("-"): "－"}
_QUOTED = re.compile(r"[“”《》]")


def _enumerators(page: Page, choices: Choices) -> Page:
    """Other marks behind the numbers of labels; often two styles in one table."""
    styles = choices.some(_STYLES[:-1], 2)

    def change(cell: Cell) -> Cell:
        match = _NUMBER.match(cell.text)
        if cell.role != "label" or match is None:
            return cell
        number = choices.pick(styles).format(match[1])
        return evolve(cell, text=number + cell.text[match.end() :])

    return page.each_cell(change)


def _enumerators_lost(page: Page, choices: Choices) -> Page:
    """Numbers before labels lost in some rows."""
    lost = choices.pick((2, 1, 4))

    def change(cell: Cell) -> Cell:
        if cell.role != "label" or not choices.chance(lost):
            return cell
        return evolve(cell, text=_ANY_NUMBER.sub("", cell.text))

    return page.each_cell(change)


def _brackets_lost(page: Page, choices: Choices) -> Page:
    """The first bracket of numbers such as （一） lost."""
    lost = choices.pick((1, 2))

    def change(cell: Cell) -> Cell:
        if cell.role != "label" or not cell.text.startswith("（") or not choices.chance(lost):
            return cell
        return evolve(cell, text=cell.text[1:])

    return page.each_cell(change)


def _half_width(page: Page, _choices: Choices) -> Page:
    return on_text(page, lambda text: text.translate(_TO_ASCII), _PRINTED)


def _full_width_digits(page: Page, _choices: Choices) -> Page:
    return page.each_cell(
        lambda cell: (
            evolve(cell, text=cell.text.translate(_TO_WIDE))
            if cell.role == "value" and cell.text not in ("-", "—", "——", "/")
            else cell
        )
    )


def _quotes(page: Page, choices: Choices) -> Page:
    """Quotation marks lost, doubled, straightened or turned into question marks."""
    mark = choices.pick(("", "{0}{0}", '"', "?", "???"))
    return on_text(page, lambda text: _QUOTED.sub(lambda m: mark.format(m[0]), text), _PRINTED)


def _lost_blanks(page: Page, choices: Choices) -> Page:
    """Hard blanks around labels and figures that became question marks."""
    before, behind = "?" * choices.integer(1, 4), "?" * choices.integer(0, 3)

    def change(line: Line) -> Line:
        if line.role not in ("row", "caption", "heads") or not choices.chance(3):
            return line
        return line.each(lambda cell: _padded(cell, before, behind))

    return page.each_line(change)


def _blanks(page: Page, choices: Choices) -> Page:
    """Blanks of several widths around labels and figures."""
    kinds = ("\u00a0", "\u3000", " ", "\u2003", "\u200b")
    before, behind = (choices.pick(kinds) * choices.integer(1, 3) for _ in range(2))

    def change(line: Line) -> Line:
        if line.role not in ("row", "caption", "heads") or not choices.chance(3):
            return line
        return line.each(lambda cell: _padded(cell, before, behind))

    return page.each_line(change)


def _padded(cell: Cell, before: str, behind: str) -> Cell:
    if cell.role == "label" or not cell.text:
        return evolve(cell, text=before + cell.text) if cell.text else cell
    if cell.role != "value":
        return cell
    shift = len(before)
    marks = tuple(evolve(m, start=m.start + shift, end=m.end + shift) for m in cell.marks)
    return evolve(cell, text=before + cell.text + behind, marks=marks)


def _apart(page: Page, layout: Layout) -> bool:
    return layout.apart and anywhere(page, layout)


WORDING = (
    Damage("enumerators", "行名前的序号换了写法", "other marks behind the numbers of labels",
           _enumerators),
    Damage("enumerators-lost", "行名前的序号丢失", "numbers before labels lost", _enumerators_lost),
    Damage("brackets-lost", "序号的前括号丢失", "the first bracket of numbers lost",
           _brackets_lost),
    Damage("half-width", "全角标点变成半角", "full-width punctuation made half-width",
           _half_width),
    Damage("full-width-digits", "数字变成全角", "digits made full-width", _full_width_digits),
    Damage("quotes", "引号、书名号丢失、重复或变形", "quotation marks lost, doubled or changed",
           _quotes),
    Damage("blanks", "行名和数字前后有各种空格",
           "blanks of several kinds around labels and figures", _blanks, _apart),
    Damage("blanks-as-question-marks", "空格变成问号", "hard blanks turned into question marks",
           _lost_blanks, _apart),
)  # fmt: skip
