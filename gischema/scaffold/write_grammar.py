"""Write the rows of a sample as a grammar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import define, field

from gischema.forms.form import CUMULATIVE
from gischema.scaffold.sample_form import COLUMNS, SampleForm
from gischema.scaffold.sample_tree import RowNode

_YEAR = re.compile(r"20\d\d年")
ALL = "_section"
"""The rule of all rows and groups at the top of a form."""


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
    taken = {COLUMNS, "start", ALL, "form", "heads", "name", "unit", "code", CUMULATIVE}
    taken |= {column.step for column in form.columns}
    writer = GrammarWriter([*form.nodes()], taken)
    symbols = [writer.write(root) for root in form.roots]
    heads = _plain_heads(form)
    lines = [header, "%import .common (SIGNATURE, PLACE, REMARK)"]
    lines += [f"%ignore {name}" for name in ("SIGNATURE", "PLACE", "REMARK")]
    if heads:
        lines += ["%ignore HEADS", "", f"HEADS: {heads}"]
    columns = f"{COLUMNS}? " if form.columns else ""
    lines += ["", f"start: {ALL}*", f"{ALL}: {columns}({' | '.join(symbols)})"]
    lines += _column_lines(form)
    return "\n".join([*lines, "", *writer.lines]) + "\n"


def _plain_heads(form: SampleForm) -> str:
    """Return the heads of a table with one column as wordings of page furniture."""
    return "" if form.columns else " | ".join(f'"{head}"' for head in form.heads.values())


def _any_year(head: str) -> str:
    """Return a head without its year: pages of other years have theirs."""
    return _YEAR.sub("YYYY年", head)


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
    several = sum(bool(_YEAR.search(column.label)) for column in form.columns) > 1
    for column in form.columns:
        name = (column.step or COLUMNS).upper()
        heads.append(name)
        printed = (column.label, *column.others)
        own, *others = dict.fromkeys(printed if several else map(_any_year, printed))
        further = "".join(f' | "{one}"' for one in others)
        declared.append(f'{name}: "{own} | {unit}"{further}')
    figures = f"({' | '.join(heads)})+"
    yield f"{COLUMNS}: {' '.join((*names, figures))}"
    yield from declared
