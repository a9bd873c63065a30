"""The operands of a finding as text: values, places, and the line of the main one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from gischema.output.cell_names import CellNames
from gischema.output.columns import aligned, clean, width
from gischema.output.excerpt import MAIN, OTHER, Mark, excerpt, same_line
from gischema.output.language import Lang, say
from gischema.output.paint import Paint
from gischema.output.places import place
from gischema.output.words import ELSEWHERE, OPERAND_SOURCE, STATUS, shown
from gischema.report import Origin

if TYPE_CHECKING:
    from gischema.rules import Finding

_LONG = 8  # operands that are listed without exception
_NARROWEST = 40  # columns of an excerpt


class OperandText(NamedTuple):
    """One operand as text; `origin` is None for an operand in another document."""

    value: str
    path: str
    label: str
    origin: Origin | None = None
    place: str = ""


def operands_of(finding: Finding, names: CellNames, lang: Lang) -> list[OperandText]:
    """Return the operands of a finding, the likely culprit first."""
    parts = zip(finding.paths, finding.values, finding.origins, finding.sources, strict=True)
    culprit = finding.culprit
    found: list[tuple[bool, OperandText]] = []
    for path, value, origin, source in parts:
        words = [say(lang, *OPERAND_SOURCE[w]) for w in source.split() if w in OPERAND_SOURCE]
        label = " ".join((*words, names.name(path, lang)))
        lacking = STATUS["absent" if origin is None else "blank"]
        number = shown(value) if value is not None else f"({say(lang, *lacking)})"
        away = source.startswith(ELSEWHERE)
        here = place(origin, lang) if away or source != "table" else names.place(path, origin, lang)
        operand = OperandText(number, path, label, None if away else origin, here)
        wrong = culprit is not None and (path, source) == (culprit.path, culprit.source)
        found.append((not wrong, operand))
    return [operand for _, operand in sorted(found, key=lambda pair: pair[0])]


def operand_lines(operands: Iterable[OperandText], lang: Lang) -> list[str]:
    """Return one line an operand: place, value, path, label. Of a long list zeros are counted."""
    listed = list(operands)
    zeros = [each for each in listed[1:] if each.value == "0"]
    if len(listed) > _LONG and zeros:
        listed = [each for each in listed if each not in zeros]
    else:
        zeros = []
    rows = [[each.place, each.value, each.path, clean(each.label)] for each in listed]
    lines = aligned(rows, right=(0, 1)).splitlines() if rows else []
    if zeros:
        lines.append(say(lang, f"另有 {len(zeros)} 项为 0", f"and {len(zeros)} more that are 0"))
    return lines


def excerpt_lines(
    operands: Iterable[OperandText], text: str, columns: int, paint: Paint
) -> Iterator[str]:
    """Yield the source line of the first operand, with marks under all operands on that line.

    The place of the operand stands before the line.
    """
    placed = [(each.origin, each.place) for each in operands if each.origin is not None]
    if not placed:
        return
    main, place = placed[0]
    marks = [
        Mark(origin.start, origin.end, MAIN if origin is main else OTHER)
        for origin, _ in placed
        if same_line(text, main.start, origin.start)
    ]
    gutter = f"{place} | "
    line, signs = excerpt(text, marks, max(columns - width(gutter), _NARROWEST))
    yield paint("quiet", gutter) + line
    yield paint("quiet", " " * (width(gutter) - 2) + "| ") + paint("mark", signs)
