"""`gischema forms`: list forms and their indicators, compare two, draw one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gischema.cli.options import excel, lang, output_format, plugins

if TYPE_CHECKING:
    from gischema import Form, Gischema
    from gischema.output.language import Lang


@click.command("forms", short_help="列出、比较和画出表式。 List, compare and draw forms.")
@click.argument("form", metavar="[FORM]", required=False)
@click.argument("new", metavar="[NEW]", required=False)
@output_format("table", "csv", "json", "markdown", "html")
@click.option("--html", "drawn", is_flag=True, help="同 --format html。 The same as --format html.")
@click.option(
    "--grammar", is_flag=True, help="FORM 的语法和其中的全部名称。 The grammar of FORM, all names."
)
@excel()
@plugins()
@lang()
def command(
    form: str | None,
    new: str | None,
    format: str,
    excel: bool,
    drawn: bool,
    grammar: bool,
    lang: Lang,
    engine: Gischema,
) -> None:
    """列出表式，或 FORM 的全部指标；FORM NEW 列出沿革。 List forms, or the indicators of one.

    An indicator has a path, which names it everywhere, a unit and an official label. With NEW:
    what it changes of FORM, rows and columns that are renamed, dropped, added or moved.
    FORM --html draws the blank form.
    """
    from gischema.cli.run import known_form
    from gischema.cli.streams import write
    from gischema.output import listings

    chosen = [engine.forms[known_form(engine, each)] for each in (form, new) if each is not None]
    shape = "html" if drawn else format
    if not chosen and (grammar or shape == "html"):
        raise click.UsageError("请给出一个表式 (name a form)")
    if grammar:
        write([listings.grammar_text(chosen[0])])
    elif not chosen:
        _write_records(listings.form_records(engine.forms.values()), shape, excel=excel)
        if shape in ("table", "markdown"):
            write([listings.forms_table(engine.forms.values(), lang)])
    elif len(chosen) == 1:
        _write_form(chosen[0], shape, lang, excel=excel)
    else:
        _write_changes(chosen[0], chosen[1], shape, lang, excel=excel)


def _write_form(form: Form, shape: str, lang: Lang, *, excel: bool) -> None:
    from gischema.cli.streams import write
    from gischema.output import listings
    from gischema.output.blank_form import blank_form_html

    _write_records(listings.indicator_records(form), shape, excel=excel)
    if shape == "html":
        write([blank_form_html(form, lang)], machine=True)
    elif shape in ("table", "markdown"):
        write([listings.indicators_table(form, lang)])


def _write_changes(old: Form, new: Form, shape: str, lang: Lang, *, excel: bool) -> None:
    from gischema.cli.streams import write
    from gischema.output import form_changes

    _write_records(form_changes.change_records(old, new), shape, excel=excel)
    if shape == "html":
        write([form_changes.changes_html(old, new, lang)], machine=True)
    elif shape == "markdown":
        write([form_changes.changes_markdown(old, new, lang)])
    elif shape == "table":
        write([form_changes.changes_text(old, new, lang)])


def _write_records(records: list[dict[str, object]], shape: str, *, excel: bool) -> None:
    """Write records as JSON or CSV, if that is the format."""
    from gischema.cli.streams import write
    from gischema.output import listings
    from gischema.output.csv_text import for_excel
    from gischema.output.json_text import to_json

    if shape == "csv" and records:
        lines = [listings.records_csv(records)]
        write(for_excel(lines) if excel else lines, machine=True)
    elif shape == "json":
        write([to_json(records, indent=2), "\n"], machine=True)
