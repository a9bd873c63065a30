"""`gischema convert`: many reports as one dataset."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from gischema.cli.options import lang, plugins

if TYPE_CHECKING:
    from gischema import Gischema
    from gischema.corpus.convert import Prefer
    from gischema.output.language import Lang


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
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="每个来源至多多少秒。The most seconds for a source.",
)
@plugins()
@lang()
def command(
    sources: tuple[str, ...],
    out: str,
    files_from: str | None,
    jobs: int,
    prefer: Prefer,
    timeout: float,
    lang: Lang,
    engine: Gischema,
) -> None:
    """把文件夹、压缩包、WARC、Parquet 中的报告转为数据集。 Convert sources into a dataset.

    The dataset has reports, figures, findings, derived measures, a panel and a code book
    (docs/corpus.md). Every source is one row of `reports`, whatever happened. After an
    interruption the same command goes on where it ended.
    """
    if not sources and files_from is None:
        raise click.UsageError("没有来源 (no source)")
    try:
        from gischema.corpus import ConvertOptions, Limits, convert
        from gischema.corpus.progress import shown_on
    except ImportError as error:
        raise click.ClickException(
            f"需要安装：pip install 'gischema[corpus]'（缺 {error.name}） "
            f"(this needs: pip install 'gischema[corpus]'; {error.name} is missing)"
        ) from error
    from gischema.errors import GischemaError
    from gischema.output.language import say

    options = ConvertOptions(jobs=jobs, prefer=prefer, limits=Limits(seconds=timeout))
    try:
        result = convert(
            sources,
            out,
            options=options,
            engine=engine,
            files_from=files_from,
            progress=shown_on(sys.stderr, lang),
        )
    except GischemaError as error:
        raise click.ClickException(say(lang, error.message, error.message_en)) from error
    if sys.stderr.isatty():
        click.echo(err=True)
    counts = "  ".join(f"{status} {count:,}" for status, count in result.statuses.items())
    doubts = say(lang, f"存疑 {result.doubtful:,}", f"in doubt {result.doubtful:,}")
    click.echo(f"{result.out}  {counts}  {doubts}")
