"""Load plugins and call their hooks one by one, so that one that raises stops no other.

Pluggy calls all implementations of a hook together and stops at the first that raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from attrs import frozen
from pluggy import HookImpl, PluginManager

from gischema import hooks
from gischema.file_errors import FileError, near
from gischema.plugins.interface import require_interface_of
from gischema.plugins.plugin import Plugin
from gischema.plugins.problems import PluginFault, Problems, left_out
from gischema.report import Diagnostic

T = TypeVar("T")


@frozen
class LoadedPlugins:
    """The plugins of an engine. `active` is sorted by name, `problems` flags those left out."""

    active: tuple[Plugin, ...]
    problems: tuple[Diagnostic, ...]
    _manager: PluginManager

    @classmethod
    def load(cls, asked: Iterable[Plugin]) -> LoadedPlugins:
        """Load the plugins that were asked for."""
        manager = PluginManager(hooks.PROJECT)
        manager.add_hookspecs(hooks)
        problems = Problems()
        active: list[Plugin] = []
        for plugin in sorted(asked, key=lambda p: (p.name, p.version or "", p.origin)):
            found = problems.guard(plugin, partial(_loaded, plugin))
            if found is not None and _register(manager, plugin, found, problems):
                active.append(plugin)
        return cls(tuple(active), tuple(problems), manager)

    def hooks_of(self, plugin: Plugin) -> tuple[str, ...]:
        """Return the names of the hooks that a plugin implements."""
        found = self._manager.get_plugin(plugin.name)
        return tuple(sorted(caller.name for caller in self._manager.get_hookcallers(found) or ()))

    def ask(self, hook: str, problems: Problems, **arguments: Any) -> Iterator[tuple[Plugin, Any]]:
        """Yield the answer of each plugin to a hook, by name; None and exceptions are left out."""
        implementations = self._implementations(hook)
        for plugin in self.active:
            if plugin.name in implementations:
                own = implementations[plugin.name]
                wanted = [arguments[name] for name in own.argnames]
                part = left_out(f" {hook} 的结果", f"its answer to {hook}")
                answer = problems.guard(plugin, partial(own.function, *wanted), part)
                if answer is not None:
                    yield plugin, answer

    def each(
        self, hook: str, kind: type[T], problems: Problems, **arguments: Any
    ) -> Iterator[tuple[Plugin, T]]:
        """Yield every item of the lists that plugins return; one of another type is a problem.

        A FileError stands for a file that could not be read; the others are used.
        """
        for plugin, answer in self.ask(hook, problems, **arguments):
            part = left_out(f" {hook} 的结果", f"its answer to {hook}")
            wrong: list[object] = []
            for item in problems.guard(plugin, partial(_items, hook, kind, answer), part) or ():
                if isinstance(item, kind):
                    yield plugin, item
                elif isinstance(item, FileError):
                    problems.failed(plugin, item, left_out(f" {item.file}", item.file))
                else:
                    wrong.append(item)
            if wrong:
                problems.failed(plugin, _wrong_kind(hook, kind, wrong), part)

    def _implementations(self, hook: str) -> dict[str, HookImpl]:
        caller = getattr(self._manager.hook, hook)
        return {own.plugin_name: own for own in caller.get_hookimpls()}


def _loaded(plugin: Plugin) -> object:
    found = plugin.load()
    require_interface_of(found)
    return found


def _items(hook: str, kind: type[T], answer: Any) -> Sequence[Any]:
    """Return the items of an answer; raise PluginFault if it is a single thing."""
    if isinstance(answer, (str, bytes, kind)) or not isinstance(answer, Iterable):
        raise PluginFault(
            f"{hook} 应返回列表，如 [{kind.__name__}, …]；返回的是 {answer!r}",
            f"{hook} returns a list, such as [{kind.__name__}, …]; this returned {answer!r}",
        )
    return list(answer)


def _wrong_kind(hook: str, kind: type, wrong: Sequence[object]) -> PluginFault:
    shown = ", ".join(map(repr, wrong[:3]))
    return PluginFault(
        f"{hook} 返回的列表中，{shown} 不是 {kind.__name__}",
        f"{hook} returns a list of {kind.__name__}; it has {shown}",
    )


def _register(manager: PluginManager, plugin: Plugin, found: object, problems: Problems) -> bool:
    """Register a plugin; a duplicate, or one without a known hook, is a problem."""
    if manager.has_plugin(plugin.name) or manager.is_registered(found):
        other = manager.get_name(found) or plugin.name
        problems.clash(plugin, ("插件", "the plugin"), other)
        return False
    try:
        manager.register(found, plugin.name)
        _require_known_hooks(manager, found)
    except Exception as error:  # noqa: BLE001 - pluggy calls what the plugin brings
        problems.failed(plugin, error)
        if manager.is_registered(found):
            manager.unregister(found)
        return False
    return True


def _require_known_hooks(manager: PluginManager, found: object) -> None:
    callers = manager.get_hookcallers(found) or []
    unknown = [caller.name for caller in callers if not caller.has_spec()]
    if unknown:
        specs = [name for name in vars(hooks) if name.startswith("gischema_")]
        hint, hint_en = near(unknown[0], specs)
        raise PluginFault(
            f"没有名为 {'、'.join(unknown)} 的钩子{hint}",
            f"there is no hook {', '.join(unknown)}{hint_en}",
        )
    if not callers:
        raise PluginFault(
            "没有实现任何钩子；函数前是否漏了 @hookimpl？",
            "it implements no hook; is @hookimpl missing?",
        )
