"""Write the rows of a sample as a grammar: a form of its own, or what a variant adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from gischema.errors import FormError
from gischema.forms.form import CUMULATIVE, Form, same_name, step
from gischema.scaffold.sample_form import COLUMNS, SampleForm
from gischema.scaffold.sample_tree import RowNode

_ALL = "_section"
_CLOSE = 75  # likeness (0–100) of a label with a slip and that of the form


@define
class GrammarWriter:
    """Writes rows as rules and terminals, each name once.

    Attributes:
        nodes: All rows that it writes.
        taken: The names that are not free.
        lines: The lines so far.
    """

    nodes: Sequence[RowNode]
    taken: set[str] = field(factory=set)
    lines: list[str] = field(factory=list)
    _shared: dict[tuple[str, str | None], str] = field(factory=dict)
    _repeated: frozenset[tuple[str, str | None]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        counted = Counter((n.key, n.unit) for n in self.nodes if not n.parts)
        self._repeated = frozenset(key for key, count in counted.items() if count > 1)

    def write(self, node: RowNode, above: str = "") -> str:
        """Write a row with all below it; return the symbol that stands for it."""
        if not node.parts:
            return self._terminal(node, above)
        name = self._free(node.step, above)
        own = f"{'' if node.unit else '_'}{name.upper()}"
        at = len(self.lines)
        symbols = [self.write(part, name) for part in node.parts]
        shares = any((part.key, part.unit) in self._repeated for part in node.parts)
        if shares:
            rule = f"{name}: {own} ({' | '.join(symbols)})*"
        else:
            rule = f"{name}: ({' | '.join((own, *symbols))})+"
        self.lines[at:at] = [rule, f"{own}: {_label(node)}{_comment(node)}"]
        return name

    def _terminal(self, node: RowNode, above: str) -> str:
        key = (node.key, node.unit)
        if key in self._shared:
            return self._shared[key]
        name = self._free(node.step, above).upper()
        if key in self._repeated:
            self._shared[key] = name
        self.lines.append(f"{name}: {_label(node)}{_comment(node)}")
        return name

    def _free(self, step_: str, above: str) -> str:
        """Return a name that ends in a step, with a prefix where it is taken."""
        name, prefix = step_, above
        while name in self.taken:
            name = f"{prefix or 'x'}__{step_}"
            prefix = f"{prefix or 'x'}_x"
        self.taken.add(name)
        return name


def _comment(node: RowNode) -> str:
    return "  // the unit is not printed" if node.assumed else ""


def _label(node: RowNode) -> str:
    words = f"{node.number}{node.label}".replace("\\", "").replace('"', "").replace("|", "")
    return f'"{words} | {node.unit}"' if node.unit else f'"{words}"'


def whole_form(form: SampleForm, header: str) -> str:
    """Return the grammar of a form of its own."""
    taken = {COLUMNS, "start", _ALL, "form", "heads", "name", "unit", "code", CUMULATIVE}
    taken |= {column.step for column in form.columns}
    writer = GrammarWriter([*form.nodes()], taken)
    symbols = [writer.write(root) for root in form.roots]
    heads = _plain_heads(form)
    lines = [header, "%import .common (SIGNATURE, PLACE, REMARK)"]
    lines += [f"%ignore {name}" for name in ("SIGNATURE", "PLACE", "REMARK")]
    if heads:
        lines += ["%ignore HEADS", "", f"HEADS: {heads}"]
    columns = f"{COLUMNS}? " if form.columns else ""
    lines += ["", f"start: {_ALL}*", f"{_ALL}: {columns}({' | '.join(symbols)})"]
    lines += _column_lines(form)
    return "\n".join([*lines, "", *writer.lines]) + "\n"


def _plain_heads(form: SampleForm) -> str:
    """Return the heads of a table with one column as wordings of page furniture."""
    return "" if form.columns else " | ".join(f'"{head}"' for head in form.heads.values())


def _column_lines(form: SampleForm) -> Iterator[str]:
    """Yield the lines that declare the columns."""
    if not form.columns:
        return
    units = dict.fromkeys(node.unit for node in form.nodes() if node.unit)
    unit = next(iter(units), "件")
    names: list[str] = []
    declared: list[str] = []
    for kind in ("name", "unit"):
        if kind in form.heads:
            names.append(f"_{kind.upper()}?")
            declared.append(f'_{kind.upper()}: "{form.heads[kind]}"')
    heads: list[str] = []
    if "code" in form.heads:
        heads.append("CODE")
        declared.append(f'CODE: "{form.heads["code"]} | -"')
    for column in form.columns:
        name = (column.step or COLUMNS).upper()
        heads.append(name)
        others = "".join(f' | "{one}"' for one in column.others)
        declared.append(f'{name}: "{column.label} | {unit}"{others}')
    figures = f"({' | '.join(heads)})+"
    yield f"{COLUMNS}: {' '.join((*names, figures))}"
    yield from declared


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
    rules = dict(_rules(base))
    taken = {name.lower().lstrip("_") for name in (*base.labels, *base.grammar.outline.symbols)}
    writer = GrammarWriter([one for _, node in added for one in node.walk()], taken)
    extended: list[str] = []
    lines: list[str] = []
    for above, node in added:
        rule = rules.get(above.key, _ALL) if above is not None else _ALL
        extended.append(rule)
        writer.lines.append("")
        at = len(writer.lines)
        symbol = writer.write(node)
        writer.lines.insert(at, f"%extend {rule}: {symbol}")
    names = ", ".join(dict.fromkeys(("start", _ALL, *extended)))
    lines = [header, f"%import .{base.id.replace('-', '_')} ({names})", *writer.lines]
    return "\n".join(lines) + "\n", [node for _, node in added]


def _added(
    nodes: Sequence[RowNode], known: Sequence[str], above: RowNode | None
) -> Iterator[tuple[RowNode | None, RowNode]]:
    """Yield the highest rows that are not known, each with the known row above it.

    A label that is much like a known one is a slip of the page.
    """
    for node in nodes:
        if extractOne(node.key, known, scorer=ratio, score_cutoff=_CLOSE) is None:
            yield above, node
        else:
            yield from _added(node.parts, known, node)


def _rules(base: Form) -> Iterator[tuple[str, str]]:
    """Yield the keys of labels of a form, each with the rule that holds rows below its row.

    That is the group of which it is the own row or the caption, else the group that it stands in.
    """
    symbols: Mapping[str, Sequence[tuple[str, bool]]] = base.grammar.outline.symbols
    for rule, inside in symbols.items():
        for name, terminal in inside:
            if not terminal or name not in base.labels or step(rule) == COLUMNS:
                continue
            groups = [one for one, is_terminal in inside if not is_terminal]
            group = next((one for one in groups if same_name(name, one)), rule)
            for wording in base.labels[name].wordings:
                yield wording.key, group
