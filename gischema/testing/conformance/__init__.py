"""What every plugin must pass.

The whole test file of a plugin is a few lines:

    import gischema_lakeside
    from gischema.testing.conformance import conformance

    test_conformance = conformance(gischema_lakeside, paths=Path(__file__).with_name("paths.txt"))

Each check says in its docstring what must hold. Without pytest, make a `Subject.of(plugin)` and
run the `checks` of it one by one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from gischema.testing.conformance import forms, pages, rules
from gischema.testing.conformance.paths import keeps_its_paths
from gischema.testing.conformance.subject import Check, Subject

__all__ = ["Check", "Subject", "checks", "conformance"]


def checks(subject: Subject, paths: Path | None = None) -> Iterator[Check]:
    """The checks of a plugin, as far as what it adds is concerned.

    `paths` is a file that lists the paths of its figures, so that none is lost by mistake.
    """
    yield Check(forms.loads_without_a_problem)
    for form in subject.forms:
        for check in (*forms.CHECKS, *pages.CHECKS):
            yield Check(check, form)
    for rule in subject.rules:
        for test in rules.CHECKS:
            yield Check(test, rule)
    for national in subject.national.forms.values():
        yield Check(pages.national_pages_read_as_before, national)
    if paths is not None:
        yield Check(keeps_its_paths, paths)


def conformance(
    plugin: object, *, paths: str | os.PathLike[str] | None = None
) -> Callable[..., Any]:
    """A parametrised pytest function with all checks of a plugin.

    `plugin` is what `Gischema(plugins=[…])` takes: a module, an object or the path of a folder.
    """
    import pytest

    subject = Subject.of(plugin)
    file = Path(paths) if paths is not None else None

    @pytest.mark.parametrize("check", list(checks(subject, file)), ids=str)
    def test(check: Check) -> None:
        check.run(subject)

    return test
