"""Load rule files; parsed rules are kept in the user's cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from gischema.forms.cache import cached
from gischema.forms.grammars import grammar_folder
from gischema.rules.model import Rule

_MAKERS = ("expressions.py", "language.py", "model.py", "expression_builder.py", "rule_builder.py")
"""The modules that determine the result of parsing."""


def load_rules(*files: Path) -> tuple[Rule, ...]:
    """Return the rules of files, from the cache if neither the file nor the language changed."""
    return tuple(rule for file in files for rule in _load(file))


def kept_rules(key: Iterable[str | Path], make: Callable[[], tuple[Rule, ...]]) -> tuple[Rule, ...]:
    """Return the rules that `make` parses, from the cache if neither key nor language changed."""
    makers = (Path(__file__).parent / module for module in _MAKERS)
    return cached(tuple, (*key, grammar_folder() / "rules.lark", *makers), make)


def _load(file: Path) -> tuple[Rule, ...]:
    return kept_rules(("rule file", str(file), file), lambda: _parsed(file))


def _parsed(file: Path) -> tuple[Rule, ...]:
    from gischema.rules.language import parse_rules  # 2 ms, and the cache mostly has the result

    return parse_rules(file.read_bytes().decode("utf-8-sig"), str(file))
