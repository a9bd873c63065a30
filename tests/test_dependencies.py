"""What `pyproject.toml` asks for is what the code can work with."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

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
