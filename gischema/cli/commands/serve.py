"""`gischema serve`: a page on this computer to drop reports on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gischema.cli.options import lang, plugins

if TYPE_CHECKING:
    from gischema import Gischema
    from gischema.output.language import Lang


@click.command("serve", short_help="本机网页，拖入报告即校验。 A local page to drop reports on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default="any",
    help="端口，默认任选。The port; by default any that is free.",
)
@click.option(
    "--once",
    is_flag=True,
    help="校验一次后退出，不打开浏览器。Stop after one check; open no browser.",
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器。Open no browser.")
@plugins()
@lang()
def command(port: int, once: bool, no_browser: bool, lang: Lang, engine: Gischema) -> None:
    """打开本机网页：拖入报告，即见校验结果。 Open a page to drop reports on.

    The page is for this computer only, and its address holds a token. Nothing goes online and
    nothing is kept. A file is at most 20 MB. curl -F file=@REPORT ADDRESS gives the JSON
    of check.
    """
    import webbrowser

    from gischema.cli.streams import write
    from gischema.cli.usage import WrongUsage
    from gischema.errors import MissingPackage
    from gischema.output.language import message, say
    from gischema.web import require_packages

    try:
        require_packages()
    except MissingPackage as error:
        raise click.ClickException(message(error, lang)) from error
    from gischema.web.server import PageServer

    try:
        server = PageServer(engine, port=port, lang=lang, once=once)
    except OSError as error:
        zh, en = f"端口 {port} 不能用，请换一个", f"port {port} cannot be used: give another"
        raise WrongUsage(zh, en) from error
    write([f"{server.address}\n"])
    if not (once or no_browser):
        write([say(lang, "按 Ctrl-C 结束\n", "Ctrl-C ends it\n")])
        webbrowser.open(server.address)
    server.run()
