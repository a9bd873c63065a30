"""The conformance suite passes what is right, and names what is wrong."""

from __future__ import annotations

import time
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from gischema.diagnostics import diagnose
from gischema.hooks import hookimpl
from gischema.plugins.form_file import read_form
from gischema.reading import Document
from gischema.report import Report
from gischema.testing.choices import SeededChoices
from gischema.testing.conformance import Subject, checks
from gischema.testing.values import busy_values
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
    if rules:
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
        ("forms  stat-2014+test", "forms  stat-2014+test, stat-1999", "loads_without_a_problem"),
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


HARBOUR = """// form: art20-2021+harbour
// years: 2021–
// basis: 青禾办〔2022〕3号

%import .art20_2021 (start, _section)

%override _section: proactive | requests | review | ferry
ferry: _FERRY? ferry__columns? (PIERS | BOATS)+
_FERRY: "五、渡口工作情况"
ferry__columns: _ITEM? (HOURS | VISITS)+
_ITEM: "渡口内容"
HOURS: "服务时长 | 小时"
VISITS: "接待规模 | 万人次"
PIERS: "码头服务"
BOATS: "渡船服务"
"""


def test_variant_with_a_table_of_its_own_passes(tmp_path: Path) -> None:
    """Its heads are gone from a page of the form itself; units are its own."""
    assert failing(write(tmp_path / "harbour", HARBOUR, ""), but=DAMAGED) == {}


def test_fast_mode_takes_seconds_and_finds_the_same_faults(tmp_path: Path) -> None:
    """It leaves out damaged pages and layouts of one kind; what it runs takes under 5 seconds."""
    subject = Subject.of(write(tmp_path / "harbour", HARBOUR, ""), fast=True)
    begun = time.process_time()
    for check in (run := list(checks(subject))):
        check.run(subject)
    assert time.process_time() - begun < 5
    assert DAMAGED not in {check.holds.__name__ for check in run}
    broken = VARIANT.replace("八、渡口意见箱来信数", "一、主动公开情况")
    name = "undamaged_pages_are_read_without_doubt"
    subject = Subject.of(write(tmp_path / "ferry", broken, ""), fast=True)
    (check,) = (check for check in checks(subject) if check.holds.__name__ == name)
    with pytest.raises(AssertionError):
        check.run(subject)


def test_message_begins_with_path_printed_and_read(tmp_path: Path) -> None:
    """The page comes last: what is wrong stands in the first line."""
    file = write(tmp_path / "ferry", rules="") / "variant.lark"

    class Doubting:
        @hookimpl
        def gischema_forms(self) -> list:
            return [read_form(file)]

        @hookimpl
        def gischema_report_parsed(self, report: Report) -> list:
            figure = report.by_path["ferry_letters"]
            words = {"label": figure.label}
            return [diagnose("D308", figure.origin, (figure.path,), **words)]

    name = "undamaged_pages_are_read_without_doubt"
    first = failing(Doubting(), name)[name].splitlines()[0]
    assert first.startswith("doubted ferry_letters: printed '")
    assert ", read '" in first


def test_pages_of_the_checks_are_not_all_zeros(tmp_path: Path) -> None:
    """With one number in every cell no mistake in the columns would be found."""
    for form in Subject.of(write(tmp_path / "harbour", HARBOUR, "")).engine.forms.values():
        for seed in range(20):
            values = busy_values(form, SeededChoices(seed))
            leaves = [v for path, v in values.items() if not path.endswith("total")]
            assert sum(value == 0 for value in leaves) < len(leaves) / 5


def test_label_that_disturbs_a_text_is_found(tmp_path: Path) -> None:
    """A plugin that turns a line of the text into something else is found out."""
    folder = write(tmp_path / "ferry", rules="")

    class Disturbing:
        @hookimpl
        def gischema_forms(self) -> list:
            return [read_form(folder / "variant.lark")]

        @hookimpl
        def gischema_choose_form(self, document: Document) -> str | None:
            return "stat-2014+test" if "渡口意见箱" in document.text else None

    assert "labels_in_a_text_change_no_other_page" in failing(Disturbing(), but=DAMAGED)
