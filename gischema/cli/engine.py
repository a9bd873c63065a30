"""The engine behind a command, with the plugins that it was told to use."""

from __future__ import annotations

from collections.abc import Iterable

import click

import gischema
from gischema.output.language import Lang, say


def engine_with(folders: Iterable[str], lang: Lang) -> gischema.Gischema:
    """The engine with the installed plugins and those in `folders`.

    What is wrong with a plugin is said on stderr, a line each; the command goes on without it.
    """
    engine = gischema.default_engine()
    if folders:
        engine = gischema.Gischema(plugins=[gischema.InstalledPlugins(), *folders])
    for problem in engine.problems:
        click.echo(f"gischema: {say(lang, problem.message, problem.message_en)}", err=True)
    return engine
