"""Pages made to be slow to read: for the digit solver, the close matcher and everything beside.

Each grows with `size`; a benchmark times two sizes and looks at the growth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from gischema.forms import Form, Row
from gischema.testing.compose import label_cell, table_lines
from gischema.testing.page import Page

SIZE = 1000


@frozen
class Adversary:
    """A hostile page; `aim` says what it tries to slow down.

    `nonsense` marks pages in which a reader must see that something is wrong.
    """

    name: str
    aim: str
    text: str
    nonsense: bool


def adversaries(form: Form, size: int = SIZE) -> Iterator[Adversary]:
    """The hostile pages of a form."""
    row = max(form.rows, key=lambda r: (len(r.columns) if r.label else 0, len(r.label)))
    above = _heads(form, row)
    for name, aim, nonsense, make in _KINDS:
        yield Adversary(name, aim, above + make(form, row, size) + "\n", nonsense)


def _heads(form: Form, row: Row) -> str:
    """The title of a report and the heads above a row."""
    lines = list(table_lines(form, dict.fromkeys(form.indicators, 0)))
    place = next(i for i, line in enumerate(lines) if line.row == row)
    heads = [line for line in lines[:place] if line.role == "heads"][-3:] if row.heads else []
    page = Page(form, form.years[0], tuple(heads))
    printed = (" | ".join(cell.text for cell in line.cells) + " |" for line in page.lines)
    title = f"青禾市云岭县{form.years[0]}年政府信息公开工作年度报告"
    return "\n".join([title, "本报告所列政府信息公开数据如下。", *printed, ""])


def _label(form: Form, row: Row) -> str:
    return label_cell(form, row.terminal).text


def _ones(form: Form, row: Row, size: int) -> str:
    return f"{_label(form, row)} | {'1' * size} |"


def _noughts(form: Form, row: Row, size: int) -> str:
    return f"{_label(form, row)} | {'0' * size} |"


def _mixed_digits(form: Form, row: Row, size: int) -> str:
    """Rows of digits that are long enough for many ways to split, and add up in hardly any."""
    runs = ("".join(str((n * n + k) % 10) for n in range(12 + k % 60)) for k in range(size // 10))
    return "\n".join(f"{_label(form, row)} | {run} |" for run in runs)


def _near_labels(form: Form, row: Row, size: int) -> str:
    """Labels with one character wrong, all of them different, among as many that are right."""
    labels = [_label(form, r) for r in form.rows if len(r.label) > 5 and r.heads == row.heads]
    zeros = " 0 |" * max(1, len(row.columns))
    lines = []
    for k in range(size):
        label = labels[k % len(labels)]
        at = k % len(label)
        lines += [f"{label} |{zeros}", f"{label[:at]}{chr(0x4E00 + k)}{label[at + 1 :]} |{zeros}"]
    return "\n".join(lines)


def _beginnings(form: Form, row: Row, size: int) -> str:
    """Lines that are each the beginning of a label, so that wrapped labels seem to begin."""
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


_KINDS: tuple[tuple[str, str, bool, Callable[[Form, Row, int], str]], ...] = (
    ("ones", "splitting one long run of ones", True, _ones),
    ("noughts", "splitting one long run of noughts", True, _noughts),
    ("mixed-digits", "many runs with many ways to split", True, _mixed_digits),
    ("near-labels", "comparing thousands of labels that are nearly right", True, _near_labels),
    ("beginnings", "joining lines that might be a wrapped label", True, _beginnings),
    ("many-rows", "the same row thousands of times", False, _many_rows),
    ("open-brackets", "looking for brackets that never close", True, _open_brackets),
    ("nested-brackets", "brackets within brackets", False, _nested_brackets),
    ("readings", "taking out pinyin", False, _readings),
    ("fillers", "a row of empty cells without end", False, _fillers),
    ("empty-lines", "counting the lines between cells", True, _empty_lines),
    ("question-marks", "what is left of lost blanks", False, _question_marks),
    ("words", "a row with thousands of figures", True, _words),
    ("labels-in-line", "a line of nothing but labels", False, _labels_in_line),
)
