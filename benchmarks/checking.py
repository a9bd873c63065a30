"""What checking costs: against parsing, and over a table of reports against one by one."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import gischema
from benchmarks.clock import seconds_per_call
from benchmarks.measurement import Measurement
from benchmarks.texts import EXAMPLES
from gischema.engine import Gischema
from gischema.testing import SeededChoices, specimen

WRONG = EXAMPLES[0].path.with_name("art20_2021_wrong.txt")
_FORM = "art20-2021"
_DISTINCT, _REPORTS = 100, 10_000


def measure(budget: float) -> Iterator[Measurement]:
    """Measure both comparisons, the second only if polars is installed."""
    for file in (*(example.path for example in EXAMPLES), WRONG):
        yield _against_parsing(file, budget)
    yield from _over_a_table(budget)


def _against_parsing(file: Path, budget: float) -> Measurement:
    """Measure checking, with the search for culprits, against reading tables and text."""
    text = file.read_text(encoding="utf-8")
    parsing = seconds_per_call(lambda: len(gischema.parse_text(text).narrative), budget)
    report = gischema.parse_text(text)
    checking = seconds_per_call(lambda: gischema.check(report), budget)
    return Measurement(
        group="reports a second, checked and parsed",
        name=f"check {file.stem}",
        value=1 / checking,
        unit="/s",
        peer="parse tables and text",
        peer_value=1 / parsing,
        ratio=checking / parsing,
        limit=1.0,
    )


def _over_a_table(budget: float) -> Iterator[Measurement]:
    """Measure how many reports both evaluators check per second."""
    if importlib.util.find_spec("polars") is None:
        return
    import polars as pl

    from gischema.rules.columnar import check_table, tabulate

    engine = Gischema()
    form = engine.forms[_FORM]
    pages = (specimen(form, SeededChoices(seed)).printed.text for seed in range(_DISTINCT))
    reports = [engine.parse_text(page, form=_FORM) for page in pages]
    some = tabulate(reports, form, engine.rules)
    frame = pl.concat([some] * (_REPORTS // _DISTINCT))
    checked = check_table(frame, form, engine.rules)
    codes = {check.instance.rule.code for check in checked.checks.values()}
    a_report = len(checked.checks)

    def one_by_one() -> None:
        for report in reports:
            engine.check(report, select=codes)

    table = seconds_per_call(lambda: check_table(frame, form, engine.rules), budget)
    single = seconds_per_call(one_by_one, budget) / len(reports)
    yield Measurement(
        group=f"rule evaluations a second, {_REPORTS:,} reports on {_FORM}",
        name=f"{checked.evaluations:,} checks over a table",
        value=checked.evaluations / table,
        unit="/s",
        peer="report by report",
        peer_value=a_report / single,
        ratio=(table / checked.evaluations) / (single / a_report),
    )
