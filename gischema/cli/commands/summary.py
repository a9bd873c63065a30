"""`gischema summary`: pages about a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gischema.cli.options import lang

if TYPE_CHECKING:
    from gischema.output.language import Lang


@click.command("summary", short_help="生成数据集的网页。 Write pages about a dataset.")
@click.argument("dataset", metavar="DATASET")
@click.option(
    "-o",
    "--output",
    "out",
    metavar="FOLDER",
    default="site",
    show_default=True,
    help="网页所在的文件夹。The folder of the pages.",
)
@lang()
def command(dataset: str, out: str, lang: Lang) -> None:
    """把 gischema convert 的数据集写成离线网页。 Write offline pages about a dataset.

    DATASET is the folder or the .duckdb file that `gischema convert` made. The pages, in Chinese
    and English, show coverage, reading quality, findings by rule, the largest inconsistencies with
    links to the place, trends with their breaks, and copied texts. They need no network and no
    scripts.
    """
    try:
        from gischema.corpus.summary import write_site
    except ImportError as error:
        raise click.ClickException(
            f"需要安装：pip install 'gischema[corpus,summary]'（缺 {error.name}） "
            f"(this needs: pip install 'gischema[corpus,summary]'; {error.name} is missing)"
        ) from error
    from gischema.errors import GischemaError
    from gischema.output.language import say

    try:
        click.echo(write_site(dataset, out))
    except GischemaError as error:
        raise click.ClickException(say(lang, error.message, error.message_en)) from error
