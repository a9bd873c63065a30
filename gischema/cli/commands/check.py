"""`gischema check`: what the rules say about reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from gischema.cli.options import inputs, output_format

if TYPE_CHECKING:
    from gischema.cli.checker import Checker
    from gischema.cli.run import Run


@click.command("check", short_help="校验勾稽关系。 Check reports against the rules.")
@inputs()
@click.option("--previous", metavar="FILE", help="上一年的报告。Last year's report of the body.")
@click.option(
    "--select",
    metavar="CODES",
    multiple=True,
    help="只用这些规则：代码或其开头，用逗号隔开。Only these rules: codes or beginnings of codes.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="退出码为 1 的最低级别。Lowest severity that makes the exit status 1.",
)
@click.option(
    "-v", "--verbose", is_flag=True, help="列出无法判定的规则。List what is not assessable."
)
@output_format("text", "json", "jsonl")
def command(
    run: Run,
    previous: str | None,
    select: tuple[str, ...],
    fail_on: str,
    verbose: bool,
    format: str,
) -> None:
    """按规则校验报告，指出每处问题在原文中的位置。 Checks reports against the rules.

    Every finding names the figures that it rests on and where they stand. What this program
    was not sure how to read is listed apart; findings that rest on it are marked as doubtful
    and do not count. FILE is a file, a folder, or - for standard input.

    Exit status: 0 clean, 1 findings of the severity of --fail-on or above, 2 bad usage or
    unreadable input.
    """
    from gischema.cli.checker import Checker
    from gischema.cli.streams import write

    checker = Checker.of(run, previous, select, fail_on)
    if format == "text":
        write(_text(run, checker, verbose=verbose))
    else:
        write(_json(run, checker, lines=format == "jsonl"), machine=True)
    run.exit(findings=checker.found)


def _text(run: Run, checker: Checker, *, verbose: bool) -> Iterator[str]:
    import sys

    from gischema.cli.streams import columns, painter
    from gischema.output.check_text import CheckText

    width, paint = columns(sys.stdout), painter(sys.stdout)
    before = ""
    for loaded in run:
        text = CheckText(
            loaded.file, loaded.document.text, loaded.report, run.lang, width, paint, verbose
        )
        yield before + text.render(checker.check(loaded.report))
        before = "\n"


def _json(run: Run, checker: Checker, *, lines: bool) -> Iterator[str]:
    from gischema.output.check_json import check_record
    from gischema.output.json_text import array, to_json

    items = (
        to_json(
            {**run.tagged(loaded), **check_record(loaded.report, checker.check(loaded.report))},
            indent=None if lines else 2,
        )
        for loaded in run
    )
    if run.many and not lines:
        yield from array(items)
    else:
        yield from (f"{item}\n" for item in items)
