"""`gischema check`: check reports against the rules."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from gischema.cli.options import (
    excel,
    inputs,
    other_reports,
    output_format,
    rule_choices,
)
from gischema.cli.usage import WrongUsage

if TYPE_CHECKING:
    from gischema import CheckResult, Report
    from gischema.cli.checker import Checker
    from gischema.cli.options import Choices, OtherReports
    from gischema.cli.run import Run
    from gischema.output.checked import Checked


FORMATS = ("text", "json", "jsonl", "csv", "sarif", "junit", "github", "markdown", "html")
_WITHOUT_SETTINGS = ("csv", "junit", "github")
"""The formats that have no place for the settings: a line on stderr has them."""


@click.command("check", short_help="校验勾稽关系。 Check reports against the rules.")
@inputs()
@other_reports()
@rule_choices()
@click.option(
    "--write-baseline",
    metavar="FILE",
    help="把现有问题全部写成豁免文件，退出码为 0。"
    "Write a file of waivers for all findings there are.",
)
@click.option(
    "--allow-incomplete",
    is_flag=True,
    help="有表格没有读出时，退出码不因此为 1。"
    "A table that was not read does not make the exit status 1.",
)
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="逐一列出问题、每个数和路径、没有核对的规则和豁免。"
    "List every finding with its figures and paths, what is not assessable and what is waived.",
)
@output_format(*FORMATS, others=True)
@excel()
def command(
    run: Run,
    others: OtherReports,
    choices: Choices,
    write_baseline: str | None,
    allow_incomplete: bool,
    verbose: bool,
    format: str,
    excel: bool,
) -> None:
    """按规则校验报告，指出每处问题在原文中的位置。 Check reports against the rules.

    Every finding names the figures that it rests on and where they stand. What this program
    was not sure how to read is listed apart; findings that rest on it are marked as doubtful
    and do not count. FILE is a file, a folder, or - for standard input.

    Exit status: 0 clean, 1 findings of the severity of --fail-on or above or a table that was not
    read (unless --allow-incomplete), 2 bad usage or unreadable input.
    """
    import sys

    from gischema.cli.checker import Checker, companions, settings_of
    from gischema.cli.streams import columns, painter, write
    from gischema.output.checked import Frame, format_of, written

    checker = Checker(
        run.engine,
        settings_of(run, choices),
        companions(run, others),
        allow_incomplete,
        compares=format == "html",
    )
    if write_baseline is not None:
        run.save(write_baseline, checker.waivers(run))
    elif format not in FORMATS:
        _export(run, checker, format)
    else:
        chosen = format_of(format)
        frame = Frame(
            run.lang,
            run.engine.rules.rules,
            run.many,
            columns(sys.stdout),
            painter(sys.stdout),
            verbose,
            checker.settings_used,
        )
        line = frame.settings.line(run.lang)
        if format in _WITHOUT_SETTINGS and line is not None:
            run.note(line)

        def entry(item: Checked) -> Any:
            if format == "csv" and (unread := item.unread_line(run.lang)) is not None:
                run.note(f"{item.name}: {unread}")  # a row is a finding, and there may be none
            return chosen.entry(item, frame)

        entries = checker.outcomes(run, entry)
        pieces = written(chosen, entries, frame)
        if excel:
            from gischema.output.csv_text import for_excel  # with csv, 1 ms

            pieces = for_excel(pieces)
        if format == "text":
            pieces = chain(pieces, run.kinds())
        write(pieces, machine=format != "text")
    run.exit(findings=checker.found)


def _export(run: Run, checker: Checker, format: str) -> None:
    """Write the results in the format of a plugin; end with status 2 if there is none."""
    from gischema import PluginFailed
    from gischema.cli.streams import write
    from gischema.output.failed import Failed
    from gischema.output.language import message, say

    exporter = run.engine.check_exporters.get(format)
    if exporter is None:
        raise WrongUsage.of_format(format, (*FORMATS, *run.engine.check_exporters))

    def pair(item: Checked) -> tuple[Report, CheckResult]:
        return item.report, item.result

    pairs = (each for each in checker.outcomes(run, pair) if not isinstance(each, Failed))
    try:
        write(exporter.export(pairs), machine=True)
    except PluginFailed as error:
        end = say(run.lang, "；输出到此为止", "; the output ends here")
        run.complain(message(error, run.lang) + end)
