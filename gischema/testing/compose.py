"""A whole page from a form and its figures: title, chapters, tables and signature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gischema.forms import Column, Form
from gischema.report import Amount
from gischema.testing import narrative
from gischema.testing.choices import Choices
from gischema.testing.outline import Caption, HeadBlock, RowBlock, head_rows, outline
from gischema.testing.page import Cell, Line, Page, printed_value
from gischema.testing.scattering import scattered

_WIDE_FORMS = str.maketrans({"(": "（", ")": "）", ":": "：", ",": "，"})
_YEARS = 4  # pages on a form still in force are made for its first years
NO_FIGURE = "——"


def compose(form: Form, values: Mapping[str, Amount], choices: Choices) -> Page:
    """The page of a report that states `values`."""
    first, last = form.years
    year = choices.integer(first, last if last is not None else first + _YEARS)
    body = choices.pick(narrative.BODIES)
    words = {"year": str(year), "next": str(year + 1), "body": body}
    tables = scattered(list(table_lines(form, values)), choices)
    lines = [*_prose((f"{body}{year}年政府信息公开工作年度报告", narrative.INTRODUCTION), words)]
    if any(row.heads for row in form.rows):
        lines += [*_chapters(narrative.CHAPTERS_BEFORE, words), *tables]
        lines += [*_chapters(narrative.CHAPTERS_AFTER, words), *_prose(narrative.SIGNED, words)]
    else:
        lines += [*_chapters(narrative.ANNEX_CHAPTERS, words), *_prose(narrative.SIGNED, words)]
        lines += [*_annex_title(form, year), *tables]
    return Page(form, year, tuple(lines))


def table_lines(form: Form, values: Mapping[str, Amount]) -> Iterator[Line]:
    """The lines of a form's tables with their figures; rows without any figure are left out."""
    for part in outline(form):
        if isinstance(part, Caption):
            label = label_cell(form, part.terminal)
            if part.kind == "line":
                dashes = (Cell("unit", NO_FIGURE), Cell("filler", NO_FIGURE))
                yield Line("caption", (label, *dashes))
            else:
                yield Line(part.kind, (label,))
        elif isinstance(part, HeadBlock):
            for heads in head_rows(part.group):
                yield Line("heads", tuple(_head(form, head) for head in heads))
        elif any(path in values for path in part.row.paths):
            yield _row(form, part, values)


def label_cell(form: Form, terminal: str) -> Cell:
    """The label of a terminal as the form prints it, with its number."""
    label = form.labels[terminal]
    return Cell("label", typeset(label.number + label.text), terminal)


def typeset(text: str) -> str:
    """A label of a grammar with the full-width punctuation of a page."""
    return text.translate(_WIDE_FORMS)


def _row(form: Form, part: RowBlock, values: Mapping[str, Amount]) -> Line:
    row = part.row
    cells = [label_cell(form, row.terminal)] if row.label else []
    if row.heads is None and row.unit is not None:
        cells.append(Cell("unit", row.unit))
    for column in row.columns or (None,):
        path = row.places[column].path
        if not path:
            cells.append(Cell("text", f"{form.terminals[row.terminal]:02d}"))
        elif path in values:
            cells.append(printed_value(path, values[path]))
    return Line("row", tuple(cells), row, tuple(label_cell(form, name) for name in part.spans))


def _head(form: Form, head: Column | str) -> Cell:
    if isinstance(head, str):
        return Cell("head", label_cell(form, head).text, head)
    label = form.labels[head.terminal]
    return Cell("head", typeset(label.number + label.text), head.key)


def _annex_title(form: Form, year: int) -> Iterator[Line]:
    """The title and the heads of a table whose rows have no heads of their own: page furniture."""
    wordings = [[w.text for w in form.labels[t].wordings] for t in sorted(form.ignored)]
    title = next((texts[0] for texts in wordings if texts[0].endswith("表")), "")
    heads = (_segments(whole, texts) for texts in wordings for whole in texts)
    printed = next((parts for parts in heads if len(parts) > 2), [])
    yield Line("prose", (Cell("text", title),))
    yield Line("prose", (Cell("text", f"（{year}年度）"),))
    yield Line("heads", tuple(Cell("head", part) for part in printed))


def _segments(whole: str, texts: list[str]) -> list[str]:
    """`whole` as other wordings side by side; nothing if it is no such thing."""
    parts: list[str] = []
    rest = whole
    while rest:
        longest = max((t for t in texts if t != whole and rest.startswith(t)), key=len, default="")
        if not longest:
            return []
        parts.append(longest)
        rest = rest[len(longest) :]
    return parts


def _chapters(
    chapters: Iterable[tuple[str, Iterable[str]]], words: Mapping[str, str]
) -> Iterator[Line]:
    for heading, paragraphs in chapters:
        yield from _prose((heading, *paragraphs), words)


def _prose(texts: Iterable[str], words: Mapping[str, str]) -> Iterator[Line]:
    for text in texts:
        yield Line("prose", (Cell("text", text.format(**words)),))
