"""The table of known failures stays as short as it can be."""

from __future__ import annotations

import pytest

from gischema.engine import Gischema
from gischema.testing import DAMAGES, LAYOUTS, SeededChoices, befall, compose, consistent_values
from gischema.testing import judge as verdict
from tests.lab.unsupported import UNSUPPORTED, Unsupported

ENGINE = Gischema()
PAGES = 450


@pytest.mark.parametrize("entry", UNSUPPORTED, ids=lambda entry: entry.reason)
def test_entry_is_still_needed(entry: Unsupported) -> None:
    """A combination is listed only while a page of it has a fault; take out what was mended."""
    forms = [f for f in ENGINE.forms.values() if not entry.forms or f.id in entry.forms]
    layouts = [LAYOUTS[name] for name in sorted(entry.layouts or LAYOUTS)]
    damages = [damage for name, damage in DAMAGES.items() if name in entry.damages]
    assert {damage.name for damage in damages} == entry.damages
    for seed in range(PAGES):
        choices = SeededChoices(seed)
        form, layout = forms[seed % len(forms)], layouts[seed % len(layouts)]
        page = compose(form, consistent_values(form, choices), choices)
        if all(damage.fits(page, layout) for damage in damages):
            printed = layout.print(befall(page, damages, choices))
            if verdict(printed, ENGINE.parse_text(printed.text)).faults:
                return
    pytest.fail(f"no fault in {PAGES} pages: take the entry out of tests/lab/unsupported.py")
