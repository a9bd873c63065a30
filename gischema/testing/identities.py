"""The identities that the structure of a form implies: totals of rows, of columns, the balance.

This is a deliberate second opinion. The rule files (`gischema/rules`) and the consistency checks of
`gischema/tables` know these sums too, but generated reports must not depend on the code that they
test. Nothing here is taken from there, and a mistake on either side makes a test fail.

The conventions hold for every form. A column or row whose last path step is `total` is the sum of
its siblings. The row of a group is the sum of the rows directly below it. Received plus carried in
equals disposed plus carried out.

Bounds follow from the names of siblings: `disclosed_normative` is a part of `disclosed`, of which
`disclosed_total` is the whole. The change of a number never exceeds what there was last year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from gischema.forms import Form, Row
from gischema.report import Amount

_TOTAL = "total"
_CHANGE, _LAST_YEAR = "_change", "_last_year"


@frozen
class SumIdentity:
    """The figure at `total` is the sum of those at `parts`."""

    total: str
    parts: tuple[str, ...]


@frozen
class BalanceIdentity:
    """`received` + `carried_in` = `disposed` + `carried_out`, as the note of the form says."""

    received: str
    carried_in: str
    disposed: str
    carried_out: str


@frozen
class PartBound:
    """The figure at `part` is no larger than the one at `whole`."""

    part: str
    whole: str


@frozen
class ChangeBound:
    """The figure at `change` takes no more than the one at `before` has."""

    before: str
    change: str


@frozen
class FormIdentities:
    """The identities of a form, in an order in which the totals can be computed, and its bounds."""

    rows: tuple[SumIdentity, ...]
    balances: tuple[BalanceIdentity, ...]
    columns: tuple[SumIdentity, ...]
    parts: tuple[PartBound, ...]
    changes: tuple[ChangeBound, ...]

    @classmethod
    def of(cls, form: Form) -> FormIdentities:
        """Return the identities of a form."""
        return cls(
            tuple(_row_sums(form)),
            tuple(_balances(form)),
            tuple(_column_sums(form)),
            tuple(_part_bounds(form)),
            tuple(_change_bounds(form)),
        )

    @property
    def derived(self) -> frozenset[str]:
        """The paths whose figures follow from others."""
        sums = {s.total for s in (*self.rows, *self.columns)}
        return frozenset(sums | {b.received for b in self.balances})

    def holding(self, path: str) -> int:
        """Return in how many identities a figure lies."""
        sums = sum(path in (s.total, *s.parts) for s in (*self.rows, *self.columns))
        balances = ((b.received, b.carried_in, b.disposed, b.carried_out) for b in self.balances)
        return sums + sum(path in balance for balance in balances)

    def broken(self, values: Mapping[str, Amount]) -> list[SumIdentity | BalanceIdentity]:
        """Return the identities that do not hold. Those with a missing figure are left out."""
        out: list[SumIdentity | BalanceIdentity] = []
        for item in (*self.rows, *self.columns):
            known = {item.total, *item.parts} <= values.keys()
            if known and values[item.total] != sum(values[part] for part in item.parts):
                out.append(item)
        for b in self.balances:
            if {b.received, b.carried_in, b.disposed, b.carried_out} <= values.keys():
                came = values[b.received] + values[b.carried_in]
                if came != values[b.disposed] + values[b.carried_out]:
                    out.append(b)
        return out


def parts_of(form: Form, group: str) -> list[Row]:
    """Return the rows below a group that count towards its total, without totals and headings."""
    inside = f"{group}."
    return [
        row
        for row in form.rows
        if row.path.startswith(inside) and not row.group and not _is_total(row.path)
    ]


def _is_total(path: str) -> bool:
    return path.rpartition(".")[2] == _TOTAL


def _row_sums(form: Form) -> Iterator[SumIdentity]:
    for row in sorted(form.rows, key=lambda r: -r.path.count(".")):
        if row.heads is None:
            below = [r.path for r in form.rows if r.path.rpartition(".")[0] == row.path]
            if below and row.unit is not None:
                yield SumIdentity(row.path, tuple(below))
        elif _is_total(row.path) and not row.group:
            parts = parts_of(form, row.path.rpartition(".")[0])
            for column in row.columns:
                if not _is_total(column.key):
                    key = column.key
                    yield SumIdentity(
                        f"{row.path}.{key}", tuple(f"{part.path}.{key}" for part in parts)
                    )


def _column_sums(form: Form) -> Iterator[SumIdentity]:
    for row in form.rows:
        for column in row.columns if not row.group else ():
            if not _is_total(column.key):
                continue
            group = column.key.rpartition(".")[0]
            parts = (
                c.key for c in row.columns if c.key.rpartition(".")[0] == group and c is not column
            )
            yield SumIdentity(column.path_in(row.path), tuple(f"{row.path}.{key}" for key in parts))


def _part_bounds(form: Form) -> Iterator[PartBound]:
    for path in form.indicators:
        for longer in form.indicators:
            if longer.startswith(f"{path}_") and "." not in longer[len(path) :]:
                is_whole = longer == f"{path}_{_TOTAL}"
                yield PartBound(path, longer) if is_whole else PartBound(longer, path)


def _change_bounds(form: Form) -> Iterator[ChangeBound]:
    for path in form.indicators:
        before = f"{path.removesuffix(_CHANGE)}{_LAST_YEAR}"
        if path.endswith(_CHANGE) and before in form.indicators:
            yield ChangeBound(before, path)


def _balances(form: Form) -> Iterator[BalanceIdentity]:
    rows = {row.path: row for row in form.rows}
    for row in form.rows:
        group, _, name = row.path.rpartition(".")
        terms = [
            f"{group}.{n}" for n in ("received", "carried_in", "disposed.total", "carried_out")
        ]
        if name != "received" or not rows.keys() >= set(terms):
            continue
        for column in row.columns:
            if not _is_total(column.key):
                yield BalanceIdentity(*(column.path_in(term) for term in terms))
