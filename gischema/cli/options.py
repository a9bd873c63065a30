"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from gischema.cli.locale import language
from gischema.output.language import Lang

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def inputs() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The reports to read and what the caller knows about them, handed over as a `Run`."""
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
        help="报告年份，默认取自标题。Year of the report; by default its title tells.",
    )

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def call(
            files: tuple[str, ...], form: str | None, year: int | None, lang: Lang, **rest: Any
        ) -> None:
            from gischema.cli.run import Run

            function(Run(files, form=form, year=year, lang=lang), **rest)

        return names(form(year(lang()(call))))

    return decorate


def output_format(*choices: str) -> Callable[[Decorated], Decorated]:
    """The format; the first choice is the default."""
    return click.option(
        "--format",
        "format",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help="输出格式。Output format.",
    )


def lang() -> Callable[[Decorated], Decorated]:
    """The language of messages."""
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default=language,
        show_default="locale",
        help="信息语言。Language of messages.",
    )
