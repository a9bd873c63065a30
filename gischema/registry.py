"""The registry: the forms, rules, readers and plugins that an engine works with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from gischema.errors import UnknownName
from gischema.forms import national_forms
from gischema.forms.form import Form
from gischema.forms.label_index import LabelIndexes
from gischema.narrative import NarrativeGrammar, national_grammar
from gischema.plugins import InstalledPlugins, as_plugins
from gischema.reading import READERS, Reader
from gischema.report import Diagnostic
from gischema.rules import RuleBook, national_rules

if TYPE_CHECKING:
    from gischema.measures import Measure
    from gischema.output.exporter import CheckExporter, Exporter
    from gischema.plugins.extension import Extension
    from gischema.plugins.plugin import ActivePlugin

StrPath: TypeAlias = "str | PathLike[str]"


class Registry:
    """The forms, rules, readers and plugins that an engine works with.

    Each part is built when it is first asked for. The arguments are those of `Gischema`.
    """

    def __init__(
        self,
        forms: Iterable[Form] | None = None,
        *,
        extra_rules: Iterable[StrPath] = (),
        only_rules: Iterable[StrPath] | None = None,
        narrative: Iterable[StrPath] = (),
        plugins: Iterable[object] = (),
    ) -> None:
        self._given = tuple(forms) if forms is not None else None
        own = national_rules() if only_rules is None else _paths(only_rules, "only_rules")
        self._rule_files = (*own, *_paths(extra_rules, "extra_rules"))
        self._narrative_files = _paths(narrative, "narrative")
        alone = isinstance(plugins, (InstalledPlugins, str))
        self._plugins = (plugins,) if alone else tuple(plugins)

    def __getstate__(self) -> dict[str, object]:
        """Return the arguments of the constructor; a copy builds the rest again."""
        given = ("_given", "_rule_files", "_narrative_files", "_plugins")
        return {name: vars(self)[name] for name in given}

    @cached_property
    def extension(self) -> Extension | None:
        """The additions of the plugins; None, and nothing imported, without plugins."""
        plugins = as_plugins(self._plugins)
        if not plugins:
            return None
        from gischema.plugins.extension import Extension  # 8 ms, and mostly there is no plugin

        return Extension.load(plugins)

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The forms by id: the national ones oldest first, then those of plugins."""
        given = self._given if self._given is not None else national_forms()
        if self.extension is not None:
            return self.extension.forms(given)
        return {form.id: form for form in given}

    @property
    def _added(self) -> Collection[str]:
        """The ids of the forms that plugins add."""
        return self.extension.added.get("forms", {}) if self.extension is not None else ()

    @cached_property
    def rules(self) -> RuleBook:
        """The rules."""
        if self.extension is not None:
            return self.extension.rules(self._rule_files, self.forms)
        return RuleBook.load(self._rule_files)

    @cached_property
    def readers(self) -> tuple[Reader, ...]:
        """The readers in the order in which they are tried."""
        return self.extension.readers(READERS) if self.extension is not None else READERS

    @cached_property
    def exporters(self) -> Mapping[str, Exporter]:
        """The formats that plugins add, by name."""
        return self.extension.exporters() if self.extension is not None else {}

    @cached_property
    def check_exporters(self) -> Mapping[str, CheckExporter]:
        """The formats of checked reports that plugins add, by name."""
        return self.extension.check_exporters() if self.extension is not None else {}

    @property
    def plugins(self) -> tuple[ActivePlugin, ...]:
        """The loaded plugins by name, with their additions."""
        if self.extension is None:
            return ()
        _ = self._left_out
        return self.extension.active

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Diagnostics about what plugins bring that was left out, and about facts that failed."""
        if self.extension is None:
            return ()
        _ = self._left_out
        return self.extension.problems

    @cached_property
    def _left_out(self) -> tuple[Diagnostic, ...]:
        """The problems of loading, for which all plugins are asked for all that they add, once."""
        if self.extension is None:
            return ()
        _ = self.forms, self.rules, self.readers, self.exporters
        if self.extension.adds("gischema_check_exporters"):
            _ = self.check_exporters
        if self.extension.adds("gischema_measures"):
            _ = self.measures
        if self.extension.adds_narrative:
            _ = self.narrative
        return self.extension.problems

    @cached_property
    def narrative(self) -> NarrativeGrammar:
        """The grammar of running text.

        Raises:
            OSError: A file cannot be opened.
            ValueError: A file has an error.
        """
        if self.extension is not None:
            return self.extension.narrative(self._narrative_files, self.forms)
        files = self._narrative_files
        return NarrativeGrammar.load(*files) if files else national_grammar()

    @cached_property
    def _indexes(self) -> LabelIndexes:
        return LabelIndexes(self.forms)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures: the national ones, then those of plugins."""
        from gischema.measures import national_measures  # 4 ms, for one option

        if self.extension is None:
            return national_measures()
        return self.extension.measures(self.forms)

    def form(self, form_id: str) -> Form:
        """Return the form of an id.

        Raises:
            UnknownName: There is no such form. The message lists the known ones.
        """
        if not isinstance(form_id, str):
            raise TypeError(f"expected the id of a form as str, not {type(form_id).__name__}")
        if form_id not in self.forms:
            known = "、".join(self.forms)
            raise UnknownName(f"没有表式 {form_id}；现有：{known}", f"no form {form_id!r}")
        return self.forms[form_id]


def _paths(files: Iterable[StrPath], argument: str) -> tuple[Path, ...]:
    """Return the paths of an argument that takes several files; one alone is a mistake."""
    if isinstance(files, (str, PathLike)):
        raise TypeError(f"expected a list of paths for {argument}, not {type(files).__name__}")
    return tuple(map(Path, files))
