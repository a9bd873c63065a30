"""Printed labels: their wordings in a grammar, and the keys that find them in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import evolve, frozen
from lark.lexer import Pattern, PatternStr, TerminalDef

from gischema.chinese.enumerators import BEFORE_LABEL
from gischema.chinese.units import KNOWN, choices_of
from gischema.file_errors import FileError
from gischema.text import normalise

_IGNORED = re.compile(r"[\W_]+")
_BAR = "|"
_ANY_YEAR, _OWN_YEAR = "YYYY年", "本年"
_YEARS = range(2000, 2050)


@frozen
class Wording:
    """One way in which a label is printed, and its key; `official` is the form's own."""

    text: str
    official: bool
    key: str


@frozen
class Label:
    """The label of a terminal: number, official text, unit of its figures, every wording.

    `unit` is None where the label has no figures of its own, `万元/元` where the form leaves the
    unit to whoever fills it in.
    """

    number: str
    text: str
    unit: str | None
    wordings: tuple[Wording, ...]


def squeeze(text: str) -> str:
    """Return `text` without white space and punctuation, which damaged pages lose."""
    return text if text.isalnum() else _IGNORED.sub("", text)


def strip_enumerator(text: str) -> tuple[str, int]:
    """Return a label without the number before it, and the length of that number."""
    match = BEFORE_LABEL.match(text)
    if match is None:
        return text, 0
    return text[match.end() :], match.end()


def key(text: str) -> str:
    """Return the key of a printed label: no number before it, no white space, no punctuation."""
    return squeeze(strip_enumerator(text)[0])


class NotALabel(FileError):
    """Raised for a text of a grammar or a plugin that cannot be a label."""

    def __init__(self, label: str, message: str, message_en: str) -> None:
        """Keep the label as written, next to the messages."""
        super().__init__(message, message_en)
        self.args = (label, message, message_en)  # pickle builds the error from these
        self.label = label


def wording(written: str) -> Wording:
    """Return one more way to print a label, in the normal form of pages.

    Raises:
        NotALabel: Nothing is left of it without its number and punctuation.
    """
    return _wording(normalise(written).text.replace(_BAR, ""), written, official=False)


def _wording(text: str, written: str, *, official: bool) -> Wording:
    if squeezed := key(text):
        return Wording(text, official, squeezed)
    raise NotALabel(
        written,
        f"行名“{written}”去掉编号和标点后没有文字；请写出表上印的文字，如 “(一)来信数 | 件”；"
        "没有行名的一行写作 VALUES",
        f"nothing is left of the label “{written}” without its number and punctuation: write the "
        "words that the form prints, such as “(一)来信数 | 件”; a row without a label is VALUES",
    )


def read_label(terminal: TerminalDef) -> Label:
    """Return the label that a terminal of a form grammar declares.

    The wording with a bar is the official one, and the unit of its figures stands behind it. A
    label with one wording needs no bar. `YYYY年` stands for 本年 and for any year.

    Raises:
        NotALabel: A wording is an expression, or has no words.
    """
    texts = list(_alternatives(terminal.pattern))
    normal = [normalise(text).text for text in texts]
    first = next((i for i, text in enumerate(normal) if _BAR in text), 0)
    printed, _, unit = (part.strip() for part in normal[first].partition(_BAR))
    if _BAR in unit:
        raise NotALabel(
            texts[first],
            f"行名“{texts[first]}”有两个竖线；竖线后只写单位，几种单位写作 条/件",
            f"the label “{texts[first]}” has two bars: behind the bar stands the unit alone; "
            "several are written 条/件",
        )
    own = _wording(printed.replace(_ANY_YEAR, _OWN_YEAR), texts[first], official=True)
    text, cut = strip_enumerator(own.text)
    others = list(_years_of(printed))
    for other in texts:
        if other != texts[first]:
            others += _years_of(other) if _ANY_YEAR in other else (other,)
    return Label(printed[:cut].strip(), text, unit or None, (own, *map(wording, others)))


def with_units(labels: Mapping[str, Label]) -> dict[str, Label]:
    """Return labels with one more wording each where only the grammar knows their unit.

    A known unit is recognised anywhere. Any other unit is recognised only right after the label
    that declares it: 服务时长小时. A wording that another label has already is not added.
    """
    taken = {one.key for label in labels.values() for one in label.wordings}
    return {name: _with_unit(label, taken) for name, label in labels.items()}


def _with_unit(label: Label, taken: set[str]) -> Label:
    if label.unit is None or KNOWN.issuperset(choices_of(label.unit)):
        return label
    longer = (evolve(one, text=one.text + label.unit, key=one.key + squeeze(label.unit))
              for one in label.wordings)  # fmt: skip
    return evolve(label, wordings=(*label.wordings, *(w for w in longer if w.key not in taken)))


def _years_of(written: str) -> Iterator[str]:
    """Yield a wording with `YYYY年` for each year; nothing for any other."""
    if _ANY_YEAR in written:
        yield from (written.replace(_ANY_YEAR, f"{year}年") for year in _YEARS)


def _alternatives(pattern: Pattern) -> Iterator[str]:
    """Yield the literal wordings of a terminal; Lark joins alternatives into one expression."""
    if isinstance(pattern, PatternStr):
        yield pattern.value
        return
    wordings, rest = _expand(pattern.value)
    if rest:
        raise NotALabel(
            pattern.value,
            f"行名应为引号中的文字，不能是表达式 {pattern.value}",
            f"a label is text in quotes, not the expression {pattern.value}",
        )
    yield from wordings


def _expand(expression: str) -> tuple[list[str], str]:
    """Return the strings that literals, `(?:…|…)` and `?` match, and the rest of the text."""
    finished: list[str] = []
    heads = [""]
    while expression and expression[0] != ")":
        if expression[0] == _BAR:
            finished, heads, expression = finished + heads, [""], expression[1:]
            continue
        if expression.startswith("(?:"):
            inner, expression = _expand(expression[3:])
            expression = expression.removeprefix(")")
        elif expression[0] == "\\":
            inner, expression = [expression[1]], expression[2:]
        elif expression[0] in "([*+{.^$":
            break
        else:
            inner, expression = [expression[0]], expression[1:]
        if expression.startswith("?"):
            inner, expression = [*inner, ""], expression[1:]
        heads = [head + tail for head in heads for tail in inner]
    return finished + heads, expression
