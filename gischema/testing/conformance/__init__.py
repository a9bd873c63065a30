"""The conformance tests of plugins.

The whole test file of a plugin is a few lines:

    import gischema_lakeside
    from gischema.testing.conformance import conformance

    test_conformance = conformance(gischema_lakeside, paths=Path(__file__).with_name("paths.txt"))

`CONFORMANCE=fast pytest` runs those that take a few seconds, for the time of writing.

The docstring of each check says what must hold. Without pytest, create a `Subject.of(plugin)` and
run its `checks` one by one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import evolve

from gischema.testing.conformance import forms, pages, rules
from gischema.testing.conformance.paths import keeps_its_paths
from gischema.testing.conformance.subject import ConformanceCheck, Subject
from gischema.testing.damages import DAMAGES, Damage
from gischema.testing.layouts import LAYOUTS, Layout

VARIABLE = "CONFORMANCE"

__all__ = ["ConformanceCheck", "Subject", "checks", "conformance"]


def checks(subject: Subject, paths: Path | None = None) -> Iterator[ConformanceCheck]:
    """Yield the checks of whatever a plugin adds.

    `paths` is a file that lists the paths of its figures, so that none is lost by mistake.
    """
    yield ConformanceCheck(forms.loads_without_a_problem)
    for form in subject.forms:
        for check in (*forms.CHECKS, *pages.CHECKS):
            if not (subject.fast and check in pages.SLOW):
                yield ConformanceCheck(check, form)
    for rule in subject.rules:
        for test in rules.CHECKS:
            yield ConformanceCheck(test, rule)
    for national in subject.national.forms.values():
        yield ConformanceCheck(pages.national_pages_read_as_before, national)
    if paths is not None:
        yield ConformanceCheck(keeps_its_paths, paths)


def conformance(
    plugin: object,
    *,
    paths: str | os.PathLike[str] | None = None,
    fast: bool | None = None,
    layouts: Iterable[Layout] = (),
    damages: Iterable[Damage] = (),
) -> Callable[..., Any]:
    """Return a parametrised pytest function with all checks of a plugin.

    Args:
        plugin: What `Gischema(plugins=[…])` takes: a module, an object or the path of a folder.
        paths: A file that lists the paths of its figures.
        fast: True for the checks that take a few seconds: no damaged pages, and a layout of each
            kind. None asks the environment: `CONFORMANCE=fast pytest`.
        layouts: Further ways in which its pages are printed.
        damages: Further damages that its pages suffer.
    """
    import pytest

    subject = evolve(
        Subject.of(plugin, fast=os.environ.get(VARIABLE) == "fast" if fast is None else fast),
        layouts=(*LAYOUTS.values(), *layouts),
        damages=(*DAMAGES.values(), *damages),
    )
    file = Path(paths) if paths is not None else None

    @pytest.mark.parametrize("check", list(checks(subject, file)), ids=str)
    def test(check: ConformanceCheck) -> None:
        check.run(subject)

    return test
