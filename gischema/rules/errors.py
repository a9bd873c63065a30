"""Errors in rule files."""

from __future__ import annotations

from gischema.errors import GischemaError
from gischema.file_errors import FileError


class RuleError(FileError):
    """A rule that cannot be used."""


class RuleSyntaxError(RuleError):
    """A rule file that does not follow the grammar of the rule language."""


class RuleBindingError(RuleError):
    """A rule that uses a path which the form it claims does not have."""


class FactFailed(GischemaError):
    """Raised for a fact of a plugin that raised or gave no number; the message names both."""


class DuplicateRuleError(RuleError):
    """Two rules with the same code."""
