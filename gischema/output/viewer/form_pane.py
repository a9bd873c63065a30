"""The form as it is printed, with the figures that were read."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define

from gischema.figure import STATUS, number
from gischema.forms.form_grid import GridCell, GridTable, form_grid
from gischema.output.checked import Checked
from gischema.output.language import Lang, say
from gischema.output.viewer.marks import Marks, State
from gischema.output.viewer.markup import element, text
from gischema.report import Figure

STATES: dict[State, tuple[str, str]] = {
    "wrong": ("错误", "error"),
    "warn": ("警告", "warning"),
    "doubt": ("存疑", "doubtful"),
    "unread": ("没有读出", "not read"),
}
"""The states that cells show, and the words for them."""


def state_word(state: State, lang: Lang) -> str:
    """Return the word for a state."""
    return say(lang, *STATES[state])


@define(eq=False)
class FormPane:
    """The form of a checked report, with its figures.

    Attributes:
        prefix: The beginning of the ids of elements, one for each report of a page.
    """

    item: Checked
    marks: Marks
    lang: Lang
    prefix: str

    def html(self) -> str:
        """Return the markup of all tables."""
        return "\n".join(self._tables())

    def _tables(self) -> Iterator[str]:
        printed = self.item.printed
        drawn: set[str] = set()
        for table in form_grid(printed.form) if printed is not None else ():
            if table.heading:
                yield text("h3", table.heading)
            yield self._table(table)
            drawn |= {cell.path for cell in table.cells}
        others = [figure for figure in self.item.report.figures if figure.path not in drawn]
        if others:
            yield text("h3", say(self.lang, "表式之外的数字", "Figures beyond the form"))
            yield element("table", "".join(map(self._beyond, others)), role="grid", **self._name())

    def _name(self) -> dict[str, str]:
        return {"aria_label": say(self.lang, "表式", "form")}

    def _table(self, table: GridTable) -> str:
        rows = [
            element("tr", "".join(self._cell(cell, table) for cell in row))
            for row in table.by_row()
        ]
        head = element("thead", "".join(rows[: table.heads])) if table.heads else ""
        body = element("tbody", "".join(rows[table.heads :]))
        wide = "wide" if table.columns > 4 else ""
        name = {"aria_label": table.heading} if table.heading else self._name()
        return element("table", head + body, role="grid", class_=wide, **name)

    def _cell(self, cell: GridCell, table: GridTable) -> str:
        if cell.place is not None:
            return self._figure(cell.path, columns=cell.columns, rows=cell.rows)
        spans = {"rowspan": cell.rows, "colspan": cell.columns}
        if not cell.text:
            return element("td", **spans)
        if cell.role in ("head", "title"):
            return text("th", cell.text, scope="colgroup" if cell.columns > 1 else "col", **spans)
        if cell.role == "label":
            is_group = cell.rows > 1 or cell.column + cell.columns < table.labels
            return text("th", cell.text, scope="rowgroup" if is_group else "row", **spans)
        return text("td", cell.text, class_="unit", **spans)

    def _beyond(self, figure: Figure) -> str:
        label = text("th", figure.label or figure.path, scope="row")
        return element("tr", label + self._figure(figure.path))

    def _figure(self, path: str, columns: int = 1, rows: int = 1) -> str:
        figure = self.item.report.by_path.get(path)
        state = self._state(path, figure)
        causes = self.marks.described.get(path, ())
        ids = " ".join(f"{self.prefix}-c{cause}" for cause in causes)
        words = [self._status(figure, state)]
        if state:
            words.append(state_word(state, self.lang))
        hint = say(self.lang, "；", "; ").join(dict.fromkeys(filter(None, words)))
        shown = "" if figure is None else self._shown(figure)
        if state == "unread" and not shown:
            shown = "?"
        return text(
            "td",
            shown,
            data_k=self.marks.key(path),
            class_=" ".join(filter(None, ("figure", state))),
            title=hint,
            tabindex="0" if state else "-1",
            aria_invalid="true" if state == "wrong" else None,
            aria_describedby=ids,
            colspan=columns,
            rowspan=rows,
        )

    def _state(self, path: str, figure: Figure | None) -> State:
        state = self.marks.states.get(path, "")
        if state or figure is not None:
            return state
        tables = [unread.table for unread in self.item.result.unread]
        lost = any(not table or path.partition(".")[0] == table for table in tables)
        return "unread" if lost else ""

    def _status(self, figure: Figure | None, state: State) -> str:
        """Return what the colour of a cell cannot say: that it is empty, or how it is printed."""
        if figure is None:
            return "" if state == "unread" else say(self.lang, *STATUS["absent"])
        if figure.status != "stated":
            return say(self.lang, *STATUS[figure.status])
        assert figure.value is not None
        printed = figure.raw.strip()
        if printed == number(figure.value):
            return ""
        return say(self.lang, f"原文：{printed}", f"printed: {printed}")

    def _shown(self, figure: Figure) -> str:
        if figure.value is not None:
            return number(figure.value)
        return figure.raw.strip() if figure.status in ("not_applicable", "unreadable") else ""
