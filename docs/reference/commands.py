"""The reference page about the commands: the help of each."""

from __future__ import annotations

from collections.abc import Iterator

import click

_WIDTH = 80
_INTRODUCTION = """# The commands

The help of each command. `docs/en/reference/cli.md` describes what they have in common.
"""


def command_page(program: click.Group) -> str:
    """Return the page in Markdown: a section for the program, each command and subcommand."""
    return "\n".join([_INTRODUCTION, *_sections(program, "gischema", None)])


def _sections(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    settings = {"terminal_width": _WIDTH, **command.context_settings}
    context = click.Context(command, parent, name.rpartition(" ")[2], **settings)
    with context:
        yield f"## `{name}`\n\n```text\n{command.get_help(context)}\n```\n"
        if isinstance(command, click.Group):
            for child in command.list_commands(context):
                found = command.get_command(context, child)
                if found is not None:
                    yield from _sections(found, f"{name} {child}", context)
