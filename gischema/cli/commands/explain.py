"""`gischema explain`: explain a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gischema.cli.options import lang, output_format, plugins
from gischema.cli.usage import WrongUsage

if TYPE_CHECKING:
    from gischema import Gischema
    from gischema.output.language import Lang


@click.command("explain", short_help="说明代码的含义。 Explain a rule or diagnostic.")
@click.argument("code", metavar="CODE")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="加列规则文件中的写法、提示语和例子。"
    "Add the expression, the message and the examples of the rule.",
)
@output_format("text", "json")
@plugins()
@lang()
def command(code: str, verbose: bool, format: str, lang: Lang, engine: Gischema) -> None:
    """说明一条规则或一种读取疑点。 Explain a rule or a kind of diagnostic.

    What CODE checks, where it comes from, an example. "gischema rules" lists the codes.
    """
    from gischema.cli.streams import write
    from gischema.output.json_text import to_json

    try:
        text = engine.explain(code, lang, verbose=verbose).rstrip("\n")
    except ValueError as error:
        raise WrongUsage.by(error, "CODE") from error
    if format == "json":
        data = {"code": code, "lang": lang, "text": text}
        write([to_json(data, indent=2), "\n"], machine=True)
    else:
        write([text, "\n"])
