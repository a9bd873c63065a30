"""Draw a form as a web page with empty cells, as its grammar declares it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from attrs import define, field

from gischema.forms.form import Column, HeadGroup
from gischema.forms.form_outline import Caption, HeadBlock, RowBlock, form_outline
from gischema.output.html_page import html_page
from gischema.output.language import Lang, say

if TYPE_CHECKING:
    from gischema.forms import Form

Drawn = RowBlock | Caption


def blank_form_html(form: Form, lang: Lang) -> str:
    """Return a form as a web page: chapters, tables with merged heads, a cell for each figure.

    A cell shows the unit of its figure, and its path when the pointer rests on it.
    """
    first, last = form.years
    title = f"{form.id}  {first}–{'' if last is None else last}"
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(form.basis)}</p>"]
    return html_page(title, "\n".join([*body, *_parts(form, lang)]), lang)


def _parts(form: Form, lang: Lang) -> Iterator[str]:
    """Yield chapters and tables from top to bottom."""
    table = _Table(form, None, lang)
    for part in form_outline(form):
        if isinstance(part, HeadBlock):
            yield from table.drawn()
            table = _Table(form, part.group, lang)
        elif isinstance(part, Caption) and part.kind != "line":
            yield from table.drawn()
            table = _Table(form, None, lang)
            yield f"<h2>{escape(_label(form, part.terminal))}</h2>"
        else:
            table.parts.append(part)
    yield from table.drawn()


@define(eq=False)
class _Table:
    """A table: its heads, and the rows and captions below them."""

    form: Form
    heads: HeadGroup | None
    lang: Lang
    parts: list[Drawn] = field(factory=list)

    @property
    def rows(self) -> list[RowBlock]:
        """The rows, without captions."""
        return [part for part in self.parts if isinstance(part, RowBlock)]

    @property
    def label_columns(self) -> int:
        """How many columns the labels of rows and of their groups take."""
        return max((len(row.spans) + 1 for row in self.rows if row.row.label), default=0)

    def drawn(self) -> Iterator[str]:
        """Yield the markup; nothing for a table without rows."""
        if not self.rows:
            return
        yield "<table>"
        yield f"<thead>\n{''.join(self._heads())}</thead>"
        yield "<tbody>"
        yield from self._body()
        yield "</tbody>\n</table>"

    def _heads(self) -> Iterator[str]:
        if self.heads is None:
            texts = say(self.lang, "项目 单位 数值", "item unit figure").split()
            cells = "".join(_cell("th", text, scope="col") for text in texts)
            yield f"<tr>{cells}</tr>\n"
            return
        rows: list[list[str]] = [[] for _ in range(_depth(self.heads))]
        self._fill(self.heads, rows, 0)
        captions = [self.form.labels[name] for name in self.heads.captions]
        texts = [label.number + label.text for label in captions]
        if self.heads.caption:
            texts.append(_label(self.form, self.heads.caption))
        if self.label_columns:
            whole = len(rows) + len(texts[1:])
            corner = texts[0] if texts else ""
            lead = _cell("th", corner, rowspan=whole, colspan=self.label_columns)
            texts = texts[1:]
        else:
            lead = ""
        width = _width(self.heads)
        lines = [[_cell("th", text, colspan=width)] for text in texts] + rows
        for place, line in enumerate(lines):
            yield f"<tr>{'' if place else lead}{''.join(line)}</tr>\n"

    def _fill(self, group: HeadGroup, rows: list[list[str]], depth: int) -> None:
        """Put the heads of a group into their rows; a column reaches down to the last."""
        for member in group.members:
            columns = _columns(member)
            if not columns:
                continue
            if isinstance(member, Column):
                text = _label(self.form, member.terminal)
                rows[depth].append(_cell("th", text, rowspan=len(rows) - depth, scope="col"))
            elif member.caption:
                text = _label(self.form, member.caption)
                rows[depth].append(_cell("th", text, colspan=len(columns), scope="colgroup"))
                self._fill(member, rows, depth + 1)
            else:
                self._fill(member, rows, depth)

    def _body(self) -> Iterator[str]:
        above: tuple[str, ...] = ()
        for place, part in enumerate(self.parts):
            if isinstance(part, Caption):
                text = _cell("th", _label(self.form, part.terminal), colspan=self._whole())
                yield f"<tr>{text}</tr>"
                above = ()
                continue
            cells = [*self._labels(part, above, place), *self._figures(part)]
            yield f"<tr>{''.join(cells)}</tr>"
            above = part.spans

    def _whole(self) -> int:
        return 3 if self.heads is None else self.label_columns + _width(self.heads)

    def _labels(self, part: RowBlock, above: Sequence[str], place: int) -> Iterator[str]:
        """Yield the labels of the groups that begin at a row, and its own."""
        if not part.row.label:
            return
        if self.heads is None:
            yield _cell("th", _label(self.form, part.row.terminal), scope="row")
            return
        for level, terminal in enumerate(part.spans):
            if part.spans[: level + 1] != tuple(above[: level + 1]):
                reach = _reach(self.parts[place:], part.spans[: level + 1])
                text = _label(self.form, terminal)
                yield _cell("th", text, rowspan=reach, scope="rowgroup")
        rest = self.label_columns - len(part.spans)
        yield _cell("th", _label(self.form, part.row.terminal), colspan=rest, scope="row")

    def _figures(self, part: RowBlock) -> Iterator[str]:
        if self.heads is None:
            unit = part.row.unit or ""
            yield _cell("td", unit)
            yield _cell("td", "", title=part.row.path, **{"class": "figure"})
            return
        for column in part.row.columns:
            place = part.row.places[column]
            unit = (place.unit or "") if place.path else ""
            yield _cell("td", unit, title=place.path, **{"class": "figure"})


def _reach(parts: Sequence[Drawn], spans: tuple[str, ...]) -> int:
    """Return how many parts from the first on belong to a group."""
    count = 0
    for part in parts:
        if not isinstance(part, RowBlock) or part.spans[: len(spans)] != spans:
            break
        count += 1
    return count


def _columns(member: HeadGroup | Column) -> list[Column]:
    columns = (member,) if isinstance(member, Column) else member.columns
    return [column for column in columns if column.unit is not None]


def _width(group: HeadGroup) -> int:
    return len(_columns(group))


def _depth(group: HeadGroup) -> int:
    """Return how many rows the heads of a group take, its own caption not counted."""
    inner = (
        (1 if member.caption else 0) + _depth(member)
        for member in group.members
        if isinstance(member, HeadGroup)
    )
    return max(inner, default=1)


def _label(form: Form, terminal: str) -> str:
    label = form.labels[terminal]
    return label.number + label.text


def _cell(tag: str, text: str, **attributes: str | int) -> str:
    """Return a cell; spans of one and empty attributes are left out."""
    written = "".join(
        f' {name}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value not in (1, "")
    )
    return f"<{tag}{written}>{escape(text)}</{tag}>"
