"""Damage to the cells of figures: units, separators, dashes and blanks for zero."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from attrs import evolve

from gischema.chinese.units import MONEY, choices_of
from gischema.forms import Form
from gischema.report import Status
from gischema.testing.choices import ChoiceSource
from gischema.testing.damages.damage import Damage
from gischema.testing.layouts import Layout
from gischema.testing.sample_page import CellFigure, PageCell, PageLine, SamplePage, with_text

_LONG = re.compile(r"\d{4,}")
_YUAN = 10_000
_DASHES = ("-", "—", "——", "/")


def _units(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print units in the cells: 3件, 41.13万元."""

    def change(cell: PageCell) -> PageCell:
        unit = _unit(page.form, cell)
        if unit is None or not cell.text.isascii() or choices.chance(3):
            return cell
        return with_text(cell, cell.text + choices_of(unit)[0])

    return page.each_cell(change)


def _yuan(page: SamplePage, _choices: ChoiceSource) -> SamplePage:
    """Print sums of money in 元, with the unit."""

    def change(cell: PageCell) -> PageCell:
        unit = _unit(page.form, cell)
        if unit is None or MONEY not in choices_of(unit) or not cell.text.isascii():
            return cell
        value = cell.figures[0].value
        if value is None:
            return cell
        return with_text(cell, f"{(Decimal(value) * _YUAN).normalize():f}元")

    return page.each_cell(change)


def _units_lost(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Remove the units next to the figures, either all or the short ones."""
    longest = choices.pick((1, 9))

    def change(cell: PageCell) -> PageCell:
        lost = cell.role == "unit" and len(cell.text) <= longest
        return evolve(cell, text="") if lost else cell

    return page.each_cell(change)


def _changes(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print additions and removals with a word or a sign: 增2, 减1, +81."""
    more, less = choices.pick((("增", "减"), ("+", "-"), ("增加", "减少"), ("＋", "－")))

    def change(cell: PageCell) -> PageCell:
        if not _is_change(page.form, cell) or not cell.figures[0].value:
            return cell
        value = cell.figures[0].value
        return with_text(cell, f"{more if value > 0 else less}{abs(value)}")

    return page.each_cell(change)


def _thousands(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print commas between thousands."""
    comma = choices.pick((",", "，"))

    def change(cell: PageCell) -> PageCell:
        if cell.role != "value" or len(cell.figures) != 1:
            return cell
        whole, point, rest = cell.text.partition(".")
        grouped = _LONG.sub(lambda m: f"{int(m[0]):,}".replace(",", comma), whole)
        return with_text(cell, grouped + point + rest)

    return page.each_cell(change)


def _marked(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print footnote marks after the last figures of rows."""
    mark = choices.pick(("①", "*", "²", "[1]", "※"))

    def change(line: PageLine) -> PageLine:
        last = line.values[-1] if line.values else None
        if last is None or not _is_stated(last) or not choices.chance(5):
            return line
        marked = with_text(last, last.text + mark)
        return evolve(line, cells=tuple(marked if c is last else c for c in line.cells))

    return page.each_line(change)


def _changed(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print marks of a change before the first figures of rows, which may be changes then."""
    mark = choices.pick(("▲", "△", "↑", "↓", "※"))

    def change(line: PageLine) -> PageLine:
        first = line.values[0] if line.values else None
        if first is None or not _is_stated(first) or not choices.chance(5):
            return line
        marked = with_text(first, mark + first.text).lowered("doubtful")
        return evolve(line, cells=tuple(marked if c is first else c for c in line.cells))

    return page.each_line(change)


def _bytes_lost(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print the character of lost bytes, or of a control, in the place of a digit."""
    lost = choices.pick(("\ufffd", "\x08", "\x1a"))
    return _misprinted(page, choices, lambda text: text[:-1] + lost)


def _letters(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print letters that look like digits: l2, 1O."""
    letters = str.maketrans(choices.pick(({"0": "O", "1": "l"}, {"0": "o", "5": "S"}, {"1": "I"})))
    return _misprinted(page, choices, lambda text: text.translate(letters))


def _apart(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print blanks between the digits of figures: 1 2, 1 234."""
    blank = choices.pick((" ", "\u3000", "\u2009"))
    return _misprinted(page, choices, lambda text: text[:1] + blank + text[1:], 2)


def _corrected(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print a correction next to figures: 12(更正为15)."""
    change = choices.pick(("{}(更正为{})", "{}({})", "{}→{}", "原{}现{}", "{}/{}", "{}、{}"))
    return _misprinted(page, choices, lambda text: change.format(text, text + "1"))


def _not_counts(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print counts that count nothing: below zero, or with decimals. A change may be below zero."""
    change = choices.pick(("-{}", "{}.5", "－{}", "{}.", ".{}"))
    return _misprinted(page, choices, change.format, changes=False)


def _misprinted(
    page: SamplePage,
    choices: ChoiceSource,
    change: Callable[[str], str],
    least: int = 1,
    *,
    changes: bool = True,
) -> SamplePage:
    """Change some stated counts of at least as many digits; no reader knows them for certain.

    Without `changes` additions and removals are left.
    """

    def misprint(cell: PageCell) -> PageCell:
        unit = _unit(page.form, cell)
        counts = unit is not None and MONEY not in choices_of(unit) and cell.text.isdecimal()
        counts = counts and (changes or not _is_change(page.form, cell))
        fits = counts and len(cell.text) >= least and choices.chance(6)
        text = change(cell.text) if fits else cell.text
        return cell if text == cell.text else with_text(cell, text).lowered("doubtful")

    return page.each_cell(misprint)


def _is_stated(cell: PageCell) -> bool:
    return [held.status for held in cell.figures] == ["stated"]


def _dashes(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print a dash or slash instead of zero."""
    dash = choices.pick(_DASHES)
    return _without_zeros(page, choices, dash)


def _empty(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print nothing instead of zero."""
    return _without_zeros(page, choices, "")


def _without_zeros(page: SamplePage, choices: ChoiceSource, text: str) -> SamplePage:
    kept = choices.pick((3, 10_000, 2))

    def change(cell: PageCell) -> PageCell:
        if cell.text != "0" or len(cell.figures) != 1 or choices.chance(kept):
            return cell
        zero = cell.figures[0]
        status: Status = "not_applicable" if text else "blank"
        new = CellFigure(zero.path, None, status, 0, len(text), zero.recoverability)
        return evolve(cell, text=text, figures=(new,))

    return page.each_cell(change)


def _unit(form: Form, cell: PageCell) -> str | None:
    """Return the unit of the figure in a cell; `万元/元` where the form leaves a choice."""
    if cell.role != "value" or len(cell.figures) != 1 or cell.figures[0].status != "stated":
        return None
    indicator = form.indicators.get(cell.figures[0].path)
    if indicator is None:
        return None
    return indicator.row.unit or (indicator.column.unit if indicator.column else None)


def _is_change(form: Form, cell: PageCell) -> bool:
    """Return True if a cell counts additions and removals."""
    indicator = form.indicators.get(cell.key)
    column = indicator.column if indicator and _unit(form, cell) else None
    return column is not None and {"增", "减"} <= set(column.label)


def _has_changes(page: SamplePage, _layout: Layout) -> bool:
    return any(_is_change(page.form, cell) for line in page.lines for cell in line.values)


def _in_cells(_page: SamplePage, layout: Layout) -> bool:
    return layout.barred or not layout.one_line


def _has_units(page: SamplePage, _layout: Layout) -> bool:
    return any(cell.role == "unit" for line in page.lines for cell in line.cells)


def _has_money(page: SamplePage, _layout: Layout) -> bool:
    cells = (cell for line in page.lines for cell in line.values)
    units = (_unit(page.form, cell) for cell in cells)
    return any(unit and MONEY in choices_of(unit) for unit in units)


FIGURES = (
    Damage("money-in-yuan", "金额以元为单位填写", "money printed in 元", _yuan, _has_money),
    Damage("units-in-cells", "单元格里带单位", "units in the cells", _units),
    Damage("units-lost", "计量单位丢失", "units next to the figures lost", _units_lost, _has_units),
    Damage(
        "signed-words",
        "增减用文字或符号表示",
        "changes printed with a word or a sign",
        _changes,
        _has_changes,
    ),
    Damage("thousands", "千位分隔符", "commas between thousands", _thousands),
    Damage("footnote-marks", "数字后有注释号", "footnote marks after figures", _marked, _in_cells),
    Damage(
        "marks-of-change",
        "数字前有增减符号",
        "marks of a change before figures",
        _changed,
        _in_cells,
    ),
    Damage("bytes-lost", "数字中的字节丢失", "bytes of figures lost", _bytes_lost),
    Damage("letters", "字母代替形似的数字", "letters that look like digits", _letters),
    Damage("digits-apart", "数字中间有空格", "blanks inside figures", _apart),
    Damage("corrections", "数字旁有更正", "corrections next to figures", _corrected),
    Damage("not-counts", "件数为负数或小数", "counts below zero or with decimals", _not_counts),
    Damage("dashes", "用横线或斜线代替0", "a dash or slash instead of 0", _dashes),
    Damage("empty-zeros", "0 留空", "an empty cell instead of 0", _empty),
)
