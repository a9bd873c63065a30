"""What is to be remarked on a report, and at which place of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from attrs import frozen

from gischema.marking.wording import RemarkWording
from gischema.output.checked import Checked, Frame, main_origin
from gischema.output.language import say
from gischema.output.root_causes import RootCause
from gischema.report import Amount, Origin
from gischema.rules import Change, Culprit, Finding

Standing: TypeAlias = Literal["error", "warning", "info", "doubtful"]
"""The severity of a remark; `doubtful` if it rests on what may have been misread."""

_BARE = re.compile(r"[\d,.]*\Z")
"""A figure without a unit or a remark, or an empty cell."""

_STANDINGS: tuple[Standing, ...] = ("error", "warning", "info", "doubtful")


@frozen
class SuggestedValue:
    """A cell that should have another value: what it prints now, and the value."""

    raw: str
    value: Amount


@frozen
class Remark:
    """What is said at one place of the file.

    Attributes:
        origin: The place.
        place: The place in words.
        standing: The highest severity of its parts.
        parts: Title and text of each finding here.
        sentence: The sentence of the running text that is meant; empty for a cell.
        suggestion: The value that a cell should have, if the figures determine it.
    """

    origin: Origin
    place: str
    standing: Standing
    parts: tuple[tuple[str, str], ...]
    sentence: str = ""
    suggestion: SuggestedValue | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(f"{title}\n{text}" for title, text in self.parts)


@frozen
class Remarks:
    """The remarks on a report: its verdict, and the remarks by place, the first place first.

    `headline` is the verdict in one line. `unplaced` are the texts of findings that stand nowhere
    in the file; `verdict` has them too.
    """

    headline: str
    verdict: str
    placed: tuple[Remark, ...]
    unplaced: tuple[str, ...]


def remarks_on(item: Checked, frame: Frame) -> Remarks:
    """Return the remarks about the findings of a checked report, joined where they share a cell."""
    wording = RemarkWording(item, frame)
    found = _Findings(item, wording)
    parts = [part for cause in _causes(item.result.findings) for part in found.parts(cause)]
    by_place: dict[object, list[_Part]] = {}
    for part in parts:
        if part.origin is not None:
            by_place.setdefault(_key(part.origin), []).append(part)
    unplaced = tuple(f"{part.title}\n{part.text}" for part in parts if part.origin is None)
    placed = sorted(map(found.joined, by_place.values()), key=lambda each: each.origin.start)
    headline = say(frame.lang, "；", "; ").join(wording.closing())
    return Remarks(headline, wording.verdict(unplaced), tuple(placed), unplaced)


@frozen
class _Part:
    """One text at one place, None if it has none."""

    origin: Origin | None
    standing: Standing
    title: str
    text: str
    change: Change | None = None


@frozen
class _Findings:
    """Turns findings into remarks."""

    item: Checked
    wording: RemarkWording

    def parts(self, cause: RootCause) -> Iterator[_Part]:
        """Yield the texts about findings with one root cause, one for each cell to correct."""
        first = cause.findings[0]
        culprit = cause.culprit
        standing = min(map(_standing, cause.findings), key=_STANDINGS.index)
        title = self.wording.title(first, standing)
        text = self.wording.text(cause.findings, culprit)
        if culprit is None:
            yield _Part(self._origin(first), standing, title, text)
            return
        for number, change in enumerate(changes_of(culprit)):
            origin = self._of_change(change, culprit, cause.findings) or self._origin(first)
            sure = standing != "doubtful" and _is_of_table(culprit)
            said = text if number == 0 else self.wording.culprit(culprit)
            yield _Part(origin, standing, title, said, change if sure else None)

    def joined(self, parts: list[_Part]) -> Remark:
        """Return the remark about the texts at one place."""
        origin = parts[0].origin
        assert origin is not None
        return Remark(
            origin,
            self.wording.place(origin),
            min((part.standing for part in parts), key=_STANDINGS.index),
            tuple(dict.fromkeys((part.title, part.text) for part in parts)),
            "" if origin.row is not None else self._sentence(origin),
            self._suggestion([part.change for part in parts if part.change is not None]),
        )

    def _suggestion(self, changes: list[Change]) -> SuggestedValue | None:
        """Return the one value that all changes of a cell suggest."""
        values = {change.suggested for change in changes}
        figure = self.item.report.by_path.get(changes[0].path) if changes else None
        value = values.pop() if len(values) == 1 else None
        if value is None or figure is None or figure.doubts or not _BARE.match(figure.raw):
            return None
        return SuggestedValue(figure.raw, value)

    def _origin(self, finding: Finding) -> Origin | None:
        """Return the place of a finding; of one about missing rows, a figure of their group."""
        return main_origin(finding) or next(self._near(finding), None)

    def _near(self, finding: Finding) -> Iterator[Origin]:
        for path, source in zip(finding.paths, finding.sources, strict=True):
            while source == "table" and path:
                inside = f"{path}."
                for figure in self.item.report.figures:
                    if figure.path.startswith(inside) and figure.origin is not None:
                        yield figure.origin
                path = path.rpartition(".")[0]  # noqa: PLW2901 - the group around it

    def _of_change(
        self, change: Change, culprit: Culprit, findings: Iterable[Finding]
    ) -> Origin | None:
        if culprit.source == "table":
            figure = self.item.report.by_path.get(change.path)
            return figure.origin if figure is not None else None
        for finding in findings:
            for path, source, origin in zip(
                finding.paths, finding.sources, finding.origins, strict=True
            ):
                if (path, source) == (change.path, culprit.source):
                    return origin
        return None

    def _sentence(self, origin: Origin) -> str:
        """Return the sentence of a place in the running text, the place itself without one."""
        whole = next(
            (
                figure.sentence
                for figure in (*self.item.report.narrative, *self.item.report.narrative.candidates)
                if figure.origin == origin and figure.sentence is not None
            ),
            origin,
        )
        return self.item.text[whole.start : whole.end]


def changes_of(culprit: Culprit) -> tuple[Change, ...]:
    """Return the cells that a culprit corrects, at least one."""
    own = Change(culprit.path, culprit.stated, culprit.suggested)
    return culprit.changes or (own,)


def _causes(findings: Iterable[Finding]) -> list[RootCause]:
    """Return the findings in groups of one culprit; the others each alone, at its own place."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(number if finding.culprit is None else finding.culprit, []).append(
            finding
        )
    return [RootCause(tuple(group), group[0].culprit) for group in groups.values()]


def _standing(finding: Finding) -> Standing:
    return "doubtful" if finding.doubtful else finding.severity


def _is_of_table(culprit: Culprit) -> bool:
    return culprit.source == "table" and culprit.kind != "reading"


def _key(origin: Origin) -> object:
    """Return what two findings on one cell or in one sentence have in common."""
    if origin.row is None:
        return origin.start, origin.end
    return origin.block, origin.row, origin.cell, origin.element
