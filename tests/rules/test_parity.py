"""`docs/en/explanation/parity.md` names only rules that exist."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs/en/explanation/parity.md"


def test_every_code_on_the_page_is_a_rule(book):
    """A rule that is removed may not be promised any longer."""
    codes = set(re.findall(r"`([A-Z]+(?:-?\d+)(?:\.\d+)*)`", PAGE.read_text("utf-8")))
    assert len(codes) > 20
    assert codes <= {rule.code for rule in book.rules}


def test_every_family_of_the_other_checker_is_there():
    """The checks that the issue counts: 39 and 3, table 2, seven of the text, three of years."""
    page = PAGE.read_text("utf-8")
    counted = [int(n) for n in re.findall(r"^\| `t[34]_.*? \| (\d+) \|", page, re.MULTILINE)]
    assert counted == [7, 7, 25, 3]
    for key in ("t2_numeric_parseable", "t2_non_negative", "t2_integer", "t2_empty_semantics"):
        assert key in page
    assert len(set(re.findall(r"`(text_vs_table[34]_\w+)`", page))) == 7
