"""Time to build each form from its grammar, and to load it from the cache."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from functools import partial
from unittest.mock import patch

from benchmarks.clock import seconds_per_call
from benchmarks.measurement import Measurement
from benchmarks.texts import EXAMPLES
from gischema.forms import Grammar, grammar_folder


def measure(budget: float) -> Iterator[Measurement]:
    """Measure how long the form of each example takes to build and to load."""
    with tempfile.TemporaryDirectory() as folder:
        for form in (example.form for example in EXAMPLES):
            for name, cache in (("build", os.devnull), ("load", folder)):
                seconds = seconds_per_call(partial(load, form, cache), budget)
                yield Measurement("grammars", f"{name} {form}", seconds * 1000, "ms")


def load(form: str, cache: str) -> object:
    """Return a form's labels and parser: from the grammar, or from a cache below `cache`."""
    with patch.dict(os.environ, XDG_CACHE_HOME=cache):
        grammar = Grammar(grammar_folder() / f"{form.replace('-', '_')}.lark")
        return grammar.outline, grammar.parser()
