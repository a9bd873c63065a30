"""The names of the figures of one report in messages for people, instead of their paths."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gischema.filenames import displayed
from gischema.forms.printed_names import CellName, PrintedNames, quoted
from gischema.output.columns import clean
from gischema.output.language import Lang, say
from gischema.output.places import place
from gischema.report import Origin, Report
from gischema.rules.report_facts import REPORT_FACTS

_LISTED = 3


class CellNames(NamedTuple):
    """The names of the figures of a report; `printed` are those of its form, if it is known."""

    report: Report
    printed: PrintedNames | None = None

    def name(self, path: str, lang: Lang) -> str:
        """Return `“（三）不予公开 4.保护第三方合法权益”行“自然人”列`."""
        cell = self._cell(path)
        if cell is None:
            return self._other(path, lang)
        return clean(cell.words(lang)) or displayed(path)

    def names(self, paths: Iterable[str], lang: Lang) -> str:
        """Return the first names of a list, and the number of all if there are more."""
        every = list(paths)
        listed = say(lang, "、", ", ").join(self.name(path, lang) for path in every[:_LISTED])
        if len(every) <= _LISTED:
            return listed
        return listed + say(lang, f"等{len(every)}格", f" and {len(every) - _LISTED} more")

    def place(self, path: str, origin: Origin | None, lang: Lang) -> str:
        """Return the place of a figure in its file."""
        cell = self._cell(path)
        return place(origin, lang, cell.row if cell is not None else None)

    def _cell(self, path: str) -> CellName | None:
        cell = self.printed.cell(path) if self.printed is not None else None
        if cell is not None:
            return cell
        figure = self.report.by_path.get(path) or self.report.declared.get(path)
        if figure is None or not figure.label:
            return None
        row, _, column = figure.label.partition(" / ")
        return CellName(row, column or None)

    def _other(self, path: str, lang: Lang) -> str:
        """Return the name of a fact, of a group of rows or of a statement of the running text."""
        if path in REPORT_FACTS:
            return REPORT_FACTS[path].label.get(lang)
        group = self.printed.group(path) if self.printed is not None else None
        if group is not None:
            return quoted(group)
        label = next((f.label for f in self.report.narrative if f.path == path and f.label), "")
        return quoted(clean(label)) if label else displayed(path)
