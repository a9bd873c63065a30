"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, get_args

import click

from gischema.cli.locale import language
from gischema.cli.output_file import output_option
from gischema.cli.usage import WrongUsage
from gischema.output.language import Lang

if TYPE_CHECKING:
    from gischema import Gischema

    _Choice = click.Choice[str]
else:
    _Choice = click.Choice  # no generic class before click 8.2

FailOn = Literal["error", "warning", "info", "never"]
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def inputs() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that adds the input arguments, passed as a `Run`."""
    names = click.argument("files", metavar="FILE...", nargs=-1, required=True)
    form = click.option(
        "--form",
        metavar="ID",
        help="按此表式读取，默认按内容判断。Read on this form; by default the content decides.",
    )
    year = click.option(
        "--year",
        type=click.IntRange(2000, 2100),
        metavar="YYYY",
        help="报告年份，默认取自标题。Year of the report; by default that of its title.",
    )

    together = click.option(
        "--together/--separate",
        default=None,
        help="几个文件是一份报告，或各是一份；默认按内容判断。"
        "All files are one report, or each is one; by default the content decides.",
    )

    confirmed = click.option(
        "--confirmed",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False),
        help="人工确认的数据（TOML）。Readings that a person has confirmed.",
    )

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def call(
            files: tuple[str, ...],
            form: str | None,
            year: int | None,
            together: bool | None,
            confirmed: str | None,
            lang: Lang,
            engine: Gischema,
            **rest: Any,
        ) -> None:
            from gischema.cli.run import Run

            run = Run(engine, files, form=form, year=year, lang=lang, together=together)
            if confirmed is not None:
                run.confirm(confirmed)
            function(run, **rest)

        return names(form(year(together(confirmed(plugins()(lang()(call)))))))

    return decorate


def plugins() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that adds `--plugin`, `--no-plugin`, passed as an `engine` with them."""
    option = click.option(
        "--plugin",
        "folders",
        metavar="DIR|FILE",
        type=click.Path(exists=True),
        multiple=True,
        help="也使用此文件夹或文件（.py、.lark、.rules）中的表式和规则。"
        "Use the forms and rules of this folder or file too.",
    )

    leave_out = click.option(
        "--no-plugin",
        "without",
        metavar="NAME",
        multiple=True,
        help="不使用此插件，如 fujian。Leave out this plugin, such as fujian.",
    )

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def call(
            folders: tuple[str, ...], without: tuple[str, ...], lang: Lang, **rest: Any
        ) -> None:
            from gischema.cli.engine import engine_with

            function(lang=lang, engine=engine_with(folders, lang, without), **rest)

        return option(leave_out(call))

    return decorate


class _Formats(_Choice):
    """A choice of formats that also accepts the name of a plugin's format."""

    def convert(self, value: str, param: object, ctx: object) -> str:  # noqa: ARG002
        """Return any name; the command rejects an unknown one."""
        return value


def output_format(*choices: str, others: bool = False) -> Callable[[Decorated], Decorated]:
    """Return a decorator that adds `--format` and `--output`.

    Args:
        choices: The formats; the first is the default.
        others: Also accept other names, as of the formats of plugins.
    """
    option = click.option(
        "--format",
        "format",
        type=_Formats(choices) if others else click.Choice(choices),
        default=choices[0],
        show_default=True,
        help="输出格式。Output format.",
    )
    return lambda function: option(output_option()(function))


def excel() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that adds `--excel`, which makes the format `csv`."""
    option = click.option(
        "--excel",
        is_flag=True,
        help="CSV 供 Excel 打开：带 BOM，像公式的文字前加撇号。"
        "CSV for Excel: with a BOM; no text acts as a formula.",
    )

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def call(*arguments: Any, format: str, excel: bool, **rest: Any) -> None:
            source = click.get_current_context().get_parameter_source("format")
            given = source is click.core.ParameterSource.COMMANDLINE
            if excel and given and format != "csv":
                raise WrongUsage("--excel 只用于 CSV", "--excel goes with CSV only")
            function(*arguments, format="csv" if excel else format, excel=excel, **rest)

        return option(call)

    return decorate


def lang() -> Callable[[Decorated], Decorated]:
    """Return a decorator that adds `--lang`, the language of messages."""
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default=language,
        show_default="locale",
        help="信息语言。Language of messages.",
    )


class Choices(NamedTuple):
    """The options about rules, which complete or replace the settings of a project."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: FailOn | None
    settings: str | None
    no_settings: bool
    waivers: tuple[str, ...]


class OtherReports(NamedTuple):
    """The options about reports to compare with."""

    previous: str | None
    series: bool
    other_version: str | None
    below: tuple[str, ...]


def rule_choices() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that adds the options about rules, passed as `Choices`."""
    options = (
        click.option(
            "--select",
            metavar="CODES",
            multiple=True,
            help="只用这些规则：代码或其开头，用逗号隔开。"
            "Only these rules: codes or beginnings of codes.",
        ),
        click.option(
            "--ignore", metavar="CODES", multiple=True, help="不用这些规则。Not these rules."
        ),
        click.option(
            "--fail-on",
            type=click.Choice(get_args(FailOn)),
            help="退出码为 1 的最低级别，默认 error。"
            "Lowest severity that makes the exit status 1; error by default.",
        ),
        click.option(
            "--settings",
            metavar="FILE",
            help="设置文件，默认向上查找 gischema.toml、pyproject.toml。"
            "Settings; by default gischema.toml or pyproject.toml here or above.",
        ),
        click.option("--no-settings", is_flag=True, help="不读设置文件。Read no settings."),
        click.option(
            "--waivers",
            metavar="FILE",
            multiple=True,
            help="豁免文件：已接受的问题。A file of waivers: findings that were accepted.",
        ),
    )

    return _gathered(options, Choices, "choices")


def other_reports() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that adds the options about other reports, passed as `OtherReports`."""
    options = (
        click.option(
            "--previous", metavar="FILE", help="上一年的报告。Last year's report of the body."
        ),
        click.option(
            "--series",
            is_flag=True,
            help="这些文件是同一机关各年的报告，每份与上一年的对照。"
            "The files are one body's reports of several years: compare each with the year before.",
        ),
        click.option(
            "--other-version",
            metavar="FILE",
            help="同一报告的另一版本。Another version of the same report.",
        ),
        click.option(
            "--below",
            metavar="FILE",
            multiple=True,
            help="下级单位的报告或其文件夹：全部给出才能核对汇总。"
            "Reports of subordinate bodies, or a folder of them: all that the report adds up.",
        ),
    )
    return _gathered(options, OtherReports, "others")


def _gathered(
    options: Iterable[Callable[..., Any]], into: type[Choices] | type[OtherReports], name: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that adds options to a command and passes them as one argument."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def call(*arguments: Any, **given: Any) -> None:
            own = {field: given.pop(field) for field in into._fields}
            function(*arguments, **{name: into(**own)}, **given)

        made: Callable[..., None] = call
        for option in reversed(tuple(options)):
            made = option(made)
        return made

    return decorate
