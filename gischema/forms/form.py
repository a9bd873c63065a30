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
"""Step of a row or column that is the sum of its siblings."""

CUMULATIVE = "cumulative"
"""Step of a column that counts all years so far: its figures are not below those of the year."""

_NO_FIGURES = "-"  # the unit of a column whose numbers are no figures
_COLUMNS = "columns"
_VALUES = "values"  # the step of the terminal that stands for a row of figures without a label


@lru_cache(maxsize=4096)
def step(symbol: str) -> str:
    """Return the path step of a grammar symbol: the part after its last `__`."""
    return symbol.lstrip("_").rsplit("__", 1)[-1].lower()


def same_name(terminal: str, rule: str) -> bool:
    """Return True if a terminal has the name of a rule, apart from prefixes added by imports.

    A symbol imported through two grammars has two prefixes; one that the second import lists has
    one.
    """
    one = terminal.lower().lstrip("_").split("__")
    other = rule.lower().lstrip("_").split("__")
    same = 0
    while one and other and one[-1] == other[-1]:
        one, other, same = one[:-1], other[:-1], same + 1
    shorter, longer = sorted((one, other), key=len)
    return bool(same) and longer[: len(shorter)] == shorter


def is_caption(symbol: str) -> bool:
    """Return True if a symbol is printed but has no figures, or adds no step to the path."""
    return symbol.startswith("_")


@frozen(eq=False)
class Column:
    """A column of a table: its key in a path, its label and unit, and the terminal of its head.

    The key of a table's own column is empty: its figures have the path of their row. `figure` is
    False for a column whose numbers are no figures, such as the codes of rows; its
    unit in the grammar is a dash.
    """

    key: str
    label: str
    unit: str | None
    terminal: str
    figure: bool = field(init=False)

    @figure.default
    def _figure(self) -> bool:
        return self.unit != _NO_FIGURES

    @property
    def is_cumulative(self) -> bool:
        """True if its figures are of all years so far."""
        return self.key.rpartition(".")[2] == CUMULATIVE

    def path_in(self, row: str) -> str:
        """Return the path of its figure in the row at a path."""
        return f"{row}.{self.key}" if self.key else row


@frozen(eq=False, slots=False)
class HeadGroup:
    """Adjacent heads: leaves are columns, groups have heads of their own.

    Attributes:
        caption: The terminal printed above the group.
        label: The text of the caption.
        other_labels: The labels of other terminals among the heads that own no column.
        members: The columns and groups, in the order of the form.
    """

    caption: str | None
    label: str
    other_labels: dict[str, str]
    members: tuple[HeadGroup | Column, ...]

    @property
    def captions(self) -> tuple[str, ...]:
        """The terminals among the heads that own no column and head no group."""
        return tuple(self.other_labels)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the form."""
        return tuple(self._leaves())

    @cached_property
    def beyond(self) -> tuple[Column, ...]:
        """Optional columns, without unit: a page may print them, such as a subtotal."""
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
        """The columns that are sums: those with the key `total`, and subtotals (without unit).

        A cumulative column is none.
        """
        found: list[tuple[Column, frozenset[Column]]] = []
        for member in self.members:
            if isinstance(member, HeadGroup):
                found.extend(member.sums)
            elif member.is_cumulative:
                continue
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
    """The units that the form allows; usually one."""

    @units.default
    def _units(self) -> tuple[str, ...]:
        return choices_of(self.unit) if self.unit is not None else ()

    fixed_unit: str | None = field(init=False)
    """The unit that the form prints, None if it allows several."""

    @fixed_unit.default
    def _fixed_unit(self) -> str | None:
        return self.unit if len(self.units) == 1 else None


@frozen(eq=False, slots=False)
class Row:
    """A printed row: the path of its figures and the heads above them, if any.

    Attributes:
        group: True for the row of a group that the form prints without figures; figures printed
            there are a subtotal.
        placed: False if `%extend` adds the row, which may then stand anywhere among its siblings.
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
        """The place of a figure in each column, optional columns included.

        The path is empty in a column without figures.
        """
        if self.heads is None:
            return {None: Place(self.path, self.label, self.unit)}
        above = f"{self.label} / " if self.label else ""
        return {
            column: Place(
                column.path_in(self.path) if column.figure else "",
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
        """The units of the row that are known only because the grammar declares them."""
        return self.units - KNOWN

    @cached_property
    def counts(self) -> bool:
        """True if its figures are sums of money, or count single things.

        A counter printed next to such a figure does not change its value.
        """
        return all(is_counter(unit) or is_money(unit) for unit in self.units)

    @cached_property
    def parent(self) -> str:
        """The path of the group that holds the row."""
        return self.path.rpartition(".")[0]

    @property
    def block(self) -> str:
        """The first step of its path: the part of the form that holds the row."""
        return self.path.partition(".")[0]

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of the figures that the form prints in this row."""
        places = (self.places[column] for column in self.columns or (None,))
        return tuple(place.path for place in places if place.path)


@frozen
class Indicator:
    """The quantity that one cell of the form measures."""

    path: str
    label: str
    unit: str | None
    row: Row
    column: Column | None


@frozen(slots=False, eq=False)
class Form:
    """A published reporting form, as its grammar declares it.

    Attributes:
        years: The first and the last report year; None if the form is still in force.
        basis: The notice that prescribes the form.
        report: The class of its reports, whose typed sections declare paths of this form.
        base: The form that a variant extends. Its page furniture may occur in the variant too.
        aliases: Further wordings, by terminal, that the grammar does not have.
        replaces: The form that is in force until the first year of this one.
        predecessor: The same form, whose page furniture this one takes over.
        rules_like: The form whose rules hold for this one too.
        rules_without: The codes of its rules that do not.
    """

    id: str
    years: tuple[int, int | None]
    basis: str
    grammar: Grammar = field(repr=False, eq=False)
    report: type[Report] = field(default=Report, repr=False)
    base: Form | None = field(default=None, repr=False, eq=False)
    aliases: Mapping[str, tuple[Wording, ...]] = field(factory=dict, repr=False, eq=False)
    replaces: str | None = field(default=None, repr=False, eq=False)
    predecessor: Form | None = field(default=None, repr=False, eq=False)
    rules_like: str | None = field(default=None, repr=False, eq=False)
    rules_without: tuple[str, ...] = field(default=(), repr=False, eq=False)
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
        """Return True if reports about `year` use this form."""
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
    def row_labels(self) -> dict[str, Label]:
        """The label of every row that has one, by terminal."""
        return {name: label for name, label in self.labels.items() if name in self.rows_of}

    @cached_property
    def longer_labels(self) -> dict[str, tuple[tuple[str, str, str], ...]]:
        """For rows whose label is the end of other rows' labels: these, by terminal.

        Each is the terminal, its wording, and the key of what that has before the shared end.
        """
        named = [
            (name, wording)
            for name, label in self.row_labels.items()
            for wording in label.wordings
            if not (label.unit and wording.text.endswith(label.unit))
        ]
        found: dict[str, list[tuple[str, str, str]]] = {}
        by_key: dict[str, set[str]] = {}
        for name, wording in named:
            by_key.setdefault(wording.key, set()).add(name)
        for name, wording in named:
            for cut in range(1, len(wording.key)):
                for shorter in by_key.get(wording.key[cut:], set()) - {name}:
                    found.setdefault(shorter, []).append((name, wording.text, wording.key[:cut]))
        return {name: tuple(longer) for name, longer in found.items()}

    @cached_property
    def ignored(self) -> frozenset[str]:
        """Terminals of page furniture: they may stand anywhere and own no figures."""
        return self.grammar.outline.ignored | self._furniture.keys()

    @cached_property
    def _furniture(self) -> dict[str, Label]:
        """The page furniture that a form takes over from that it extends; Lark imports none."""
        extended = self.base or self.predecessor
        if extended is None:
            return {}
        own = self.grammar.outline.labels
        return {name: extended.labels[name] for name in extended.ignored if name not in own}

    def symbols(self, rule: str) -> tuple[tuple[str, bool], ...]:
        """Return the symbols of a grammar rule in its order; True marks a terminal."""
        return self.grammar.outline.symbols[rule]

    @cached_property
    def terminals(self) -> dict[str, int]:
        """Every terminal of the grammar and its index."""
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
        """The terminals that only head a group of rows, without figures of their own."""
        return frozenset(name for name, rows in self.rows_of.items() if all(r.group for r in rows))

    @cached_property
    def order(self) -> dict[Row, int]:
        """The index of every row in the form."""
        return {row: place for place, row in enumerate(self.rows)}

    @cached_property
    def unlabelled(self) -> str:
        """The terminal of the row without a label; empty if the form has none."""
        return next((name for name in self.rows_of if step(name) == _VALUES), "")

    @cached_property
    def unplaced(self) -> tuple[Row, ...]:
        """The rows that may stand anywhere among their siblings."""
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
        """Return a report that was loaded from a file as the report class of this form."""
        known = {member.name: getattr(report, member.name) for member in fields(Report)}
        return self.report(**{**known, "declared": self.declared})

    def _walk(
        self, rule: str, path: tuple[str, ...], heads: HeadGroup | None, *, placed: bool
    ) -> Iterator[Row]:
        """Yield the rows below `rule`, whose own step ends `path`; `heads` are those in force."""
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
                own = not is_caption(rule) and same_name(name, rule)
                key = ".".join(keys if own else (*keys, step(name)))
                members.append(Column(key, above + label.text, label.unit, name))
        text = self.labels[caption].text if caption is not None else ""
        others = {name: self.labels[name].text for name in captions}
        return HeadGroup(caption, text, others, tuple(members))
