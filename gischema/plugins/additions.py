"""Add the forms, rules, readers and exporters of plugins to those of an engine.

What an engine has itself is never replaced. Of two plugins that add the same, the first by name is
used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from attrs import evolve

from gischema.file_errors import FileError, near
from gischema.forms import national_forms
from gischema.forms.cache import cached
from gischema.forms.form import Form
from gischema.forms.form_checks import kept_faults
from gischema.forms.grammar_source import line_of, read_source
from gischema.forms.labels import Wording, wording
from gischema.narrative import NarrativeFileError, NarrativeGrammar, national_grammar
from gischema.output.exporter import CheckExporter, Exporter
from gischema.plugins.guarded import guarded_exporter, guarded_reader
from gischema.plugins.interface import require_interface
from gischema.plugins.loaded import LoadedPlugins
from gischema.plugins.plugin import Plugin
from gischema.plugins.problems import PluginFault, Problems, left_out
from gischema.plugins.succession import end_predecessors, with_inherited_rules
from gischema.reading import Reader
from gischema.report import Report
from gischema.rules import Rule, RuleBook
from gischema.rules.report_facts import ReportFact
from gischema.rules.rule_cache import kept_rules

_NAME = re.compile(r"[A-Z][A-Z_]+|[a-z]+(?:\.[a-z_]+)+|[\u4e00-\u9fff]{2,}")
E = TypeVar("E", Exporter, CheckExporter)


def add_forms(
    own: Iterable[Form], plugins: LoadedPlugins, problems: Problems
) -> dict[str, tuple[Form, Plugin | None]]:
    """Return the forms by id, each with the plugin that added it: `own` first.

    A form whose grammar cannot be built is left out, with a problem. Every form has the further
    wordings that plugins add to it, or to the form that it is a variant of.
    """
    found: dict[str, tuple[Form, Plugin | None]] = {form.id: (form, None) for form in own}
    added: dict[str, tuple[Form, Plugin | None]] = {}
    for plugin, form in plugins.each("gischema_forms", Form, problems):
        if form.id in found or form.id in added:
            _, other = found.get(form.id) or added[form.id]
            words = (f"表式 {form.id}", f"the form {form.id}")
            problems.clash(plugin, words, other.title if other else "gischema")
        elif problems.guard(plugin, partial(_built, form), _form_left_out(form)):
            added[form.id] = form, plugin
    for name, (form, adding) in sorted(added.items()):
        base, _ = found.get(form.generation, (None, None))
        predecessor, _ = found.get(form.replaces or "", (None, None))
        known = evolve(form, predecessor=predecessor)
        found[name] = (_variant(known, base) if base is not None else known), adding
        if adding is not None:
            problems.check(adding, partial(kept_faults, found[name][0]))
    end_predecessors(found, problems)
    wordings = _wordings({name: form for name, (form, _) in found.items()}, plugins, problems)
    return {
        name: (evolve(form, aliases=wordings[name]) if name in wordings else form, plugin)
        for name, (form, plugin) in found.items()
    }


class _RequestedWording(NamedTuple):
    """A wording that a plugin adds to a terminal of a form."""

    plugin: Plugin
    form: str
    terminal: str
    wording: Wording


def _wordings(
    forms: Mapping[str, Form], plugins: LoadedPlugins, problems: Problems
) -> dict[str, dict[str, tuple[Wording, ...]]]:
    """Return the further wordings of plugins by form and terminal.

    A wording that the form has for another label already, or that plugins add to different labels,
    could be read as the wrong one: it is not used at all.
    """
    requested: dict[str, dict[str, dict[str, _RequestedWording]]] = {}
    for each in _requested_wordings(forms, plugins, problems):
        of_form = requested.setdefault(each.form, {})
        of_form.setdefault(each.wording.key, {})[each.terminal] = each
    chosen = {
        form_id: _unambiguous(forms[form_id], by_key, problems)
        for form_id, by_key in requested.items()
    }
    return {form_id: wordings for form_id, wordings in chosen.items() if wordings}


def _unambiguous(
    form: Form, requested: Mapping[str, Mapping[str, _RequestedWording]], problems: Problems
) -> dict[str, tuple[Wording, ...]]:
    """Return the wordings by terminal, of those requested by key and terminal, with one meaning."""
    known = {one.key: name for name, label in form.labels.items() for one in label.wordings}
    chosen: dict[str, tuple[Wording, ...]] = {}
    for key, by_terminal in requested.items():
        owners = [name for name in (known.get(key), *by_terminal) if name]
        for name, each in by_terminal.items():
            other = next((owner for owner in owners if owner != name), None)
            if other is None:
                chosen[name] = (*chosen.get(name, ()), each.wording)
            else:
                text = each.wording.text
                what = (f"行名“{text}”", f"the label “{text}”")
                problems.clash(each.plugin, what, f"{form.id} {other}")
    return chosen


def _requested_wordings(
    forms: Mapping[str, Form], plugins: LoadedPlugins, problems: Problems
) -> Iterator[_RequestedWording]:
    """Yield the wordings that plugins add to a form and its variants, wrong ones left out."""
    for plugin, by_form in plugins.ask("gischema_aliases", problems):
        part = left_out("别名", "its further wordings")
        for form_id, terminal, text in problems.guard(plugin, partial(_flat, by_form), part) or ():
            targets = [f for f in forms.values() if form_id in (f.id, f.generation)]
            names = {f.id: name for f in targets if (name := _terminal(f, terminal))}
            if form_id not in names:
                problems.failed(plugin, _no_label(forms, form_id, terminal), part)
                continue
            further = problems.guard(plugin, partial(wording, text), part)
            if further is not None:
                for target, name in names.items():
                    yield _RequestedWording(plugin, target, name, further)


def _no_label(forms: Mapping[str, Form], form_id: str, terminal: str) -> PluginFault:
    """Return the error about a form or a label that a plugin gives a wording to and nobody has."""
    if form_id not in forms:
        hint, hint_en = near(form_id, forms)
        return PluginFault(f"没有表式 {form_id}{hint}", f"there is no form {form_id}{hint_en}")
    hint, hint_en = near(terminal, forms[form_id].labels)
    return PluginFault(
        f"{form_id} 没有 {terminal} 这一行名{hint}", f"{form_id} has no label {terminal}{hint_en}"
    )


def _variant(form: Form, base: Form) -> Form:
    """Return the form as a variant of `base`, with its report class unless it has its own."""
    return evolve(form, base=base, report=base.report if form.report is Report else form.report)


def _form_left_out(form: Form) -> tuple[str, str]:
    return left_out(f"表式 {form.id}", f"the form {form.id}")


def _built(form: Form) -> bool:
    """Return True if a form has rows; raise PluginFault, or what its grammar raises."""
    if not cached(bool, ("has rows", form.grammar.digest), lambda: bool(form.rows)):
        raise PluginFault(
            f"表式 {form.id} 没有任何行",
            f"the form {form.id} has no rows",
            form.grammar.path.name,
        )
    return True


def _flat(by_form: Mapping[str, Mapping[str, Iterable[str]]]) -> list[tuple[str, str, str]]:
    return [
        (form_id, terminal, text)
        for form_id, by_terminal in by_form.items()
        for terminal, texts in by_terminal.items()
        for text in ((texts,) if isinstance(texts, str) else texts)
    ]


def _terminal(form: Form, name: str) -> str | None:
    """Return the terminal of a name, with or without the prefix of an import; None if unsure."""
    if name in form.labels:
        return name
    found = [one for one in form.labels if one.endswith(f"__{name}")]
    return found[0] if len(found) == 1 else None


def add_rules(
    own: Iterable[Path],
    plugins: LoadedPlugins,
    forms: Mapping[str, Form],
    adding: Mapping[str, Plugin],
    facts: Mapping[str, ReportFact],
    problems: Problems,
) -> tuple[RuleBook, dict[str, Plugin]]:
    """Return the book of all rules, and the plugins by the codes that they added.

    `adding` has the plugins of the forms that were added, which may take over rules, `facts` what
    plugins compute.

    A rule file that cannot be read, uses a path that its form does not have, or repeats a code is
    left out as a whole.
    """
    book = evolve(RuleBook.load(own), facts=facts)
    plugin_of: dict[str, Plugin] = {}
    for plugin, file in plugins.each("gischema_rules", Path, problems):
        part = left_out(f"规则文件 {file.name}", f"the rule file {file.name}")
        added = problems.guard(plugin, partial(_fitting, file, forms, facts), part)
        if added is None:
            continue
        codes = {rule.code for rule in book.rules}
        if twice := sorted(codes & {rule.code for rule in added.rules}):
            other = plugin_of.get(twice[0])
            name = other.title if other else "gischema"
            at = next(rule.at[0] for rule in added.rules if rule.code == twice[0])
            place = f"{file.name}:{at}"
            zh, en = (f"规则 {'、'.join(twice)}", f"the rules {', '.join(twice)}")
            problems.clash(plugin, (f"{zh}（{place}）", f"{en} ({place})"), name)
            continue
        problems.check(plugin, partial(_kept_example_faults, file, added, forms))
        book |= added
        plugin_of |= dict.fromkeys((rule.code for rule in added.rules), plugin)
    for form_id, plugin in adding.items():
        form = forms[form_id]
        book = with_inherited_rules(book, form, plugin, forms, problems)
        part = left_out(f"{form_id} 中的合计", f"the totals that {form_id} declares")
        if totals := problems.guard(plugin, partial(_totals, form), part):
            book |= totals
            plugin_of |= dict.fromkeys((rule.code for rule in totals.rules), plugin)
    return book, plugin_of


def _totals(form: Form) -> RuleBook:
    """Return the rules of the totals that a form declares; they fit it."""
    key = ("totals", str(form.grammar.path), form.id, form.basis, form.grammar.digest)
    maker = Path(__file__).with_name("sum_rules.py")
    return RuleBook(kept_rules((*key, maker), partial(_bound_totals, form)))


def _bound_totals(form: Form) -> tuple[Rule, ...]:
    from gischema.plugins.sum_rules import sum_rules  # 1 ms, and the cache mostly has the result

    book = sum_rules(form)
    book.bound(form)
    return book.rules


def _fitting(file: Path, forms: Mapping[str, Form], facts: Mapping[str, ReportFact]) -> RuleBook:
    """Return the rules of a file; raise ValueError if they do not fit their forms."""
    stated = (f"{form.id} {form.grammar.digest}" for form in forms.values())
    key: tuple[str | Path, ...] = ("rules of a plugin", str(file), file, *sorted(facts))
    rules = kept_rules((*key, *stated), lambda: _bound(file, forms, facts).rules)
    return RuleBook(rules, facts)


def _kept_example_faults(
    file: Path, book: RuleBook, forms: Mapping[str, Form]
) -> tuple[FileError, ...]:
    """Return what is wrong with the examples of a rule file, from the cache if nothing changed."""
    claimed = sorted({form_id for rule in book.rules for form_id in rule.forms})
    stated = (f"{form_id} {forms[form_id].grammar.digest}" for form_id in claimed)
    maker = Path(__file__).with_name("rule_checks.py")
    return cached(
        tuple, ("examples", str(file), file, *stated, maker), partial(_example_faults, book, forms)
    )


def _example_faults(book: RuleBook, forms: Mapping[str, Form]) -> tuple[FileError, ...]:
    from gischema.plugins.rule_checks import example_faults  # 3 ms, as above

    return tuple(example_faults(book, forms))


def _bound(file: Path, forms: Mapping[str, Form], facts: Mapping[str, ReportFact]) -> RuleBook:
    require_interface(file)
    book = evolve(RuleBook.load([file]), facts=facts)
    for rule in book.rules:
        for form_id in rule.forms:
            if form_id not in forms:
                hint, hint_en = near(form_id, forms)
                raise PluginFault(
                    f"规则{rule.code}：没有表式 {form_id}{hint}；现有：{'、'.join(forms)}",
                    f"rule {rule.code}: there is no form {form_id}{hint_en} "
                    f"known: {', '.join(forms)}",
                    rule.file,
                    line_of(file, form_id) or rule.at[0],
                )
    for form_id in sorted({form_id for rule in book.rules for form_id in rule.forms}):
        book.bound(forms[form_id])
    return book


def add_narrative(
    own: Iterable[Path],
    added: Iterable[tuple[Plugin, Path]],
    forms: Mapping[str, Form],
    problems: Problems,
) -> tuple[NarrativeGrammar, dict[str, Plugin]]:
    """Return the grammar of running text, and the plugin that added each file.

    A file that cannot be used together with those before it is left out.
    """
    files = tuple(own)
    load = partial(
        NarrativeGrammar.load, labels={name: form.labels for name, form in forms.items()}
    )
    grammar = load(*files) if files or _has_other_labels(forms) else national_grammar()
    plugin_of: dict[str, Plugin] = {}

    def loaded(file: Path) -> NarrativeGrammar:
        require_interface(file)
        try:
            return load(*files, file)
        except NarrativeFileError as error:
            blamed, zh, en = error.args
            if blamed is not None:
                raise
            raise FileError(zh, en, file.name, _line_named(file, en)) from error

    for plugin, file in added:
        part = left_out(f" {file.name}", file.name)
        made = problems.guard(plugin, partial(loaded, file), part)
        if made is not None:
            grammar, files = made, (*files, file)
            plugin_of[file.name] = plugin
    return grammar, plugin_of


def _line_named(file: Path, message: str) -> int:
    """Return the first line of a file with a name or wording of a message; 0 if none has any."""
    names = sorted(set(_NAME.findall(message)), key=lambda name: (name.isascii(), -len(name)))
    lines = read_source(file).splitlines()
    found = (at for name in names for at, line in enumerate(lines, 1) if name in line)
    return next(found, 0)


def _has_other_labels(forms: Mapping[str, Form]) -> bool:
    """Return True if a national form has labels that its own grammar does not have."""
    pairs = ((form, forms.get(form.id, form)) for form in national_forms())
    return any(own.aliases or own.grammar.path != form.grammar.path for form, own in pairs)


def add_readers(
    own: Iterable[Reader], plugins: LoadedPlugins, problems: Problems
) -> tuple[tuple[Reader, ...], dict[str, Plugin]]:
    """Return the readers, and the plugins of those that were added.

    Those of plugins come first, by name and guarded; `own` read the rest.
    """
    own = tuple(own)
    names = {reader.name: "gischema" for reader in own}
    added: dict[str, tuple[Plugin, Reader]] = {}
    for plugin, reader in plugins.each("gischema_readers", Reader, problems):
        if reader.name in names:
            problems.clash(
                plugin, (f"读取器 {reader.name}", f"the reader {reader.name}"), names[reader.name]
            )
            continue
        names[reader.name] = plugin.title
        added[reader.name] = plugin, reader
    readers = own
    for _, (plugin, reader) in sorted(added.items(), reverse=True):
        readers = (guarded_reader(plugin, reader, readers), *readers)
    return readers, {name: plugin for name, (plugin, _) in added.items()}


def add_exporters(
    hook: str, kind: type[E], plugins: LoadedPlugins, problems: Problems
) -> dict[str, tuple[E, Plugin]]:
    """Return the exporters of plugins by name: of figures, or of checked reports."""
    found: dict[str, tuple[E, Plugin]] = {}
    for plugin, exporter in plugins.each(hook, kind, problems):
        if exporter.name in found:
            other = found[exporter.name][1].title
            words = (f"输出格式 {exporter.name}", f"the exporter {exporter.name}")
            problems.clash(plugin, words, other)
        else:
            found[exporter.name] = guarded_exporter(plugin, exporter), plugin
    return dict(sorted(found.items()))
