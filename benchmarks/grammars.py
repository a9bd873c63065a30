"""Time to build each form from its grammar, and to load it from the cache."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.clock import seconds_per_call
from benchmarks.measurement import Measurement
from benchmarks.texts import EXAMPLES
from gischema.forms import Grammar, grammar_folder


def measure(budget: float) -> Iterator[Measurement]:
    """Build and load of the form that each example stands on."""
    with tempfile.TemporaryDirectory() as folder:
        for form in (example.form for example in EXAMPLES):
            for name, cache in (("build", None), ("load", Path(folder))):
                seconds = seconds_per_call(partial(load, form, cache), budget)
                yield Measurement("grammars", f"{name} {form}", seconds * 1000, "ms")


def load(form: str, cache: Path | None) -> object:
    """A form's labels and parser, made anew: from the grammar, or from what `cache` holds."""
    grammar = Grammar(grammar_folder() / f"{form.replace('-', '_')}.lark", cache)
    return grammar.outline, grammar.parse("")
