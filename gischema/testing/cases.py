"""Cases: data files with a page and what must be read from it.

`tests/cases/README.md` describes the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import field, frozen

from gischema.engine import Gischema
from gischema.forms import Form, Row, national_forms
from gischema.report import Figure, Report, is_of_text

NOT_APPLICABLE = "n/a"
_KEYS = frozenset({"why", "text", "form", "figures", "flagged", "certain", "diagnostics", "quiet"})


@frozen
class Case:
    """A page, as text or as a file, and what must be read from it.

    Attributes:
        name: The name of the case's file, without its suffix.
        why: The reason for the case.
        text: The page, empty if it is a file.
        form: The id of the form that it must be read on.
        figures: The values by path: None for a blank cell, `n/a` for a dash.
        flagged: The paths that a diagnostic must flag.
        certain: The paths that no diagnostic may flag.
        diagnostics: The codes that must be among the report's.
        quiet: True if nothing is wrong with the page, so that no figure may be flagged.
        file: The page, if it is not a text.
    """

    name: str
    why: str
    text: str
    form: str | None = None
    figures: Mapping[str, Any] = field(factory=dict)
    flagged: tuple[str, ...] = ()
    certain: tuple[str, ...] = ()
    diagnostics: tuple[str, ...] = ()
    quiet: bool = False
    file: Path | None = None

    def read(self, engine: Gischema) -> Report:
        """Return the report that an engine reads from the page."""
        return engine.parse(self.file) if self.file is not None else engine.parse_text(self.text)


def load_case(path: Path, forms: Iterable[Form] | None = None) -> Case:
    """Return the case in a YAML file.

    Args:
        path: The file. The page stands in it, or next to it in a file of the same name: `.txt`
            files are texts, files with any other suffix are read as what they are.
        forms: The forms whose rows the case may name, the national ones if None.

    Raises:
        ValueError: The file is not a case. The message names the file, and the line and label of a
            row with the wrong number of figures.
        ImportError: PyYAML is not installed.
    """
    try:
        import yaml
    except ImportError as error:
        raise ImportError("reading cases needs PyYAML: pip install 'gischema[test]'") from error
    source = path.read_text(encoding="utf-8")
    data = yaml.safe_load(source)
    if not isinstance(data, dict) or "why" not in data or not data.keys() <= _KEYS:
        raise ValueError(f"{path.name}: a case has `why` and some of {sorted(_KEYS - {'why'})}")
    forms = national_forms() if forms is None else forms
    chosen = [form for form in forms if data.get("form") in (None, form.id)]
    rows = _RowNotation(path, source, chosen)
    text, file = (data["text"], None) if "text" in data else _page_next_to(path)
    return Case(
        path.stem,
        data["why"],
        text,
        data.get("form"),
        dict(rows.figures(data.get("figures", {}))),
        tuple(rows.paths(data.get("flagged", ()))),
        tuple(rows.paths(data.get("certain", ()))),
        tuple(data.get("diagnostics", ())),
        data.get("quiet", False),
        file,
    )


def _page_next_to(path: Path) -> tuple[str, Path | None]:
    """Return the text of the page next to a case, or its file if it is of another kind."""
    others = (other for other in sorted(path.parent.iterdir()) if other.stem == path.stem)
    page = next((other for other in others if other != path), path.with_suffix(".txt"))
    return (page.read_text(encoding="utf-8"), None) if page.suffix == ".txt" else ("", page)


@frozen
class _RowNotation:
    """The rows that a case writes in one line: all columns in the order of the form.

    `forms` are those that the case may be on. A row is known if all of them that have it print the
    same columns.
    """

    path: Path
    source: str
    forms: Sequence[Form]

    def figures(self, listed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield the path and value of every figure."""
        for path, value in listed.items():
            if not isinstance(value, list):
                yield path, value
                continue
            columns = self._columns(path)
            if not columns:
                raise self._error(path, "is not a row with columns on the form of the case")
            if len(columns) != len(value):
                counted = f"has {len(columns)} columns, not {len(value)}: {', '.join(columns)}"
                raise self._error(path, f"({self._rows(path)[0].label or 'no label'}) {counted}")
            yield from zip(columns, value, strict=True)

    def paths(self, listed: Iterable[str]) -> Iterator[str]:
        """Yield the paths that are listed; a row stands for the paths of all its columns."""
        for path in listed:
            yield from self._columns(path) or (path,)

    def _columns(self, path: str) -> tuple[str, ...]:
        """Return the paths of a row's figures in the order of the form, none if it is not known."""
        known = {
            tuple(p for column in row.columns if (p := row.places[column].path))
            for row in self._rows(path)
        }
        return known.pop() if len(known) == 1 else ()

    def _rows(self, path: str) -> list[Row]:
        return [row for form in self.forms for row in form.rows if row.path == path and row.heads]

    def _error(self, path: str, problem: str) -> ValueError:
        lines = enumerate(self.source.splitlines(), 1)
        line = next((number for number, text in lines if text.strip().startswith(f"{path}:")), 1)
        return ValueError(f"{self.path.name}:{line}: {path} {problem}")


def problems(case: Case, report: Report) -> list[str]:
    """Return the differences between a case and the report read from its page.

    Figures that the case does not list may be stated only if a diagnostic flags them.
    """
    read = {figure.path: figure for figure in report.figures}
    notes = [diagnostic for diagnostic in report.diagnostics if not is_of_text(diagnostic)]
    flagged = {path for diagnostic in notes for path in diagnostic.paths}
    out = []
    if case.form is not None and report.form != case.form:
        out.append(f"form: {report.form}, not {case.form}")
    for path, value in case.figures.items():
        if _shown(read.get(path)) != _expected(value):
            out.append(f"{path}: {_shown(read.get(path))}, not {_expected(value)}")
    out += _flag_problems(case, report, flagged)
    out += (
        f"{path}: {_shown(figure)}, but it is not listed"
        for path, figure in read.items()
        if figure.status == "stated" and path not in case.figures and path not in flagged
    )
    return out


def _flag_problems(case: Case, report: Report, flagged: set[str]) -> Iterator[str]:
    codes = {diagnostic.code for diagnostic in report.diagnostics}
    yield from (f"{path}: no diagnostic flags it" for path in case.flagged if path not in flagged)
    yield from (f"{code}: no such diagnostic" for code in case.diagnostics if code not in codes)
    certain = flagged if case.quiet else flagged.intersection(case.certain)
    yield from (f"{path}: a diagnostic flags it" for path in sorted(certain))


def _expected(value: Any) -> Any:
    if value is None:
        return "blank"
    if value == NOT_APPLICABLE:
        return "not_applicable"
    return Decimal(str(value))


def _shown(figure: Figure | None) -> Any:
    """Return the number of a figure, or its status if it has none."""
    if figure is None:
        return "absent"
    return figure.status if figure.value is None else Decimal(figure.value)
