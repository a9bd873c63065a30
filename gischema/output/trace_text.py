"""A trace of a figure: as text for people, and as a JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from attrs import asdict, frozen

from gischema.output.cell_names import CellNames
from gischema.output.columns import clean, pad, width
from gischema.output.excerpt import Mark, excerpt
from gischema.output.language import Lang, message, say
from gischema.output.paint import Paint
from gischema.output.places import place
from gischema.report import AboutReport, Figure, Origin

if TYPE_CHECKING:
    from gischema.tracing import LabelMatch, PlacePrinted, Trace
    from gischema.tracing.model import MatchStep

_UNCLAIMED = 8
"""How many numbers without a row are listed."""

_COLUMNS = 100

_HEADS = {
    "name": ("名称", "name"),
    "form": ("表式", "form"),
    "table": ("表", "table"),
    "row": ("行", "row"),
    "column": ("列", "column"),
    "cell": ("原文", "cell"),
    "text": ("正文", "text"),
    "rivals": ("也可能", "or else"),
    "doubts": ("疑点", "doubts"),
    "rules": ("规则", "rules"),
    "unclaimed": ("无主数字", "unclaimed"),
}

_STEPS: dict[MatchStep, tuple[str, str]] = {
    "official": ("与表式相同", "as on the form"),
    "wording": ("与语法中的另一写法“{wording}”相同", "another wording of the grammar, {wording}"),
    "lines": ("名称分印在几行上", "the label is printed over several lines"),
    "similar": (
        "与“{wording}”近似（{likeness}%）",
        "similar to {wording} ({likeness} %)",
    ),
    "position": (
        "没有认得的名称，按位置只能是这一行",
        "no known label; only this row can stand here",
    ),
    "sums": ("名称不认得，按各列合计认出", "the label is not known; its figures are the sums"),
    "assumed": ("没有印出表头，按表式的列序", "no heads are printed; the columns of the form"),
}

_GROUNDS = {
    "tables": ("按印出的行名和列名选定", "by the printed rows and heads"),
    "year": ("没有印出它的表格，按年份选定", "by the year; none of its tables is printed"),
    "given": ("由使用者指定", "as the caller said"),
}


@frozen
class TraceText:
    """The text about one trace.

    Attributes:
        trace: The trace.
        file: The name of the file for display.
        text: The source text.
        names: The names of the figures.
        lang: The language.
        paint: Colours.
    """

    trace: Trace
    file: str
    text: str
    names: CellNames
    lang: Lang
    paint: Paint

    def render(self) -> str:
        """Return the text."""
        return "".join(f"{line.rstrip()}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        trace = self.trace
        head = (
            trace.figure.printed
            if trace.figure is not None
            else self._say("（只在正文）", "(text)")
        )
        yield self.paint("title", f"{self.file}  {trace.path} = {clean(head)}")
        yield self._entry("name", self.names.name(trace.path, self.lang))
        yield self._entry("form", self._form())
        for printed in trace.printed:
            yield ""
            yield from self._printed(printed)
        for statement in trace.statements:
            yield ""
            yield self._entry(
                "text", f"{self._value(statement)}  {place(statement.origin, self.lang)}"
            )
            yield from self._excerpt(statement.origin)
        yield ""
        if not trace.printed and not trace.statements:
            yield from self._missing()
        yield from self._listed("doubts", self._doubts())
        yield from self._listed("rules", self._rules())

    def _form(self) -> str:
        trace = self.trace
        if trace.form is None:
            return self._say("不明", "not known")
        grounds = _GROUNDS.get(trace.form_from or "")
        weights = self._say("、", ", ").join(f"{one.form} {one.weight:g}" for one in trace.forms)
        why = say(self.lang, *grounds) if grounds else ""
        weighed = self._say(f"（权重：{weights}）", f" (weights: {weights})") if weights else ""
        return f"{trace.form} {why}{weighed}"

    def _printed(self, printed: PlacePrinted) -> Iterator[str]:
        again = (
            "" if printed.used else self._say("（重复印出，未采用）", " (printed again, not used)")
        )
        yield self._entry("table", printed.table.get(self.lang) + again)
        displaced = self._say("；表式在此处没有这一行", "; the form has no such row here")
        yield self._entry(
            "row", self._match(printed.row) + (displaced if printed.displaced else "")
        )
        if printed.head is not None:
            column = self._say(
                f"第{printed.column}列（共{printed.columns}列）",
                f"column {printed.column} of {printed.columns}",
            )
            doubt = self._say("；列的位置存疑", "; the places of the columns are in doubt")
            words = f"{column} {self._match(printed.head)}"
            yield self._entry("column", words + (doubt if printed.heads_in_doubt else ""))
        where = self.names.place(printed.figure.path, printed.figure.origin, self.lang)
        yield self._entry(
            "cell", f"“{clean(printed.figure.raw)}”  {where}  {self._value(printed.figure)}"
        )
        yield from self._excerpt(printed.figure.origin)
        if printed.rivals:
            names = (f"{self.names.name(path, self.lang)} {path}" for path in printed.rivals)
            yield self._entry("rivals", self._say("；", "; ").join(names))

    def _match(self, match: LabelMatch) -> str:
        """Return what is printed, what it was taken for, and where the grammar has that."""
        where = place(match.origin, self.lang)
        printed = f"“{clean(match.printed)}”" + (f" {where}" if where else "")
        step = say(self.lang, *_STEPS[match.step]).format(
            wording=clean(match.wording), likeness=match.likeness
        )
        source = f"{match.file}:{match.line} {match.terminal}" if match.line else match.terminal
        official = "" if match.step in ("official", "wording") else f"“{match.official}”"
        arrow = f" → {official}" if official else ""
        return f"{printed if match.printed else ''}{arrow} {step}  [{source}]".strip()

    def _value(self, figure: Figure) -> str:
        notes = [figure.printed, figure.reading or "", *figure.marks, *figure.doubts]
        return " ".join(note for note in notes if note)

    def _excerpt(self, origin: Origin | None) -> Iterator[str]:
        if origin is None or origin.end <= origin.start:
            return
        line, signs = excerpt(self.text, [Mark(origin.start, origin.end)], _COLUMNS)
        yield f"    {line}"
        yield f"    {self.paint('mark', signs)}"

    def _missing(self) -> Iterator[str]:
        """Yield what the tables print that no row has: the figure may be among it."""
        yield self._say(
            "没有读到这一行：它没有印出，或者印作别的名称。",
            "No such row was read: it is not printed, or under another name.",
        )
        numbers = self.trace.unclaimed
        lines = [
            f"{place(one.origin, self.lang)}  “{clean(one.label)}” {clean(one.raw)}"
            for one in numbers[:_UNCLAIMED]
        ]
        if len(numbers) > _UNCLAIMED:
            lines.append(self._say(f"等{len(numbers)}个", f"and {len(numbers) - _UNCLAIMED} more"))
        yield from self._listed("unclaimed", iter(lines))

    def _doubts(self) -> Iterator[str]:
        for each in self.trace.diagnostics:
            yield f"{each.code} {place(each.origin, self.lang)} {clean(message(each, self.lang))}"

    def _rules(self) -> Iterator[str]:
        result = self.trace.rules
        if result is None:
            return
        reasons = {one.code: one for one in result.not_assessable}
        for finding in result.findings:
            yield self.paint("error", f"✗ {finding.code} {clean(message(finding, self.lang))}")
        broken = {finding.code for finding in result.findings}
        for tally in result.tallies:
            if tally.held and tally.code not in broken:
                yield f"✓ {tally.code} " + self._say(
                    f"相符（{tally.held}项）", f"holds ({tally.held})"
                )
            elif tally.code in reasons:
                yield f"– {tally.code} {clean(message(reasons[tally.code], self.lang))}"

    def _listed(self, head: str, lines: Iterator[str]) -> Iterator[str]:
        found = list(lines) or [self._say("无", "none")]
        yield self._entry(head, found[0])
        yield from (self._entry("", line) for line in found[1:])

    def _entry(self, head: str, words: str) -> str:
        name = say(self.lang, *_HEADS[head]) if head else ""
        widest = max(width(say(self.lang, *words)) for words in _HEADS.values())
        return f"  {pad(name, widest)}  {words}"

    def _say(self, zh: str, en: str) -> str:
        return say(self.lang, zh, en)


def trace_record(trace: Trace, about: AboutReport) -> dict[str, Any]:
    """Return a trace as a JSON object, with the report that it is about."""
    from gischema.output.converter import converter  # with cattrs, 8 ms, which text does not need

    data: dict[str, Any] = converter().unstructure(trace)
    return asdict(about) | data
