"""Under which path and unit a report states an indicator of running text."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from gischema.forms.form import Form
from gischema.forms.indicators import TextIndicators, text_indicators


@frozen
class IndicatorPaths:
    """The indicators that may be stated under one form, or in a year without a form."""

    form: Form | None
    year: int | None
    _names: TextIndicators = field(init=False, factory=text_indicators)
    _generation: str = field(init=False)

    @_generation.default
    def _of_form_or_year(self) -> str:
        if self.form is None:
            return self._names.generation(self.year)
        own, (first, _) = self.form.generation, self.form.years
        return own if own in self._names.generations else self._names.generation(first)

    def path(self, indicator: str) -> str | None:
        """Return the path of an indicator, None if neither the form nor running text has it."""
        lacking = self._names.lacking.get(self._generation, ())
        if self.form is None and indicator in lacking:
            return None
        return next(filter(self._has, self._candidates(indicator)), None)

    def label(self, path: str) -> str | None:
        """Return the form's label of a path, or that of running text."""
        declared = self.form.declared.get(path) if self.form else None
        return declared.label if declared else self._names.stated.get(path)

    def unit(self, path: str) -> str | None:
        """Return the unit of a path, None if it is the one that is printed."""
        declared = self.form.declared.get(path) if self.form else None
        return declared.unit if declared is not None else self._names.unit(path)

    def _candidates(self, indicator: str) -> Iterator[str]:
        own = self._names.path(indicator, self._generation)
        if own is not None:
            yield own
        yield indicator
        yield f"{indicator}.total"

    def _has(self, path: str) -> bool:
        if path in self._names.stated:
            return True
        if self.form is None:
            return self._generation in self._names.lacking
        return path in self.form.declared
