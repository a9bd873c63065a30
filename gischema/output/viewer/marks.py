"""The keys by which findings, cells of the form and places in the source find each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import define, field, frozen

from gischema.output.checked import Checked
from gischema.output.root_causes import RootCause, root_causes
from gischema.output.words import ELSEWHERE
from gischema.report import IN_TEXT, Diagnostic, Origin, is_of_text

if TYPE_CHECKING:
    from gischema.rules import Finding

State: TypeAlias = Literal["wrong", "warn", "doubt", "unread", ""]
"""`wrong`: an error is there. `warn`: a warning is. `doubt`: a finding or the reader doubts it.
`unread`: it was not read. Empty: nothing to say, which does not mean that it is right."""

_WORST: tuple[State, ...] = ("wrong", "warn", "unread", "doubt", "")

KINDS = ("error", "warning", "doubtful", "info")
"""The kinds of root causes, the worst first."""


def kind_of(cause: RootCause) -> str:
    """Return the kind of a root cause: that of its worst finding; `doubtful` if none is certain."""
    severities = {finding.severity for finding in cause.findings if not finding.doubtful}
    return min(severities, key=KINDS.index) if severities else "doubtful"


@frozen
class SourceMark:
    """A span of the source with the key of what stands there."""

    start: int
    end: int
    key: str
    state: State = ""
    unclaimed: bool = False


@define(eq=False)
class Marks:
    """The keys and states of one checked report."""

    item: Checked
    causes: list[RootCause] = field(init=False)
    """The root causes of the findings, the worst first."""
    remarks: list[Diagnostic] = field(init=False)
    """The diagnostics to list: those about the tables."""
    states: dict[str, State] = field(factory=dict)
    """The states of figures, by path."""
    described: dict[str, list[int]] = field(factory=dict)
    """The numbers of the root causes about a figure, by path."""
    _keys: dict[str, str] = field(factory=dict)
    _spans: dict[tuple[int, int], SourceMark] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        causes = root_causes(self.item.result.findings)
        self.causes = sorted(causes, key=lambda cause: KINDS.index(kind_of(cause)))
        report = self.item.report
        self.remarks = [each for each in report.diagnostics if not is_of_text(each)]
        for figure in report.figures:
            if figure.status == "unreadable":
                self._worsen(figure.path, "unread")
        for path in report.doubts:
            self._worsen(path, "doubt" if path in report.by_path else "unread")
        for number, cause in enumerate(self.causes):
            for path, state in self._accused(cause):
                self._worsen(path, state)
                self.described.setdefault(path, []).append(number)

    def key(self, path: str) -> str:
        """Return the key of a figure of the tables."""
        return self._keys.setdefault(path, f"f{len(self._keys)}")

    def of_operands(self, finding: Finding) -> list[str]:
        """Return the key of each operand of a finding; empty for one in another report."""
        operands = zip(finding.paths, finding.origins, finding.sources, strict=True)
        state = _state([finding])
        return [self._of_operand(*operand, state) for operand in operands]

    def of_remark(self, number: int) -> list[str]:
        """Return the keys of a diagnostic: its place in the source, and its figures."""
        remark = self.remarks[number]
        figures = (path for path in remark.paths if not path.startswith(IN_TEXT))
        return [f"d{number}", *map(self.key, figures)]

    def in_source(self) -> Iterator[SourceMark]:
        """Yield the marks of the source. Call it after everything else: it uses all keys."""
        report = self.item.report
        for figure in report.figures:
            if figure.origin is not None:
                state = self.states.get(figure.path, "")
                yield _mark(figure.origin, self.key(figure.path), state)
        for number, remark in enumerate(self.remarks):
            if remark.origin is not None:
                read = remark.paths and all(path in report.by_path for path in remark.paths)
                yield _mark(remark.origin, f"d{number}", "doubt" if read else "unread")
        for number, unclaimed in enumerate(report.unclaimed):
            yield SourceMark(
                unclaimed.origin.start, unclaimed.origin.end, f"u{number}", unclaimed=True
            )
        yield from self._spans.values()

    def _of_operand(self, path: str, origin: Origin | None, source: str, state: State) -> str:
        if source.startswith(ELSEWHERE):
            return ""
        if source == "table":
            return self.key(path)
        if origin is None:
            return ""
        span = origin.start, origin.end
        known = self._spans.get(span, SourceMark(*span, f"t{len(self._spans)}"))
        worse = min(state, known.state, key=_WORST.index)
        self._spans[span] = SourceMark(*span, known.key, worse)
        return known.key

    def _accused(self, cause: RootCause) -> Iterator[tuple[str, State]]:
        """Yield the figures to look at: those of the culprit, else the first of each finding."""
        state = _state(cause.findings)
        if state == "":
            return
        culprit = cause.culprit
        if culprit is not None and culprit.source == "table":
            changed = [change.path for change in culprit.changes or ()] or [culprit.path]
            yield from ((path, "doubt" if culprit.kind == "reading" else state) for path in changed)
            return
        for finding in cause.findings if culprit is None else ():
            own = (p for p, s in zip(finding.paths, finding.sources, strict=True) if s == "table")
            yield from ((path, state) for path in list(own)[:1])

    def _worsen(self, path: str, state: State) -> None:
        now = self.states.get(path, "")
        self.states[path] = min(now, state, key=_WORST.index)


def _state(findings: Iterable[Finding]) -> State:
    """Return the state of a cell that findings are about; a hint says nothing about it."""
    states: list[State] = [""]
    for finding in findings:
        if finding.doubtful:
            states.append("doubt")
        elif finding.severity != "info":
            states.append("wrong" if finding.severity == "error" else "warn")
    return min(states, key=_WORST.index)


def _mark(origin: Origin, key: str, state: State) -> SourceMark:
    return SourceMark(origin.start, origin.end, key, state)
