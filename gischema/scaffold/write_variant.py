"""Write what samples add to a known form as the grammar of a variant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from gischema.errors import FormError
from gischema.forms import Form
from gischema.forms.form import same_name, step
from gischema.forms.grammar_source import written
from gischema.scaffold.sample_form import COLUMNS, SampleForm
from gischema.scaffold.sample_tree import RowNode
from gischema.scaffold.write_grammar import ALL, GrammarWriter

_CLOSE = 75  # likeness (0–100) of a label with a slip and that of the form


@frozen
class _Added:
    """A row that the form lacks, the known row that it is part of, and the one before it."""

    node: RowNode
    above: RowNode | None
    before: RowNode | None


def variant(form: SampleForm, base: Form, header: str) -> tuple[str, list[RowNode]]:
    """Return the grammar of what a sample adds to a form, and the rows that it adds.

    Raises:
        FormError: It adds nothing.
    """
    known = [one.key for label in base.labels.values() for one in label.wordings]
    added = [*_added(form.roots, known, None)]
    if not added:
        raise FormError(
            f"样本中的行 {base.id} 都有，不需要变式",
            f"{base.id} has all rows of the samples: no variant is needed",
        )
    places = _GrammarPlaces(base)
    taken = {name.lower().lstrip("_") for name in (*base.labels, *base.grammar.outline.symbols)}
    writer = GrammarWriter([one for each in added for one in each.node.walk()], taken)
    symbols: dict[str, str] = {}
    for each in added:
        rule = places.rule_below(each.above.key) if each.above is not None else ALL
        before = each.before.key if each.before is not None else ""
        anchor = symbols.get(before) or places.symbol_in(rule, before)
        writer.lines.append("")
        at = len(writer.lines)
        symbols[each.node.key] = writer.write(each.node)
        after = f" after {written(anchor)}" if anchor else ""
        writer.lines.insert(at, f"%extend {written(rule)}: {symbols[each.node.key]}{after}")
    lines = [header, f"%import .{base.id.replace('-', '_')} (start)", *writer.lines]
    return "\n".join(lines) + "\n", [each.node for each in added]


def _added(
    nodes: Sequence[RowNode], known: Sequence[str], above: RowNode | None
) -> Iterator[_Added]:
    """Yield the highest rows that are not known.

    A label that is much like a known one is a slip of the page.
    """
    before: RowNode | None = None
    for node in nodes:
        if extractOne(node.key, known, scorer=ratio, score_cutoff=_CLOSE) is None:
            yield _Added(node, above, before)
        else:
            yield from _added(node.parts, known, node)
        before = node


@frozen
class _GrammarPlaces:
    """Where rows stand in the grammar of a form."""

    base: Form

    def rule_below(self, key: str) -> str:
        """Return the rule of the rows below a row: its group, else the group that it stands in."""
        for rule, inside in self._rules():
            for name, is_terminal in inside:
                if is_terminal and self._is(name, key):
                    groups = (one for one, terminal in inside if not terminal)
                    return next((one for one in groups if same_name(name, one)), rule)
        return ALL

    def symbol_in(self, rule: str, key: str) -> str | None:
        """Return the symbol of a rule that stands for a row: the row, or the group of that name."""
        for name, is_terminal in self.base.symbols(rule):
            if is_terminal and self._is(name, key):
                return name
            inside = () if is_terminal else self.base.symbols(name)
            if any(self._is(one, key) for one, terminal in inside if terminal):
                return name
        return None

    def _rules(self) -> Iterator[tuple[str, tuple[tuple[str, bool], ...]]]:
        for rule, inside in self.base.grammar.outline.symbols.items():
            if step(rule) != COLUMNS:
                yield rule, inside

    def _is(self, name: str, key: str) -> bool:
        label = self.base.labels.get(name)
        return label is not None and any(one.key == key for one in label.wordings)
