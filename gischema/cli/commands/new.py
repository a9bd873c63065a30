"""`gischema new`: create plugins, forms and rules from templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gischema.cli.usage import WrongUsage

if TYPE_CHECKING:
    from gischema import Form
    from gischema.scaffold.from_pages import WrittenForm

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def _into() -> Callable[[Decorated], Decorated]:
    return click.option(
        "--into",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        default=".",
        help="写入此文件夹，默认为当前文件夹。Write to this folder; by default the current one.",
    )


def _form(default: str | None) -> Callable[[Decorated], Decorated]:
    return click.option(
        "--form",
        metavar="ID",
        default=default,
        show_default=default is not None,
        help="所依据的表式。The form that it is about.",
    )


@click.group("new", short_help="新建插件、表式或规则。 Create a plugin, form or rule.")
def command() -> None:
    """新建插件、表式或规则。 Create a plugin, a form or a rule.

    The files work at once; edit them.
    """


@command.command("plugin")
@click.argument("name", metavar="NAME")
@_form("stat-2014")
@_into()
def _plugin(name: str, form: str, into: Path) -> None:
    """新建插件 gischema-NAME。 Create the distribution gischema-NAME.

    It adds a variant of a form with one row and one rule, and its tests pass.
    """
    from gischema.scaffold import new_plugin

    _print_paths(lambda: new_plugin(name, _known(form), into))


@command.command("form")
@click.argument("form_id", metavar="ID")
@click.option(
    "--from",
    "pages",
    metavar="PAGE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="按此样本页面的表格编写，可多次给出。Write it from the table of this sample; repeatable.",
)
@click.option(
    "--no-national",
    is_flag=True,
    help="不沿用全国表式的名称。Take no names from the national forms.",
)
@_into()
def _new_form(form_id: str, pages: tuple[Path, ...], no_national: bool, into: Path) -> None:
    """新建表式的语法文件。 Create a grammar file.

    ID is that of a variant, such as stat-2014+north, or of a form of its own, such as lake-2030.
    With --from the rows, units, heads and sums are those of sample pages, and a test reads these
    back.
    """
    from gischema.scaffold import new_form, new_form_from

    generation, plus, _ = form_id.partition("+")
    if not pages:
        _print_paths(lambda: new_form(form_id, _known(generation) if plus else None, into))
        return

    def write() -> list[Path]:
        base = _known(generation) if plus else None
        written = new_form_from(form_id, base, pages, into, national=not no_national)
        _report(written)
        return [*written.files]

    _print_paths(write)


def _report(written: WrittenForm) -> None:
    """Print what of the samples is read back, and what is not."""

    def say(text: str, lines: Iterable[str] = ()) -> None:
        click.echo("\n".join((text, *(f"  {line}" for line in lines))), err=True)

    if written.stated:
        say(
            f"样本没有统计表；正文写有 {len(written.stated)} 个数，都能读出，不需要表式 "
            "(no table; these figures of its running text are read, which takes no form):",
            (f"{path} = {value}" for path, value in written.stated),
        )
    else:
        read = written.printed - len(written.missed)
        missed = f"：{'、'.join(written.missed)}" if written.missed else ""
        say(f"读回 {read}/{written.printed} 个数 (figures read back){missed}")
    if written.left_out:
        say(
            f"样本中另有 {len(written.left_out)} 行带数字的文字没有写入，请核对 "
            "(lines with numbers that were not taken, to check):",
            written.left_out,
        )
    if len(written.left_out) > written.printed - len(written.missed) + len(written.stated):
        say(
            "样本中的列多半无法分辨（数字粘连，或只靠位置排版）："
            "请给原文件（Word、Excel、HTML、PDF），或用竖线隔开各格 (most columns cannot be "
            "distinguished: give the original file, or put bars between the cells)"
        )
    if written.nearest:
        say(f"与 {written.nearest} 共有 {written.shared} 行 (rows shared)")


@command.command("rule")
@click.argument("code", metavar="CODE")
@_form("art20-2021")
@_into()
def _rule(code: str, form: str, into: Path) -> None:
    """新建规则文件。 Create a rule file with one rule, CODE."""
    from gischema.scaffold import new_rule

    _print_paths(lambda: new_rule(code, _known(form), into))


def _known(form_id: str) -> Form:
    import gischema

    return gischema.default_engine().form(form_id)


def _print_paths(make: Callable[[], list[Path]]) -> None:
    try:
        for path in make():
            click.echo(path.as_posix())
    except (ValueError, FileExistsError) as error:
        raise WrongUsage.by(error) from error
