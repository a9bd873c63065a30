"""Write what a page changes of a national form as the grammar of a new generation.

Rows that take the place of others are renamed, rows that are not printed among others are dropped;
heads and rows that the form lacks are added, and so is a table behind its last one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import define, field, frozen

from gischema.chinese.enumerators import ORDINAL
from gischema.forms import Form
from gischema.forms.form import TOTAL, Row
from gischema.forms.grammar_source import written
from gischema.forms.grammars import sources
from gischema.forms.label_index import LabelIndexes
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.narrative import national_grammar
from gischema.pipeline import ReportSteps, read_report
from gischema.reading import read_text
from gischema.scaffold.sample_cells import SampleRow, read_sample
from gischema.scaffold.sample_form import COLUMNS
from gischema.scaffold.sample_tree import RowNode, tree_of
from gischema.scaffold.terms import Terms
from gischema.scaffold.write_grammar import ALL, GrammarWriter
from gischema.tables.region import AlignedRow, UnknownRow

_CHAPTER = re.compile(rf"[\s|]*{ORDINAL}、")
_UNIT = "件"
_SHARE = 0.6
"""The share of the rows of a form that a page of its next generation prints."""


@frozen
class _Printed:
    """A printed row: one of the form, or one that it lacks."""

    start: int
    known: AlignedRow | None
    unknown: UnknownRow | None


def steps_on(form: Form, text: str) -> ReportSteps:
    """Return what is read of a text on a form."""
    indexes = LabelIndexes({form.id: form})
    return read_report(read_text(text, "sample"), indexes, national_grammar(), form=form)


def is_next_generation(form: Form, steps: ReportSteps) -> bool:
    """Return True if a page prints most rows of a form with heads of its own."""
    read = {row.row for row in steps.tables.rows}
    filled = [row for row in form.rows if not row.group]
    return bool(form.heads) and len(read) >= _SHARE * len(filled)


@define
class RevisionWriter:
    """Writes what a page changes of a form.

    Attributes:
        form: The form.
        steps: What is read of the page on it.
        terms: The words of the field.
        furniture: Keys of labels that belong to no row.
        lines: The lines so far.
    """

    form: Form
    steps: ReportSteps
    terms: Terms
    furniture: frozenset[str]
    lines: list[str] = field(factory=list)
    _taken: set[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        names = (*self.form.labels, *self.form.grammar.outline.symbols)
        self._taken = {written(name).lower().lstrip("_") for name in names}

    def write(self) -> str:
        """Return the statements of the grammar."""
        printed = [*self._printed()]
        last = max((n for n, each in enumerate(printed) if each.known is not None), default=-1)
        self._write_columns()
        self._write_rows(printed[: last + 1])
        behind = [each.unknown for each in printed[last + 1 :] if each.unknown is not None]
        if behind and last >= 0:
            known = printed[last].known
            assert known is not None
            pieces = known.printed.cells.pieces
            self._write_table(behind, pieces[-1].end if pieces else known.printed.end)
        return "\n".join(self.lines)

    def _printed(self) -> Iterator[_Printed]:
        """Yield the printed rows in order, a group that each of its rows repeats only once."""
        found: list[_Printed] = []
        for region in self.steps.tables.regions:
            found += (_Printed(row.printed.start, row, None) for row in region.rows)
            found += (_Printed(u.start, None, u) for u in region.unknown if u.label)
        groups: set[Row] = set()
        for each in sorted(found, key=lambda each: each.start):
            row = each.known.row if each.known is not None else None
            if row is None or not row.group or row not in groups:
                yield each
            if row is not None and row.group:
                groups.add(row)

    # -- columns ------------------------------------------------------------------------------

    def _write_columns(self) -> None:
        """Write the heads that the form lacks, each behind the one that is printed before it."""
        text = self.steps.places.text.text
        seen: set[str] = set()
        for region in self.steps.tables.regions:
            for row in region.rows:
                header = row.printed.heads.get(row.row.heads) if row.row.heads is not None else None
                start = region.heads.get(row.row.heads, -1) if row.row.heads is not None else -1
                for column in header.columns if header is not None else ():
                    if column.column is not None or column.printed in seen or start < 0:
                        continue
                    seen.add(column.printed)
                    at = text.find(column.printed, start, row.printed.start)
                    known = [c for c in header.columns if c.column is not None] if header else []
                    if not known:
                        continue
                    before = max(
                        known, key=lambda one: text.rfind(one.printed, start, max(at, start))
                    )
                    if before.column is not None:
                        self._extend_by_column(before.column.terminal, column.printed)

    def _extend_by_column(self, before: str, label: str) -> None:
        name = self._free(self.terms.name(label)).upper()
        unit = self.form.labels[before].unit
        self.lines.append(f"%extend {self._rule_of(before)}: {name} after {written(before)}")
        self.lines.append(f'{name}: "{label} | {unit}"')

    # -- rows ---------------------------------------------------------------------------------

    def _write_rows(self, printed: Sequence[_Printed]) -> None:
        """Write what is changed between each two rows of the form that are printed."""
        known = [n for n, each in enumerate(printed) if each.known is not None]
        read = {each.known.row for each in printed if each.known is not None}
        dropped: list[Row] = []
        for one, other in pairwise(known):
            before, after = printed[one].known, printed[other].known
            assert before is not None
            assert after is not None
            first, last = self.form.order[before.row], self.form.order[after.row]
            missing = [r for r in self.form.rows[first + 1 : last] if r not in read and r.label]
            unknown = [e.unknown for e in printed[one + 1 : other] if e.unknown is not None]
            if unknown and len(unknown) == len(missing):
                for row, new in zip(missing, unknown, strict=True):
                    self._rename(row, new)
                continue
            dropped += missing
            anchor = before.row.terminal
            for new in unknown:
                anchor = self._add(new, anchor, before.row)
        self._drop(dropped)

    def _rename(self, row: Row, new: UnknownRow) -> None:
        unit = self.form.labels[row.terminal].unit
        end = f" | {unit}" if unit else ""
        self.lines.append(f'%override {written(row.terminal)}: "{new.label}{end}"')

    def _drop(self, rows: Sequence[Row]) -> None:
        """Write each group that has lost rows without them."""
        lost = {row.terminal for row in rows}
        for rule in dict.fromkeys(self._rule_with(row.terminal) for row in rows):
            symbols = self.form.symbols(rule)
            names = (self._own(written(name)) for name, _ in symbols if name not in lost)
            self.lines.append(f"%override {self._own(rule)}: ({' | '.join(names)})+")

    def _add(self, new: UnknownRow, anchor: str, like: Row) -> str:
        name = self._free(self.terms.name(new.label)).upper()
        unit = "" if like.heads is not None else f" | {self.terms.unit_of(new.label)}"
        self.lines.append(f"%extend {self._rule_of(anchor)}: {name} after {written(anchor)}")
        self.lines.append(f'{name}: "{new.label}{unit}"')
        return anchor

    # -- a table behind the last one ----------------------------------------------------------

    def _write_table(self, rows: Sequence[UnknownRow], start: int) -> None:
        """Write a table of rows that the form lacks, with its caption and heads."""
        last = max(piece.end for row in rows for piece in row.pieces)
        text = self.steps.places.text.text[start:last]
        table = read_sample(text, "sample", self.furniture, self.terms)
        count = max(len(row.figures) for row in table.rows)
        heads = [head for head in table.heads if squeeze(head)][-count:] if count > 1 else []
        caption = next((line for line in text.split("\n")[1:] if _CHAPTER.match(line)), "")
        caption = caption.strip(" |")
        block = self._free(self.terms.name(strip_enumerator(caption)[0]) or "table")
        nodes = [RowNode(r.number, r.label, r.key, None if heads else r.unit) for r in table.rows]
        for row, node in zip(table.rows, nodes, strict=True):
            node.unit = node.unit or (_UNIT if row.counts else None)
        roots = self._tree(nodes, table.rows)
        self._name(roots)
        writer = GrammarWriter([n for root in roots for n in root.walk()], self._taken)
        symbols = [writer.write(root) for root in roots]
        captions = [f"_{block.upper()}?"] if caption else []
        columns = [f"{block}__{COLUMNS}?"] if heads else []
        anchor = self.form.symbols(ALL)[-1][0]
        self.lines.append(f"%extend {ALL}: {block} after {self._own(written(anchor))}")
        rows_rule = f"({' | '.join(symbols)})+"
        self.lines.append(f"{block}: {' '.join((*captions, *columns, rows_rule))}")
        if caption:
            self.lines.append(f'_{block.upper()}: "{caption} |"')
        if heads:
            self.lines += self._heads(block, heads, table.rows)
        self.lines += [_without_unit(line) for line in writer.lines] if heads else writer.lines

    def _heads(self, block: str, heads: Sequence[str], rows: Sequence[SampleRow]) -> Iterator[str]:
        """Yield the lines that declare the columns; a total that is one says so."""
        names: list[str] = []
        declared: list[str] = []
        printed = [row.figures for row in rows if len(row.figures) == len(heads)]
        full = [[number for number in figures if number is not None] for figures in printed]
        for at, head in enumerate(heads):
            total = self.terms.is_total(squeeze(head))
            name = (
                f"{COLUMNS.upper()}__{TOTAL.upper()}"
                if total
                else self._free(self.terms.name(head)).upper()
            )
            adds_up = all(len(one) == len(heads) and 2 * one[at] == sum(one) for one in full)
            names.append(name)
            declared.append(
                f'{name}: "{head} | {_UNIT}"' + (" // sum" if total and adds_up else "")
            )
        yield f"{block}__{COLUMNS}: ({' | '.join(names)})+"
        yield from declared

    def _tree(self, nodes: Sequence[RowNode], rows: Sequence[SampleRow]) -> list[RowNode]:
        roots: list[RowNode] = []
        for node, (_, above) in zip(nodes, tree_of(rows), strict=True):
            (nodes[above].parts if above >= 0 else roots).append(node)
        return [root for root in roots if root.unit or root.parts]

    def _name(self, nodes: Sequence[RowNode]) -> None:
        taken: set[str] = set()
        for node in nodes:
            named = self.terms.name(node.label) or "row"
            free = (f"{named}_{n}" for n in range(2, len(taken) + 3))
            step = named if named not in taken else next(n for n in free if n not in taken)
            node.step = TOTAL if self.terms.is_total(node.key) else step
            taken.add(node.step)
            self._name(node.parts)

    # -- names --------------------------------------------------------------------------------

    def _rule_with(self, terminal: str) -> str:
        rules = self.form.grammar.outline.symbols.items()
        return next(rule for rule, inside in rules if (terminal, True) in inside)

    def _rule_of(self, terminal: str) -> str:
        return self._own(self._rule_with(terminal))

    def _own(self, rule: str) -> str:
        """Return the name of a rule without the names of the files that it was imported from."""
        for file in sources(self.form.grammar.path):
            rule = rule.replace(f"{file.stem}__", "", 1)
        return rule

    def _free(self, name: str) -> str:
        """Return a name that nothing has yet, and take it."""
        name = name or "row"
        numbered = (f"{name}_{number}" for number in range(2, len(self._taken) + 3))
        free = (
            name if name not in self._taken else next(n for n in numbered if n not in self._taken)
        )
        self._taken.add(free)
        return free


def _without_unit(line: str) -> str:
    """Return a label below heads, which have the unit."""
    return line.replace(f' | {_UNIT}"', '"')
