"""Errors of offices planted in consistent reports.

Damages (`gischema.testing.damages`) are what happens to a page between an office and a reader;
these are what an office writes itself. `gischema.testing.harvest` tells how many are found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from attrs import evolve, field, frozen

from gischema.forms import Form
from gischema.report import Amount
from gischema.testing import narrative
from gischema.testing.choices import Choices
from gischema.testing.compose import compose
from gischema.testing.identities import Identities
from gischema.testing.page import Cell, Line, Mark, Page, printed_value
from gischema.testing.values import consistent_values

Wrong: TypeAlias = Mapping[str, Amount | None]
"""What cells state wrongly, by path; None is an empty cell."""

_YUAN = 10_000
_TRIES = 40


@frozen(eq=False, repr=False)
class Soil:
    """A consistent report to plant an error in.

    `matrix` are the cells that stand in a sum of a row and in one of a column.
    """

    form: Form
    values: Mapping[str, Amount]
    identities: Identities

    @property
    def matrix(self) -> list[str]:
        """The cells of the rows of the balance: those of the requests table."""
        groups = {b.received.partition(".")[0] for b in self.identities.balances}
        return [path for path in self.values if path.partition(".")[0] in groups]

    @property
    def summed(self) -> list[str]:
        """The cells that stand in any identity."""
        sums = (*self.identities.rows, *self.identities.columns)
        found = {path for each in sums for path in (each.total, *each.parts)}
        return [path for path in self.values if path in found]

    def rows(self) -> list[tuple[str, ...]]:
        """The rows of the matrix, each with its cells from left to right."""
        cells = set(self.matrix)
        return [row.paths for row in self.form.rows if row.paths and cells.issuperset(row.paths)]


@frozen
class Slip:
    """A kind of error. `make` gives the cells that become wrong, None if nothing fits the report.

    `kind` is what a culprit of it is called. `in_text` says that not the tables become wrong but
    the sentence about them; `told`, that the text states the right figure, `before`, that
    last year's report does.
    """

    name: str
    kind: str
    zh: str
    en: str
    make: Callable[[Soil, Choices], Wrong | None]
    in_text: bool = False
    told: bool = False
    before: bool = False


@frozen
class Planted:
    """A page with one error: what each wrong cell should state, and what it does.

    `before` is a page with the right figures to hold it against as last year's, where that is what
    shows the error.
    """

    page: Page
    before: Page | None
    slip: Slip
    right: Mapping[str, Amount]
    wrong: Wrong
    breaks: bool = field(kw_only=True)
    """Whether an identity of the form fails in what is printed."""


def plant(form: Form, slip: Slip, choices: Choices) -> Planted | None:
    """A consistent report with one error in it; None if its figures have no room for this one."""
    identities = Identities.of(form)
    soil = Soil(form, consistent_values(form, choices, identities), identities)
    wrong = slip.make(soil, choices)
    if wrong is None:
        return None
    page = compose(form, soil.values, choices)
    sentences = wrong if slip.in_text else {path: soil.values[path] for path in wrong}
    if slip.in_text or slip.told:
        page = _told(page, sentences)
    right = {path: soil.values[path] for path in wrong}
    if slip.in_text:
        return Planted(page, None, slip, right, wrong, breaks=False)
    before = page if slip.before else None
    page = page.each_cell(lambda cell: _cell(cell, wrong))
    printed = {**soil.values, **{path: value or 0 for path, value in wrong.items()}}
    return Planted(page, before, slip, right, wrong, breaks=bool(identities.broken(printed)))


def _cell(cell: Cell, wrong: Wrong) -> Cell:
    if cell.role != "value" or cell.key not in wrong:
        return cell
    value = wrong[cell.key]
    if value is not None:
        return printed_value(cell.key, value)
    return evolve(cell, text="", marks=(Mark(cell.key, None, "blank", 0, 0),))


def _told(page: Page, figures: Wrong) -> Page:
    """The page with sentences that state some figures, at the end of its first chapter."""
    sentences = (
        narrative.TOLD[path].format(year=page.year, figure=value) for path, value in figures.items()
    )
    lines = [Line("prose", (Cell("text", sentence),)) for sentence in sentences]
    first = next(n for n, line in enumerate(page.lines) if line.cells[0].text.startswith("一、"))
    place = first + 2
    return evolve(page, lines=(*page.lines[:place], *lines, *page.lines[place:]))


# ---------------------------------------------------------------- the kinds of errors


def _cell_of_matrix(soil: Soil, choices: Choices) -> Wrong | None:
    return _one(soil, choices, soil.matrix)


def _cell_of_a_sum(soil: Soil, choices: Choices) -> Wrong | None:
    beside = set(soil.matrix)
    return _one(soil, choices, [path for path in soil.summed if path not in beside])


def _one(soil: Soil, choices: Choices, paths: list[str]) -> Wrong | None:
    """Another figure in one cell: a little off, a digit more, anything."""
    if not paths:
        return None
    path = choices.pick(paths)
    right = int(soil.values[path])
    options = (right + choices.integer(1, 9), right - choices.integer(1, 9), right * 10,
               right // 10, choices.integer(0, 999))  # fmt: skip
    wrong = choices.pick([number for number in options if number >= 0 and number != right])
    return {path: wrong}


def _swapped(soil: Soil, choices: Choices) -> Wrong | None:
    """Two digits beside each other that changed places."""
    found = []
    for path in soil.matrix or soil.summed:
        digits = str(soil.values[path])
        for at in range(len(digits) - 1):
            one, other = digits[at], digits[at + 1]
            if one != other and (at or other != "0"):
                found.append((path, int(digits[:at] + other + one + digits[at + 2 :])))
    return dict([choices.pick(found)]) if found else None


def _glued(soil: Soil, choices: Choices) -> Wrong | None:
    """The figures of two neighbours in one cell, the other left empty."""
    found = [
        {left: int(f"{soil.values[left]}{soil.values[right]}"), right: None}
        for left, right in _neighbours(soil)
        if soil.values[left] and soil.values[right]
    ]
    return choices.pick(found) if found else None


def _split(soil: Soil, choices: Choices) -> Wrong | None:
    """The digits of one figure over its cell and the next, which was nought."""
    found = []
    for left, right in _neighbours(soil):
        digits = str(soil.values[left])
        cuts = [at for at in range(1, len(digits)) if digits[at] != "0"]
        if not soil.values[right]:
            found += [{left: int(digits[:at]), right: int(digits[at:])} for at in cuts]
    return choices.pick(found) if found else None


def _neighbours(soil: Soil) -> Iterator[tuple[str, str]]:
    for row in soil.rows():
        yield from pairwise(row)


def _shifted(soil: Soil, choices: Choices) -> Wrong | None:
    """Figures of a row one column too far: a cell left out, or one left empty."""
    rows = [row for row in soil.rows() if any(soil.values[path] for path in row)]
    for _ in range(_TRIES if rows else 0):
        row = choices.pick(rows)
        cells: list[Amount | None] = [soil.values[path] for path in row]
        at = choices.integer(0, len(row) - 1)
        if choices.chance(2):
            moved = [*cells[:at], *cells[at + 1 :], None]
        else:
            moved = [*cells[:at], None, *cells[at:-1]]
        wrong = {p: new for p, new, old in zip(row, moved, cells, strict=True) if new != old}
        if any((value or 0) != soil.values[path] for path, value in wrong.items()):
            return wrong
    return None


def _unit(soil: Soil, choices: Choices) -> Wrong | None:
    """A sum of money in 元 where the form asks for 万元."""
    found = [path for path in soil.values if soil.values[path] and _is_money(soil.form, path)]
    return _in_yuan(soil, choices, found)


def _told_unit(soil: Soil, choices: Choices) -> Wrong | None:
    """The same where the text states it right."""
    found = [path for path in soil.values if soil.values[path] and _is_money(soil.form, path)]
    return _in_yuan(soil, choices, [path for path in found if path in narrative.TOLD])


def _in_yuan(soil: Soil, choices: Choices, found: list[str]) -> Wrong | None:
    if not found:
        return None
    path = choices.pick(found)
    yuan = Decimal(soil.values[path]) * _YUAN
    return {path: int(yuan) if yuan == int(yuan) else yuan}


def _is_money(form: Form, path: str) -> bool:
    """Whether the form itself prints 万元: where it leaves a choice, a bare figure has no unit."""
    return form.indicators[path].unit == "万元"


def _text(soil: Soil, choices: Choices) -> Wrong | None:
    """A sentence that states another figure than the table."""
    paths = set(soil.summed)
    found = [path for path in soil.values if path in narrative.TOLD and path in paths]
    return _one(soil, choices, found)


SLIPS = (
    Slip("cell", "cell", "申请表中一格填错", "another figure in a cell of the requests table",
         _cell_of_matrix),
    Slip("cell-elsewhere", "cell", "其他表中一格填错", "another figure in a cell of another sum",
         _cell_of_a_sum),
    Slip("swapped", "swapped_digits", "一个数的两位数字颠倒", "two digits of a figure swapped",
         _swapped),
    Slip("glued", "glued", "相邻两格的数字写在一格", "figures of neighbours in one cell", _glued),
    Slip("split", "split", "一个数分写在相邻两格", "the digits of a figure over two cells", _split),
    Slip("shifted", "shifted", "一行中的数字错列", "figures of a row one column too far", _shifted),
    Slip("unit", "unit", "金额以元填写（上一年为万元）", "money in 元, last year in 万元",
         _unit, before=True),
    Slip("unit-told", "unit", "金额以元填写（正文写明万元）", "money in 元, 万元 in the text",
         _told_unit, told=True),
    Slip("text", "text", "正文与表格不一致", "a figure in the text that the table does not have",
         _text, in_text=True),
)  # fmt: skip
"""The kinds of errors."""


def slips(names: Iterable[str] = ()) -> list[Slip]:
    """The kinds of errors of these names; all without names."""
    chosen = set(names)
    return [slip for slip in SLIPS if not chosen or slip.name in chosen]
