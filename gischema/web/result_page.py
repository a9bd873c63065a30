"""What a page of results offers: the marked copy, last year's report, waivers, explanations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from gischema.errors import UnknownName
from gischema.marking import MARKABLE
from gischema.output.checked import Checked
from gischema.output.language import Lang
from gischema.rules.waivers import waiver_of
from gischema.settings.files import waivers_toml
from gischema.web.pages import explanation
from gischema.web.templates import filled

if TYPE_CHECKING:
    from gischema.engine import Gischema
    from gischema.rules import Finding


@frozen
class ResultLinks:
    """Links and forms for one result.

    Attributes:
        token: The token of the server.
        result: The name of the result.
        form: The id of the form in force.
    """

    token: str
    result: str
    form: str
    lang: Lang

    def above(self) -> str:
        """Return the links of the whole page."""
        return self._filled("links.html", form=self.form)

    def actions(self, number: int, item: Checked) -> str:
        """Return the buttons of a report, the file `number` of its result."""
        given = {"file": number, "kind": item.kind, "markable": item.kind in MARKABLE}
        return self._filled("actions.html", **given)

    def below(self, engine: Gischema) -> Callable[[Checked, Finding], str]:
        """Return the function that writes the explanation of a rule, and the form of a waiver."""

        def written(item: Checked, finding: Finding) -> str:
            try:
                lines = explanation(finding.code, engine, self.lang)
            except UnknownName:
                lines = []
            # A date belongs to a waiver: this stands there until the person gives one.
            waiver = waiver_of(finding, item.report, reason="-", by="-", on=date(2000, 1, 1))
            return self._filled("finding.html", lines=lines, waiver=waivers_toml([waiver]))

        return written

    def _filled(self, template: str, **given: object) -> str:
        return filled(template, self.token, self.lang, result=self.result, **given)
