"""Damage to single labels: blanks and line breaks inside, notes with digits, typing errors."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from gischema.testing.choices import ChoiceSource
from gischema.testing.damages.damage import Damage, label_of, labelled_rows, relabel
from gischema.testing.sample_page import PageLine, SamplePage

_TYPO_LENGTH = 4
_WRONG = "予已未末士土千干日曰己巳人入贝见"
_OTHER_COUNTS = (
    "（上年）",
    "（累计）",
    "（上半年）",
    "（截至9月30日）",
    "（预计）",
    "（不含乡镇）",
)
_NOTES = ("（同一件计1次）", "（不含2家下属单位）", "(指本年第1至4季度)", "（件，按10日内办结计）")


def _blanks(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put blanks between the characters of labels."""
    wide = choices.pick((False, True))

    def change(text: str) -> str:
        if wide:
            return " ".join(text)
        at = choices.integer(1, max(1, len(text) - 1))
        return f"{text[:at]} {text[at:]}"

    return _some(page, choices, lambda line: relabel(line, change))


def _breaks(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Break labels over two or three lines, but not inside the number before them."""

    def broken(line: PageLine) -> PageLine:
        first = _numbered(page, line) + 1

        def change(text: str) -> str:
            for _ in range(choices.integer(1, 2)):
                at = choices.integer(first, max(first, len(text) - 1))
                text = f"{text[:at]}\n{text[at:]}"
            return text

        return relabel(line, change)

    return _some(page, choices, broken)


def _notes(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Put explanations in brackets, with digits in them, after labels."""
    return _some(
        page, choices, lambda line: relabel(line, lambda text: text + choices.pick(_NOTES))
    )


def _other_counts(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Say behind labels that the figures are another count: of last year, of a part, a forecast."""

    def qualified(line: PageLine) -> PageLine:
        label = label_of(line)
        if label is None or "年" in label.text:
            return line
        return relabel(line, lambda text: text + choices.pick(_OTHER_COUNTS), "doubtful")

    return _some(page, choices, qualified)


def _typos(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Replace a character of a label by one that occurs in no label of the form."""
    known = {char for label in page.form.labels.values() for w in label.wordings for char in w.text}
    wrong = [char for char in _WRONG if char not in known]

    def change(text: str) -> str:
        at = choices.integer(0, len(text) - 1)
        return text[:at] + choices.pick(wrong) + text[at + 1 :]

    def mistyped(line: PageLine) -> PageLine:
        label = label_of(line)
        if label is None or line.row is None or len(line.row.label) < _TYPO_LENGTH:
            return line
        kept = _numbered(page, line)
        return relabel(line, lambda text: text[:kept] + change(text[kept:]), "doubtful")

    return _some(page, choices, mistyped)


def _numbered(page: SamplePage, line: PageLine) -> int:
    """Return how many characters of a row's label are its number."""
    label = label_of(line)
    if label is None or line.row is None:
        return 0
    number = len(page.form.labels[line.row.terminal].number)
    return number if number < len(label.text) else 0


def _some(
    page: SamplePage, choices: ChoiceSource, change: Callable[[PageLine], PageLine]
) -> SamplePage:
    """Return the page with one to four of its labelled rows changed."""
    places = set(choices.some(labelled_rows(page), 4))
    lines = (change(line) if i in places else line for i, line in enumerate(page.lines))
    return evolve(page, lines=tuple(lines))


LABELS = (
    Damage("label-typos", "行名有错字", "a wrong character in labels", _typos),
    Damage("label-notes", "行名后带有含数字的说明", "notes with digits after labels", _notes),
    Damage(
        "labels-of-other-counts",
        "行名后注明是别的数",
        "words behind labels that make the figures another count",
        _other_counts,
    ),
    Damage("label-blanks", "行名中间有空格", "blanks inside labels", _blanks),
    Damage("label-breaks", "行名中间换行", "line breaks inside labels", _breaks),
)
