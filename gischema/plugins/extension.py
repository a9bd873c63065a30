"""The additions of the plugins of an engine, and their answers while a report is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from gischema.diagnostics import diagnose
from gischema.file_errors import near
from gischema.forms.form import Form
from gischema.narrative import NarrativeGrammar
from gischema.output.exporter import CheckExporter, Exporter
from gischema.plugins import additions
from gischema.plugins.loaded import LoadedPlugins
from gischema.plugins.plugin import ActivePlugin, Plugin
from gischema.plugins.problems import PluginFault, Problems, left_out
from gischema.reading import Document, Reader
from gischema.report import Diagnostic, Report
from gischema.rules import RuleBook
from gischema.rules.report_facts import ReportFact

if TYPE_CHECKING:
    from gischema.measures import Measure


@define(eq=False)
class Extension:
    """The plugins of one engine, which asks once for each kind of addition.

    `added` maps each kind of addition (forms, rules, readers, exporters) to the plugin of each
    item, for the kinds that were asked for so far.
    """

    plugins: LoadedPlugins
    added: dict[str, Mapping[str, Plugin]] = field(factory=dict)
    _stating: tuple[tuple[Plugin, Path], ...] = ()
    _problems: dict[str, Problems] = field(factory=dict)

    @classmethod
    def load(cls, asked: Iterable[Plugin]) -> Extension:
        """Load the plugins; `problems` keeps what fails."""
        loaded, problems = LoadedPlugins.load(asked), Problems()
        stating = tuple(loaded.each("gischema_narrative", Path, problems))
        return cls(loaded, stating=stating, problems={"plugins": problems})

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """The diagnostics of plugins that failed so far."""
        found = (problem for problems in self._problems.values() for problem in problems)
        return (*self.plugins.problems, *found)

    @property
    def active(self) -> tuple[ActivePlugin, ...]:
        """The plugins with their additions, for the kinds that were asked for so far."""
        return tuple(
            ActivePlugin(
                plugin.name,
                plugin.version,
                plugin.origin,
                self.plugins.hooks_of(plugin),
                {
                    kind: names
                    for kind, added in self.added.items()
                    if (names := tuple(name for name, by in added.items() if by is plugin))
                },
            )
            for plugin in self.plugins.active
        )

    def forms(self, own: Iterable[Form]) -> dict[str, Form]:
        """Return `own` forms and those of the plugins, by id."""
        found = additions.add_forms(own, self.plugins, self._anew("forms"))
        self.added["forms"] = {name: plugin for name, (_, plugin) in found.items() if plugin}
        return {name: form for name, (form, _) in found.items()}

    def rules(self, own: Iterable[Path], forms: Mapping[str, Form]) -> RuleBook:
        """Return the book of `own` rule files and those of the plugins."""
        problems = self._anew("rules")
        facts: dict[str, ReportFact] = {}
        if self.adds("gischema_facts"):
            from gischema.plugins.computed import add_facts  # with measures, 4 ms

            facts, self.added["facts"] = add_facts(self.plugins, problems)
        book, self.added["rules"] = additions.add_rules(
            own, self.plugins, forms, self.added.get("forms", {}), facts, problems
        )
        return book

    def measures(self, forms: Mapping[str, Form]) -> tuple[Measure, ...]:
        """Return the measures of the package, then those of the plugins."""
        from gischema.plugins.computed import add_measures  # 4 ms, for one option

        problems = self._anew("measures")
        measures, self.added["measures"] = add_measures(self.plugins, forms, problems)
        return measures

    def narrative(self, own: Iterable[Path], forms: Mapping[str, Form]) -> NarrativeGrammar:
        """Return the grammar of running text: `own` files and those of the plugins."""
        problems = self._anew("narrative")
        grammar, self.added["narrative"] = additions.add_narrative(
            own, self._stating, forms, problems
        )
        return grammar

    def adds(self, hook: str) -> bool:
        """Return True if a plugin adds something by a hook, or fails when it is asked.

        A folder implements the hooks of all kinds of files, whether it has any or not.
        """
        problems = Problems()
        return any(answer for _, answer in self.plugins.ask(hook, problems)) or bool(problems)

    @property
    def adds_narrative(self) -> bool:
        """Return True if a plugin adds to the grammar of running text."""
        return bool(self._stating)

    def readers(self, own: Iterable[Reader]) -> tuple[Reader, ...]:
        """Return the readers of the plugins, then `own`."""
        problems = self._anew("readers")
        readers, self.added["readers"] = additions.add_readers(own, self.plugins, problems)
        return readers

    def exporters(self) -> dict[str, Exporter]:
        """Return the exporters of the plugins, by name."""
        found = additions.add_exporters(
            "gischema_exporters", Exporter, self.plugins, self._anew("exporters")
        )
        self.added["exporters"] = {name: plugin for name, (_, plugin) in found.items()}
        return {name: exporter for name, (exporter, _) in found.items()}

    def check_exporters(self) -> dict[str, CheckExporter]:
        """Return the exporters of checked reports of the plugins, by name."""
        problems = self._anew("check exporters")
        found = additions.add_exporters(
            "gischema_check_exporters", CheckExporter, self.plugins, problems
        )
        self.added["check_exporters"] = {name: plugin for name, (_, plugin) in found.items()}
        return {name: exporter for name, (exporter, _) in found.items()}

    def choose_form(
        self, document: Document, forms: Mapping[str, Form], notes: list[Diagnostic]
    ) -> str | None:
        """Return the form of a document that plugins state; None if they state none or disagree."""
        problems = Problems()
        answers = {}
        for plugin, form_id in self.plugins.ask(
            "gischema_choose_form", problems, document=document, forms=tuple(forms)
        ):
            if form_id in forms:
                answers[plugin.title] = form_id
            else:
                hint, hint_en = near(str(form_id), forms)
                fault = PluginFault(
                    f"没有表式 {form_id!r}{hint}", f"there is no form {form_id!r}{hint_en}"
                )
                part = left_out(
                    " gischema_choose_form 的结果", "its answer to gischema_choose_form"
                )
                problems.failed(plugin, fault, part)
        notes += problems
        chosen = set(answers.values())
        if len(chosen) > 1:
            stated = "；".join(f"{plugin}：{form_id}" for plugin, form_id in answers.items())
            notes.append(diagnose("D903", answers=stated))
            return None
        return chosen.pop() if chosen else None

    def completed(self, report: Report, document: Document, notes: Iterable[Diagnostic]) -> Report:
        """Return the report with `notes` and the diagnostics of plugins about it."""
        notes = list(notes)
        problems = Problems()
        notices = self.plugins.each(
            "gischema_report_parsed", Diagnostic, problems, report=report, document=document
        )
        notes += (notice for _, notice in notices)
        more = (*notes, *problems)
        return evolve(report, diagnostics=(*report.diagnostics, *more)) if more else report

    def _anew(self, what: str) -> Problems:
        self._problems[what] = problems = Problems()
        return problems
