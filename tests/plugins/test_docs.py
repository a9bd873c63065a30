"""The page about hooks is complete, and its examples run."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

import pytest

from gischema import Gischema, hooks
from gischema.testing.conformance import Subject, checks
from gischema.testing.conformance.pages import damaged_pages_are_read_or_flagged

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parents[2] / "docs" / "en"
PAGE = (DOCS / "reference/hooks.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
HOOKS = [
    name for name, _ in inspect.getmembers(hooks, inspect.isfunction) if name[:9] == "gischema_"
]
SECTIONS = {part.partition("\n")[0]: part for part in PAGE.split("\n## ")[1:]}


def test_every_hook_is_documented() -> None:
    """Each hook has a section, each section a hook, and each specification a docstring."""
    assert set(SECTIONS) == set(HOOKS)
    assert all(getattr(hooks, name).__doc__ for name in HOOKS)


def test_every_hook_is_tested() -> None:
    """Each hook is implemented by a plugin in the tests of engines or of folders."""
    files = ("test_engine.py", "test_folder.py")
    tests = "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in files)
    assert [name for name in HOOKS if f"{name}=" not in tests and f"def {name}" not in tests] == []


@pytest.mark.parametrize("hook", SECTIONS)
def test_examples_run(hook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of the page are written, the plugin is made, and what is shown is what comes out."""
    monkeypatch.chdir(tmp_path)
    page = next(text for kind, name, text in BLOCK.findall(PAGE) if (kind, name) == ("text", ""))
    for _, name, text in BLOCK.findall(PAGE):
        if name:
            Path(name).write_text(text, encoding="utf-8")
    known: dict = {"Gischema": Gischema, "page": page, "__name__": "lakeside"}
    shown = 0
    for kind, _, text in BLOCK.findall(SECTIONS[hook]):
        if kind == "python":
            exec(compile(text, hook, "exec", dont_inherit=True), known)
        elif kind == "pycon":
            test = doctest.DocTestParser().get_doctest(text, known, hook, None, 0)
            result = doctest.DocTestRunner().run(test, clear_globs=False)
            assert result.failed == 0
            shown += result.attempted
    assert shown


def test_folder_of_the_tutorial_conforms(tmp_path: Path) -> None:
    """The files of the tutorial, written as they stand, are a plugin without a problem."""
    text = (DOCS / "tutorials/plugin-author.md").read_text(encoding="utf-8")
    for _, name, content in BLOCK.findall(text):
        if name.startswith("lakeside/"):
            file = tmp_path / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(content, encoding="utf-8")
    subject = Subject.of(tmp_path / "lakeside")
    assert [form.id for form in subject.forms] == ["stat-2014+lakeside"]
    for check in checks(subject):
        if check.holds is not damaged_pages_are_read_or_flagged:
            check.run(subject)
