"""The `gischema` command and its subcommands, each imported on use."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar

import click

from gischema._version import __version__
from gischema.cli.usage import chosen_language, usage_text

if TYPE_CHECKING:
    from gischema.output.language import Lang

COMMANDS = (
    "check", "compare", "convert", "diff", "explain", "figures", "forms", "mark", "new", "parse",
    "plugins", "render", "rules", "serve", "summary", "trace",
)  # fmt: skip
INTERRUPTED = 130
"""The exit status after Ctrl-C, as in shells: 128 and the number of the signal."""

_LANGUAGE = "gischema.language"
"""The key in the `meta` of a context for the language of errors of usage."""

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def _interruptible(method: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Wrap a method to end with status 130 on an interrupt; click prints "Aborted!" and gives 1."""

    @wraps(method)
    def call(*arguments: _Arguments.args, **options: _Arguments.kwargs) -> _Result:
        try:
            return method(*arguments, **options)
        except KeyboardInterrupt:
            raise click.exceptions.Exit(INTERRUPTED) from None

    return call


def _report(error: click.UsageError, lang: Lang) -> NoReturn:
    """Print an error of usage and end with status 2; without arguments, print the help."""
    if type(error).__name__ == "NoArgsIsHelpError":  # since click 8.2
        raise error
    click.echo(usage_text(error, lang), err=True, nl=False)
    raise click.exceptions.Exit(error.exit_code) from error


class LazyGroup(click.Group):
    """A group whose command `name` is the `command` of the module `commands.name`.

    An error of the operating system, such as a full disk, is reported in one line.
    """

    @_interruptible
    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Return the context of the arguments; end with status 2 if they cannot be used."""
        lang = chosen_language(args)
        try:
            context = super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            _report(error, lang)
        context.meta[_LANGUAGE] = lang
        return context

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names of all subcommands."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        """Return the subcommand of that name, None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"gischema.cli.commands.{cmd_name}").command
        return command

    @_interruptible
    def invoke(self, ctx: click.Context) -> object:
        """Run a subcommand; end with status 2 if something cannot be read or written."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            _report(error, ctx.meta[_LANGUAGE])
        except OSError as error:
            from gischema.cli.locale import language
            from gischema.cli.run import BAD_INPUT, os_error
            from gischema.cli.streams import complain
            from gischema.output.failed import Failed

            name = str(error.filename or "<stdout>")
            complain(Failed.unreadable(name, *os_error(error)).line(language()))
            ctx.exit(BAD_INPUT)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
def app() -> None:
    """读取并校验政府信息公开工作年度报告。 Read and check disclosure reports.

    Read China's government-information-disclosure annual reports into typed figures and
    check them against declared rules.
    """
