"""A form as its grammar declares it: rows, columns and indicators with their paths."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from attrs import field, fields, frozen
from lark import Lark
from lark.grammar import NonTerminal, Rule

from gischema.forms.labels import Label, read_label
from gischema.report import Figure, Report

VALUES = "VALUES"
"""Field of the terminal that stands for a row of figures without a label."""

_COLUMNS = "columns"


def step(symbol: str) -> str:
    """The step of a path that a grammar symbol stands for: what follows its last `__`."""
    return symbol.lstrip("_").rsplit("__", 1)[-1].lower()


def same_name(terminal: str, rule: str) -> bool:
    """Whether a terminal is named like a rule; a prefix put there by an import does not count."""
    one, other = terminal.lower().lstrip("_"), rule.lower().lstrip("_")
    return one == other or one.endswith(f"__{other}") or other.endswith(f"__{one}")


def is_caption(symbol: str) -> bool:
    """Whether a symbol is printed but has no figures, or adds no step to the path."""
    return symbol.startswith("_")


@frozen
class Column:
    """A column of a table: its key in a path, its label and unit, and the terminal of its head."""

    key: str
    label: str
    unit: str | None
    terminal: str


@frozen
class HeadGroup:
    """Heads that stand side by side: leaves are columns, groups have heads of their own.

    `caption` is the terminal printed above the group, `captions` are other terminals among the
    heads that own no column.
    """

    caption: str | None
    captions: tuple[str, ...]
    members: tuple[HeadGroup | Column, ...]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the form."""
        return tuple(self._leaves())

    @cached_property
    def terminals(self) -> frozenset[str]:
        """Every terminal that may be printed among these heads."""
        return frozenset(self._symbols())

    def _leaves(self) -> Iterator[Column]:
        for member in self.members:
            if isinstance(member, Column):
                yield member
            else:
                yield from member._leaves()

    def _symbols(self) -> Iterator[str]:
        yield from self.captions
        if self.caption:
            yield self.caption
        for member in self.members:
            if isinstance(member, Column):
                yield member.terminal
            else:
                yield from member._symbols()


@frozen
class Row:
    """A printed row: the path of its figures and the heads they stand under, if any.

    `group` marks the own row of a group that the form prints without figures; a page that prints
    figures there states a subtotal.
    """

    terminal: str
    path: str
    label: str
    unit: str | None
    heads: HeadGroup | None
    group: bool

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that the form prints for this row, in its order."""
        if self.heads is None:
            return ()
        return tuple(c for c in self.heads.columns if c.unit is not None)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the figures that the form prints in this row."""
        if self.heads is None:
            return (self.path,)
        return tuple(f"{self.path}.{column.key}" for column in self.columns)


@frozen
class Indicator:
    """What one cell of the form measures."""

    path: str
    label: str
    unit: str | None
    row: Row
    column: Column | None


@frozen(slots=False)
class Form:
    """A published reporting form, read off its grammar.

    `years` are the first and the last report year (None: still in force), `basis` the notice that
    lays the form down. `report` is the class its reports come as; its typed sections name paths
    of this form.
    """

    id: str
    years: tuple[int, int | None]
    basis: str
    lark: Lark = field(repr=False, eq=False)
    report: type[Report] = field(default=Report, repr=False)
    base: str | None = None

    @property
    def generation(self) -> str:
        """The id without the regional variant."""
        return self.id.partition("+")[0]

    @property
    def variant(self) -> str | None:
        """The regional variant, `jiangsu` of `stat-2014+jiangsu`."""
        return self.id.partition("+")[2] or None

    def in_force(self, year: int) -> bool:
        """Whether reports about `year` are due on this form."""
        first, last = self.years
        return first <= year and (last is None or year <= last)

    @cached_property
    def labels(self) -> dict[str, Label]:
        """The label of every terminal that has one."""
        return {t.name: read_label(t) for t in self.lark.terminals}

    @cached_property
    def ignored(self) -> frozenset[str]:
        """Terminals of page furniture: they may stand anywhere and own no figures."""
        return frozenset(self.lark.lexer_conf.ignore)

    @cached_property
    def terminals(self) -> dict[str, int]:
        """Every terminal of the grammar and its place in it."""
        names = [*self.labels, *(t for t in self.rows_of if t not in self.labels)]
        return {name: place for place, name in enumerate(names)}

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row in the order of the form."""
        return tuple(self._walk("start", (), None))

    @cached_property
    def rows_of(self) -> dict[str, tuple[Row, ...]]:
        """The rows that a terminal may stand for."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.terminal, []).append(row)
        return {terminal: tuple(rows) for terminal, rows in found.items()}

    @cached_property
    def heads(self) -> tuple[HeadGroup, ...]:
        """The different sets of column heads in the order of the form."""
        return tuple(dict.fromkeys(row.heads for row in self.rows if row.heads is not None))

    @cached_property
    def head_terminals(self) -> frozenset[str]:
        """Every terminal that may be printed as a column head."""
        return frozenset().union(*(group.terminals for group in self.heads))

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every figure that the form asks for, by path, in its order."""
        found: dict[str, Indicator] = {}
        for row in self.rows:
            if row.group:
                continue
            for column in row.columns:
                path = f"{row.path}.{column.key}"
                label = f"{row.label} / {column.label}" if row.label else column.label
                unit = row.unit or column.unit
                found[path] = Indicator(path, label, _fixed(unit), row, column)
            if not row.columns and row.unit is not None:
                found[row.path] = Indicator(row.path, row.label, _fixed(row.unit), row, None)
        return found

    @cached_property
    def declared(self) -> dict[str, Figure]:
        """Every indicator as an absent figure."""
        return {
            i.path: Figure(i.path, None, i.unit, "absent", "", i.label)
            for i in self.indicators.values()
        }

    def rebuild(self, report: Report) -> Report:
        """A report on this form, as it comes back from a file, with its typed sections."""
        known = {member.name: getattr(report, member.name) for member in fields(Report)}
        return self.report.make(**{**known, "declared": self.declared})

    def _walk(self, rule: str, path: tuple[str, ...], heads: HeadGroup | None) -> Iterator[Row]:
        """The rows below `rule`, whose own step ends `path`; `heads` are those in force."""
        symbols = list(self._symbols(rule))
        for name, terminal in symbols:
            if not terminal and step(name) == _COLUMNS:
                heads = self._head_group(name, ())
        for name, terminal in symbols:
            if terminal:
                if not is_caption(name) and name not in self.ignored:
                    yield self._row(name, rule, path, heads)
            elif step(name) != _COLUMNS:
                yield from self._walk(
                    name, path if is_caption(name) else (*path, step(name)), heads
                )

    def _row(self, terminal: str, rule: str, path: tuple[str, ...], heads: HeadGroup | None) -> Row:
        label = self.labels.get(terminal)
        if label is None:
            return Row(terminal, ".".join(path), "", None, heads, group=False)
        own = bool(path) and not is_caption(rule) and same_name(terminal, rule)
        where = path if own else (*path, step(terminal))
        group = own and label.unit is None and heads is not None
        return Row(terminal, ".".join(where), label.text, label.unit, heads, group)

    def _head_group(self, rule: str, keys: tuple[str, ...], above: str = "") -> HeadGroup:
        symbols = list(self._symbols(rule))
        captions = [name for name, terminal in symbols if terminal and is_caption(name)]
        caption = next((name for name in captions if same_name(name, rule)), None)
        if caption is not None:
            captions.remove(caption)
            if not is_caption(rule):
                above = f"{above}{self.labels[caption].text} / "
        members: list[HeadGroup | Column] = []
        for name, terminal in symbols:
            if not terminal:
                inner = keys if is_caption(name) else (*keys, step(name))
                members.append(self._head_group(name, inner, above))
            elif not is_caption(name):
                label = self.labels[name]
                key = ".".join((*keys, step(name)))
                members.append(Column(key, above + label.text, label.unit, name))
        return HeadGroup(caption, tuple(captions), tuple(members))

    @cached_property
    def _rules(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.lark.rules:
            found.setdefault(rule.origin.name, []).append(rule)
        return found

    def _symbols(self, rule: str) -> Iterator[tuple[str, bool]]:
        """Names on the right of a rule in grammar order, and whether each is a terminal.

        Rules that Lark makes for `+` and `*` are looked through.
        """
        seen: dict[str, bool] = {}
        pending = [rule]
        visited = {rule}
        while pending:
            for expansion in self._rules[pending.pop(0)]:
                for symbol in expansion.expansion:
                    if not isinstance(symbol, NonTerminal):
                        seen.setdefault(str(symbol.name), True)
                    elif not symbol.name.startswith("__"):
                        seen.setdefault(str(symbol.name), False)
                    elif symbol.name not in visited:
                        visited.add(symbol.name)
                        pending.append(symbol.name)
        yield from seen.items()


def _fixed(unit: str | None) -> str | None:
    """The unit that the form prints, None where it leaves a choice."""
    return None if unit is None or "/" in unit else unit
