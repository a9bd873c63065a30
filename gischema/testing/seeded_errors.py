"""Seed consistent reports with errors that offices make.

Damages (`gischema.testing.damages`) happen to a page between an office and a reader; these errors
are the office's own. `gischema.testing.detection_rates` measures how many are found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from attrs import evolve, field, frozen

from gischema.forms import Form
from gischema.report import Amount
from gischema.testing import sample_text
from gischema.testing.choices import ChoiceSource
from gischema.testing.compose import compose
from gischema.testing.identities import FormIdentities
from gischema.testing.sample_page import CellFigure, PageCell, PageLine, SamplePage, printed_value
from gischema.testing.values import consistent_values

Wrong: TypeAlias = Mapping[str, Amount | None]
"""The wrong values by path; None for a cell left empty."""

_YUAN = 10_000
_TRIES = 40
_CROSSED = 2  # identities


@frozen
class SampleReport:
    """A consistent report that an error is put into.

    `matrix` holds the cells that are part of a row sum and of a column sum.
    """

    form: Form
    values: Mapping[str, Amount]
    identities: FormIdentities

    @property
    def matrix(self) -> list[str]:
        """The cells of the rows of the balance, which are those of the requests table."""
        groups = {b.received.partition(".")[0] for b in self.identities.balances}
        return [path for path in self.values if path.partition(".")[0] in groups]

    @property
    def summed(self) -> list[str]:
        """The cells that are part of any sum."""
        sums = (*self.identities.rows, *self.identities.columns)
        found = {path for each in sums for path in (each.total, *each.parts)}
        return [path for path in self.values if path in found]

    def rows(self) -> list[tuple[str, ...]]:
        """Return the rows of the matrix, each with its cells from left to right."""
        cells = set(self.matrix)
        return [row.paths for row in self.form.rows if row.paths and cells.issuperset(row.paths)]


@frozen
class ErrorKind:
    """A kind of error. `make` returns the wrong values, None if the report has no place for it.

    `culprit_kind` is the kind of the culprit that a finding should report. With `in_text` the
    sentence about the tables is wrong instead of the tables. With `right_in_text` the text states
    the right figure, with `right_last_year` the report of the year before does.
    """

    name: str
    culprit_kind: str
    zh: str
    en: str
    make: Callable[[SampleReport, ChoiceSource], Wrong | None]
    in_text: bool = False
    right_in_text: bool = False
    right_last_year: bool = False


@frozen
class SeededError:
    """A page with one error: the right and the wrong values of the cells concerned.

    `before` is a page with the right figures, to be used as the report of the year before where
    only that comparison shows the error.
    """

    page: SamplePage
    before: SamplePage | None
    kind: ErrorKind
    right: Mapping[str, Amount]
    wrong: Wrong
    breaks: bool = field(kw_only=True)
    """True if an identity of the form does not hold in the printed figures."""
    crossed: bool = field(kw_only=True)
    """True if each of the cells lies in two identities."""


def seed_error(form: Form, kind: ErrorKind, choices: ChoiceSource) -> SeededError | None:
    """Return a consistent report with one error in it; None if its figures have no place for it."""
    identities = FormIdentities.of(form)
    sample = SampleReport(form, consistent_values(form, choices, identities), identities)
    wrong = kind.make(sample, choices)
    if wrong is None:
        return None
    page = compose(form, sample.values, choices)
    sentences = wrong if kind.in_text else {path: sample.values[path] for path in wrong}
    if kind.in_text or kind.right_in_text:
        page = _with_sentences(page, sentences)
    right = {path: sample.values[path] for path in wrong}
    crossed = all(identities.holding(path) >= _CROSSED for path in wrong)
    if kind.in_text:
        return SeededError(page, None, kind, right, wrong, breaks=False, crossed=crossed)
    before = page if kind.right_last_year else None
    page = page.each_cell(lambda cell: _cell(cell, wrong))
    printed = {**sample.values, **{path: value or 0 for path, value in wrong.items()}}
    breaks = bool(identities.broken(printed))
    return SeededError(page, before, kind, right, wrong, breaks=breaks, crossed=crossed)


def _cell(cell: PageCell, wrong: Wrong) -> PageCell:
    if cell.role != "value" or cell.key not in wrong:
        return cell
    value = wrong[cell.key]
    if value is not None:
        return printed_value(cell.key, value)
    return evolve(cell, text="", figures=(CellFigure(cell.key, None, "blank", 0, 0),))


def _with_sentences(page: SamplePage, figures: Wrong) -> SamplePage:
    """Return the page with sentences that state some figures, at the end of its first chapter."""
    sentences = (
        sample_text.STATEMENTS[path].format(year=page.year, figure=value)
        for path, value in figures.items()
    )
    lines = [PageLine("prose", (PageCell("text", sentence),)) for sentence in sentences]
    first = next(n for n, line in enumerate(page.lines) if line.cells[0].text.startswith("一、"))
    place = first + 2
    return evolve(page, lines=(*page.lines[:place], *lines, *page.lines[place:]))


# ---------------------------------------------------------------- the kinds of errors


def _cell_of_matrix(sample: SampleReport, choices: ChoiceSource) -> Wrong | None:
    return _one(sample, choices, sample.matrix)


def _cell_of_a_sum(sample: SampleReport, choices: ChoiceSource) -> Wrong | None:
    matrix = set(sample.matrix)
    return _one(sample, choices, [path for path in sample.summed if path not in matrix])


def _digit(sample: SampleReport, choices: ChoiceSource) -> Wrong | None:
    """Change one digit of any count, which keeps its length."""
    counts = [
        path for path, value in sample.values.items() if isinstance(value, int) and value >= 0
    ]
    path = choices.pick(counts)
    digits = str(sample.values[path])
    at = choices.integer(0, len(digits) - 1)
    first = 1 if at == 0 and len(digits) > 1 else 0
    digit = choices.pick([str(d) for d in range(first, 10) if str(d) != digits[at]])
    return {path: int(digits[:at] + digit + digits[at + 1 :])}


def _one(sample: SampleReport, choices: ChoiceSource, paths: list[str]) -> Wrong | None:
    """Change one figure: slightly, by a factor of ten, or to any number."""
    if not paths:
        return None
    path = choices.pick(paths)
    right = int(sample.values[path])
    options = (right + choices.integer(1, 9), right - choices.integer(1, 9), right * 10,
               right // 10, choices.integer(0, 999))  # fmt: skip
    wrong = choices.pick([number for number in options if number >= 0 and number != right])
    return {path: wrong}


def _swapped(sample: SampleReport, choices: ChoiceSource) -> Wrong | None:
    """Swap two neighbouring digits of a figure."""
    found = []
    for path in sample.matrix or sample.summed:
        digits = str(sample.values[path])
        for at in range(len(digits) - 1):
            one, other = digits[at], digits[at + 1]
            if one != other and (at or other != "0"):
                found.append((path, int(digits[:at] + other + one + digits[at + 2 :])))
    return dict([choices.pick(found)]) if found else None


def _glued(sample: SampleReport, choices: ChoiceSource) -> Wrong | None:
    """Print the figures of two neighbouring cells in one, and leave the other empty."""
    found = [
        {left: int(f"{sample.values[left]}{sample.values[right]}"), right: None}
        for left, right in _neighbours(sample)
        if sample.values[left] and sample.values[right]
    ]
    return choices.pick(found) if found else None


def _split(sample: SampleReport, choices: ChoiceSource) -> Wrong | None:
    """Spread the digits of one figure over its cell and the next, which was zero."""
    found = []
    for left, right in _neighbours(sample):
        digits = str(sample.values[left])
        cuts = [at for at in range(1, len(digits)) if digits[at] != "0"]
        if not sample.values[right]:
            found += [{left: int(digits[:at]), right: int(digits[at:])} for at in cuts]
    return choices.pick(found) if found else None


def _neighbours(sample: SampleReport) -> Iterator[tuple[str, str]]:
    for row in sample.rows():
        yield from pairwise(row)


def _shifted(sample: SampleReport, choices: ChoiceSource) -> Wrong | None:
    """Move figures of a row by one column, leaving out a cell or leaving one empty."""
    rows = [row for row in sample.rows() if any(sample.values[path] for path in row)]
    for _ in range(_TRIES if rows else 0):
        row = choices.pick(rows)
        cells = [sample.values[path] for path in row]
        moved = _moved(cells, choices.integer(0, len(row) - 1), choices)
        wrong = {p: new for p, new, old in zip(row, moved, cells, strict=True) if new != old}
        if any((value or 0) != sample.values[path] for path, value in wrong.items()):
            return wrong
    return None


def _moved(cells: list[Amount], at: int, choices: ChoiceSource) -> list[Amount | None]:
    if choices.chance(2):
        return [*cells[:at], *cells[at + 1 :], None]
    return [*cells[:at], None, *cells[at:-1]]


def _unit(sample: SampleReport, choices: ChoiceSource) -> Wrong | None:
    """Print a sum of money in 元 where the form asks for 万元."""
    found = [path for path in sample.values if sample.values[path] and _is_money(sample.form, path)]
    return _in_yuan(sample, choices, found)


def _unit_right_in_text(sample: SampleReport, choices: ChoiceSource) -> Wrong | None:
    """Do the same with a sum that the text states correctly."""
    found = [path for path in sample.values if sample.values[path] and _is_money(sample.form, path)]
    return _in_yuan(sample, choices, [path for path in found if path in sample_text.STATEMENTS])


def _in_yuan(sample: SampleReport, choices: ChoiceSource, found: list[str]) -> Wrong | None:
    if not found:
        return None
    path = choices.pick(found)
    yuan = Decimal(sample.values[path]) * _YUAN
    return {path: int(yuan) if yuan == int(yuan) else yuan}


def _is_money(form: Form, path: str) -> bool:
    """Return True if the form prints 万元. Where it leaves a choice, a bare figure has no unit."""
    return form.indicators[path].unit == "万元"


def _text(sample: SampleReport, choices: ChoiceSource) -> Wrong | None:
    """State another figure in the text than in the table."""
    paths = set(sample.summed)
    found = [path for path in sample.values if path in sample_text.STATEMENTS and path in paths]
    return _one(sample, choices, found)


ERROR_KINDS = (
    ErrorKind(
        "cell", "cell", "申请表中一格填错", "a wrong figure in the requests table", _cell_of_matrix
    ),
    ErrorKind(
        "cell-elsewhere",
        "cell",
        "其他表中一格填错",
        "a wrong figure in another sum",
        _cell_of_a_sum,
    ),
    ErrorKind("digit", "cell", "任意一格错一位数字", "one wrong digit in any cell", _digit),
    ErrorKind(
        "swapped",
        "swapped_digits",
        "一个数的两位数字颠倒",
        "two digits of a figure swapped",
        _swapped,
    ),
    ErrorKind("glued", "glued", "相邻两格的数字写在一格", "figures of two cells in one", _glued),
    ErrorKind(
        "split",
        "split",
        "一个数分写在相邻两格",
        "the digits of a figure spread over two cells",
        _split,
    ),
    ErrorKind(
        "shifted", "shifted", "一行中的数字错列", "figures of a row shifted by one column", _shifted
    ),
    ErrorKind(
        "unit",
        "unit",
        "金额以元填写（上一年为万元）",
        "money in 元, last year in 万元",
        _unit,
        right_last_year=True,
    ),
    ErrorKind(
        "unit-right-in-text",
        "unit",
        "金额以元填写（正文写明万元）",
        "money in 元, correct in 万元 in the text",
        _unit_right_in_text,
        right_in_text=True,
    ),
    ErrorKind(
        "text",
        "text",
        "正文与表格不一致",
        "a figure in the text that the table does not have",
        _text,
        in_text=True,
    ),
)
"""The kinds of errors."""
