"""A plain folder as a plugin: its files are its additions, without any Python."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from gischema.file_errors import FileError
from gischema.forms.form import Form
from gischema.forms.grammars import sources
from gischema.hooks import hookimpl
from gischema.plugins.form_file import is_helper, read_form


@frozen
class FolderPlugin:
    """A plugin made of a folder: `*.lark` files are forms, `*.rules` files hold rules.

    A grammar without comments at its top that another one imports is no form of its own.
    A `narrative*.toml` file adds wordings and clauses to those of running text.
    """

    grammars: tuple[Path, ...]
    narrative: tuple[Path, ...]
    rules: tuple[Path, ...]

    @classmethod
    def of(cls, folder: Path) -> FolderPlugin:
        """Return the plugin in a folder, or of one of its files.

        Raises:
            OSError: The folder cannot be read.
            FileError: It holds no file of a plugin.
        """
        if folder.is_file():
            return cls._of_file(folder)
        if not folder.is_dir():
            raise NotADirectoryError(f"没有文件夹 {folder} (no such folder)")
        old = set(
            folder.glob("narrative*.lark")
        )  # no forms: the reader of narrative files rejects them with advice
        forms = sorted(set(folder.glob("*.lark")) - old)
        narrative = sorted({*folder.glob("narrative*.toml"), *old})
        helpers = {file for form in forms for file in sources(form)[1:] if is_helper(file)}
        forms = [form for form in forms if form not in helpers]
        plugin = cls(tuple(forms), tuple(narrative), tuple(sorted(folder.glob("*.rules"))))
        if not (forms or narrative or plugin.rules):
            raise FileError(
                f"文件夹 {folder} 中没有 .lark、.rules 或 narrative*.toml 文件；"
                "若是 Python 插件，请给出 .py 文件，或用 pip 安装",
                f"the folder {folder} holds no .lark, .rules or narrative*.toml file; of a plugin "
                "in Python give the .py file, or install it with pip",
            )
        return plugin

    @classmethod
    def _of_file(cls, file: Path) -> FolderPlugin:
        kinds = {".lark": cls((file,), (), ()), ".toml": cls((), (file,), ())}
        kinds[".rules"] = cls((), (), (file,))
        if file.suffix not in kinds:
            raise FileError(
                f"{file.name} 不是插件文件；插件是文件夹、.py、.lark、.rules 或 .toml 文件",
                f"{file.name} is no plugin: a plugin is a folder or a .py, .lark, .rules or .toml "
                "file",
            )
        return kinds[file.suffix]

    @hookimpl
    def gischema_forms(self) -> Iterable[Form | FileError]:
        """Return the forms of the grammars; for one that cannot be read, its error."""
        return [_form(path) for path in self.grammars]

    @hookimpl
    def gischema_rules(self) -> Iterable[Path]:
        """Return the rule files."""
        return self.rules

    @hookimpl
    def gischema_narrative(self) -> Iterable[Path]:
        """Return the files of running text."""
        return self.narrative


def _form(path: Path) -> Form | FileError:
    try:
        return read_form(path)
    except FileError as error:
        return error
