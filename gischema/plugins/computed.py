"""What plugins compute: facts for rules, and measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from gischema.forms.form import Form
from gischema.measures import Measure, national_measures
from gischema.measures.measure import fitting_measures
from gischema.plugins.guarded import guarded_fact
from gischema.plugins.loaded import LoadedPlugins
from gischema.plugins.plugin import Plugin
from gischema.plugins.problems import PluginFault, Problems, left_out
from gischema.rules.expressions import OWN_FACT
from gischema.rules.report_facts import ReportFact

_FACT = re.compile(r"[a-z][a-z0-9_]*")


def add_facts(
    plugins: LoadedPlugins, problems: Problems
) -> tuple[dict[str, ReportFact], dict[str, Plugin]]:
    """Return the facts that plugins compute, by path, and their plugins."""
    facts: dict[str, ReportFact] = {}
    plugin_of: dict[str, Plugin] = {}
    part = left_out("事实", "its facts")
    for plugin, stated in plugins.ask("gischema_facts", problems):
        for name, fact in problems.guard(plugin, partial(_named_facts, stated), part) or ():
            path = OWN_FACT + name
            if path in facts:
                problems.clash(plugin, (f"事实 {path}", f"the fact {path}"), plugin_of[path].title)
            else:
                facts[path], plugin_of[path] = guarded_fact(plugin, fact, problems), plugin
    return facts, plugin_of


def _named_facts(stated: Mapping[str, Any]) -> list[tuple[str, ReportFact]]:
    for name, fact in stated.items():
        if not _FACT.fullmatch(name) or not isinstance(fact, ReportFact) or fact.kind != "number":
            raise PluginFault(
                f"gischema_facts 应返回 {{'name': ReportFact('number', …)}}，名称用小写字母；"
                f"{name!r} 不是",
                "gischema_facts returns {'name': ReportFact('number', …)}, names in small letters; "
                f"{name!r} is none",
            )
    return list(stated.items())


def add_measures(
    plugins: LoadedPlugins, forms: Mapping[str, Form], problems: Problems
) -> tuple[tuple[Measure, ...], dict[str, Plugin]]:
    """Return the measures of the package and of plugins, and the plugins of those added.

    A file that cannot be read, or that uses what its forms do not have, is left out as a whole.
    """
    measures = national_measures()
    plugin_of: dict[str, Plugin] = {}
    for plugin, file in plugins.each("gischema_measures", Path, problems):
        part = left_out(f" {file.name}", file.name)
        for measure in problems.guard(plugin, partial(fitting_measures, file, forms), part) or ():
            if measure.name in {one.name for one in measures}:
                other = plugin_of.get(measure.name)
                name = other.title if other else "gischema"
                problems.clash(
                    plugin, (f"指标 {measure.name}", f"the measure {measure.name}"), name
                )
                continue
            measures, plugin_of[measure.name] = (*measures, measure), plugin
    return measures, plugin_of
