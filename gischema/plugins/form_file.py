"""Read a form from its grammar file alone: comments at the top have id, years and basis.

// form: stat-2014+jiangsu
// years: 2014–2018
// basis: 江苏省政府信息公开情况统计表

A new generation may end the years of its predecessor and take over its rules:

// replaces: art20-2021
// rules: like art20-2021 except B5, C2
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from attrs import evolve

from gischema.file_errors import FileError, near
from gischema.forms import load_form
from gischema.forms.form import Form
from gischema.forms.grammar_source import line_of, read_source, read_years
from gischema.forms.grammars import sources
from gischema.plugins.interface import require_interface
from gischema.report import Report

_FIELDS = ("form", "years", "basis", "replaces", "rules", "interface")
_HEADER = re.compile(r"//[ \t]*(form|years|basis|replaces|rules):[ \t]*(.*?)[ \t]*")
_ANY_HEADER = re.compile(r"//[ \t]*(\w+)[ \t]*[:：]")
_FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\+[a-z0-9]+(-[a-z0-9]+)*)?")
_RULES = re.compile(r"like[ \t]+([\w+-]+)(?:[ \t]+except[ \t]+([A-Z0-9., \t-]+))?")


def read_form(path: str | os.PathLike[str], *, report: type[Report] = Report) -> Form:
    """Return the form or variant of a grammar file.

    The comments at its top have the id of the form, its report years (`2014–2018`, `2027` for one
    year, `2027–` for a form still in force) and its legal basis; also the form that it replaces and
    the one whose rules hold for it, if any. An error in the grammar itself is
    raised when the form is used.

    Args:
        path: The grammar file.
        report: The class of its reports.

    Raises:
        OSError: The file cannot be opened.
        FileError: A comment is missing or not understood. The error has the file's name.
    """
    file = Path(path)
    for each in sources(file):
        require_interface(each)
    header = _header(file)
    missing = [name for name in ("form", "years", "basis") if not header.get(name)]
    if missing:
        lines = [f"// {name}: …" for name in missing]
        slip, slip_en = _slip_in_header(file)
        raise FileError(
            f"开头缺少 {'、'.join(lines)}{slip}",
            f"at the top of the file, {' and '.join(lines)} is missing{slip_en}",
            file.name,
        )
    if not _FORM.fullmatch(header["form"]):
        raise FileError(
            f"表式代号 {header['form']!r} 应为 name-2014 或 name-2014+region",
            f"the id of a form is written name-2014 or name-2014+region, not {header['form']!r}",
            file.name,
            line_of(file, header["form"], comments=True),
        )
    form = load_form(
        header["form"],
        file,
        years=_years(file, header["years"]),
        basis=header["basis"],
        report=report,
    )
    like, without = _rules(file, header.get("rules", ""))
    return evolve(form, replaces=header.get("replaces"), rules_like=like, rules_without=without)


def _rules(file: Path, text: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the form whose rules hold too, and the codes of those that do not."""
    if not text:
        return None, ()
    match = _RULES.fullmatch(text)
    if match is None:
        raise FileError(
            f"{text!r} 应写作 like art20-2021，或 like art20-2021 except B5, C2",
            f"this is written like art20-2021, or like art20-2021 except B5, C2, not {text!r}",
            file.name,
            line_of(file, "rules", comments=True),
        )
    codes = (match[2] or "").split(",")
    return match[1], tuple(code.strip() for code in codes if code.strip())


def is_helper(file: Path) -> bool:
    """Return True if a grammar declares no form: it only holds what others import."""
    return not _header(file).keys() & {"form", "years", "basis"}


def _header(file: Path) -> dict[str, str]:
    """Return the fields in the comments before the first line of grammar."""
    found: dict[str, str] = {}
    for line in read_source(file).splitlines():
        match = _HEADER.fullmatch(line)
        if match is not None:
            found.setdefault(match[1], match[2])
        elif line.strip() and not line.startswith("//"):
            break
    return found


def _slip_in_header(file: Path) -> tuple[str, str]:
    """Return a hint at a field whose name has a slip: `// year: 2014–2018`."""
    for line in read_source(file).splitlines():
        match = _ANY_HEADER.match(line)
        if match is not None and match[1] not in _FIELDS and (close := near(match[1], _FIELDS))[0]:
            return (
                f"；“// {match[1]}:” {close[0].lstrip('；')}",
                f"; “// {match[1]}:” {close[1][2:]}",
            )
    return "", ""


def _years(file: Path, text: str) -> tuple[int, int | None]:
    years = read_years(text)
    if years is None:
        raise FileError(
            f"年份 {text!r} 应写作 2014–2018、2027 或 2027–",
            f"years are written 2014–2018, 2027 or 2027–, not {text!r}",
            file.name,
            line_of(file, text, comments=True),
        )
    return years
