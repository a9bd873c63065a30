"""`gischema parse`: write reports as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from gischema.cli.options import inputs, output_format

if TYPE_CHECKING:
    from gischema.cli.run import Loaded, Run


@click.command("parse", short_help="读成 JSON。 Read reports into JSON.")
@inputs()
@output_format("json", "jsonl")
def command(run: Run, format: str) -> None:
    """把报告读成 JSON。 Read reports into JSON.

    Metadata, values nested by path, every figure with its status and origin, and what the
    reader was not sure of. FILE is a file, a folder, or - for standard input.
    """
    from gischema.cli.streams import write

    write(_json(run, lines=format == "jsonl"), machine=True)
    run.exit()


def _json(run: Run, *, lines: bool) -> Iterator[str]:
    from gischema.filenames import displayed
    from gischema.output.failed import Failed
    from gischema.output.json_text import array, to_json
    from gischema.output.report_json import unstructure

    indent = None if lines else 2

    def item(loaded: Loaded) -> str:
        data = unstructure(loaded.report)
        data["source_name"] = displayed(data["source_name"] or "") or None
        return to_json({"file": loaded.name, **data}, indent=indent)

    items = (
        to_json(each.record(), indent=indent) if isinstance(each, Failed) else each
        for each in run.outcomes(item)
    )
    if run.many and not lines:
        yield from array(items)
    else:
        yield from (f"{item}\n" for item in items)
