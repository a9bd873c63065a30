"""The conformance suite passes what is right, and names what is wrong."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from gischema.diagnostics import diagnose
from gischema.hooks import hookimpl
from gischema.plugins.form_file import read_form
from gischema.reading import Document
from gischema.report import Report
from gischema.testing.conformance import Subject, checks
from tests.plugins.conftest import RULES, VARIANT

pytestmark = pytest.mark.slow

DAMAGED = "damaged_pages_are_read_or_flagged"


def failing(
    plugin: object, only: str = "", paths: Path | None = None, but: str = ""
) -> dict[str, str]:
    """The checks that a plugin fails, and what they say."""
    subject = Subject.of(plugin)
    found = {}
    for check in checks(subject, paths):
        if only not in ("", check.holds.__name__) or check.holds.__name__ == but:
            continue
        try:
            check.run(subject)
        except AssertionError as error:
            found[check.holds.__name__] = str(error)
    return found


def write(folder: Path, grammar: str = VARIANT, rules: str = RULES) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "variant.lark").write_text(grammar, encoding="utf-8")
    (folder / "ferry.rules").write_text(rules, encoding="utf-8")
    return folder


DOCUMENTED = RULES.replace(
    "  check ", '  why "来信是公开的一部分。" / "Letters are a part."\n  check '
)


def test_good_plugin_passes(tmp_path: Path) -> None:
    """A variant of one row and its rule pass every check, in a fresh file of paths too."""
    folder = write(tmp_path / "ferry", rules=DOCUMENTED)
    (paths := tmp_path / "paths.txt").write_text("stat-2014+test ferry_letters 件\n", "utf-8")
    assert failing(folder, paths=paths, but=DAMAGED) == {}


@pytest.mark.long
def test_good_plugin_reads_damaged_pages(tmp_path: Path) -> None:
    """The check that takes longest; the packaging tests run it for every reference plugin."""
    assert failing(write(tmp_path / "ferry"), DAMAGED) == {}


def imagined(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The form of 2027 in `examples`."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "examples" / "art20_2027"))
    return import_module("art20_2027")


def test_imagined_generation_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """One grammar, one class and one rule file are a generation."""
    assert failing(imagined(monkeypatch), but=DAMAGED) == {}


@pytest.mark.long
def test_imagined_generation_reads_damaged_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pages are read or named after every damage."""
    assert failing(imagined(monkeypatch), DAMAGED) == {}


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ('八、渡口意见箱来信数 | 件"', '八、渡口意见箱来信数"', "every_figure_has_a_unit"),
        ("%extend", 'IDLE: "渡口 | 件"\n%extend', "every_label_is_used"),
        ("八、渡口意见箱来信数", "六、举报投诉数量", "wordings_differ_from_those_of_the_form"),
        ("2014–2018", "2018–2014", "says_what_it_stands_on"),
        ("stat-2014+test", "stat-1999+test", "says_what_it_stands_on"),
        ("// form: ", "// shape: ", "loads_without_a_problem"),
        (
            "%extend",
            '%override LETTER: "4.信件申请数 | 件"\n%extend',
            "keeps_the_figures_of_its_form",
        ),
        ("八、渡口意见箱来信数", "一、主动公开情况", "undamaged_pages_are_read_without_doubt"),
    ],
)
def test_fault_of_a_grammar_is_named(tmp_path: Path, old: str, new: str, check: str) -> None:
    """Each fault is found by the check that says so."""
    grammar = VARIANT.replace(old, new)
    if "LETTER:" in grammar:
        grammar = grammar.replace("(start, _section)", "(start, _section, LETTER)")
    assert failing(write(tmp_path / "ferry", grammar, ""), check)[check]


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("RULES", "RULES", "rule_is_documented"),
        ("forms  stat-2014+test", "forms  stat-2014+test, stat-1999", "rule_fits_its_forms"),
        ("ferry_letters = 3", "ferry_letters = 1", "rule_does_as_its_examples_say"),
        ('/ "{left} letters', '/ "{left} 来信', "rule_is_documented"),
    ],
)
def test_fault_of_a_rule_is_named(tmp_path: Path, old: str, new: str, check: str) -> None:
    """Missing words, forms that are not there, examples that say otherwise."""
    rules = RULES if old == "RULES" else DOCUMENTED.replace(old, new)
    assert failing(write(tmp_path / "ferry", rules=rules), check)[check]


def test_path_that_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that was listed and a path that is not are both named; the list can be renewed."""
    folder, paths = write(tmp_path / "ferry", rules=DOCUMENTED), tmp_path / "paths.txt"
    name = "keeps_its_paths"
    paths.write_text("stat-2014+test boat_letters 件\n", encoding="utf-8")
    assert "boat_letters" in failing(folder, name, paths)[name]
    monkeypatch.setenv("UPDATE_PATHS", "1")
    assert failing(folder, name, paths) == {}
    assert paths.read_text(encoding="utf-8") == "stat-2014+test ferry_letters 件\n"


def test_typed_field_without_a_figure_is_named(tmp_path: Path) -> None:
    """A typed section that no row fills would be empty for ever."""
    file = write(tmp_path / "ferry") / "variant.lark"

    class Typed(Report):
        @classmethod
        def typed_paths(cls) -> frozenset[str]:
            return frozenset({"ferry_letters", "boats"})

    class Plugin:
        @hookimpl
        def gischema_forms(self) -> list:
            return [read_form(file, report=Typed)]

    name = "typed_sections_name_figures"
    assert "boats" in failing(Plugin(), name)[name]


def test_plugin_that_disturbs_national_pages_is_named(tmp_path: Path) -> None:
    """A form that takes national pages for its own is found out."""

    class Greedy:
        @hookimpl
        def gischema_choose_form(self) -> str:
            return "stat-2014"

    name = "national_pages_read_as_before"
    assert failing(Greedy(), name)


@pytest.mark.parametrize("seen", ["elsewhere", "glued"])
def test_doubt_on_a_row_of_the_variant_is_named(tmp_path: Path, seen: str) -> None:
    """A clear figure in doubt fails: where an added row stands elsewhere, in any whole layout."""
    file = write(tmp_path / "ferry") / "variant.lark"

    class Doubting:
        @hookimpl
        def gischema_forms(self) -> list:
            return [read_form(file)]

        @hookimpl
        def gischema_report_parsed(self, report: Report, document: Document) -> list:
            figure = report.by_path["ferry_letters"]
            first = report.figures and report.figures[0] is figure
            glued = "渡口意见箱来信数件" in document.text
            if figure.value is None or (first if seen == "elsewhere" else not glued):
                return []
            words = {"label": figure.label}
            return [diagnose("D308", figure.origin, (figure.path,), **words)]

    name = "undamaged_pages_are_read_without_doubt"
    assert "渡口意见箱来信数" in failing(Doubting(), name)[name]
