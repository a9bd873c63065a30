"""What is checked: a plugin in an engine of its own, beside one without it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from attrs import frozen

from gischema.engine import Gischema
from gischema.forms import Form
from gischema.rules import Rule


@frozen(slots=False, eq=False)
class Subject:
    """A plugin and two engines: one with it, one with the national forms alone."""

    engine: Gischema
    national: Gischema

    @classmethod
    def of(cls, plugin: object) -> Subject:
        """The subject for a plugin: a module, an object or the path of a folder."""
        return cls(Gischema(plugins=[plugin]), Gischema())

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


@frozen(eq=False, repr=False)
class Check:
    """One check, about a form, a rule or a file where it is about one."""

    holds: Callable[..., None]
    about: Any = None

    def __str__(self) -> str:
        name = self.holds.__name__.replace("_", "-")
        about = getattr(self.about, "id", None) or getattr(self.about, "code", None)
        return f"{name}[{about}]" if about else name

    def run(self, subject: Subject) -> None:
        """Raise AssertionError, saying what is wrong, unless what the check says holds."""
        self.holds(subject, *(() if self.about is None else (self.about,)))
