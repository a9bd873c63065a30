"""`gischema rules`: list the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gischema.cli.options import lang, output_format, plugins

if TYPE_CHECKING:
    from gischema import Gischema
    from gischema.output.language import Lang


@click.command("rules", short_help="列出校验规则。 List the rules.")
@click.option("--form", metavar="ID", help="只列适用于此表式的规则。Only rules for this form.")
@output_format("table", "json")
@plugins()
@lang()
def command(form: str | None, format: str, lang: Lang, engine: Gischema) -> None:
    """列出校验规则。 List the rules.

    "gischema explain CODE" says more about one.
    """
    from gischema.cli.run import known_form
    from gischema.cli.streams import write
    from gischema.output.json_text import to_json
    from gischema.output.listings import rule_records, rules_table

    book = engine.rules
    rules = book.rules if form is None else book.for_form(known_form(engine, form))
    if format == "json":
        write([to_json(rule_records(rules), indent=2), "\n"], machine=True)
    else:
        write([rules_table(rules, lang)])
