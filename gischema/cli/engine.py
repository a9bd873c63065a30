"""The engine of a command, with the plugins of its options."""

from __future__ import annotations

from collections.abc import Iterable

import gischema
from gischema.cli.streams import complain
from gischema.output.language import Lang, say


def engine_with(
    folders: Iterable[str], lang: Lang, without: Iterable[str] = ()
) -> gischema.Gischema:
    """Return the engine with the installed plugins, but for some, and those in `folders`.

    A plugin that fails is reported on stderr in one line, and the command goes on without it.
    """
    engine = gischema.default_engine()
    if folders or without:
        installed = gischema.InstalledPlugins(without=frozenset(without))
        engine = gischema.Gischema(plugins=[installed, *folders])
    for problem in engine.problems:
        complain(say(lang, problem.message, problem.message_en))
    return engine
