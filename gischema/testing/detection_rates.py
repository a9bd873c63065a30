"""Measure how many seeded errors are found, and how often the culprit is the right cell.

`python -m gischema.testing.detection_rates [REPORTS]` prints the table of rates in
`docs/en/explanation/culprits.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

from attrs import define

from gischema.engine import Gischema
from gischema.forms import Form
from gischema.report import Amount
from gischema.rules import CheckResult, Culprit
from gischema.testing.choices import SeededChoices
from gischema.testing.compose import compose
from gischema.testing.layouts import LAYOUTS
from gischema.testing.seeded_errors import ERROR_KINDS, ErrorKind, SeededError, seed_error
from gischema.testing.values import consistent_values

REPORTS = 2_000
FORMS = ("art20-2019", "art20-2021")
_LAYOUT = LAYOUTS["pipes"]
_HEADS = (
    "error", "seeded", "breaks an identity", "of these found", "found", "right culprit",
    "wrong culprit", "no culprit",
)  # fmt: skip


@define(eq=False)
class DetectionRates:
    """How many errors of one kind were found.

    `breaking` errors break an identity of the form; `found_breaking` of them have a finding of that
    kind. `found` errors have any finding about a wrong cell. For `right` of them the culprit is the
    seeded cells with their original figures, for `wrong` anything else; the rest has no culprit.
    `crossed` errors are in cells of two identities, `crossed_right` of them have the right culprit.
    """

    seeded: int = 0
    breaking: int = 0
    found_breaking: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0
    crossed: int = 0
    crossed_right: int = 0

    def count(self, seeded: SeededError, result: CheckResult) -> None:
        """Add one checked report."""
        about = [f for f in result.findings if not seeded.wrong.keys().isdisjoint(f.paths)]
        culprits = {finding.culprit for finding in about if finding.culprit is not None}
        self.seeded += 1
        self.breaking += seeded.breaks
        self.crossed += seeded.crossed
        self.found += bool(about)
        self.found_breaking += seeded.breaks and any(f.kind == "identity" for f in about)
        if culprits:
            right = all(_hits(seeded, culprit) for culprit in culprits)
            self.right += right
            self.crossed_right += right and seeded.crossed
            self.wrong += not right

    def share(self, number: int) -> str:
        """Return a number as a percentage of the errors that were found."""
        return f"{100 * number / self.found:.1f} %" if self.found else "–"


def detection_rates(
    engine: Gischema, forms: Sequence[Form], reports: int, kinds: Iterable[ErrorKind] = ERROR_KINDS
) -> dict[str, DetectionRates]:
    """Return the rates by kind of error, over `reports` reports with one error each."""
    rates = {kind.name: DetectionRates() for kind in kinds}
    for kind in kinds:
        for seed in range(reports):
            form = forms[seed % len(forms)]
            seeded = seed_error(form, kind, SeededChoices(seed))
            if seeded is not None:
                rates[kind.name].count(seeded, _checked(engine, seeded))
    return rates


def _checked(engine: Gischema, seeded: SeededError) -> CheckResult:
    report = engine.parse_text(_LAYOUT.print(seeded.page).text)
    if seeded.before is None:
        return engine.check(report)
    text = _LAYOUT.print(seeded.before).text
    return engine.check(report, previous=engine.parse_text(text, year=seeded.page.year - 1))


def findings_without_errors(engine: Gischema, forms: Sequence[Form], reports: int) -> int:
    """Return how many findings of kind identity the reports have without any error."""
    found = 0
    for seed in range(reports):
        form, choices = forms[seed % len(forms)], SeededChoices(seed)
        page = compose(form, consistent_values(form, choices), choices)
        result = engine.check(engine.parse_text(_LAYOUT.print(page).text))
        found += sum(finding.kind == "identity" for finding in result.findings)
    return found


def table(rates: Mapping[str, DetectionRates]) -> str:
    """Return the rates as a table in Markdown."""
    lines = [f"| {' | '.join(_HEADS)} |", f"|---|{'---:|' * (len(_HEADS) - 1)}"]
    for name, r in rates.items():
        none = r.found - r.right - r.wrong
        culprits = (r.share(number) for number in (r.right, r.wrong, none))
        cells = (f"`{name}`", r.seeded, r.breaking, r.found_breaking, r.found, *culprits)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def _hits(seeded: SeededError, culprit: Culprit) -> bool:
    """Return True if a culprit names the cells that were made wrong and their right values."""
    if seeded.kind.in_text != (culprit.source == "narrative"):
        return False
    suggested: dict[str, Amount | None] = {c.path: c.suggested for c in culprit.changes}
    right = {
        path: value for path, value in seeded.right.items() if (seeded.wrong[path] or 0) != value
    }
    return suggested == right


def main(arguments: Sequence[str]) -> None:
    """Print the rates for the two forms of Article 20."""
    reports = int(arguments[0]) if arguments else REPORTS
    engine = Gischema()
    forms = [engine.forms[name] for name in FORMS]
    sys.stdout.write(f"{table(detection_rates(engine, forms, reports))}\n\n")
    found = findings_without_errors(engine, forms, reports)
    sys.stdout.write(f"Findings of kind identity in {reports} reports without errors: {found}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
