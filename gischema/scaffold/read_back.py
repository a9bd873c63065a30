"""Read samples back with the form that was written of them, and write the test that does so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from gischema.engine import Gischema
from gischema.errors import FormError, InvalidSource
from gischema.forms import Form
from gischema.forms.labels import key
from gischema.report import Amount, Report
from gischema.scaffold.left_out import lines_not_read
from gischema.scaffold.sample_form import SampleForm
from gischema.scaffold.sample_sums import rules_text
from gischema.scaffold.sample_tree import RowNode

_TEST = Path(__file__).parent / "templates" / "test_samples.py.template"
_LEAVE_OUT = re.compile(r"write except ([A-Z0-9.-]+)")
_YEARS = re.compile(r"^// years: .*$", re.MULTILINE)


def with_samples(
    form_id: str, grammar: str, basis: str, form: SampleForm, texts: Sequence[str]
) -> tuple[dict[str, str], int, tuple[str, ...]]:
    """Return the files of a form: grammar, rules, samples with their figures, and a test.

    Also returns how many figures the samples print, and the paths of those that are not read back.

    Args:
        form_id: The id of the form.
        grammar: Its grammar.
        basis: Its legal basis.
        form: The form as the samples show it.
        texts: The samples.

    Raises:
        FormError: The grammar cannot be built.
    """
    name = form_id.replace("-", "_")
    written: dict[str, str] = {}
    missed: list[str] = []
    printed = 0
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / f"{name}.lark").write_text(grammar, encoding="utf-8")
        engine = Gischema(plugins=[folder])
        paths = _paths(_form(engine, form_id), form)
        reports = [read_or_none(engine, text, form_id) for text in texts]
        chosen = {_form_of(read_or_none(engine, text)) for text in texts}
    for number, (text, report) in enumerate(zip(texts, reports, strict=True)):
        expected = dict(_figures(form, paths, number))
        got = {f.path: f.value for f in report.figures} if report is not None else {}
        missed += [path for path, value in expected.items() if got.get(path) != value]
        printed += len(expected)
        figures = {path: str(value) for path, value in expected.items()}
        written[f"{name}-{number + 1}.txt"] = text
        written[f"{name}-{number + 1}.json"] = json.dumps(figures, indent=1) + "\n"
    if rules := rules_text(form_id, basis, form, paths):
        written[f"{name}.rules"] = rules
    template = Template(_TEST.read_text(encoding="utf-8"))
    # A page that a known form fits too is read on the written one only if that is asked for.
    given = "" if chosen <= {form_id, None} else f', form="{form_id}"'
    test = template.substitute(form=form_id, file=name, given=given)
    written |= {
        f"{name}.lark": _with_years(grammar, reports),
        f"test_{name.replace('+', '_')}.py": test,
    }
    return written, printed, tuple(missed)


def with_revision(
    form_id: str, grammar: str, texts: Sequence[str]
) -> tuple[dict[str, str], int, tuple[str, ...], tuple[str, ...]]:
    """Return the files of a new generation of a form: grammar, samples with figures, and a test.

    Also returns how many figures the samples print, what is not read back (paths of figures in
    doubt, labels of numbers that no row has), and the lines with numbers that nothing has taken. A
    rule of the form before it that does not fit is left out by the header.

    Raises:
        FormError: The grammar cannot be built.
    """
    name = form_id.replace("-", "_")
    grammar, engine = _fitting(form_id, name, grammar)
    written = {f"{name}.lark": grammar}
    missed: list[str] = []
    left_out: list[str] = []
    printed = 0
    for number, text in enumerate(texts, 1):
        report = read_or_none(engine, text, form_id)
        stated = [f for f in report.figures if f.value is not None] if report is not None else []
        unclaimed = report.unclaimed if report is not None else ()
        missed += [*(f.path for f in stated if f.doubts), *(each.label for each in unclaimed)]
        left_out += lines_not_read(text, report)
        printed += len(stated) + len(unclaimed)
        values = {figure.path: str(figure.value) for figure in stated}
        written[f"{name}-{number}.txt"] = text
        written[f"{name}-{number}.json"] = json.dumps(values, indent=1) + "\n"
    template = Template(_TEST.read_text(encoding="utf-8"))
    chosen = {_form_of(read_or_none(engine, text)) for text in texts}
    given = "" if chosen <= {form_id, None} else f', form="{form_id}"'
    written[f"test_{name}.py"] = template.substitute(form=form_id, file=name, given=given)
    return written, printed, tuple(missed), tuple(left_out)


def _fitting(form_id: str, name: str, grammar: str) -> tuple[str, Gischema]:
    """Return the grammar without the rules of the form before it that use a dropped row."""
    with TemporaryDirectory() as place:
        file = Path(place) / f"{name}.lark"
        file.write_text(grammar, encoding="utf-8")
        engine = Gischema(plugins=[Path(place)])
        _form(engine, form_id)
        _ = engine.rules
        codes = {code for p in engine.problems for code in _LEAVE_OUT.findall(p.message_en)}
        if codes:
            listed = f" except {', '.join(sorted(codes))}"
            grammar = re.sub(r"^(// rules: like \S+)$", rf"\1{listed}", grammar, flags=re.MULTILINE)
            file.write_text(grammar, encoding="utf-8")
            engine = Gischema(plugins=[Path(place)])
            _form(engine, form_id)
        _ = engine.rules, engine.forms
        return grammar, engine


def _with_years(grammar: str, reports: Sequence[Report | None]) -> str:
    """Return the grammar with the years of the samples, if they are known."""
    years = sorted({one.year for one in reports if one is not None and one.year is not None})
    if not years:
        return grammar
    text = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
    return _YEARS.sub(f"// years: {text}", grammar, count=1)


def _form(engine: Gischema, form_id: str) -> Form:
    """Return the form that was written, or raise FormError."""
    if form_id not in engine.forms:
        problems = "；".join(problem.message for problem in engine.problems)
        raise FormError(
            f"按样本写出的语法不能使用：{problems}",
            "the grammar that was written of the samples cannot be used",
        )
    return engine.form(form_id)


def read_or_none(engine: Gischema, text: str, form_id: str | None = None) -> Report | None:
    """Return the report in a text, None if it is not recognised as one: a blank form."""
    try:
        return engine.parse_text(text, form=form_id)
    except InvalidSource:
        return None


def _form_of(report: Report | None) -> str | None:
    if report is None or report.form is None:
        return None
    return f"{report.form}+{report.variant}" if report.variant else report.form


def _paths(form: Form, sample: SampleForm) -> dict[RowNode, str]:
    """Return the path that the written form gives each row with figures."""
    rows: dict[str, list[str]] = {}
    for row in form.rows:
        if row.unit is not None:
            rows.setdefault(key(row.label), []).append(row.path)
    counted = (node for node in sample.nodes() if node.unit is not None and rows.get(node.key))
    return {node: rows[node.key].pop(0) for node in counted}


def _figures(
    sample: SampleForm, paths: Mapping[RowNode, str], number: int
) -> Iterator[tuple[str, Amount]]:
    """Yield the figures that a sample prints, by path."""
    steps = [column.step for column in sample.columns] or [""]
    for node, path in paths.items():
        for step, value in zip(steps, node.values[number], strict=True):
            if value is not None:
                yield f"{path}.{step}" if step else path, value
