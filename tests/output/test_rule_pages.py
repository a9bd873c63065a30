"""`docs/rules` is what the rules say. `python -m gischema.output.rule_pages` renews it."""

from __future__ import annotations

from pathlib import Path

from gischema.output.rule_pages import INDEX, rule_pages
from gischema.rules import RuleBook, national_rules

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "rules"
RULES = RuleBook.load(national_rules()).rules


def test_pages_are_up_to_date():
    """Every rule has its page, every page its rule."""
    pages = rule_pages(RULES)
    shown = {path.name: path.read_text("utf-8") for path in FOLDER.glob("[A-Z]*.md")}
    shown[INDEX] = (FOLDER / INDEX).read_text("utf-8")
    assert shown.keys() == pages.keys()
    stale = [name for name, page in pages.items() if shown[name] != page]
    assert not stale


def test_the_index_is_in_the_order_of_people():
    """B2 stands before B10, and B2.1 behind B2."""
    index = rule_pages(RULES)[INDEX]
    places = [index.index(f"| [{code}]") for code in ("A2", "A10", "B2", "B2.1", "B10", "TT-1")]
    assert places == sorted(places)
