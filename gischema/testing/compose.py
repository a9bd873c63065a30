"""Compose a whole page from a form and its figures: title, chapters, tables, signature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gischema.forms import Column, Form
from gischema.forms.form_grid import NO_FIGURE, form_title, plain_heads, printed_label
from gischema.forms.form_outline import Caption, HeadBlock, RowBlock, form_outline, head_rows
from gischema.report import Amount
from gischema.testing import sample_text
from gischema.testing.choices import ChoiceSource
from gischema.testing.sample_page import PageCell, PageLine, SamplePage, printed_value
from gischema.testing.unplaced_rows import scattered

_YEARS = 4  # pages on a form that is still in force are made for its first years


def compose(form: Form, values: Mapping[str, Amount], choices: ChoiceSource) -> SamplePage:
    """Return the page of a report that states `values`."""
    first, last = form.years
    year = choices.integer(first, last if last is not None else first + _YEARS)
    body = choices.pick(sample_text.BODIES)
    words = {"year": str(year), "next": str(year + 1), "body": body}
    tables = scattered(list(table_lines(form, values)), choices)
    lines = [*_prose((f"{body}{year}年政府信息公开工作年度报告", sample_text.INTRODUCTION), words)]
    if any(row.heads for row in form.rows):
        lines += [*_chapters(sample_text.CHAPTERS_BEFORE, words), *tables]
        lines += [*_chapters(sample_text.CHAPTERS_AFTER, words), *_prose(sample_text.SIGNED, words)]
    else:
        lines += [*_chapters(sample_text.ANNEX_CHAPTERS, words), *_prose(sample_text.SIGNED, words)]
        lines += [*_annex_title(form, year), *tables]
    return SamplePage(form, year, tuple(lines))


def table_lines(form: Form, values: Mapping[str, Amount]) -> Iterator[PageLine]:
    """Yield the lines of a form's tables with their figures. Rows without a figure are left out."""
    for part in form_outline(form):
        if isinstance(part, Caption):
            label = label_cell(form, part.terminal)
            if part.kind == "line":
                dashes = (PageCell("unit", NO_FIGURE), PageCell("filler", NO_FIGURE))
                yield PageLine("caption", (label, *dashes))
            else:
                yield PageLine(part.kind, (label,))
        elif isinstance(part, HeadBlock):
            for heads in head_rows(part.group):
                yield PageLine("heads", tuple(_head(form, head) for head in heads))
        elif any(path in values for path in part.row.paths):
            yield _row(form, part, values)


def label_cell(form: Form, terminal: str) -> PageCell:
    """Return the label of a terminal as the form prints it, with its number."""
    return PageCell("label", printed_label(form, terminal), terminal)


def _row(form: Form, part: RowBlock, values: Mapping[str, Amount]) -> PageLine:
    row = part.row
    cells = [label_cell(form, row.terminal)] if row.label else []
    if row.heads is None and row.unit is not None:
        cells.append(PageCell("unit", row.unit))
    for column in row.columns or (None,):
        path = row.places[column].path
        if not path:
            cells.append(PageCell("text", f"{form.terminals[row.terminal]:02d}"))
        elif path in values:
            cells.append(printed_value(path, values[path]))
    return PageLine("row", tuple(cells), row, tuple(label_cell(form, name) for name in part.spans))


def _head(form: Form, head: Column | str) -> PageCell:
    if isinstance(head, str):
        return PageCell("head", label_cell(form, head).text, head)
    return PageCell("head", printed_label(form, head.terminal), head.key)


def _annex_title(form: Form, year: int) -> Iterator[PageLine]:
    """Yield the title and the heads of a table whose rows have no heads in the grammar."""
    yield PageLine("prose", (PageCell("text", form_title(form)),))
    yield PageLine("prose", (PageCell("text", f"（{year}年度）"),))
    yield PageLine("heads", tuple(PageCell("head", part) for part in plain_heads(form)))


def _chapters(
    chapters: Iterable[tuple[str, Iterable[str]]], words: Mapping[str, str]
) -> Iterator[PageLine]:
    for heading, paragraphs in chapters:
        yield from _prose((heading, *paragraphs), words)


def _prose(texts: Iterable[str], words: Mapping[str, str]) -> Iterator[PageLine]:
    for text in texts:
        yield PageLine("prose", (PageCell("text", text.format(**words)),))
