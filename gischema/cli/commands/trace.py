"""`gischema trace`: why a value stands where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gischema.cli.options import inputs, output_format

if TYPE_CHECKING:
    from gischema.cli.run import Loaded, Run


@click.command("trace", short_help="说明一个数字从何而来。 Say why a value stands where it stands.")
@click.argument("path", metavar="PATH")
@inputs()
@output_format("text", "json")
def command(run: Run, path: str, format: str) -> None:
    """说明一个数字从何而来。 Say why a value stands where it stands.

    PATH 是指标（gischema figures 列出）：印在哪张表、哪一行、哪一列，行名列名凭什么认出，
    还可能是什么，有什么疑点，哪些规则用到它。

    The table, row and column in which FILE prints it, how their labels were recognised, what else
    they may be, the doubts, and the rules that use the figure.

    Exit status: 0 found, 2 bad usage, no such indicator or unreadable input.
    """
    import sys

    from gischema.cli.streams import painter, write
    from gischema.output.cell_names import CellNames
    from gischema.output.columns import separated
    from gischema.output.json_text import array, to_json
    from gischema.output.trace_text import TraceText, trace_record

    def text(loaded: Loaded) -> str:
        printed = run.engine.printed_names(loaded.report)
        names = CellNames(loaded.report, printed)
        trace = run.trace(loaded, path)
        paint = painter(sys.stdout)
        return TraceText(trace, loaded.name, loaded.document.text, names, run.lang, paint).render()

    def record(loaded: Loaded) -> str:
        return to_json(trace_record(run.trace(loaded, path), loaded.about), indent=2)

    if format == "text":
        write(separated(run.made(text)))
    else:
        pieces = run.made(record)
        write(array(pieces) if run.many else (f"{one}\n" for one in pieces), machine=True)
    run.exit()
