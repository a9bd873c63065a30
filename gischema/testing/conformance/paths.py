"""A list of a plugin's paths beside its tests: others store figures under them."""

from __future__ import annotations

import os
from pathlib import Path

from gischema.testing.conformance.subject import Subject

VARIABLE = "UPDATE_PATHS"


def keeps_its_paths(subject: Subject, file: Path) -> None:
    """The paths and units of the plugin's figures are those listed in `file`.

    With `UPDATE_PATHS=1` the list is written anew; what is gone from it then breaks somebody's
    program.
    """
    lines = []
    for form in subject.forms:
        base = form.base.indicators if form.base is not None else {}
        own = [i for path, i in form.indicators.items() if path not in base]
        lines += [f"{form.id} {i.path} {i.unit or '-'}" for i in own]
    if os.environ.get(VARIABLE):
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    known = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    listed = [line for line in known if line.strip()]
    gone = [line for line in listed if line not in lines]
    new = [line for line in lines if line not in listed]
    again = f"if that is meant: {VARIABLE}=1 pytest"
    assert not gone, f"gone: {'; '.join(gone)} ({again})"
    assert not new, f"not listed in {file.name}: {'; '.join(new)} ({again})"
