"""How many planted errors are found, and how often the right cell is blamed.

`python -m gischema.testing.harvest [REPORTS]` prints the table of rates that stands in
`docs/design/culprits.md`.
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
from gischema.testing.planting import SLIPS, Planted, Slip, plant
from gischema.testing.values import consistent_values

REPORTS = 2_000
FORMS = ("art20-2019", "art20-2021")
_LAYOUT = LAYOUTS["pipes"]
_HEADS = (
    "error", "planted", "breaks an identity", "of these found", "found", "blamed right",
    "blamed wrong", "nobody blamed",
)  # fmt: skip


@define
class Rates:
    """What became of the errors of one kind.

    `breaking` break an identity of the form, `found_breaking` of them have a finding that says so;
    `found` have any finding about a wrong cell. `right` are blamed on the planted cells with the
    figures that had stood there, `wrong` on anything else; for the rest nobody is blamed.
    """

    planted: int = 0
    breaking: int = 0
    found_breaking: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0

    def count(self, planted: Planted, result: CheckResult) -> None:
        """Add one checked report."""
        about = [f for f in result.findings if not planted.wrong.keys().isdisjoint(f.paths)]
        culprits = {finding.culprit for finding in about if finding.culprit is not None}
        self.planted += 1
        self.breaking += planted.breaks
        self.found += bool(about)
        self.found_breaking += planted.breaks and any(f.kind == "identity" for f in about)
        if culprits:
            right = all(_hits(planted, culprit) for culprit in culprits)
            self.right += right
            self.wrong += not right

    def share(self, number: int) -> str:
        """A number as a percentage of what can be blamed: the errors that were found."""
        return f"{100 * number / self.found:.1f} %" if self.found else "–"


def harvest(
    engine: Gischema, forms: Sequence[Form], reports: int, slips: Iterable[Slip] = SLIPS
) -> dict[str, Rates]:
    """The rates by kind of error over `reports` reports, each with one error of every kind."""
    rates = {slip.name: Rates() for slip in slips}
    for slip in slips:
        for seed in range(reports):
            form = forms[seed % len(forms)]
            planted = plant(form, slip, SeededChoices(seed))
            if planted is not None:
                rates[slip.name].count(planted, _checked(engine, planted))
    return rates


def _checked(engine: Gischema, planted: Planted) -> CheckResult:
    report = engine.parse_text(_LAYOUT.print(planted.page).text)
    if planted.before is None:
        return engine.check(report)
    text = _LAYOUT.print(planted.before).text
    return engine.check(report, previous=engine.parse_text(text, year=planted.page.year - 1))


def untouched(engine: Gischema, forms: Sequence[Form], reports: int) -> int:
    """How many findings of kind identity the same reports have before anything is planted."""
    found = 0
    for seed in range(reports):
        form, choices = forms[seed % len(forms)], SeededChoices(seed)
        page = compose(form, consistent_values(form, choices), choices)
        result = engine.check(engine.parse_text(_LAYOUT.print(page).text))
        found += sum(finding.kind == "identity" for finding in result.findings)
    return found


def table(rates: Mapping[str, Rates]) -> str:
    """The rates as a table in Markdown."""
    lines = [f"| {' | '.join(_HEADS)} |", f"|---|{'---:|' * (len(_HEADS) - 1)}"]
    for name, r in rates.items():
        nobody = r.found - r.right - r.wrong
        blame = (r.share(number) for number in (r.right, r.wrong, nobody))
        cells = (f"`{name}`", r.planted, r.breaking, r.found_breaking, r.found, *blame)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def _hits(planted: Planted, culprit: Culprit) -> bool:
    """Whether a culprit names the cells that were made wrong, and what they had stated."""
    if planted.slip.in_text != (culprit.source == "narrative"):
        return False
    suggested: dict[str, Amount | None] = {c.path: c.suggested for c in culprit.changes}
    right = {
        path: value for path, value in planted.right.items() if (planted.wrong[path] or 0) != value
    }
    return suggested == right


def main(arguments: Sequence[str]) -> None:
    """Print the rates for the two forms of Article 20."""
    reports = int(arguments[0]) if arguments else REPORTS
    engine = Gischema()
    forms = [engine.forms[name] for name in FORMS]
    sys.stdout.write(f"{table(harvest(engine, forms, reports))}\n\n")
    found = untouched(engine, forms, reports)
    sys.stdout.write(f"Findings of kind identity in the {reports} untouched reports: {found}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
