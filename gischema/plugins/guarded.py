"""Guards around readers and exporters of plugins: any exception is attributed to its plugin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from attrs import evolve

from gischema.diagnostics import diagnose
from gischema.errors import GischemaError
from gischema.output.exporter import CheckExporter, Exporter
from gischema.plugins.plugin import Plugin
from gischema.plugins.problems import Problems, failure, left_out
from gischema.reading import Document, Reader, UnreadableSource
from gischema.rules.errors import FactFailed
from gischema.rules.model import Value
from gischema.rules.report_facts import FactContext, FactValue, ReportFact

E = TypeVar("E", Exporter, CheckExporter)


class PluginFailed(GischemaError, RuntimeError):
    """Raised if a plugin fails and nothing can replace it."""

    def __init__(self, plugin: Plugin, error: Exception) -> None:
        about = diagnose("D901", **failure(plugin, error))
        super().__init__(about.message, about.message_en)
        self.plugin = plugin.title


def guarded_fact(plugin: Plugin, fact: ReportFact, problems: Problems) -> ReportFact:
    """Return a fact that raises FactFailed where `fact` raises anything or gives no number.

    Each failure is added to `problems` once, however many reports it concerns.
    """
    part = left_out(f"事实“{fact.label.zh}”", f"its fact “{fact.label.en}”")

    def compute(context: FactContext) -> FactValue | Value | None:
        try:
            found = fact.compute(context)
            value = found.value if isinstance(found, FactValue) else found
            if not isinstance(value, int | Decimal | None):
                raise TypeError(f"{value!r} is not an int or a Decimal")
        except Exception as error:  # a plugin may raise anything
            about = diagnose("D901", **failure(plugin, error, part))
            if about not in problems:
                problems.append(about)
            raise FactFailed(about.message, about.message_en) from error
        return found

    return evolve(fact, compute=compute)


def guarded_exporter(plugin: Plugin, exporter: E) -> E:
    """Return an exporter that raises PluginFailed where `exporter` raises anything."""

    def export(reports: Iterable[Any]) -> Iterator[str | bytes]:
        try:
            yield from exporter.export(reports)
        except Exception as error:
            raise PluginFailed(plugin, error) from error

    return evolve(exporter, export=export)


def guarded_reader(plugin: Plugin, reader: Reader, others: tuple[Reader, ...]) -> Reader:
    """Return a reader that raises only UnreadableSource; `others` read what `reader` fails on."""

    def accepts(data: bytes, name: str | None) -> bool:
        try:
            return bool(reader.accepts(data, name))
        except Exception:  # noqa: BLE001 - a plugin may raise anything
            return True  # `read` reports the plugin and asks the others

    def read(data: bytes, name: str | None) -> Document:
        try:
            if reader.accepts(data, name):
                return reader.read(data, name)
        except UnreadableSource:
            raise
        except Exception as error:  # noqa: BLE001
            raised: Exception = error
        other = next((one for one in others if one.accepts(data, name)), None)
        if other is None:
            raise UnreadableSource(
                name,
                f"插件{plugin.title}出错：{raised}",
                f"the plugin {plugin.title} failed: {raised}",
                "unsupported",
            ) from raised
        document = other.read(data, name)
        part = left_out(f"读取器 {reader.name}", f"its reader {reader.name}")
        return evolve(document, notes=(*document.notes, ("D901", failure(plugin, raised, part))))

    return evolve(reader, accepts=accepts, read=read)
