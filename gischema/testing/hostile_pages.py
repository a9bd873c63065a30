"""Pages that are slow to read: for the digit solver, the close matcher and other steps.

Each grows with `size`; a benchmark measures two sizes and compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from gischema.forms import Form, Row
from gischema.testing.compose import label_cell, table_lines
from gischema.testing.sample_page import SamplePage

SIZE = 1000


@frozen
class HostilePage:
    """A hostile page. `aim` says what it tries to slow down.

    `nonsense` is True for pages on which a reader must notice that something is wrong.
    """

    name: str
    aim: str
    text: str
    nonsense: bool


def hostile_pages(form: Form, size: int = SIZE) -> Iterator[HostilePage]:
    """Yield all hostile pages of a form."""
    return (hostile_page(name, form, size) for name in HOSTILE_PAGES)


def hostile_page(name: str, form: Form, size: int = SIZE) -> HostilePage:
    """Return one of the `HOSTILE_PAGES` of a form."""
    aim, nonsense, make = HOSTILE_PAGES[name]
    row = max(form.rows, key=lambda r: (len(r.columns) if r.label else 0, len(r.label)))
    return HostilePage(name, aim, _heads(form, row) + make(form, row, size) + "\n", nonsense)


def _heads(form: Form, row: Row) -> str:
    """Return the title of a report and the heads above a row."""
    lines = list(table_lines(form, dict.fromkeys(form.indicators, 0)))
    place = next(i for i, line in enumerate(lines) if line.row == row)
    heads = [line for line in lines[:place] if line.role == "heads"][-3:] if row.heads else []
    page = SamplePage(form, form.years[0], tuple(heads))
    printed = (" | ".join(cell.text for cell in line.cells) + " |" for line in page.lines)
    title = f"青禾市云岭县{form.years[0]}年政府信息公开工作年度报告"
    return "\n".join([title, "本报告所列政府信息公开数据如下。", *printed, ""])


def _label(form: Form, row: Row) -> str:
    return label_cell(form, row.terminal).text


def _ones(form: Form, row: Row, size: int) -> str:
    return f"{_label(form, row)} | {'1' * size} |"


def _zeros(form: Form, row: Row, size: int) -> str:
    return f"{_label(form, row)} | {'0' * size} |"


def _mixed_digits(form: Form, row: Row, size: int) -> str:
    """Return rows of long digit runs that can be split in many ways, few of which add up."""
    runs = ("".join(str((n * n + k) % 10) for n in range(12 + k % 60)) for k in range(size // 10))
    return "\n".join(f"{_label(form, row)} | {run} |" for run in runs)


def _near_labels(form: Form, row: Row, size: int) -> str:
    """Return labels with one wrong character, all different, among as many correct ones."""
    labels = [_label(form, r) for r in form.rows if len(r.label) > 5 and r.heads == row.heads]
    zeros = " 0 |" * max(1, len(row.columns))
    lines = []
    for k in range(size):
        label = labels[k % len(labels)]
        at = k % len(label)
        lines += [f"{label} |{zeros}", f"{label[:at]}{chr(0x4E00 + k)}{label[at + 1 :]} |{zeros}"]
    return "\n".join(lines)


def _beginnings(form: Form, row: Row, size: int) -> str:
    """Return lines that are each the beginning of a label, as if labels were wrapped."""
    label = _label(form, row)
    return "\n".join(label[: 1 + k % (len(label) - 1)] for k in range(size * 4))


def _many_rows(form: Form, row: Row, size: int) -> str:
    cells = " | ".join(["0"] * max(1, len(row.columns)))
    return "\n".join([f"{_label(form, row)} | {cells} |"] * (size * 4))


def _open_brackets(form: Form, row: Row, size: int) -> str:
    return "\n".join(f"{_label(form, row)}{'（' * (k % 40)}注{k} | 0 |" for k in range(size))


def _nested_brackets(form: Form, row: Row, size: int) -> str:
    return f"{_label(form, row)}{'（' * size}1{'）' * size} | 0 |"


def _readings(form: Form, row: Row, size: int) -> str:
    return f"{_label(form, row)}{'開(kāi)(kai)' * size} | 0 |"


def _fillers(form: Form, row: Row, size: int) -> str:
    return f"{_label(form, row)} {'|' * (size * 100)} 0 |"


def _empty_lines(form: Form, row: Row, size: int) -> str:
    gap = "\n" * (size * 10)
    return f"{_label(form, row)}{gap}0{gap}0"


def _question_marks(form: Form, row: Row, size: int) -> str:
    return f"{_label(form, row)} | {'?' * (size * 100)} |"


def _words(form: Form, row: Row, size: int) -> str:
    return f"{_label(form, row)} " + "0 " * (size * 10)


def _labels_in_line(form: Form, row: Row, size: int) -> str:
    return f"{_label(form, row)} " * (size * 2)


HOSTILE_PAGES: dict[str, tuple[str, bool, Callable[[Form, Row, int], str]]] = {
    "ones": ("splitting one long run of ones", True, _ones),
    "zeros": ("splitting one long run of zeros", True, _zeros),
    "mixed-digits": ("many runs with many ways to split", True, _mixed_digits),
    "near-labels": ("comparing thousands of almost correct labels", True, _near_labels),
    "beginnings": ("joining lines that may be a wrapped label", True, _beginnings),
    "many-rows": ("the same row thousands of times", False, _many_rows),
    "open-brackets": ("searching for brackets that never close", True, _open_brackets),
    "nested-brackets": ("brackets within brackets", False, _nested_brackets),
    "readings": ("removing pinyin", False, _readings),
    "fillers": ("a very long row of empty cells", False, _fillers),
    "empty-lines": ("counting the lines between cells", True, _empty_lines),
    "question-marks": ("question marks in place of lost blanks", False, _question_marks),
    "words": ("a row with thousands of figures", True, _words),
    "labels-in-line": ("a line of labels only", False, _labels_in_line),
}
"""By name: what the page tries to slow down, whether it holds nonsense, and its text."""
