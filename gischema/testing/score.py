"""Score a reader on the conformance corpus: this one, or any other by the answers that it gave.

`python -m gischema.testing.score conformance` reads the pages with this package.
`--answers FILE` scores another reader; `conformance/README.md` describes the file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TypeAlias

from attrs import Factory, define, frozen

from gischema.engine import Gischema
from gischema.errors import GischemaError
from gischema.testing.reference_corpus import CELL_WORDS, INDEX

CellOutcome: TypeAlias = Literal[
    "right", "right_flagged", "wrong_flagged", "silent", "missed", "left_out"
]
"""`right`: the printed value. `right_flagged`: the printed value, but flagged. `wrong_flagged`: no
or another value, and flagged. `silent`: another value, not flagged. `missed`: a value that a
careful reader finds on the page was neither read nor flagged. `left_out`: neither read nor flagged,
and the page does not show it for certain."""


@frozen
class ReaderAnswer:
    """What a reader made of a page: its form, the value of each path, the flagged paths.

    A value is a number as text, `""` for an empty cell, or `"n/a"` for a cell with a dash.
    """

    form: str | None
    values: Mapping[str, str]
    flagged: frozenset[str]


@define(eq=False)
class CorpusScore:
    """The outcomes of the figures of some pages, and the stated values that no page prints."""

    pages: int = 0
    unread: int = 0
    form_wrong: int = 0
    outcomes: Counter[CellOutcome] = Factory(Counter)
    phantom: int = 0

    def add(self, entry: Mapping[str, Any], answer: ReaderAnswer | None) -> None:
        """Add a page with its answer; None if it was not read."""
        self.pages += 1
        self.unread += answer is None
        answer = answer or ReaderAnswer(None, {}, frozenset())
        self.form_wrong += answer.form != entry["form"]
        gold = entry["figures"]
        for path, printed in gold.items():
            copies = [(printed, "recoverable")] if isinstance(printed, str) else printed
            self.outcomes[_outcome(path, copies, answer)] += 1
        self.phantom += sum(
            path not in gold and path not in answer.flagged and _is_number(value)
            for path, value in answer.values.items()
        )

    def numbers(self) -> dict[str, int]:
        """Return the counts by name."""
        outcomes = {name: self.outcomes[name] for name in CellOutcome.__args__}  # type: ignore[attr-defined]
        return {
            "pages": self.pages,
            "unread": self.unread,
            "form_wrong": self.form_wrong,
            "figures": self.outcomes.total(),
            **outcomes,
            "phantom": self.phantom,
        }


def score(
    folder: Path, answers: Mapping[str, ReaderAnswer] | None = None
) -> dict[str, CorpusScore]:
    """Return the scores of all pages and of each kind of file, by its ending.

    Args:
        folder: The corpus.
        answers: What another reader made of the pages, by file; without it this package reads them.

    Raises:
        ValueError: A page is not the one of the index.
    """
    index = json.loads((folder / INDEX).read_text("utf-8"))
    engine = Gischema()
    scores = {"all": CorpusScore()}
    for entry in index["pages"]:
        name = entry["file"]
        content = (folder / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != entry["sha256"]:
            raise ValueError(f"{name} is not the page of {INDEX}")
        answer = answers.get(name) if answers is not None else _read(engine, folder / name)
        kind = name.rpartition(".")[2]
        for group in (scores["all"], scores.setdefault(kind, CorpusScore())):
            group.add(entry, answer)
    return scores


def load_answers(file: Path) -> dict[str, ReaderAnswer]:
    """Return the answers in a file, by the file of the page: one JSON object a line."""
    lines = (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())
    return {
        one["file"]: ReaderAnswer(one.get("form"), one["values"], frozenset(one.get("flagged", ())))
        for one in lines
    }


def _read(engine: Gischema, file: Path) -> ReaderAnswer | None:
    try:
        report = engine.parse(file)
    except GischemaError:
        return None
    values = {
        one.path: CELL_WORDS.get(one.status, str(one.value))
        for one in report.figures
        if one.status not in ("absent", "unreadable")
    }
    return ReaderAnswer(report.form, values, frozenset(report.doubts))


def _outcome(path: str, copies: Sequence[tuple[str, str]], answer: ReaderAnswer) -> CellOutcome:
    """Return what became of a figure; `copies` are its printed values, and if they are certain."""
    value, flagged = answer.values.get(path), path in answer.flagged
    if value is not None and any(_same(printed, value) for printed, _ in copies):
        return "right_flagged" if flagged else "right"
    if flagged:
        return "wrong_flagged"
    certain = any(page == "recoverable" and _is_number(printed) for printed, page in copies)
    if value is not None and (certain or _is_number(value)):
        return "silent"
    return "missed" if certain else "left_out"


def _same(printed: str, value: str) -> bool:
    if not (_is_number(printed) and _is_number(value)):
        return printed == value
    return Decimal(printed) == Decimal(value)


def _is_number(value: str) -> bool:
    return value not in CELL_WORDS.values()


def lines(scores: Mapping[str, CorpusScore]) -> Iterator[str]:
    """Yield a JSON object a line: the counts of each kind of file, all of them last."""
    for name in sorted(scores, key=lambda each: each == "all"):
        yield json.dumps({"kind": name, **scores[name].numbers()})


def main(arguments: Sequence[str]) -> int:
    """Print the scores; the status is 1 if a figure is silently wrong or not printed at all."""
    parser = argparse.ArgumentParser(prog="python -m gischema.testing.score")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--answers", type=Path, metavar="FILE", help="answers of another reader")
    options = parser.parse_args(arguments)
    answers = load_answers(options.answers) if options.answers else None
    scores = score(options.corpus, answers)
    sys.stdout.write("".join(f"{line}\n" for line in lines(scores)))
    found = scores["all"]
    return int(bool(found.outcomes["silent"] or found.phantom))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
