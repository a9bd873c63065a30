"""Load rule files; parsed rules are kept in the user's cache."""

from __future__ import annotations

from pathlib import Path

from gischema.forms.cache import cached
from gischema.forms.grammars import grammar_folder
from gischema.rules.language import parse_rules
from gischema.rules.model import Rule

_MAKERS = ("expressions.py", "language.py", "model.py", "expression_builder.py", "rule_builder.py")
"""The modules that determine the result of parsing."""


def load_rules(*files: Path) -> tuple[Rule, ...]:
    """Return the rules of files, from the cache if neither the file nor the language changed."""
    return tuple(rule for file in files for rule in _load(file))


def _load(file: Path) -> tuple[Rule, ...]:
    here = Path(__file__).parent
    makers = (here / module for module in _MAKERS)
    language = (grammar_folder() / "rules.lark", *makers)
    return cached(tuple, ("rule file", str(file), file, *language), lambda: _parsed(file))


def _parsed(file: Path) -> tuple[Rule, ...]:
    return parse_rules(file.read_bytes().decode("utf-8-sig"), str(file))
