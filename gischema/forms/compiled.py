"""Expressions that are kept compiled.

A pickled expression is its text, which is compiled anew whenever it is loaded; for those of the
grammar of running text that is a twentieth of a start. Python has no public way to keep what its
compiler made, so here the steps of `re.compile` are taken one by one. Where a Python takes others,
or its engine refuses the code, the text is compiled as ever: a start takes longer, and that is all.
Whoever keeps expressions must make them anew for another version of Python.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Mapping
from typing import Any


def reduced(pattern: re.Pattern[str]) -> tuple[Callable[..., re.Pattern[str]], tuple[Any, ...]]:
    """What pickle is to keep of an expression: what makes it again, of which arguments."""
    text, flags = pattern.pattern, pattern.flags
    try:
        tree, code = _compiled(text, flags)
        return restored, (text, flags, code, tree.state.groups, dict(tree.state.groupdict))
    except (ImportError, AttributeError, TypeError, OverflowError):
        return re.compile, (text, flags)


def _compiled(text: str, flags: int) -> tuple[Any, bytes]:
    from re import _compiler, _parser  # type: ignore[attr-defined]

    tree = _parser.parse(text, flags)
    return tree, array("I", _compiler._code(tree, flags)).tobytes()


def restored(
    text: str, flags: int, code: bytes, groups: int, names: Mapping[str, int]
) -> re.Pattern[str]:
    """The expression whose code was kept."""
    named = {number: name for name, number in names.items()}
    words = memoryview(code).cast("I").tolist()
    try:
        from _sre import compile as assemble  # type: ignore[import-not-found]

        pattern: re.Pattern[str] = assemble(
            text, flags, words, groups - 1, names, tuple(map(named.get, range(groups)))
        )
    except (ImportError, TypeError, RuntimeError):
        return re.compile(text, flags)
    return pattern
