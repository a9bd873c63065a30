"""What a comparison of two revisions prints: differences by kind and sort, time and memory."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import IO

from attrs import define, field, frozen

from benchmarks.revision_differences import KINDS, Difference, differences
from benchmarks.revision_inputs import GROUPS, Input
from benchmarks.revision_reader import PHASES

SIDES = ("old", "new")


@frozen
class Answer:
    """What one revision made of a batch: a line for each input, CPU seconds by phase, memory."""

    lines: list[str]
    seconds: Mapping[str, float]
    megabytes: float


@frozen
class Done:
    """A batch of a group of inputs that both revisions have read."""

    group: str
    inputs: Sequence[Input]
    answers: tuple[Answer, Answer]


@define
class _Sort:
    """Differences of one kind that are likely to have one cause."""

    count: int = 0
    examples: list[tuple[str, Difference]] = field(factory=list)


@define
class Summary:
    """What has been found so far.

    `examples` are shown of each sort. Their inputs and readings are written to the folder `keep`,
    every difference as a JSON line to `output`.
    """

    examples: int
    keep: Path | None = None
    output: IO[str] | None = None
    differing: set[str] = field(factory=set)
    read: Counter[str] = field(factory=Counter)
    _sorts: dict[str, dict[str, _Sort]] = field(factory=lambda: defaultdict(dict))
    _inputs: dict[str, set[str]] = field(factory=lambda: defaultdict(set))
    _times: dict[str, list[tuple[Answer, Answer]]] = field(factory=lambda: defaultdict(list))

    def add(self, done: Done) -> None:
        """Compare the answers for a batch."""
        old, new = done.answers
        self.read[done.group] += len(done.inputs)
        self._times[done.group].append(done.answers)
        for one, before, after in zip(done.inputs, old.lines, new.lines, strict=True):
            if before != after:
                self._compare(one, before, after)

    def _compare(self, one: Input, before: str, after: str) -> None:
        kept = False
        for difference in differences(one, json.loads(before), json.loads(after)):
            self.differing.add(one.name)
            self._inputs[difference.kind].add(one.name)
            sort = self._sorts[difference.kind].setdefault(difference.sort, _Sort())
            sort.count += 1
            shown = one.name in {name for name, _ in sort.examples}
            if len(sort.examples) < self.examples and not shown:
                sort.examples.append((one.name, difference))
                kept = True
            if self.output is not None:
                row = {"input": one.name, **_as_json(difference)}
                self.output.write(json.dumps(row, ensure_ascii=False) + "\n")
        if kept and self.keep is not None:
            _keep(self.keep, one, before, after)

    def print(self, seconds: float) -> None:
        """Print the differences, then how long both took."""
        for kind in sorted(self._sorts, key=_rank):
            self._print_kind(kind)
        read = ", ".join(f"{self.read[group]:,} {group}" for group in GROUPS if self.read[group])
        print(f"read by both: {read}; {seconds:.0f} s")
        for group in GROUPS:
            if self._times[group]:
                print(_times(group, self._times[group]))
        peaks = (
            max(pair[side].megabytes for pairs in self._times.values() for pair in pairs)
            for side in range(2)
        )
        print("peak memory: old {:.0f} MB, new {:.0f} MB".format(*peaks))
        print(f"inputs that differ: {len(self.differing):,}")

    def _print_kind(self, kind: str) -> None:
        sorts = self._sorts[kind]
        count = sum(sort.count for sort in sorts.values())
        print(f"{kind}: {count:,} differences in {len(self._inputs[kind]):,} inputs")
        for name, sort in sorted(sorts.items(), key=lambda item: (-item[1].count, item[0])):
            print(f"  {sort.count:,} × {name}")
            for source, difference in sort.examples:
                print(f"      {source}\n          {difference}")
        print()


def _rank(kind: str) -> tuple[int, str]:
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), kind)


def _as_json(difference: Difference) -> dict[str, object]:
    names = ("kind", "sort", "key", *SIDES)
    return {name: getattr(difference, name) for name in names}


def _keep(folder: Path, one: Input, before: str, after: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{one.name}{one.suffix}").write_bytes(one.content())
    if "previous" in one.source:
        (folder / f"{one.name}.previous.txt").write_text(one.source["previous"], encoding="utf-8")
    for side, line in zip(SIDES, (before, after), strict=True):
        text = json.dumps(json.loads(line), ensure_ascii=False, indent=1)
        (folder / f"{one.name}.{side}.json").write_text(text, encoding="utf-8")


def _times(group: str, pairs: Sequence[tuple[Answer, Answer]]) -> str:
    """Return the CPU times of a group: of all its inputs, by phase, and the ratio new to old."""
    sums = [_seconds(pair[side] for pair in pairs) for side in range(2)]
    ratios = [_total(new) / _total(old) for old, new in pairs if _total(old)]
    phases = ", ".join(f"{phase} {sums[0][phase]:.1f} → {sums[1][phase]:.1f} s" for phase in PHASES)
    old, new = (sum(seconds.values()) for seconds in sums)
    ratio = f"{new / old:.3f}, median of batches {median(ratios):.3f}" if ratios else "none"
    return f"CPU time, {group}: old {old:.1f} s, new {new:.1f} s, ratio {ratio} ({phases})"


def _seconds(answers: Iterable[Answer]) -> dict[str, float]:
    answers = list(answers)
    return {phase: sum(answer.seconds.get(phase, 0.0) for answer in answers) for phase in PHASES}


def _total(answer: Answer) -> float:
    return sum(answer.seconds.values())
