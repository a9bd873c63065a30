"""Measure how damaged pages are read, and how many of the flagged figures are wrong.

`python -m gischema.testing.accuracy [PAGES]` prints the counts as JSON. Pages are invented, each in
any layout with up to three damages; the same number measures the same pages.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from attrs import Factory, define

from gischema._version import __version__
from gischema.engine import Gischema
from gischema.report import Report
from gischema.testing.choices import SeededChoices
from gischema.testing.laboratory import Specimen, specimen
from gischema.testing.verdict import Outcome, Verdict, judge

PAGES = 3_000


@define(eq=False)
class PageCounts:
    """What became of the figures of some pages, and how many promises were broken."""

    pages: int = 0
    figures: int = 0
    outcomes: Counter[Outcome] = Factory(Counter)
    faults: Counter[str] = Factory(Counter)

    def add(self, verdict: Verdict) -> None:
        """Add one page."""
        self.pages += 1
        self.figures += verdict.outcomes.total()
        self.outcomes += verdict.outcomes
        self.faults += Counter(fault.kind for fault in verdict.faults)

    def numbers(self) -> dict[str, Any]:
        """Return the counts as JSON has them."""
        return {
            "pages": self.pages,
            "figures": self.figures,
            **{name: self.outcomes[name] for name in Outcome.__args__},  # type: ignore[attr-defined]
            "faults": dict(sorted(self.faults.items())),
        }


@define(eq=False)
class FlaggedFigures:
    """The figures that one diagnostic flags: how many were read, and how many of these wrongly."""

    flagged: int = 0
    wrong: int = 0
    unread: int = 0


@define(eq=False)
class Accuracy:
    """The counts of a measurement: of all pages, by damage, by layout, by diagnostic."""

    all_pages: PageCounts = Factory(PageCounts)
    undamaged: PageCounts = Factory(PageCounts)
    damages: dict[str, PageCounts] = Factory(dict)
    layouts: dict[str, PageCounts] = Factory(dict)
    diagnostics: dict[str, FlaggedFigures] = Factory(dict)

    def add(self, page: Specimen, report: Report) -> None:
        """Add one page that was read."""
        verdict = judge(page.printed, report)
        groups = [self.all_pages, self.layouts.setdefault(page.layout.name, PageCounts())]
        groups += (self.damages.setdefault(each.name, PageCounts()) for each in page.damages)
        if not page.damages:
            groups.append(self.undamaged)
        for group in groups:
            group.add(verdict)
        self._add_flagged(page, report)

    def _add_flagged(self, page: Specimen, report: Report) -> None:
        printed = {(one.path, one.status, one.value) for one in page.printed.figures}
        for path, codes in report.doubts.items():
            figure = report.by_path.get(path)
            for code in codes:
                counts = self.diagnostics.setdefault(code, FlaggedFigures())
                if figure is None or figure.status in ("absent", "unreadable"):
                    counts.unread += 1
                else:
                    counts.flagged += 1
                    counts.wrong += (path, figure.status, figure.value) not in printed

    def numbers(self) -> dict[str, Any]:
        """Return the counts as JSON has them."""
        return {
            "version": __version__,
            "date": datetime.now(UTC).date().isoformat(),
            "all": self.all_pages.numbers(),
            "undamaged": self.undamaged.numbers(),
            "damages": {name: each.numbers() for name, each in sorted(self.damages.items())},
            "layouts": {name: each.numbers() for name, each in sorted(self.layouts.items())},
            "diagnostics": {
                code: {"flagged": each.flagged, "wrong": each.wrong, "unread": each.unread}
                for code, each in sorted(self.diagnostics.items())
            },
        }


def accuracy(engine: Gischema, seeds: Iterable[int]) -> Accuracy:
    """Return the counts of one page for each seed, on the forms of the engine in turn."""
    forms = tuple(engine.forms.values())
    counts = Accuracy()
    for seed in seeds:
        page = specimen(forms[seed % len(forms)], SeededChoices(seed))
        counts.add(page, engine.parse_text(page.printed.text))
    return counts


def main(arguments: Sequence[str]) -> None:
    """Print the counts of a number of pages."""
    pages = int(arguments[0]) if arguments else PAGES
    numbers = accuracy(Gischema(), range(pages)).numbers()
    sys.stdout.write(json.dumps(numbers, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
