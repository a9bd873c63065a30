"""The plugins that come with the package: the folders of `plugins/`, `variants/` in a wheel.

Only their grammars and rule files count here. A distribution of the same name that is installed is
used instead, with its Python.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

from gischema._version import __version__
from gischema.plugins.plugin import Plugin, folder_plugin

_DISTRIBUTIONS = "gischema-*"
_PACKAGES = "gischema_*"


def shipped_plugins() -> Iterator[Plugin]:
    """Yield the plugins that come with the package, by name."""
    prefix = _DISTRIBUTIONS.removesuffix("*")
    for distribution in sorted(_home().glob(_DISTRIBUTIONS)):
        for folder in distribution.glob(_PACKAGES):
            name = distribution.name.removeprefix(prefix)
            yield evolve(folder_plugin(folder), name=name, version=__version__)


def _home() -> Path:
    """Return the folder of the distributions, in an installed package or next to the source."""
    package = Path(__file__).parents[1]
    installed = package / "variants"
    return installed if installed.is_dir() else package.parent / "plugins"
