"""A form as samples show it: its columns, and its rows in their hierarchy, with names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import define, evolve, field, frozen

from gischema.errors import FormError
from gischema.forms.form import CUMULATIVE, TOTAL
from gischema.forms.labels import squeeze
from gischema.report import Amount
from gischema.scaffold.sample_cells import SampleRow, SampleTable
from gischema.scaffold.sample_tree import RowNode, tree_of
from gischema.scaffold.terms import Terms

COLUMNS = "columns"
_TAKEN = frozenset({COLUMNS, "start", "section", "form", "heads", "signature", "place", "remark"})
_MOST = 0.8  # of the rows have a code, if there is a column of codes
_WIDEST = 8  # columns


@frozen
class SampleColumn:
    """A column of figures.

    Attributes:
        label: Its head.
        step: Its step in paths, empty for the table's own.
        others: Its heads in other samples.
    """

    label: str
    step: str
    others: tuple[str, ...] = ()


@define
class SampleForm:
    """A form as samples show it.

    Attributes:
        heads: The heads that name rows, units and codes, by kind.
        columns: The columns of figures; empty for a table with one.
        roots: The rows at the top.
        unplaced: Printed rows whose figures are not as many as the columns, or that the form lacks.
    """

    heads: Mapping[str, str]
    columns: Sequence[SampleColumn]
    roots: list[RowNode] = field(factory=list)
    unplaced: list[SampleRow] = field(factory=list)

    def nodes(self) -> Iterator[RowNode]:
        """Yield every row in the order of the form."""
        for root in self.roots:
            yield from root.walk()


def form_of(tables: Sequence[SampleTable], names: Mapping[str, str], terms: Terms) -> SampleForm:
    """Return the form that the tables of samples show.

    Args:
        tables: The tables, one for each sample.
        names: Names of known labels by key.
        terms: The words for all others.

    Raises:
        FormError: The rows have more figures than heads were found.
    """
    main = max(tables, key=lambda one: len(one.rows))
    heads, labels = _heads(main.heads, terms)
    coded = "code" in heads or _has_codes(main.rows)
    count = max((len(row.figures) for row in main.rows if row.counts), default=1) - coded
    labels = labels if len(labels) > 1 or coded else []
    if count > max(len(labels), 1):
        raise FormError(
            f"有的行有{count}个数，但只读到{len(labels)}个列名：请在样本中保留表头",
            f"some rows have {count} figures, but {len(labels)} column heads were found: "
            "keep the heads of the table in the sample",
        )
    further = [_heads(table.heads, terms)[1] for table in tables if table is not main]
    form = SampleForm(heads, [*_with_others(_columns(labels, terms), further)])
    nodes = _nodes(main.rows, terms)
    for table in tables:
        form.unplaced += _add_values(nodes, table, max(len(labels), 1), coded=coded)
    form.roots = _tree(nodes, main.rows)
    _name(form.roots, names, terms, frozenset())
    return form


def _heads(texts: Sequence[str], terms: Terms) -> tuple[dict[str, str], list[str]]:
    """Return the heads that name rows, units and codes by kind, and those of figures."""
    words = _joined([squeeze(text) for text in texts], terms)
    first = max((i for i, word in enumerate(words) if terms.is_head_of("name", word)), default=-1)
    if first < 0:
        return {}, []
    heads: dict[str, str] = {}
    labels: list[str] = []
    for word in words[first : first + _WIDEST]:
        kind = next((k for k in ("name", "unit", "code") if terms.is_head_of(k, word)), None)
        if kind is not None:
            heads[kind] = word
        elif len(word) > 1:
            labels.append(word)
    return heads, labels


def _joined(words: Sequence[str], terms: Terms) -> list[str]:
    """Join the two halves of a head that is broken over lines."""
    found: list[str] = []
    for word in words:
        if found and not terms.is_head(found[-1]) and terms.is_head(found[-1] + word):
            found[-1] += word
        else:
            found.append(word)
    return found


def _has_codes(rows: Sequence[SampleRow]) -> bool:
    """Return True if the first number of most rows counts the rows."""
    firsts = [row.printed[0] for row in rows if len(row.printed) > 1]
    numbers = [int(text) for text in firsts if text.isdecimal()]
    steps = sum(two == one + 1 for one, two in pairwise(numbers))
    return steps > 1 and steps >= _MOST * (len(rows) - 1)


def _columns(labels: Sequence[str], terms: Terms) -> list[SampleColumn]:
    """Return the columns; of two, one may count all periods so far, and the other is plain."""
    if len(labels) == 1:
        return [SampleColumn(labels[0], "")]
    cumulative = [label for label in labels if terms.is_cumulative(label)]
    if len(labels) == 2 and len(cumulative) == 1:
        steps = [CUMULATIVE if label in cumulative else "" for label in labels]
    else:
        steps = []
        for label in labels:
            steps.append(_free(terms.name(label) or "column", set(steps)))
    return [SampleColumn(label, step) for label, step in zip(labels, steps, strict=True)]


def _with_others(
    columns: Sequence[SampleColumn], further: Iterable[Sequence[str]]
) -> Iterator[SampleColumn]:
    """Yield the columns with their heads in other samples, such as those of other years."""
    alike = [heads for heads in further if len(heads) == len(columns)]
    for at, column in enumerate(columns):
        others = dict.fromkeys(heads[at] for heads in alike if heads[at] != column.label)
        yield evolve(column, others=tuple(others))


def _nodes(rows: Sequence[SampleRow], terms: Terms) -> list[RowNode]:
    """Return the rows as nodes, with the units that are printed or implied."""
    prints_units = 2 * sum(row.unit is not None for row in rows) > len(rows)
    nodes: list[RowNode] = []
    for row in rows:
        bare = not row.counts and (row.dashes or prints_units)
        unit = row.unit or (None if bare or not row.counts else terms.unit_of(row.label))
        assumed = unit is not None and row.unit is None
        nodes.append(RowNode(row.number, row.label, row.key, unit, assumed))
    return nodes


def _add_values(
    nodes: Sequence[RowNode], table: SampleTable, count: int, *, coded: bool
) -> list[SampleRow]:
    """Add the figures of a sample to the rows that it prints, in order; return those left out."""
    at = 0
    left_out: list[SampleRow] = []
    found: dict[int, list[Amount | None]] = {}
    for row in table.rows:
        places = (i for i in range(at, len(nodes)) if nodes[i].key == row.key)
        place = next(places, None)
        values = row.figures[coded:]
        fits = place is not None and len(values) == count
        if place is not None:
            found[place] = values if fits else [None] * count
            at = place + 1
        if values and not fits and not row.dashes:
            left_out.append(row)
    for index, node in enumerate(nodes):
        node.values.append(found.get(index, [None] * count))
    return left_out


def _tree(nodes: Sequence[RowNode], rows: Sequence[SampleRow]) -> list[RowNode]:
    """Put the rows below those that they are part of; captions without rows are left out."""
    roots: list[RowNode] = []
    for node, (_, above) in zip(nodes, tree_of(rows), strict=True):
        (nodes[above].parts if above >= 0 else roots).append(node)
    for node in nodes:
        node.parts = [part for part in node.parts if part.unit or part.parts]
    return [root for root in roots if root.unit or root.parts]


def _name(
    nodes: Sequence[RowNode], names: Mapping[str, str], terms: Terms, above: frozenset[str]
) -> None:
    """Give every row a step that no row next to it has."""
    taken = set(_TAKEN | above)
    for number, node in enumerate(nodes, 1):
        known = TOTAL if terms.is_total(node.key) else names.get(node.key) or terms.name(node.label)
        node.step = _free(known or f"row_{number}", taken)
        taken.add(node.step)
        _name(node.parts, names, terms, frozenset({node.step}))


def _free(name: str, taken: set[str]) -> str:
    """Return a name, with a number behind it if it is taken."""
    numbered = (f"{name}_{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)
