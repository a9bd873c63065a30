"""Cases: data files with a text, or the name of a file, and what must be read from it.

The format is described in `tests/cases/README.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import field, frozen

from gischema.engine import Gischema
from gischema.report import Figure, Report

NOT_APPLICABLE = "n/a"
_KEYS = frozenset({"why", "text", "form", "figures", "named", "diagnostics", "quiet"})


@frozen
class Case:
    """A text, or else a file, and what must come of it.

    `figures` are the values by path (None for a blank cell, `n/a` for a dash), `named` paths that a
    diagnostic must name, `diagnostics` codes that must be among the report's; `quiet` tells that
    nothing is wrong with the text, so that none may name a figure.
    """

    name: str
    why: str
    text: str
    form: str | None = None
    figures: Mapping[str, Any] = field(factory=dict)
    named: tuple[str, ...] = ()
    diagnostics: tuple[str, ...] = ()
    quiet: bool = False
    file: Path | None = None

    def read(self, engine: Gischema) -> Report:
        """What an engine makes of the text or the file."""
        return engine.parse(self.file) if self.file is not None else engine.parse_text(self.text)


def load_case(path: Path) -> Case:
    """Return the case in a YAML file.

    Its text stands there or in the `.txt` file beside it; a file beside it with another suffix is
    read as it is.

    Raises ValueError, naming the file, if it is no case.
    """
    try:
        import yaml
    except ImportError as error:
        raise ImportError("reading cases needs PyYAML: pip install 'gischema[test]'") from error
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or "why" not in data or not data.keys() <= _KEYS:
        raise ValueError(f"{path.name}: a case has `why` and some of {sorted(_KEYS - {'why'})}")
    others = (other for other in sorted(path.parent.iterdir()) if other.stem == path.stem)
    beside = next((other for other in others if other != path), path.with_suffix(".txt"))
    file = None if "text" in data or beside.suffix == ".txt" else beside
    text = data["text"] if "text" in data else "" if file else beside.read_text(encoding="utf-8")
    return Case(
        path.stem,
        data["why"],
        text,
        data.get("form"),
        data.get("figures", {}),
        tuple(data.get("named", ())),
        tuple(data.get("diagnostics", ())),
        data.get("quiet", False),
        file,
    )


def problems(case: Case, report: Report) -> list[str]:
    """Return the differences between a report and its case."""
    read = {figure.path: figure for figure in report.stated}
    named = {path for diagnostic in report.diagnostics for path in diagnostic.paths}
    codes = {diagnostic.code for diagnostic in report.diagnostics}
    out = []
    if case.form is not None and report.form != case.form:
        out.append(f"form: {report.form}, not {case.form}")
    for path, value in case.figures.items():
        if _shown(read.get(path)) != _expected(value):
            out.append(f"{path}: {_shown(read.get(path))}, not {_expected(value)}")
    out += (f"{path}: no diagnostic names it" for path in case.named if path not in named)
    out += (f"{code}: no such diagnostic" for code in case.diagnostics if code not in codes)
    out += (f"{path}: a diagnostic names it" for path in sorted(named) if case.quiet)
    out += (
        f"{path}: {_shown(figure)}, though not printed"
        for path, figure in read.items()
        if figure.status == "stated" and path not in case.figures and path not in named
    )
    return out


def _expected(value: Any) -> Any:
    if value is None:
        return "blank"
    if value == NOT_APPLICABLE:
        return "not_applicable"
    return Decimal(str(value))


def _shown(figure: Figure | None) -> Any:
    """Return a figure's number, or its status where it states none."""
    if figure is None:
        return "absent"
    return figure.status if figure.value is None else Decimal(figure.value)
