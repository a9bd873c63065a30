"""The page about damages is what the laboratory makes of them now."""

from __future__ import annotations

from pathlib import Path

from gischema.engine import Gischema
from gischema.testing import DAMAGES
from gischema.testing.damages_page import damages_page

PAGE = Path(__file__).parents[2] / "docs" / "damages.md"


def test_page_is_up_to_date() -> None:
    """`docs/damages.md` says what happens; make it anew when reader or laboratory change."""
    engine = Gischema()
    made = damages_page(tuple(engine.forms.values()), engine.parse_text)
    again = "python -m gischema.testing.damages_page > docs/damages.md"
    assert PAGE.read_text(encoding="utf-8") == made, f"make it anew: {again}"


def test_page_shows_every_damage() -> None:
    """No damage is left out."""
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"## `{name}`" in text for name in DAMAGES)
