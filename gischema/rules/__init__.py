"""Rules: declared checks of a report, in files that a domain expert can write.

`docs/en/reference/rule-language.md` describes the language.
`gischema/rules/catalogue` has the national rules.
"""

from pathlib import Path

from gischema.rules.checking import check, check_without_form
from gischema.rules.errors import (
    DuplicateRuleError,
    RuleBindingError,
    RuleError,
    RuleSyntaxError,
)
from gischema.rules.model import Rule, Severity
from gischema.rules.reports import Reports, series
from gischema.rules.results import (
    Change,
    CheckResult,
    Culprit,
    Finding,
    NotAssessable,
    Tally,
    UnreadTable,
    Verdict,
    Waived,
    Waiver,
)
from gischema.rules.rulebook import RuleBook

__all__ = [
    "Change",
    "CheckResult",
    "Culprit",
    "DuplicateRuleError",
    "Finding",
    "NotAssessable",
    "Reports",
    "Rule",
    "RuleBindingError",
    "RuleBook",
    "RuleError",
    "RuleSyntaxError",
    "Severity",
    "Tally",
    "UnreadTable",
    "Verdict",
    "Waived",
    "Waiver",
    "check",
    "check_without_form",
    "national_rules",
    "series",
]


def national_rules() -> tuple[Path, ...]:
    """Return the rule files of the national forms."""
    return tuple(sorted((Path(__file__).parent / "catalogue").glob("*.rules")))
