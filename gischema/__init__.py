"""Read China's government-information-disclosure annual reports into typed, traceable figures.

`parse` reads a report, `check` applies the declared rules to it. Both use the national forms and
the additions of installed plugins; a `Gischema` object holds another set of forms, rules and
plugins.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gischema._version import __version__

if TYPE_CHECKING:
    from gischema.api import (
        check,
        check_series,
        compare,
        concepts,
        default_engine,
        derived,
        describe,
        dumps,
        explain,
        loads,
        loads_all,
        parse,
        parse_folder,
        parse_text,
        read,
        schema,
    )
    from gischema.comparison import Comparison
    from gischema.engine import Gischema
    from gischema.errors import (
        FormError,
        GischemaError,
        InvalidData,
        InvalidSource,
        MissingPackage,
        UnknownName,
    )
    from gischema.forms import Art20Report2019, Art20Report2021, Form, StatReport2014
    from gischema.forms.concepts import Concept
    from gischema.hooks import hookimpl
    from gischema.measures import Derived
    from gischema.output.exporter import CheckExporter, Exporter
    from gischema.plugins import InstalledPlugins
    from gischema.plugins.form_file import read_form
    from gischema.plugins.guarded import PluginFailed
    from gischema.plugins.plugin import ActivePlugin, Plugin
    from gischema.reading import Document, Reader, UnreadableSource
    from gischema.report import (
        AboutReport,
        Diagnostic,
        Fact,
        Figure,
        Narrative,
        NarrativeFigure,
        Origin,
        Period,
        Report,
        Section,
        SelfReference,
        Unclaimed,
    )
    from gischema.rules import (
        CheckResult,
        Culprit,
        Finding,
        NotAssessable,
        RuleError,
        RuleSyntaxError,
        Tally,
        UnreadTable,
        Waived,
        Waiver,
    )
    from gischema.rules.waivers import waiver_of
    from gischema.settings.confirmed import (
        ConfirmedReading,
        ConfirmedReadings,
        load_confirmed,
    )
    from gischema.settings.errors import SettingsError
    from gischema.settings.files import load_settings, load_waivers, waivers_toml
    from gischema.settings.model import Settings
    from gischema.settings.search import find_settings

_HOMES = {
    "gischema.api": (
        "check", "check_series", "compare", "concepts", "default_engine", "derived", "describe",
        "dumps", "explain", "loads", "loads_all", "parse", "parse_folder", "parse_text", "read",
        "schema",
    ),
    "gischema.comparison": ("Comparison",),
    "gischema.engine": ("Gischema",),
    "gischema.errors": (
        "FormError", "GischemaError", "InvalidData", "InvalidSource", "MissingPackage",
        "UnknownName",
    ),
    "gischema.forms": ("Art20Report2019", "Art20Report2021", "Form", "StatReport2014"),
    "gischema.forms.concepts": ("Concept",),
    "gischema.hooks": ("hookimpl",),
    "gischema.measures": ("Derived",),
    "gischema.output.exporter": ("CheckExporter", "Exporter"),
    "gischema.plugins": ("InstalledPlugins",),
    "gischema.plugins.form_file": ("read_form",),
    "gischema.plugins.guarded": ("PluginFailed",),
    "gischema.plugins.plugin": ("ActivePlugin", "Plugin"),
    "gischema.reading": ("Document", "Reader", "UnreadableSource"),
    "gischema.report": (
        "AboutReport", "Diagnostic", "Fact", "Figure", "Narrative", "NarrativeFigure", "Origin",
        "Period", "Report", "Section", "SelfReference",
        "Unclaimed",
    ),
    "gischema.rules": (
        "CheckResult", "Culprit", "Finding", "NotAssessable", "RuleError", "RuleSyntaxError",
        "Tally", "UnreadTable", "Waived", "Waiver",
    ),
    "gischema.rules.waivers": ("waiver_of",),
    "gischema.settings.confirmed": ("ConfirmedReading", "ConfirmedReadings", "load_confirmed"),
    "gischema.settings.errors": ("SettingsError",),
    "gischema.settings.files": ("load_settings", "load_waivers", "waivers_toml"),
    "gischema.settings.model": ("Settings",),
    "gischema.settings.search": ("find_settings",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AboutReport",
    "ActivePlugin",
    "Art20Report2019",
    "Art20Report2021",
    "CheckExporter",
    "CheckResult",
    "Comparison",
    "Concept",
    "ConfirmedReading",
    "ConfirmedReadings",
    "Culprit",
    "Derived",
    "Diagnostic",
    "Document",
    "Exporter",
    "Fact",
    "Figure",
    "Finding",
    "Form",
    "FormError",
    "Gischema",
    "GischemaError",
    "InstalledPlugins",
    "InvalidData",
    "InvalidSource",
    "MissingPackage",
    "Narrative",
    "NarrativeFigure",
    "NotAssessable",
    "Origin",
    "Period",
    "Plugin",
    "PluginFailed",
    "Reader",
    "Report",
    "RuleError",
    "RuleSyntaxError",
    "Section",
    "SelfReference",
    "Settings",
    "SettingsError",
    "StatReport2014",
    "Tally",
    "Unclaimed",
    "UnknownName",
    "UnreadTable",
    "UnreadableSource",
    "Waived",
    "Waiver",
    "__version__",
    "check",
    "check_series",
    "compare",
    "concepts",
    "default_engine",
    "derived",
    "describe",
    "dumps",
    "explain",
    "find_settings",
    "hookimpl",
    "load_confirmed",
    "load_settings",
    "load_waivers",
    "loads",
    "loads_all",
    "parse",
    "parse_folder",
    "parse_text",
    "read",
    "read_form",
    "schema",
    "waiver_of",
    "waivers_toml",
]


def __getattr__(name: str) -> Any:
    """Import a public name on first access; `import gischema` itself loads nothing else."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'gischema' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
