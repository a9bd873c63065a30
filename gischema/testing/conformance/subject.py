"""The subject of the checks: an engine with the plugin, and one without."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from attrs import frozen

from gischema.engine import Gischema
from gischema.file_errors import FileError
from gischema.forms import Form
from gischema.rules import Rule
from gischema.testing.damages import DAMAGES, Damage
from gischema.testing.layouts import LAYOUTS, Layout


@frozen(slots=False)
class Subject:
    """A plugin and two engines: one with it, one with the national forms alone.

    `fast` leaves out what takes long: it is for the time of writing, not for a release. Pages are
    printed in `layouts` and suffer `damages`.
    """

    engine: Gischema
    national: Gischema
    fast: bool = False
    layouts: tuple[Layout, ...] = tuple(LAYOUTS.values())
    damages: tuple[Damage, ...] = tuple(DAMAGES.values())

    @property
    def whole(self) -> tuple[Layout, ...]:
        """The layouts that do not break labels over lines.

        Where labels are broken, only the other rows show which variant a page is on, and what
        belongs to a label depends on all labels, those of plugins included.
        """
        return tuple(layout for layout in self.layouts if layout.whole)

    @classmethod
    def of(cls, plugin: object, *, fast: bool = False) -> Subject:
        """Return the subject for a plugin: a module, an object or the path of a folder."""
        return cls(Gischema(plugins=[plugin]), Gischema(), fast)

    def some(self, layouts: Iterable[Layout]) -> tuple[Layout, ...]:
        """Return layouts to print pages in: all, or in the fast mode the first of each kind.

        Those that a plugin brings are always among them.
        """
        if not self.fast:
            return tuple(layouts)
        layouts = tuple(layouts)
        kinds: dict[tuple[bool, ...], Layout] = {}
        for one in layouts:
            if one.name in LAYOUTS:
                kinds.setdefault((one.barred, one.apart, one.one_line, one.whole), one)
        return (*kinds.values(), *(one for one in layouts if one.name not in LAYOUTS))

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms that the plugin adds."""
        national = self.national.forms
        return tuple(form for name, form in self.engine.forms.items() if name not in national)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that the plugin adds."""
        national = {rule.code for rule in self.national.rules.rules}
        return tuple(rule for rule in self.engine.rules.rules if rule.code not in national)


@frozen
class ConformanceCheck:
    """One check, of a form, a rule or a file if `about` holds one."""

    holds: Callable[..., None]
    about: Any = None

    def __str__(self) -> str:
        name = self.holds.__name__.replace("_", "-")
        about = getattr(self.about, "id", None) or getattr(self.about, "code", None)
        return f"{name}[{about}]" if about else name

    def run(self, subject: Subject) -> None:
        """Raise AssertionError with an explanation unless the check passes."""
        try:
            self.holds(subject, *(() if self.about is None else (self.about,)))
        except FileError as error:
            raise AssertionError(f"{error.position}: {error.message_en}") from error
