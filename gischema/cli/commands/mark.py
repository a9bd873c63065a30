"""`gischema mark`: the own files back, with a remark at each wrong cell."""

from __future__ import annotations

from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gischema.cli.options import lang, plugins, rule_choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from gischema import Gischema, Report, Settings
    from gischema.cli.inputs import Found
    from gischema.cli.options import Choices
    from gischema.cli.run import Run
    from gischema.output.language import Lang


@click.command(
    "mark", short_help="把问题批注在文件里。 Write the findings into a copy of the file."
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--previous", metavar="FILE", help="上一年的报告。Last year's report of the body.")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="FOLDER",
    help="批注后的文件放在此文件夹，默认与原文件放在一起。"
    "The folder for the copies; by default each stands next to its file.",
)
@click.option(
    "--suggest",
    is_flag=True,
    help="在 Word 文件中以修订方式写入疑为正确的数。"
    "Write probable figures into a Word file as tracked changes.",
)
@rule_choices()
@plugins()
@lang()
def command(
    files: tuple[str, ...],
    previous: str | None,
    folder: str | None,
    suggest: bool,
    choices: Choices,
    lang: Lang,
    engine: Gischema,
) -> None:
    """把校验出的问题批注在 Word、Excel、PDF、HTML 文件的副本里。 Write findings into a copy.

    The copy of NAME.docx is NAME（已批注）.docx; the file itself stays as it is. Each wrong cell
    has a comment with the rule, its figures and their places; the first comment has the verdict.
    In a copy that is marked again the comments are replaced. No figure is changed.

    Exit status: 0 the copies were written, 2 bad usage, or a file that cannot be read or written.
    """
    from gischema.cli.checker import settings_of
    from gischema.cli.inputs import Input
    from gischema.cli.run import Run
    from gischema.cli.usage import WrongUsage
    from gischema.errors import MissingPackage
    from gischema.marking import is_marked_name, require_packages
    from gischema.output.failed import Failed
    from gischema.output.language import message

    try:
        require_packages()
    except MissingPackage as error:
        raise click.ClickException(message(error, lang)) from error
    run = Run(engine, files, form=None, year=None, lang=lang)
    found = [one for one in run.inputs(files) if _is_original(one, is_marked_name)]
    if previous is not None and len(found) != 1:
        raise WrongUsage("--previous 只能用于一份报告", "--previous goes with one report")
    settings = settings_of(run, choices)
    last = None
    if previous is not None:
        loaded = run.load(Input(previous, Path(previous)))
        if isinstance(loaded, Failed):
            run.exit()
        last = loaded.report
    copies = _Copies(folder)
    for item in found:
        line = run.attempt(item.name, partial(_marked, run, item, copies, last, settings, suggest))
        if isinstance(line, str):
            click.echo(line)
    run.exit()


def _is_original(item: Found, is_copy: Callable[[str], bool]) -> bool:
    """Return True unless a file is a copy that was found in a folder."""
    from gischema.cli.inputs import Input

    return not isinstance(item, Input) or item.named or not is_copy(item.name)


def _marked(
    run: Run,
    item: Found,
    copies: _Copies,
    previous: Report | None,
    settings: Settings,
    suggest: bool,
) -> str:
    """Write the copy of one file and return the line about it.

    Raises:
        UnreadableSource: The file cannot be read, or its copy cannot be written.
    """
    import gischema
    from gischema.cli.inputs import Input
    from gischema.cli.run import os_error
    from gischema.filenames import displayed
    from gischema.marking import mark
    from gischema.output.language import say

    if not isinstance(item, Input) or item.path is None:
        raise gischema.UnreadableSource(
            item.name, "不能批注：请指定文件", "takes no remarks: name a file", "unsupported"
        )
    try:
        marked = mark(
            item.path,
            name=item.name,
            engine=run.engine,
            previous=previous,
            settings=settings,
            lang=run.lang,
            suggest=suggest,
        )
    except OSError as error:
        raise gischema.UnreadableSource(item.name, *os_error(error)) from error
    target = copies.save(item.path, marked.data)
    return f"{displayed(str(target))}{say(run.lang, '：', ': ')}{marked.remarks.headline}"


class _Copies:
    """The copies that a command writes: into one folder, or each next to its file."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder
        self._written: set[Path] = set()

    def save(self, file: Path, data: bytes) -> Path:
        """Write the copy of a file, and return its path.

        Raises:
            UnreadableSource: The folder cannot be written to.
        """
        import gischema
        from gischema.cli.output_file import save
        from gischema.cli.run import os_error

        try:
            target = self._target(file)
            save(str(target), [data])
        except OSError as error:
            zh, en = os_error(error)
            raise gischema.UnreadableSource(
                str(file),
                f"不能写入批注后的文件：{zh}；可用 -o 指定别的文件夹",
                f"the copy cannot be written: {en}; name another folder with -o",
            ) from error
        self._written.add(target.resolve())
        return target

    def _target(self, file: Path) -> Path:
        """Return where the copy belongs.

        One that another program has saved since stays, and so does one of another file: the new
        copy then has a number in its name.
        """
        from gischema.marking import marked_name, was_saved_since

        folder = Path(self._folder) if self._folder else file.parent
        folder.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            target = folder / marked_name(file.name, number)
            if target.resolve() == file.resolve() or not target.exists():
                break
            if target.resolve() not in self._written and not was_saved_since(target.read_bytes()):
                break
        return target
