"""What `pyproject.toml` asks for is what the code can work with."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PRIVATE = re.compile(
    r"lark\.grammar|lexer_conf\.|lalr_analysis|lalr_parser_state|parse_conf|_stack\b"
)
"""Parts of Lark that are not in its reference: another release may change them without a word."""


def test_lark_is_as_new_as_needed_and_bounded_while_private_parts_are_used() -> None:
    """1.3.0 gives nothing but text to a lexer; the upper bound goes with the last private part."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (lark,) = (one for one in map(Requirement, project["dependencies"]) if one.name == "lark")
    assert not lark.specifier.contains("1.3.0")
    assert lark.specifier.contains("1.3.1")
    files = (ROOT / "gischema").rglob("*.py")
    private = [file.name for file in files if PRIVATE.search(file.read_text("utf-8"))]
    assert lark.specifier.contains("1.4.0") == (not private)


def _lowest() -> dict[str, str]:
    """Return the oldest release of each package that CI tests with."""
    lines = (ROOT / "tests" / "lowest-versions.txt").read_text("utf-8").splitlines()
    pinned = [Requirement(line) for line in lines if not line.startswith("#")]
    return {one.name: str(one.specifier).removeprefix("==") for one in pinned}


def test_lower_bounds_are_those_that_are_tested() -> None:
    """A bound that nothing tests is a guess, and a young one conflicts in other projects."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [
        Requirement(text)
        for text in (
            *project["dependencies"],
            *(text for extra in ("doc", "pdf", "web", "xls") for text in extras[extra]),
        )
    ]
    bounds = {
        one.name: bound.version
        for one in asked
        for bound in one.specifier
        if bound.operator == ">="
    }
    assert bounds == _lowest()
    assert Version(bounds["attrs"]) <= Version("23.2")
    assert Version(bounds["click"]) < Version("8.2")
    assert Version(bounds["pluggy"]) <= Version("1.5")


def test_extras_are_named_for_what_they_read() -> None:
    """`all` has everything that reads or hands over reports, and messages name extras that exist."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert extras["all"] == ["gischema[corpus,doc,forms,mark,new,ocr,pdf,summary,web,xls]"]
    files = [
        *(ROOT / "gischema").rglob("*.py"),
        *ROOT.glob("README*.md"),
        *(ROOT / "docs").rglob("*.md"),
    ]
    named = {
        name
        for file in files
        for found in re.findall(r"gischema\[([a-z,]+)\]", file.read_text("utf-8"))
        for name in found.split(",")
    }
    assert named <= extras.keys()
    assert {"doc", "pdf", "xls", "all"} <= named
