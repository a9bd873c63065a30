"""`gischema convert`: many reports as one dataset."""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

import click

from gischema.cli.options import lang, plugins

if TYPE_CHECKING:
    from collections.abc import Callable

    from gischema import Gischema
    from gischema.corpus import ConvertResult
    from gischema.corpus.convert import Prefer
    from gischema.corpus.progress import RunProgress
    from gischema.output.language import Lang


class _Options(TypedDict):
    """The options of the command, as click passes them."""

    files_from: str | None
    jobs: int
    prefer: Prefer
    decisions: str | None
    includes: str | None
    timeout: float
    timings: bool
    confirmed: str | None
    runner: Literal["processes", "ray", "spark"]
    address: str | None


@click.command("convert", short_help="把许多报告转为数据集。 Turn many reports into a dataset.")
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    required=True,
    help="文件夹（Parquet），或以 .duckdb .sqlite .csv .dta 结尾的文件。"
    "A folder for Parquet, or a file that ends in one of these.",
)
@click.option(
    "--files-from",
    metavar="FILE",
    type=click.Path(exists=True),
    help="一行一个来源。Sources, one a line.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    show_default="cores",
    help="进程数。Number of processes.",
)
@click.option(
    "--prefer",
    type=click.Choice(["table", "text", "best"]),
    default="best",
    show_default=True,
    help="面板数据取自表格、正文，或没有存疑的一处。Where the panel takes figures from.",
)
@click.option(
    "--decisions",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="机关归并表（CSV：name,body 或 uri,body）。Which names, or sources, are which body.",
)
@click.option(
    "--includes",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="汇总关系表（CSV：body,includes）。Which bodies a report includes.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="每个来源至多多少秒处理器时间。The most processor time for a source.",
)
@click.option(
    "--timings",
    is_flag=True,
    help="在 reports 中写入每个来源的毫秒数。Fill the column milliseconds of reports.",
)
@click.option(
    "--confirmed",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="人工确认的数据（TOML）。Readings that a person has confirmed.",
)
@click.option(
    "--engine",
    "runner",
    type=click.Choice(["processes", "ray", "spark"]),
    default="processes",
    show_default=True,
    help="在本机进程、Ray 或 Spark 上读取。Read in processes, with Ray or with Spark.",
)
@click.option(
    "--address",
    metavar="ADDRESS",
    help="Ray 或 Spark 集群的地址，默认本机。Address of the cluster; by default this machine.",
)
@plugins()
@lang()
def command(
    sources: tuple[str, ...], out: str, lang: Lang, engine: Gischema, **options: Unpack[_Options]
) -> None:
    """把文件夹、压缩包、WARC、Parquet 中的报告转为数据集。 Convert sources into a dataset.

    The dataset has reports, figures, findings, derived measures, a panel and a code book
    (docs/en/how-to/corpus.md). Every source is one row of `reports`, whatever happened. After an
    interruption the same command goes on where it ended.
    """
    if not sources and options["files_from"] is None:
        raise click.UsageError("没有来源 (no source)")
    if options["address"] is not None and options["runner"] == "processes":
        raise click.UsageError("--address 要与 --engine ray 或 spark 连用 (needs --engine)")
    try:
        from gischema.corpus.progress import shown_on
    except ImportError as error:
        raise _missing(error, "corpus") from error
    from gischema.errors import GischemaError
    from gischema.output.language import say

    try:
        result = _converted(sources, out, engine, shown_on(sys.stderr, lang), options)
    except GischemaError as error:
        raise click.ClickException(say(lang, error.message, error.message_en)) from error
    if sys.stderr.isatty():
        click.echo(err=True)
    for one in result.unused:
        source = f"{one.source[:12]}…"
        zh, en = f"未用到的确认：{source} {one.path}", f"unused confirmation: {source} {one.path}"
        click.echo(say(lang, zh, en), err=True)
    for name in result.undecided:
        zh, en = f"没有报告用到的归并：{name}", f"decision about no report: {name}"
        click.echo(say(lang, zh, en), err=True)
    if result.unplaced:
        zh = (
            f"不在面板中：{result.unplaced:,} 份报告机关或年度不明（--decisions 可按 uri 写明机关）"
        )
        en = (
            f"not in the panel: {result.unplaced:,} reports without a body or year "
            "(--decisions can name the body of a uri)"
        )
        click.echo(say(lang, zh, en), err=True)
    if result.others:
        kinds = ", ".join(f"{kind or '-'} {count:,}" for kind, count in result.others.items())
        click.echo(say(lang, f"不是来源的文件：{kinds}", f"no sources: {kinds}"), err=True)
    counts = "  ".join(f"{status} {count:,}" for status, count in result.statuses.items())
    doubts = say(lang, f"存疑 {result.doubtful:,}", f"in doubt {result.doubtful:,}")
    click.echo(f"{result.out}  {counts}  {doubts}")


def _converted(
    sources: tuple[str, ...],
    out: str,
    engine: Gischema,
    progress: Callable[[RunProgress], None],
    given: _Options,
) -> ConvertResult:
    """Run the conversion on the chosen engine."""
    from gischema import ConfirmedReadings, load_confirmed
    from gischema.corpus import (
        BodyDecisions,
        ConvertOptions,
        Limits,
        Subordinates,
        convert,
        read_decisions,
        read_shards,
        read_subordinates,
    )

    read = read_shards
    if (runner := given["runner"]) != "processes":
        try:
            module = import_module(f"gischema.corpus.{runner}")
        except ImportError as error:
            raise _missing(error, runner) from error
        read = partial(module.read_shards, address=given["address"])
    confirmed, decided, included = given["confirmed"], given["decisions"], given["includes"]
    options = ConvertOptions(
        jobs=given["jobs"],
        prefer=given["prefer"],
        limits=Limits(seconds=given["timeout"]),
        confirmed=ConfirmedReadings() if confirmed is None else load_confirmed(confirmed),
        decisions=BodyDecisions() if decided is None else read_decisions(decided),
        subordinates=Subordinates() if included is None else read_subordinates(included),
        timings=given["timings"],
    )
    files_from = given["files_from"]
    return convert(
        sources,
        out,
        options=options,
        engine=engine,
        files_from=files_from,
        progress=progress,
        read=read,
    )


def _missing(error: ImportError, extra: str) -> click.ClickException:
    return click.ClickException(
        f"需要安装：pip install 'gischema[{extra}]'（缺 {error.name}） "
        f"(this needs: pip install 'gischema[{extra}]'; {error.name} is missing)"
    )
