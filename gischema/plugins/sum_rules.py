"""Rules for the totals that a grammar declares: `CHANNELS__TOTAL: "合计 | 件" // sum`.

Each is written in the rule language, with title, message and examples in both languages, so that
it is explained, listed and checked as any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve, frozen

from gischema._version import __version__
from gischema.file_errors import FileError, near
from gischema.forms.form import TOTAL, Column, Form, HeadGroup, Row
from gischema.forms.grammar_source import line_of, read_source, written
from gischema.forms.grammars import sources
from gischema.plugins.problems import PluginFault
from gischema.plugins.succession import TOTALS
from gischema.rules import RuleBook

_SUM = re.compile(
    r'^(?:%override\s+)?(_?[A-Z]\w*)\s*:.*"\s*//[ \t]*sum(?:[ \t]*:[ \t]*(.*?))?[ \t]*$',
    re.MULTILINE,
)
_TERM = re.compile(r"([+-]?)\s*(\w+)\s*")
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*")

_RULE = """\
rule {code} identity error
  title   "{lead}“{label}”等于各项之和" / "{lead_en}{name} is the sum of its parts"
  why     "表式把它列为各项的合计。" / "The form lists it as the sum of its parts."
  forms   {form}
  source  "{basis}" structure
  since   {version}
  {quantifier}
  check   {total} = {sum}
  message "{lead_of}“{shown}”为{{left}}，各项之和为{{right}}（{{right=}}），相差{{difference}}"
        / "{lead_of_en}{{left=}}, but its parts make {{right}} ({{right=}}): off by {{difference}}"
  passes  {zeros}, {example} = 0
  fails   {zeros}, {example} = 1
"""


@frozen
class _Total:
    """A declared total.

    Attributes:
        code: What the code of its rule ends in.
        name: What English texts call it.
        label: Its label.
        shown: What stands for its label in a message.
        total: Its path in the check.
        added: The sum in the check.
        zeros: The parts of an example, all zero.
        example: The path of the total in the example.
        quantifier: What the rule ranges over, if anything.
        lead: The beginning of its title.
        lead_of: The beginning of a message.
    """

    code: str
    name: str
    label: str
    shown: str
    total: str
    added: str
    zeros: str
    example: str
    quantifier: str = ""
    lead: tuple[str, str] = ("", "")
    lead_of: tuple[str, str] = ("", "")

    def rule(self, form: Form) -> str:
        """Return the rule of the total in the rule language."""
        version = _VERSION.match(__version__)
        ends = f"{form.variant or form.generation}-{self.code}"
        return _RULE.format(
            code=f"{TOTALS}{ends}".upper().replace(".", "-").replace("_", "-"),
            name=self.name,
            label=_plain(self.label),
            shown=self.shown,
            lead=self.lead[0],
            lead_en=self.lead[1],
            lead_of=self.lead_of[0],
            lead_of_en=self.lead_of[1],
            form=form.id,
            basis=_plain(form.basis),
            version=version[0] if version else "0",
            quantifier=self.quantifier,
            total=self.total,
            sum=self.added,
            zeros=self.zeros,
            example=self.example,
        )


def sum_rules(form: Form) -> RuleBook:
    """Return the rules of the totals that a form's grammar declares.

    A form of its own takes over those of the grammars that it imports, as far as it has their rows.
    On a variant those of its form hold anyway.

    Raises:
        FileError: A total is declared of what the form does not have.
    """
    own, *imported = sources(form.grammar.path)
    declared = dict(_declared(own))
    if form.base is None:
        symbols = {written(name) for name in form.terminals}
        for file in imported:
            taken = ((name, terms) for name, terms in _declared(file) if name in symbols)
            declared = {**dict(taken), **declared}
    rules = [rule for name, terms in declared.items() for rule in _rules(form, name, terms)]
    return RuleBook.parse("\n".join(rules), form.grammar.path.name)


def _declared(file: Path) -> Iterator[tuple[str, str | None]]:
    """Yield the totals of a grammar file, with what they are the sum of if it says so."""
    for match in _SUM.finditer(read_source(file)):
        yield match[1], match[2]


def _rules(form: Form, name: str, terms: str | None) -> Iterator[str]:
    """Yield the rules of a total: one for each row or table that the label stands in."""
    rows = [row for row in form.rows if written(row.terminal) == name]
    columns = [
        (group, column)
        for group in form.heads
        for column in group.columns
        if written(column.terminal) == name
    ]
    if not rows and not columns:
        raise _fault(form, name, f"{name} 不是这一表式的行或列", f"{name} is no row or column")
    for row in rows:
        yield _total_row(form, row, terms).rule(form)
    for group, column in columns:
        yield _total_column(form, group, column, terms).rule(form)


def _total_row(form: Form, row: Row, terms: str | None) -> _Total:
    total_step = row.path.rpartition(".")[2] == TOTAL
    own_group = row.parent if total_step else row.path
    group = own_group if terms else _summed_group(form, row)
    column = next((one for one in row.columns if one.figure), None)
    key = f".{column.key}" if column is not None and column.key else ""
    if terms:
        signed = _terms(form, row.terminal, terms, {written(r.terminal): r.path for r in form.rows})
        added = _joined(signed)
        zeros = ", ".join(f"{path}{key} = 0" for _, path in signed)
    elif group == row.parent and not total_step:
        parts = [one.path for one in form.rows if one.parent == group and one is not row]
        added, zeros = " + ".join(parts), ", ".join(f"{path}{key} = 0" for path in parts)
    elif column is not None and not key:
        parts = [one.path for one in form.rows if one.parent == group and one is not row]
        added, zeros = f"sum({group}.*)", ", ".join(f"{path} = 0" for path in parts)
    else:
        added, zeros = f"sum({group}.*)", f"{group}.*{key} = 0"
    total = _Total(
        code=row.path,
        name=row.path,
        label=row.label,
        shown=f"{{{row.path}}}",
        total=row.path,
        added=added,
        zeros=zeros,
        example=row.path + key,
    )
    if column is None:
        return total
    return evolve(
        total,
        quantifier=f"for each column of {group}",
        lead=("每列：", "in every column, "),
        lead_of=("“{column}”列：", "column {column}: "),
    )


def _summed_group(form: Form, row: Row) -> str:
    """Return the path of the group whose rows a total adds up: below it, else those next to it.

    Raises:
        FileError: There are none.
    """
    total = row.path.rpartition(".")[2] == TOTAL
    if not total and any(one.parent == row.path for one in form.rows):
        return row.path
    if row.parent and any(one.parent == row.parent and one is not row for one in form.rows):
        return row.parent
    name = written(row.terminal)
    raise _fault(
        form,
        name,
        f"{name} 旁边没有可以相加的行；请写 // sum: A + B",
        f"there are no rows next to {name} to add up: write // sum: A + B",
    )


def _total_column(form: Form, group: HeadGroup, column: Column, terms: str | None) -> _Total:
    rows = [row for row in form.rows if row.heads is group and not row.group]
    first, key = rows[0].path, column.key
    if terms:
        keys = {written(each.terminal): f".{each.key}" for each in group.columns}
        signed = _terms(form, column.terminal, terms, keys)
        added = _joined([(sign, f"row{end}") for sign, end in signed])
        zeros = ", ".join(f"{first}{end} = 0" for _, end in signed)
    else:
        inside = "" if key.rpartition(".")[2] == TOTAL else f".{key}"
        added, zeros = f"sum(row{inside}.*)", f"{first}{inside}.* = 0"
    blocks = ", ".join(dict.fromkeys(row.parent or row.path for row in rows))
    return _Total(
        code=f"{rows[0].parent or first}-columns-{key}",
        name=f"the column {key}",
        label=column.label,
        shown=_plain(column.label),
        total=f"row.{key}",
        added=added,
        zeros=zeros,
        example=f"{first}.{key}",
        quantifier=f"for each row of {blocks} with {key}",
        lead=("每行：", "in every row, "),
        lead_of=("“{row}”行：", "row {row}: "),
    )


def _terms(form: Form, total: str, terms: str, paths: dict[str, str]) -> Sequence[tuple[str, str]]:
    """Return the signs and paths of `A + B - C`, or raise FileError."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(terms):
        match = _TERM.match(terms, at)
        if match is None or (found and not match[1]):
            raise _fault(
                form,
                written(total),
                f"“sum: {terms}”应写作 sum: A + B - C",
                f"“sum: {terms}” is written sum: A + B - C",
            )
        if match[2] not in paths:
            hint, hint_en = near(match[2], paths)
            raise _fault(
                form, written(total), f"没有 {match[2]}{hint}", f"there is no {match[2]}{hint_en}"
            )
        found.append((match[1] or "+", paths[match[2]]))
        at = match.end()
    return found


def _joined(signed: Sequence[tuple[str, str]]) -> str:
    text = " ".join(f"{sign} {path}" for sign, path in signed)
    return text.removeprefix("+ ")


def _plain(text: str) -> str:
    return text.replace('"', "”").replace("{", "(").replace("}", ")")


def _fault(form: Form, name: str, message: str, message_en: str) -> FileError:
    file = form.grammar.path
    return PluginFault(message, message_en, file.name, line_of(file, name))
