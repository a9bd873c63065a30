"""Damage to the characters of labels and text: numbers before labels, width, quotes, blanks."""

from __future__ import annotations

import re

from attrs import evolve

from gischema.testing.choices import ChoiceSource
from gischema.testing.damages.damage import Damage, anywhere, on_text
from gischema.testing.layouts import Layout
from gischema.testing.sample_page import CellRole, PageCell, PageLine, SamplePage

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


def _enumerators(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print other marks after the numbers of labels, often two styles in one table."""
    styles = choices.some(_STYLES[:-1], 2)

    def change(cell: PageCell) -> PageCell:
        match = _NUMBER.match(cell.text)
        if cell.role != "label" or match is None:
            return cell
        number = choices.pick(styles).format(match[1])
        return evolve(cell, text=number + cell.text[match.end() :])

    return page.each_cell(change)


def _enumerators_lost(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Remove the numbers before some labels."""
    lost = choices.pick((2, 1, 4))

    def change(cell: PageCell) -> PageCell:
        if cell.role != "label" or not choices.chance(lost):
            return cell
        return evolve(cell, text=_ANY_NUMBER.sub("", cell.text))

    return page.each_cell(change)


def _brackets_lost(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Remove the opening bracket of numbers such as （一）."""
    lost = choices.pick((1, 2))

    def change(cell: PageCell) -> PageCell:
        if cell.role != "label" or not cell.text.startswith("（") or not choices.chance(lost):
            return cell
        return evolve(cell, text=cell.text[1:])

    return page.each_cell(change)


def _half_width(page: SamplePage, _choices: ChoiceSource) -> SamplePage:
    return on_text(page, lambda text: text.translate(_TO_ASCII), _PRINTED)


def _full_width_digits(page: SamplePage, _choices: ChoiceSource) -> SamplePage:
    return page.each_cell(
        lambda cell: (
            evolve(cell, text=cell.text.translate(_TO_WIDE))
            if cell.role == "value" and cell.text not in ("-", "—", "——", "/")
            else cell
        )
    )


def _quotes(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Remove, double or straighten quotation marks, or turn them into question marks."""
    mark = choices.pick(("", "{0}{0}", '"', "?", "???"))
    return on_text(page, lambda text: _QUOTED.sub(lambda m: mark.format(m[0]), text), _PRINTED)


def _lost_blanks(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put question marks around labels and figures, in place of non-breaking spaces."""
    before, after = "?" * choices.integer(1, 4), "?" * choices.integer(0, 3)

    def change(line: PageLine) -> PageLine:
        if line.role not in ("row", "caption", "heads") or not choices.chance(3):
            return line
        return line.each(lambda cell: _padded(cell, before, after))

    return page.each_line(change)


def _blanks(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put blanks of several widths around labels and figures."""
    kinds = ("\u00a0", "\u3000", " ", "\u2003", "\u200b", "&nbsp;", "&#160;")
    before, after = (choices.pick(kinds) * choices.integer(1, 3) for _ in range(2))

    def change(line: PageLine) -> PageLine:
        if line.role not in ("row", "caption", "heads") or not choices.chance(3):
            return line
        return line.each(lambda cell: _padded(cell, before, after))

    return page.each_line(change)


def _padded(cell: PageCell, before: str, after: str) -> PageCell:
    if cell.role == "label" or not cell.text:
        return evolve(cell, text=before + cell.text) if cell.text else cell
    if cell.role != "value":
        return cell
    shift = len(before)
    figures = tuple(evolve(m, start=m.start + shift, end=m.end + shift) for m in cell.figures)
    return evolve(cell, text=before + cell.text + after, figures=figures)


def _apart(page: SamplePage, layout: Layout) -> bool:
    return layout.apart and anywhere(page, layout)


WORDING = (
    Damage(
        "enumerators",
        "行名前的序号换了写法",
        "other marks after the numbers of labels",
        _enumerators,
    ),
    Damage("enumerators-lost", "行名前的序号丢失", "numbers before labels lost", _enumerators_lost),
    Damage(
        "brackets-lost", "序号的前括号丢失", "the opening bracket of numbers lost", _brackets_lost
    ),
    Damage("half-width", "全角标点变成半角", "full-width punctuation made half-width", _half_width),
    Damage("full-width-digits", "数字变成全角", "digits made full-width", _full_width_digits),
    Damage(
        "quotes",
        "引号、书名号丢失、重复或变形",
        "quotation marks lost, doubled or changed",
        _quotes,
    ),
    Damage(
        "blanks",
        "行名和数字前后有各种空格",
        "blanks of several kinds around labels and figures",
        _blanks,
        _apart,
    ),
    Damage(
        "blanks-as-question-marks",
        "空格变成问号",
        "blanks turned into question marks",
        _lost_blanks,
        _apart,
    ),
)
