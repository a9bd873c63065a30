"""`gischema forms`: list the forms and their indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gischema.cli.options import excel, lang, output_format, plugins

if TYPE_CHECKING:
    from gischema import Gischema
    from gischema.output.language import Lang


@click.command("forms", short_help="列出表式和指标。 List forms and their indicators.")
@click.argument("form", metavar="[FORM]", required=False)
@output_format("table", "csv", "json")
@excel()
@plugins()
@lang()
def command(form: str | None, format: str, excel: bool, lang: Lang, engine: Gischema) -> None:
    """列出表式，或 FORM 的全部指标。 List the forms, or the indicators of one.

    An indicator has a path, which names it everywhere, a unit and an official label.
    """
    from gischema.cli.run import known_form
    from gischema.cli.streams import write
    from gischema.output import listings
    from gischema.output.csv_text import for_excel
    from gischema.output.json_text import to_json

    forms = engine.forms
    chosen = None if form is None else forms[known_form(engine, form)]
    if format == "table":
        all_forms = listings.forms_table(forms.values(), lang)
        write([all_forms if chosen is None else listings.indicators_table(chosen, lang)])
        return
    if chosen is None:
        records = listings.form_records(forms.values())
    else:
        records = listings.indicator_records(chosen)
    if format == "csv":
        lines = [listings.records_csv(records)]
        write(for_excel(lines) if excel else lines, machine=True)
    else:
        write([to_json(records, indent=2), "\n"], machine=True)
