"""A file says which plugin interface it is written for; another one is refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema import Gischema
from gischema.plugins.interface import CHANGES, INTERFACE

from .conftest import RULES, VARIANT, plugin

OLD = INTERFACE - 1
LEXICON = '[phrase.RECEIVE]\nwordings = "登记在册"\n'


def _engine(folder: Path) -> tuple[Gischema, str]:
    engine = Gischema(plugins=[folder])
    return engine, " ".join(problem.message for problem in engine.problems)


def test_the_current_interface_is_used(folder: Path) -> None:
    """Grammars, rules and lexicons that state it load without a word."""
    grammar, rules = folder / "stat_2014+test.lark", folder / "ferry.rules"
    grammar.write_text(VARIANT.replace("// years", f"// interface: {INTERFACE}\n// years"), "utf-8")
    rules.write_text(f"# interface: {INTERFACE}\n{RULES}", "utf-8")
    (folder / "narrative.toml").write_text(f"# interface: {INTERFACE}\n{LEXICON}", "utf-8")
    engine, problems = _engine(folder)
    assert problems == ""
    assert "stat-2014+test" in engine.forms
    assert engine.rules.get("T1").code == "T1"


@pytest.mark.parametrize("kind", [".lark", ".rules"])
def test_an_older_one_is_refused_with_what_to_change(folder: Path, kind: str) -> None:
    """The message has file, line and every change; the other files of the folder are used."""
    (file,) = folder.glob(f"*{kind}")
    mark = "//" if kind == ".lark" else "#"
    file.write_text(f"{mark} interface: {OLD}\n{file.read_text('utf-8').lstrip()}", "utf-8")
    (folder / "other.lark").write_text(VARIANT.replace("+test", "+other"), "utf-8")
    engine, problems = _engine(folder)
    assert f"{file.name}:1：" in problems
    for change in CHANGES:
        assert (change.zh in problems) == (change.kind == kind)
    assert "stat-2014+other" in engine.forms
    assert ("stat-2014+test" in engine.forms) == (kind != ".lark")


def test_a_newer_one_asks_for_a_newer_gischema(folder: Path) -> None:
    """Nothing is guessed about what a later interface means."""
    file = folder / "narrative.toml"
    file.write_text(f"# interface: {INTERFACE + 1}\n{LEXICON}", "utf-8")
    engine, problems = _engine(folder)
    assert "narrative.toml:1：" in problems
    assert "请升级 gischema" in problems
    assert "stat-2014+test" in engine.forms


def test_a_shared_file_counts_too(folder: Path) -> None:
    """A grammar that others import is refused with them: they say what it says."""
    helper = f'// interface: {OLD}\nBOAT: "九、船只数 | 艘"\n'
    (folder / "boats.lark").write_text(helper, "utf-8")
    (folder / "stat_2014+test.lark").write_text(
        VARIANT.replace("%extend", "%import .boats (BOAT)\n%extend") + "%extend _section: BOAT\n",
        "utf-8",
    )
    engine, problems = _engine(folder)
    assert "boats.lark:1：" in problems
    assert "stat-2014+test" not in engine.forms


@pytest.mark.parametrize(("stated", "refused"), [(INTERFACE, False), (99, True), ("two", True)])
def test_a_module_may_say_it_too(stated: object, refused: bool) -> None:
    """A plugin in Python has an attribute in place of the comment."""
    made = plugin("p", gischema_rules=lambda: ())
    made.gischema_interface = stated
    assert bool(Gischema(plugins=[made]).problems) == refused


def test_the_documents_name_the_interface() -> None:
    """Templates and documents say the number that the code has."""
    root = Path(__file__).parents[2]
    assert f"interface: {INTERFACE}" in (root / "docs/en/reference/hooks.md").read_text("utf-8")
    templates = (root / "gischema/scaffold/templates").glob("*.template")
    stating = [f for f in templates if "interface:" in f.read_text("utf-8")]
    assert len(stating) == 4
    assert all(f"interface: {INTERFACE}" in f.read_text("utf-8") for f in stating)
