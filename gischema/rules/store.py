"""Parsed rule files kept in the user's own cache folder, so that a start costs no parsing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from gischema._version import __version__
from gischema.forms.cache import cache_folder, fingerprint, kept, place_of
from gischema.forms.grammars import grammar_folder
from gischema.rules.model import Rule

_MAKERS = ("expressions.py", "model.py", "terms.py", "tree.py")
"""The modules that decide what a parsed rule is."""


def load_rules(*files: Path) -> tuple[Rule, ...]:
    """The rules of files: from the cache if neither they nor the language have changed."""
    folder = cache_folder()
    if folder is None:
        return tuple(rule for file in files for rule in _parsed(file))
    here = Path(__file__).parent
    makers = (here / module for module in _MAKERS)
    language = fingerprint(f"{__version__} {sys.version}", grammar_folder() / "rules.lark", *makers)
    return tuple(rule for file in files for rule in _known(file, folder, language))


def _known(file: Path, folder: Path, language: str) -> tuple[Rule, ...]:
    state = fingerprint(f"{language} {os.fspath(file)}", file)
    return kept(folder / f"{file.stem}-{place_of(file)}.rules-cache", state, lambda: _parsed(file))


def _parsed(file: Path) -> tuple[Rule, ...]:
    from gischema.rules.language import parse_rules

    return parse_rules(file.read_bytes().decode("utf-8-sig"), str(file))
