"""A form as its grammar declares it: rows, columns and indicators with their paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from attrs import evolve, field, fields, frozen

from gischema.chinese.units import KNOWN, choices_of, is_counter, is_money
from gischema.forms.grammars import Grammar
from gischema.forms.labels import Label, Wording, with_units
from gischema.report import Figure, Report

TOTAL = "total"
"""Step of a row or column that is the sum of the others beside it."""

_NO_FIGURES = "-"  # the unit of a column whose numbers are no figures
_COLUMNS = "columns"
_VALUES = "values"  # the step of the terminal that stands for a row of figures without a label


@lru_cache(maxsize=4096)
def step(symbol: str) -> str:
    """The step of a path that a grammar symbol stands for: what follows its last `__`."""
    return symbol.lstrip("_").rsplit("__", 1)[-1].lower()


def same_name(terminal: str, rule: str) -> bool:
    """Whether a terminal is named like a rule; prefixes put there by imports do not count.

    What comes along through two grammars has two prefixes, what the second names in its import one.
    """
    one = terminal.lower().lstrip("_").split("__")
    other = rule.lower().lstrip("_").split("__")
    same = 0
    while one and other and one[-1] == other[-1]:
        one, other, same = one[:-1], other[:-1], same + 1
    shorter, longer = sorted((one, other), key=len)
    return bool(same) and longer[: len(shorter)] == shorter


def is_caption(symbol: str) -> bool:
    """Whether a symbol is printed but has no figures, or adds no step to the path."""
    return symbol.startswith("_")


@frozen(eq=False)
class Column:
    """A column of a table: its key in a path, its label and unit, and the terminal of its head.

    `figure` tells that figures stand in it: a dash for a unit says that its numbers, such as the
    codes of rows, are none.
    """

    key: str
    label: str
    unit: str | None
    terminal: str
    figure: bool = field(init=False)

    @figure.default
    def _figure(self) -> bool:
        return self.unit != _NO_FIGURES


@frozen(eq=False, slots=False)
class HeadGroup:
    """Heads that stand side by side: leaves are columns, groups have heads of their own.

    `caption` is the terminal printed above the group and `label` its text; `other_labels` are
    those of other terminals among the heads that own no column.
    """

    caption: str | None
    label: str
    other_labels: dict[str, str]
    members: tuple[HeadGroup | Column, ...]

    @property
    def captions(self) -> tuple[str, ...]:
        """Terminals among the heads that own no column and name no group."""
        return tuple(self.other_labels)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the form."""
        return tuple(self._leaves())

    @cached_property
    def beyond(self) -> tuple[Column, ...]:
        """The columns that the form leaves out, and a page may print: a subtotal."""
        return tuple(column for column in self.columns if column.unit is None)

    @cached_property
    def terminals(self) -> frozenset[str]:
        """Every terminal that may be printed among these heads."""
        return frozenset(self._symbols())

    @cached_property
    def wordings(self) -> dict[str, str]:
        """The label of each column's and each group's terminal."""
        own = dict(self.other_labels)
        if self.caption:
            own[self.caption] = self.label
        for member in self.members:
            if isinstance(member, Column):
                own[member.terminal] = member.label.rpartition(" / ")[2]
            else:
                own |= member.wordings
        return own

    @cached_property
    def sums(self) -> tuple[tuple[Column, frozenset[Column]], ...]:
        """Columns that are the sum of others: one named `total`, and a subtotal (without unit)."""
        found: list[tuple[Column, frozenset[Column]]] = []
        for member in self.members:
            if isinstance(member, HeadGroup):
                found.extend(member.sums)
            elif member.key.rpartition(".")[2] == TOTAL or member.unit is None:
                parts = {
                    c for c in self.columns if c.unit is not None and c.figure and c is not member
                }
                found.append((member, frozenset(parts)))
        return tuple(found)

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
class Place:
    """A place for a figure: its path, label and unit; `unit` as the grammar has it."""

    path: str
    label: str
    unit: str | None
    units: tuple[str, ...] = field(init=False)
    """The units that the form leaves to choose from; one as a rule."""

    @units.default
    def _units(self) -> tuple[str, ...]:
        return choices_of(self.unit) if self.unit is not None else ()

    fixed_unit: str | None = field(init=False)
    """The unit that the form prints, None where it leaves a choice."""

    @fixed_unit.default
    def _fixed_unit(self) -> str | None:
        return self.unit if len(self.units) == 1 else None


@frozen(eq=False, slots=False)
class Row:
    """A printed row: the path of its figures and the heads they stand under, if any.

    `group` marks the own row of a group that the form prints without figures; a page that prints
    figures there states a subtotal. `placed` says whether the grammar gives the row its place among
    the others: where `%extend` adds it, it may stand anywhere among them.
    """

    terminal: str
    path: str
    label: str
    unit: str | None
    heads: HeadGroup | None
    group: bool
    placed: bool = True

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that the form prints for this row, in its order."""
        if self.heads is None:
            return ()
        return tuple(c for c in self.heads.columns if c.unit is not None)

    @cached_property
    def places(self) -> dict[Column | None, Place]:
        """The figure that the row has in each column, printed by the form or beyond it.

        The path is empty in a column without figures.
        """
        if self.heads is None:
            return {None: Place(self.path, self.label, self.unit)}
        above = f"{self.label} / " if self.label else ""
        return {
            column: Place(
                f"{self.path}.{column.key}" if column.figure else "",
                above + column.label,
                self.unit or column.unit,
            )
            for column in self.heads.columns
        }

    @cached_property
    def units(self) -> frozenset[str]:
        """Every unit that its figures may be printed in, as the grammar declares them."""
        return frozenset(unit for p in self.places.values() if p.path for unit in p.units)

    @cached_property
    def own_units(self) -> frozenset[str]:
        """Those of its units that are known only because the grammar declares them."""
        return self.units - KNOWN

    @cached_property
    def counts(self) -> bool:
        """Whether its figures are sums of money, or count things one by one.

        A counter printed beside such a figure does not change it.
        """
        return all(is_counter(unit) or is_money(unit) for unit in self.units)

    @cached_property
    def parent(self) -> str:
        """The path of the group that the row stands in."""
        return self.path.rpartition(".")[0]

    @property
    def block(self) -> str:
        """The first step of its path: the part of the form that it stands in."""
        return self.path.partition(".")[0]

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of the figures that the form prints in this row."""
        places = (self.places[column] for column in self.columns or (None,))
        return tuple(place.path for place in places if place.path)


@frozen
class Indicator:
    """What one cell of the form measures."""

    path: str
    label: str
    unit: str | None
    row: Row
    column: Column | None


@frozen(slots=False, eq=False)
class Form:
    """A published reporting form, read off its grammar.

    `years` are the first and the last report year (None: still in force), `basis` the notice that
    lays the form down. `report` is the class its reports come as; its typed sections name paths
    of this form. `base` is the form that a variant adds to: what may stand in its tables without
    being a row may stand in the variant's too. `aliases` are wordings, by terminal, that the
    grammar does not have.
    """

    id: str
    years: tuple[int, int | None]
    basis: str
    grammar: Grammar = field(repr=False, eq=False)
    report: type[Report] = field(default=Report, repr=False)
    base: Form | None = field(default=None, repr=False, eq=False)
    aliases: Mapping[str, tuple[Wording, ...]] = field(factory=dict, repr=False, eq=False)
    _head_groups: dict[str, HeadGroup] = field(factory=dict, init=False, repr=False, eq=False)

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
        declared = {**self._furniture, **self.grammar.outline.labels}
        further = {
            name: evolve(declared[name], wordings=declared[name].wordings + wordings)
            for name, wordings in self.aliases.items()
        }
        return with_units({**declared, **further})

    @cached_property
    def ignored(self) -> frozenset[str]:
        """Terminals of page furniture: they may stand anywhere and own no figures."""
        return self.grammar.outline.ignored | self._furniture.keys()

    @cached_property
    def _furniture(self) -> dict[str, Label]:
        """The page furniture that a variant's grammar does not name itself; Lark imports none."""
        if self.base is None:
            return {}
        own = self.grammar.outline.labels
        return {name: self.base.labels[name] for name in self.base.ignored if name not in own}

    def symbols(self, rule: str) -> tuple[tuple[str, bool], ...]:
        """The names on the right of a grammar rule in its order, and whether each is a terminal."""
        return self.grammar.outline.symbols[rule]

    @cached_property
    def terminals(self) -> dict[str, int]:
        """Every terminal of the grammar and its place in it."""
        names = [*self.labels, *(t for t in self.rows_of if t not in self.labels)]
        return {name: place for place, name in enumerate(names)}

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row in the order of the form."""
        return tuple(self._walk("start", (), None, placed=True))

    @cached_property
    def rows_of(self) -> dict[str, tuple[Row, ...]]:
        """The rows that a terminal may stand for."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.terminal, []).append(row)
        return {terminal: tuple(rows) for terminal, rows in found.items()}

    @cached_property
    def own_units(self) -> frozenset[str]:
        """The units that are known only because its grammar declares them."""
        return frozenset().union(*(row.own_units for row in self.rows))

    @cached_property
    def shared(self) -> frozenset[str]:
        """The terminals that may stand for several rows."""
        return frozenset(name for name, rows in self.rows_of.items() if len(rows) > 1)

    @cached_property
    def groups(self) -> frozenset[str]:
        """The terminals that only name a group of rows, without figures of their own."""
        return frozenset(name for name, rows in self.rows_of.items() if all(r.group for r in rows))

    @cached_property
    def order(self) -> dict[Row, int]:
        """Every row's place in the form."""
        return {row: place for place, row in enumerate(self.rows)}

    @cached_property
    def unlabelled(self) -> str:
        """The terminal of the row without a label; empty if the form has none."""
        return next((name for name in self.rows_of if step(name) == _VALUES), "")

    @cached_property
    def unplaced(self) -> tuple[Row, ...]:
        """The rows whose place among the others the grammar leaves open."""
        return tuple(row for row in self.rows if not row.placed)

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
            columns = row.columns or ((None,) if row.unit is not None else ())
            for column in columns:
                place = row.places[column]
                if not place.path:
                    continue
                found[place.path] = Indicator(
                    place.path, place.label, place.fixed_unit, row, column
                )
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
        return self.report(**{**known, "declared": self.declared})

    def _walk(
        self, rule: str, path: tuple[str, ...], heads: HeadGroup | None, *, placed: bool
    ) -> Iterator[Row]:
        """The rows below `rule`, whose own step ends `path`; `heads` are those in force."""
        symbols = list(self.symbols(rule))
        for name, terminal in symbols:
            if not terminal and step(name) == _COLUMNS:
                heads = self._head_groups.setdefault(name, self._head_group(name, ()))
        for name, terminal in symbols:
            given = placed and (rule, name) not in self.grammar.outline.added
            if terminal:
                if not is_caption(name) and name not in self.ignored:
                    yield self._row(name, rule, path, heads, placed=given)
            elif step(name) != _COLUMNS:
                inner = path if is_caption(name) else (*path, step(name))
                yield from self._walk(name, inner, heads, placed=given)

    def _row(
        self,
        terminal: str,
        rule: str,
        path: tuple[str, ...],
        heads: HeadGroup | None,
        *,
        placed: bool,
    ) -> Row:
        label = self.labels.get(terminal)
        if label is None:
            return Row(terminal, ".".join(path), "", None, heads, group=False, placed=placed)
        own = bool(path) and not is_caption(rule) and same_name(terminal, rule)
        where = path if own else (*path, step(terminal))
        group = own and label.unit is None and heads is not None
        return Row(terminal, ".".join(where), label.text, label.unit, heads, group, placed)

    def _head_group(self, rule: str, keys: tuple[str, ...], above: str = "") -> HeadGroup:
        symbols = list(self.symbols(rule))
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
        text = self.labels[caption].text if caption is not None else ""
        others = {name: self.labels[name].text for name in captions}
        return HeadGroup(caption, text, others, tuple(members))
