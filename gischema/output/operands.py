"""The operands of a finding as text: values, places, and the line of the main one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from gischema.output.columns import aligned, clean
from gischema.output.excerpt import MAIN, OTHER, Mark, excerpt, same_line
from gischema.output.language import Lang, say
from gischema.output.paint import Paint
from gischema.output.words import ELSEWHERE, OPERAND_SOURCE, STATUS, shown
from gischema.report import Origin, Report
from gischema.rules.report_facts import REPORT_FACTS

if TYPE_CHECKING:
    from gischema.rules import Finding

_LONG = 8  # operands that are listed without exception


@frozen
class OperandText:
    """One operand as text. `elsewhere` is the origin of an operand in another document."""

    value: str
    path: str
    label: str
    origin: Origin | None = None
    elsewhere: Origin | None = None

    @property
    def place(self) -> str:
        """Line and column."""
        at = self.origin or self.elsewhere
        return f"{at.line}:{at.column}" if at is not None else ""


def operands_of(finding: Finding, report: Report, lang: Lang) -> list[OperandText]:
    """Return the operands of a finding, the likely culprit first."""
    parts = zip(finding.paths, finding.values, finding.origins, finding.sources, strict=True)
    culprit = finding.culprit
    found: list[tuple[bool, OperandText]] = []
    for path, value, origin, source in parts:
        words = [say(lang, *OPERAND_SOURCE[w]) for w in source.split() if w in OPERAND_SOURCE]
        label = " ".join((*words, _label(report, path, lang)))
        lacking = STATUS["absent" if origin is None else "blank"]
        number = shown(value) if value is not None else f"({say(lang, *lacking)})"
        away = source.startswith(ELSEWHERE)
        operand = OperandText(number, path, label, *((None, origin) if away else (origin, None)))
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
    """Yield the source line of the first operand, with marks under all operands on that line."""
    origins = [each.origin for each in operands if each.origin is not None]
    if not origins:
        return
    main = origins[0]
    marks = [
        Mark(origin.start, origin.end, MAIN if origin is main else OTHER)
        for origin in origins
        if same_line(text, main.start, origin.start)
    ]
    gutter = f"{main.line} | "
    line, signs = excerpt(text, marks, columns - len(gutter))
    yield paint("quiet", gutter) + line
    yield paint("quiet", " " * (len(gutter) - 2) + "| ") + paint("mark", signs)


def _label(report: Report, path: str, lang: Lang) -> str:
    if path in REPORT_FACTS:
        return REPORT_FACTS[path].label.get(lang)
    try:
        return report.figure(path).label
    except KeyError:
        return next((figure.label for figure in report.narrative if figure.path == path), "")
