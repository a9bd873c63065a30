"""Check the paths of a plugin against a list next to its tests.

Users store figures under these paths.
"""

from __future__ import annotations

import os
from pathlib import Path

from gischema.forms import Form
from gischema.testing.conformance.subject import Subject

VARIABLE = "UPDATE_PATHS"


def keeps_its_paths(subject: Subject, file: Path) -> None:
    """The paths and units of the plugin's figures are those listed in `file`.

    `UPDATE_PATHS=1` rewrites the list. A path that is gone from it breaks the programs of users.
    """
    lines = [line for form in subject.forms for line in _own_paths(form)]
    if os.environ.get(VARIABLE):
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    known = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    listed = [line for line in known if line.strip()]
    gone = [line for line in listed if line not in lines]
    new = [line for line in lines if line not in listed]
    again = f"if that is intended: {VARIABLE}=1 pytest"
    assert not gone, f"gone: {'; '.join(gone)} ({again})"
    assert not new, f"not listed in {file.name}: {'; '.join(new)} ({again})"


def _own_paths(form: Form) -> list[str]:
    """Return a line for each figure that the form does not take from its base form."""
    base = form.base.indicators if form.base is not None else {}
    own = [indicator for path, indicator in form.indicators.items() if path not in base]
    return [f"{form.id} {indicator.path} {indicator.unit or '-'}" for indicator in own]
