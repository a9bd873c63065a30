"""A plain folder as a plugin: its files are its additions, without any Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from attrs import frozen

from gischema import hooks
from gischema.file_errors import FileError
from gischema.forms.form import Form
from gischema.forms.grammars import sources
from gischema.hooks import hookimpl
from gischema.plugins.form_file import is_helper, read_form

HOOKS = "hooks.py"
"""The file of a folder that implements hooks in Python."""

_MEASURES = "measures*.toml"
_HOOKS = frozenset(name for name in vars(hooks) if name.startswith("gischema_"))


@frozen
class FolderPlugin:
    """A plugin made of a folder: `*.lark` files are forms, `*.rules` files hold rules.

    A grammar without comments at its top that another one imports is no form of its own.
    A `narrative*.toml` file adds wordings and clauses to those of running text, a `measures*.toml`
    file measures. What `hooks.py` implements is added: readers, exporters, facts and the rest.
    """

    grammars: tuple[Path, ...]
    narrative: tuple[Path, ...]
    rules: tuple[Path, ...]
    measures: tuple[Path, ...] = ()

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
        helpers = {file for form in forms for file in _imported(form) if is_helper(file)}
        forms = [form for form in forms if form not in helpers]
        rules, measures = sorted(folder.glob("*.rules")), sorted(folder.glob(_MEASURES))
        plugin = cls(tuple(forms), tuple(narrative), tuple(rules), tuple(measures))
        if not (forms or narrative or rules or measures or (folder / HOOKS).is_file()):
            raise FileError(
                f"文件夹 {folder} 中没有 .lark、.rules 或 narrative*.toml 文件；"
                "若是 Python 插件，请给出 .py 文件，或用 pip 安装",
                f"the folder {folder} holds no .lark, .rules or narrative*.toml file; of a plugin "
                "in Python give the .py file, or install it with pip",
            )
        return plugin

    @classmethod
    def _of_file(cls, file: Path) -> FolderPlugin:
        is_measures = file.match(_MEASURES)
        toml = cls((), (), (), (file,)) if is_measures else cls((), (file,), ())
        kinds = {".lark": cls((file,), (), ()), ".toml": toml}
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

    @hookimpl
    def gischema_measures(self) -> Iterable[Path]:
        """Return the files of measures."""
        return self.measures

    def with_hooks(self, module: ModuleType) -> SimpleNamespace:
        """Return one plugin with what a module implements next to the files of the folder.

        Of hooks that both have, the answers are joined.
        """
        both = {name: getattr(self, name) for name in vars(type(self)) if name in _HOOKS}
        for name in _HOOKS & vars(module).keys():
            function = getattr(module, name)
            both[name] = _joined(both[name], function) if name in both else function
        return SimpleNamespace(__name__=module.__name__, **both)


def _imported(form: Path) -> tuple[Path, ...]:
    """Return the files that a grammar imports; none if one cannot be read, as is reported later."""
    try:
        return sources(form)[1:]
    except FileError:
        return ()


def _form(path: Path) -> Form | FileError:
    try:
        return read_form(path)
    except FileError as error:
        return error


def _joined(own: Callable[[], Iterable[Any]], other: Callable[[], Any]) -> Callable[[], Any]:
    """Return a hook that gives the items of two; an answer that is no list is given as it is."""

    @hookimpl
    def both() -> Any:
        answer = other()
        return [*own(), *answer] if isinstance(answer, (list, tuple)) else answer

    return both
