"""A report printed as a web page reads back with the figures of the plain text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gischema.engine import Gischema
from gischema.forms import Form
from gischema.testing import SeededChoices, compose, consistent_values
from gischema.testing.choices import DrawnChoices
from gischema.testing.layouts import LAYOUTS
from gischema.testing.layouts.html import html_page


def test_web_pages_state_the_figures_of_the_text(engine: Gischema, form: Form) -> None:
    """Spans, fonts, tables around and inside, tags left out, wrong charsets."""

    @settings(settings.get_profile("quick"), max_examples=25)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        values = consistent_values(form, SeededChoices(data.draw(st.integers(0, 2**32))))
        choices = DrawnChoices(data.draw)
        page = compose(form, values, choices)
        text = engine.parse_text(LAYOUTS["pipes"].print(page).text)
        report = engine.parse(html_page(page, choices))
        read = {f.path: (f.status, f.value) for f in report.figures}
        assert read == {f.path: (f.status, f.value) for f in text.figures}
        assert len(read) == len(values)
        assert not [d for d in report.diagnostics if d.paths]
        assert (report.form, report.year) == (form.id, page.year)
        assert (report.title, report.agency) == (text.title, text.agency)
        assert [f.value for f in report.narrative] == [f.value for f in text.narrative]

    holds()
