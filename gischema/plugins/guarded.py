"""A plugin's reader that may raise: what it cannot read, the next reader gets."""

from __future__ import annotations

from attrs import evolve

from gischema.plugins.plugin import Plugin
from gischema.reading import Document, Reader, UnreadableSource


def guarded(plugin: Plugin, reader: Reader, others: tuple[Reader, ...]) -> Reader:
    """The reader, without raising anything but UnreadableSource; `others` are asked after it."""

    def accepts(data: bytes, name: str | None) -> bool:
        try:
            return bool(reader.accepts(data, name))
        except Exception:  # noqa: BLE001 - a plugin may raise anything
            return True  # `read` says which plugin failed, and asks the others

    def read(data: bytes, name: str | None) -> Document:
        try:
            if reader.accepts(data, name):
                return reader.read(data, name)
        except UnreadableSource:
            raise
        except Exception as error:  # noqa: BLE001
            failure: Exception = error
        other = next((one for one in others if one.accepts(data, name)), None)
        if other is None:
            raise UnreadableSource(
                name,
                f"插件{plugin.title}出错：{failure}",
                f"the plugin {plugin.title} failed: {failure}",
            ) from failure
        document = other.read(data, name)
        words = {"plugin": plugin.title, "error": f"{type(failure).__name__}: {failure}"}
        return evolve(document, notes=(*document.notes, ("D901", words)))

    return evolve(reader, accepts=accepts, read=read)
