"""The reference page about the commands: the help of each."""

from __future__ import annotations

from collections.abc import Iterator

import click

from docs.reference.markdown import fenced
from gischema.output.language import Lang

_WIDTH = 80
_INTRODUCTION = {
    "en": """# Help of the commands

The help of each command. [What they have in common](../cli.md).
""",
    "zh": """# 命令帮助

每个命令的 `--help`，中英文对照。[各命令的共同之处](../cli.md)。
""",
}


def command_page(program: click.Group, language: Lang) -> str:
    """Return the page in Markdown: a section for the program, each command and subcommand."""
    return "\n".join([_INTRODUCTION[language], *_sections(program, "gischema", None)])


def _sections(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    settings = {"terminal_width": _WIDTH, **command.context_settings}
    context = click.Context(command, parent, name.rpartition(" ")[2], **settings)
    with context:
        yield f"## `{name}`\n\n{fenced(command.get_help(context))}"
        if isinstance(command, click.Group):
            for child in command.list_commands(context):
                found = command.get_command(context, child)
                if found is not None:
                    yield from _sections(found, f"{name} {child}", context)
