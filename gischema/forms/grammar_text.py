"""Print a grammar with all names that it has, as an author may use them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from gischema.forms.form import Form, is_caption, step
from gischema.forms.grammar_source import read_source
from gischema.forms.grammars import sources

_STATEMENT = re.compile(
    r"^(?:%(override|extend)[ \t]+)?(_?[A-Za-z]\w*)[ \t]*:.*(?:\n[ \t]+\|.*|\n[ \t]*\|.*)*",
    re.MULTILINE,
)


def grammar_text(form: Form) -> str:
    """Return the grammar of a form as one text, whatever it imports.

    Each group is followed by its labels and by the groups in it. The names are those that
    `%override` and `%extend` of a variant take.
    """
    first, last = form.years
    head = [
        f"// form: {form.id}",
        f"// years: {first}–{'' if last is None else last}",
        f"// basis: {form.basis}",
    ]
    statements = _statements(sources(form.grammar.path))
    lines = [*head, "", *_lines(form, "start", statements, set())]
    furniture = sorted(form.ignored)
    if furniture:
        lines.append("\n// may stand anywhere")
        for name in furniture:
            for text in _found(name, statements):
                lines += [f"%ignore {text.partition(':')[0]}", text]
    declared = [name for name in form.rows_of if name not in form.labels]
    lines += [f"%declare {step(name).upper()}" for name in declared]
    return "\n".join(lines) + "\n"


def _lines(
    form: Form, rule: str, statements: Mapping[str, list[str]], seen: set[str]
) -> Iterator[str]:
    """Yield the statements of a rule, of its labels and of the groups in it."""
    if rule in seen:
        return
    seen.add(rule)
    if not is_caption(rule) and step(rule) != "columns" and rule != "start":
        yield ""
    yield from _found(rule, statements)
    for name, terminal in form.symbols(rule):
        if not terminal:
            yield from _lines(form, name, statements, seen)
        elif name not in seen:
            seen.add(name)
            yield from _found(name, statements)


def _found(name: str, statements: Mapping[str, list[str]]) -> list[str]:
    """Return the statements of a symbol, which may have the names of files as prefixes."""
    mark = "_" if name.startswith("_") else ""
    parts = name.removeprefix("_").split("__")
    names = (mark + "__".join(parts[place:]) for place in range(len(parts)))
    return next((statements[one] for one in names if one in statements), [])


def _statements(files: tuple[Path, ...]) -> dict[str, list[str]]:
    """Return the statements of a grammar by name; the file itself goes before what it imports."""
    found: dict[str, list[str]] = {}
    added: dict[str, list[str]] = {}
    for file in files:
        for match in _STATEMENT.finditer(read_source(file)):
            what, name = match[1], match[2]
            text = match[0].strip()
            if what == "extend":
                added.setdefault(name, []).append(text)
            elif name not in found:
                found[name] = [text.removeprefix("%override").strip()]
    return {name: [*found.get(name, []), *added.get(name, [])] for name in {**found, **added}}
