"""A plain folder as a plugin: its files are its additions, without any Python."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from gischema.errors import FormError
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
        """Return the plugin in a folder.

        Raises:
            OSError: The folder cannot be read.
            FormError: It holds no file of a plugin.
        """
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
            raise FormError(
                f"文件夹 {folder} 中没有 .lark、.rules 或 narrative*.toml 文件；"
                "若是 Python 插件，请用 pip 安装",
                "it holds no .lark, .rules or narrative*.toml file; a plugin in Python is "
                "installed with pip",
            )
        return plugin

    @hookimpl
    def gischema_forms(self) -> Iterable[Form]:
        """Return the forms of the grammars."""
        return [read_form(path) for path in self.grammars]

    @hookimpl
    def gischema_rules(self) -> Iterable[Path]:
        """Return the rule files."""
        return self.rules

    @hookimpl
    def gischema_narrative(self) -> Iterable[Path]:
        """Return the files of running text."""
        return self.narrative
