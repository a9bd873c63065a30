"""What plugins add is there; what is wrong with one is named, and the rest goes on."""

from __future__ import annotations

import copy
import io
import pickle
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

import gischema
from gischema import Diagnostic, Document, Exporter, Gischema, Plugin, Reader, read_form
from gischema.report import Report
from tests.plugins.conftest import PAGE, VARIANT, plugin


def codes(report: Report) -> list[str]:
    return [diagnostic.code for diagnostic in report.diagnostics]


def values(report: Report) -> dict:
    return {figure.path: figure.value for figure in report.figures}


def test_without_plugins_rows_of_a_variant_are_unclaimed() -> None:
    """The national form does not know the row; nothing of it is lost."""
    report = Gischema().parse_text(PAGE)
    assert report.variant is None
    assert [number.raw for number in report.unclaimed] == ["14"]


def test_folder_adds_a_variant_and_its_rules(folder: Path) -> None:
    """A grammar and a rule file suffice: the variant is chosen by its row, and the rule runs."""
    engine = Gischema(plugins=[folder])
    report = engine.parse_text(PAGE)
    assert (report.form, report.variant) == ("stat-2014", "test")
    assert report.figure("ferry_letters").value == 14
    assert report.extras["ferry_letters"].unit == "件"
    assert report.unclaimed == ()
    assert "T1" in [finding.code for finding in engine.check(report).findings]
    assert engine.problems == ()
    assert engine.loads(engine.dumps(report)) == report


def test_the_path_of_one_folder_is_no_list_of_letters(folder: Path) -> None:
    """A string is iterable, too."""
    assert Gischema(plugins=str(folder)).parse_text(PAGE).variant == "test"


def test_variant_leaves_national_pages_alone(folder: Path) -> None:
    """A page without a row of the variant stands on the national form, and reads the same."""
    national = "".join(line for line in PAGE.splitlines(keepends=True) if "渡口" not in line)
    engine = Gischema(plugins=[folder])
    assert engine.parse_text(national) == Gischema().parse_text(national)
    mentioned = national + "渡口意见箱来信数\n"
    assert engine.parse_text(mentioned).variant is None


def test_aliases_hold_for_a_form_and_its_variants(folder: Path) -> None:
    """A further wording of a label is read as an alias, also on a variant."""
    wordings = plugin("w", gischema_aliases=lambda: {"stat-2014": {"FAX": ["电报申请数"]}})
    text = PAGE.replace("传真申请数", "电报申请数")
    assert "requests.received.fax" not in values(Gischema().parse_text(text))
    for plugins in ([wordings], [wordings, folder]):
        figure = Gischema(plugins=plugins).parse_text(text).figure("requests.received.fax")
        assert (figure.value, figure.reading) == (1, "alias")


@pytest.mark.parametrize(
    ("aliases", "word"),
    [
        ({"stat-2014": {"FAX": ["网络申请数"]}}, "ONLINE"),
        ({"stat-2014": {"TELEX": ["电报申请数"]}}, "TELEX"),
        ({"stat-1999": {"FAX": ["电报申请数"]}}, "stat-1999"),
    ],
)
def test_alias_that_would_mislead_is_refused(aliases: dict, word: str) -> None:
    """The wording of another label, or a label that is not there, is a problem and nothing else."""
    engine = Gischema(plugins=[plugin("w", version="1.2", gischema_aliases=lambda: aliases)])
    (problem,) = engine.problems
    assert word in problem.message
    assert "w 1.2" in problem.message
    assert values(engine.parse_text(PAGE)) == values(Gischema().parse_text(PAGE))


def test_wording_that_two_plugins_give_to_different_labels_is_used_for_none() -> None:
    """Which label is meant nobody knows, so it is none; both plugins are named."""
    one = plugin("one", gischema_aliases=lambda: {"stat-2014": {"FAX": ["电报申请数"]}})
    two = plugin("two", gischema_aliases=lambda: {"stat-2014": {"ONLINE": ["电报申请数"]}})
    for plugins in permutations([one, two]):
        engine = Gischema(plugins=plugins)
        assert [problem.code for problem in engine.problems] == ["D902", "D902"]
        read = values(engine.parse_text(PAGE.replace("传真申请数", "电报申请数")))
        assert not read.keys() & {"requests.received.fax", "requests.received.online"}


LETTERS = """
[phrase.LETTERS]
wordings = "意见箱来信"

[[clause]]
indicator = "letters.received"
all = "LETTERS"
unit = "CASES NONE"
"""


def test_narrative_files_of_plugins_and_folders_add_clauses(folder: Path) -> None:
    """What the running text says in a plugin's words is read; a file that clashes is left out."""
    file = folder / "narrative_letters.toml"
    file.write_text(LETTERS, encoding="utf-8")
    twice = plugin("twice", version="1", gischema_narrative=lambda: [file])
    text = PAGE.replace("统计指标", "二、概述\n全年意见箱来信6件。\n统计指标", 1)
    for plugins in permutations([folder, twice]):
        engine = Gischema(plugins=plugins)
        (problem,) = engine.problems
        assert "twice 1" in problem.message
        stated = {f.path: f.value for f in engine.parse_text(text).narrative}
        assert stated == {"letters.received": 6}
    assert not Gischema().parse_text(text).narrative


def test_reader_takes_what_it_accepts() -> None:
    """A plugin's reader is asked before those of the package."""
    reader = Reader(
        "upside-down",
        frozenset({".pu"}),
        lambda data, _: data.startswith(b"\x00pu"),
        lambda data, name: Document(data[3:].decode()[::-1], name, "upside-down"),
    )
    engine = Gischema(plugins=[plugin("r", gischema_readers=lambda: [reader])])
    report = engine.parse(b"\x00pu" + PAGE[::-1].encode())
    assert values(report) == values(Gischema().parse_text(PAGE))
    assert engine.parse(PAGE.encode()).diagnostics == Gischema().parse(PAGE.encode()).diagnostics


def test_reader_takes_markup_at_hand_too() -> None:
    """A page is the same from a file, as a text, and from a file of text."""
    reader = Reader("p", frozenset(), lambda data, _: b"<ferry>" in data, lambda *_: Document(PAGE))
    engine = Gischema(plugins=[plugin("p", gischema_readers=lambda: [reader])])
    expected = values(engine.parse(b"<ferry>"))
    assert values(engine.parse_text("<ferry>")) == expected
    assert values(engine.parse(io.StringIO("<ferry>"))) == expected


@pytest.mark.parametrize("broken", ["accepts", "read"])
def test_reader_that_raises_leaves_the_file_to_the_next(broken: str) -> None:
    """The text reader gets the file, and the report says which plugin failed."""

    def fail(data: bytes, name: str | None) -> Document:
        raise ZeroDivisionError("one over zero")

    accepts = fail if broken == "accepts" else lambda data, name: True
    reader = Reader("r", frozenset(), accepts, fail)  # type: ignore[arg-type]
    engine = Gischema(plugins=[plugin("r", version="0.3", gischema_readers=lambda: [reader])])
    report = engine.parse(PAGE.encode())
    assert values(report) == values(Gischema().parse_text(PAGE))
    (note,) = [d for d in report.diagnostics if d.code == "D901"]
    assert "r 0.3" in note.message
    assert "one over zero" in note.message_en


def test_exporters_are_known_by_name() -> None:
    """An exporter of a plugin is had from the engine."""
    exporter = Exporter("count", lambda reports: [f"{len(list(reports))}\n"])
    engine = Gischema(plugins=[plugin("e", gischema_exporters=lambda: [exporter])])
    assert list(engine.exporters) == ["count"]


def test_plugin_may_choose_the_form() -> None:
    """What a plugin says of the form counts more than labels; what the caller says, most."""
    chooser = plugin("c", gischema_choose_form=lambda document: None)
    assert Gischema(plugins=[chooser]).parse_text(PAGE).form == "stat-2014"
    forced = plugin("f", gischema_choose_form=lambda document, forms: forms[-1])
    assert Gischema(plugins=[forced]).parse_text(PAGE).form == "art20-2021"
    assert Gischema(plugins=[forced]).parse_text(PAGE, form="stat-2014").form == "stat-2014"


def test_plugins_that_disagree_about_the_form_are_not_followed() -> None:
    """The labels decide, and a diagnostic names both, whichever was loaded first."""
    one = plugin("one", gischema_choose_form=lambda document: "art20-2021")
    two = plugin("two", gischema_choose_form=lambda document: "art20-2019")
    reports = [Gischema(plugins=given).parse_text(PAGE) for given in permutations([one, two])]
    assert reports[0] == reports[1]
    assert reports[0].form == "stat-2014"
    assert "D903" in codes(reports[0])


def test_unknown_form_of_a_plugin_is_named() -> None:
    """A form that is not there is no choice."""
    engine = Gischema(plugins=[plugin("c", gischema_choose_form=lambda: "stat-1999")])
    report = engine.parse_text(PAGE)
    assert report.form == "stat-2014"
    assert any(d.code == "D901" and "stat-1999" in d.message for d in report.diagnostics)


def test_plugin_may_notice_something_about_a_report() -> None:
    """Diagnostics of a plugin stand behind those of the reader."""
    notice = Diagnostic("X001", "渡口", "ferry", ("requests.received",))
    engine = Gischema(plugins=[plugin("n", gischema_report_parsed=lambda report: [notice])])
    assert engine.parse_text(PAGE).diagnostics[-1] == notice


def test_exporters_get_figures_with_their_doubts() -> None:
    """Those of the reader first, then those that plugins notice."""
    twice = PAGE.replace("（一）收到申请数 | 件 | 3 |\n", "（一）收到申请数 | 件 | 3 |\n" * 2, 1)
    twice = twice.replace("件 | 3", "件 | 4", 1)
    notice = Diagnostic("X001", "渡口", "ferry", ("requests.received",))
    exporter = Exporter(
        "d", lambda reports: [str(r.figure(notice.paths[0]).doubts) for r in reports]
    )
    engine = Gischema(
        plugins=[
            plugin("n", gischema_report_parsed=lambda: [notice]),
            plugin("e", gischema_exporters=lambda: [exporter]),
        ]
    )
    exported = engine.exporters["d"].export([engine.parse_text(twice)])
    assert list(exported) == ["('D301', 'X001')"]


def raising(*_: object) -> None:
    raise RuntimeError("the ferry sank")


@pytest.mark.parametrize(
    "hook",
    [
        "gischema_forms",
        "gischema_rules",
        "gischema_aliases",
        "gischema_narrative",
        "gischema_readers",
        "gischema_exporters",
        "gischema_choose_form",
        "gischema_report_parsed",
    ],
)
def test_plugin_that_raises_is_named_and_the_run_goes_on(hook: str) -> None:
    """Whatever hook raises: figures stay, and name, version and reason are shown."""
    engine = Gischema(plugins=[plugin("bad", version="2.1", **{hook: raising})])
    report = engine.parse_text(PAGE)
    assert values(report) == values(Gischema().parse_text(PAGE))
    assert engine.check(report).held
    shown = [*engine.problems, *(d for d in report.diagnostics if d.code == "D901")]
    assert any("bad 2.1" in d.message and "the ferry sank" in d.message for d in shown)


@pytest.mark.parametrize(
    ("hook", "answer"),
    [
        ("gischema_forms", ["stat-2014"]),
        ("gischema_rules", [7]),
        ("gischema_aliases", ["FAX"]),
        ("gischema_narrative", ["letters.toml"]),
        ("gischema_readers", ["text"]),
        ("gischema_exporters", 3),
        ("gischema_report_parsed", ["a remark"]),
    ],
)
def test_answer_of_the_wrong_kind_is_named(hook: str, answer: object) -> None:
    """A plugin that answers nonsense is named, and the run goes on."""
    given = plugin("odd", version=None, **{hook: lambda: answer})
    engine = Gischema(plugins=[given])
    report = engine.parse_text(PAGE)
    assert values(report) == values(Gischema().parse_text(PAGE))
    assert any("odd" in d.message for d in (*engine.problems, *report.diagnostics))


def test_plugin_that_cannot_be_loaded_is_named() -> None:
    """An import that fails stops neither the others nor the run."""

    def load() -> None:
        raise ModuleNotFoundError("No module named 'ferry'")

    engine = Gischema(plugins=[Plugin("lost", "1.0", "ferry", load)])
    assert "lost 1.0" in engine.problems[0].message
    assert codes(engine.parse_text(PAGE)).count("D901") == 1


def test_unknown_hook_and_no_hook_are_named() -> None:
    """A name with a slip in it is no silent nothing."""
    for given in (plugin("slip", gischema_form=raising), plugin("empty")):
        (problem,) = Gischema(plugins=[given]).problems
        assert given.__name__ in problem.message


def test_plugin_that_is_there_twice_is_named(folder: Path) -> None:
    """The second is left out."""
    engine = Gischema(plugins=[folder, folder])
    assert [problem.code for problem in engine.problems] == ["D902"]
    assert engine.parse_text(PAGE).figure("ferry_letters").value == 14


def test_what_is_there_already_is_left_out_and_named(folder: Path, tmp_path: Path) -> None:
    """The same form, rule or reader again: the first by name stays, and both are named."""
    file = tmp_path / "again.lark"
    file.write_text(VARIANT, encoding="utf-8")
    text = Reader("text", frozenset(), lambda data, name: False, lambda data, name: Document(""))
    again = plugin(
        "zebra",
        version="3",
        gischema_forms=lambda: [read_form(file)],
        gischema_rules=lambda: [folder / "ferry.rules"],
        gischema_readers=lambda: [text],
    )
    for given in permutations([again, folder]):
        problems = Gischema(plugins=given).problems
        assert [problem.code for problem in problems] == ["D902"] * 3
        assert all("zebra 3" in problem.message for problem in problems)
        assert "ferry" in problems[0].message


def test_order_of_plugins_changes_nothing(folder: Path) -> None:
    """Reports, rules and problems are the same whichever plugin is given first."""
    plugins = [
        folder,
        plugin("a", gischema_aliases=lambda: {"stat-2014": {"FAX": ["电报申请数"]}}),
        plugin("b", gischema_report_parsed=lambda: [Diagnostic("X1", "一", "one")]),
        plugin("c", gischema_report_parsed=lambda: [Diagnostic("X2", "二", "two")]),
        plugin("d", gischema_forms=raising),
    ]
    seen = set()
    for given in (plugins, plugins[::-1], plugins[2:] + plugins[:2]):
        engine = Gischema(plugins=given)
        report = engine.parse_text(PAGE)
        findings = [finding.code for finding in engine.check(report).findings]
        seen.add(repr((engine.dumps(report), findings, list(engine.forms), engine.problems)))
    assert len(seen) == 1


@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda engine: pickle.loads(pickle.dumps(engine))]
)
def test_an_engine_that_has_read_reports_can_be_copied_and_sent(
    folder: Path, copied: Callable[[Any], Any]
) -> None:
    """A pool of processes pickles the engine with its method; its forms may go alone."""
    engine = Gischema(plugins=[folder])
    report = engine.parse_text(PAGE)
    again = copied(engine)
    assert again.parse_text(PAGE) == report
    assert again.check(report) == engine.check(report)
    assert Gischema(forms=copied(tuple(engine.forms.values()))).parse_text(PAGE) == report


def test_the_default_engine_is_one_in_every_process() -> None:
    """`pool.map(gischema.parse, files)` builds no engine for each file."""
    assert pickle.loads(pickle.dumps(gischema.parse)) == gischema.parse
    assert copy.deepcopy(gischema.default_engine()) is gischema.default_engine()


def test_engines_with_different_plugins_live_side_by_side(folder: Path) -> None:
    """What one engine has, another does not see."""
    with_it, without = Gischema(plugins=[folder]), Gischema()
    assert with_it.parse_text(PAGE).variant == "test"
    assert without.parse_text(PAGE).variant is None
    assert "stat-2014+test" not in without.forms


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("// form: stat-2014+test\n", "", "form"),
        ("stat-2014+test", "Stat 2014", "Stat 2014"),
        ("2014–2018", "lately", "lately"),
        ("FERRY_LETTERS:", "FERRY_LETTERS =", "stat_2014+test.lark"),
        ("%extend _section: FERRY", "%extend _section: BOAT", "BOAT_LETTERS"),
    ],
)
def test_broken_grammar_is_named(folder: Path, old: str, new: str, word: str) -> None:
    """The message says which file, or what in it; the national forms go on."""
    file = folder / "stat_2014+test.lark"
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")
    (folder / "ferry.rules").unlink()
    engine = Gischema(plugins=[folder])
    assert word in engine.problems[0].message
    assert engine.parse_text(PAGE).form == "stat-2014"


def test_rule_that_does_not_fit_its_form_is_named(folder: Path) -> None:
    """A path that the form lacks leaves the file out, and the message has the line."""
    file = folder / "ferry.rules"
    text = file.read_text("utf-8").replace("proactive.disclosed", "proactive.closed")
    file.write_text(text, encoding="utf-8")
    engine = Gischema(plugins=[folder])
    assert "ferry.rules:9" in engine.problems[0].message
    assert engine.check(engine.parse_text(PAGE)).held


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("forms  stat-2014+test", "forms  stat-2013", "没有表式 stat-2013；是否指 stat-2014"),
        ("proactive.disclosed", "proactive.disclose", "是否指 proactive.disclosed, proactive"),
        ("ferry_letters <= ", "sum(proactive.*.*) <= ", "只能有一处 *"),
    ],
)
def test_faulty_rule_file_leaves_the_forms_alone(
    folder: Path, old: str, new: str, words: str
) -> None:
    """The message names the file that is left out, not the whole plugin; the variant is read."""
    file = folder / "ferry.rules"
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")
    engine = Gischema(plugins=[folder])
    (problem,) = engine.problems
    assert words in problem.message
    assert "未采用规则文件 ferry.rules" in problem.message
    assert "已跳过" not in problem.message
    assert engine.parse_text(PAGE).variant == "test"


def test_exception_of_a_hook_is_reported_with_its_line() -> None:
    """File and line of the plugin's own code, not of this package."""
    note = Gischema(plugins=[plugin("bad", gischema_report_parsed=raising)]).parse_text(PAGE)
    (problem,) = (d for d in note.diagnostics if d.code == "D901")
    line = raising.__code__.co_firstlineno + 1
    assert f"test_engine.py:{line}" in problem.message
    assert f"test_engine.py:{line}" in problem.message_en


@pytest.mark.parametrize("answer", ["abc", [3, 4], 7])
def test_wrong_answer_of_a_hook_is_reported_once(answer: object) -> None:
    """One problem, however many items are wrong."""
    (problem,) = Gischema(plugins=[plugin("odd", gischema_forms=lambda: answer)]).problems
    assert "gischema_forms" in problem.message
    assert "列表" in problem.message


def test_grammar_alone_keeps_the_typed_sections_of_its_form(folder: Path) -> None:
    """National figures of a variant without a class of its own are typed as on the form."""
    report = Gischema(plugins=[folder]).parse_text(PAGE)
    assert report.requests.received.fax == 1  # type: ignore[attr-defined]
    assert report.extras.keys() == {"ferry_letters"}


def test_python_file_is_a_plugin_without_installing(tmp_path: Path) -> None:
    """A file with hooks; a package by its `__init__.py`, whose own modules it imports."""
    (tmp_path / "ferry.lark").write_text(VARIANT, encoding="utf-8")
    hook = "@hookimpl\ndef gischema_forms():\n    return [read_form(HERE / 'ferry.lark')]\n"
    lead = "from pathlib import Path\nfrom gischema import hookimpl, read_form\n"
    (tmp_path / "single.py").write_text(
        f"{lead}HERE = Path(__file__).parent\n{hook}", encoding="utf-8"
    )
    (tmp_path / "__init__.py").write_text(f"{lead}from .place import HERE\n{hook}", "utf-8")
    (tmp_path / "place.py").write_text(
        "from pathlib import Path\nHERE = Path(__file__).parent\n", encoding="utf-8"
    )
    for file, name in (("single.py", "single"), ("__init__.py", tmp_path.name)):
        engine = Gischema(plugins=[tmp_path / file])
        assert [active.name for active in engine.plugins] == [name]
        assert pickle.loads(pickle.dumps(engine)).parse_text(PAGE).variant == "test"


def test_python_file_that_fails_is_reported_with_its_line(tmp_path: Path) -> None:
    """Every time, not only the first."""
    (file := tmp_path / "broken.py").write_text("\n\nraise KeyError('x')\n", encoding="utf-8")
    for _ in range(2):
        (problem,) = Gischema(plugins=[file]).problems
        assert "broken.py:3" in problem.message


@pytest.mark.parametrize("name", ["ferry.lark", "ferry.rules", "ferry.txt"])
def test_one_file_of_a_folder_is_a_plugin(folder: Path, tmp_path: Path, name: str) -> None:
    """A grammar or a rule file alone; anything else is refused."""
    (tmp_path / "ferry.lark").write_text(VARIANT, encoding="utf-8")
    (tmp_path / "ferry.txt").write_text(VARIANT, encoding="utf-8")
    rules = (folder / "ferry.rules").read_text("utf-8").replace("stat-2014+test", "stat-2014")
    (tmp_path / "ferry.rules").write_text(rules.replace("ferry_letters", "fees"), "utf-8")
    engine = Gischema(plugins=[tmp_path / name])
    assert bool(engine.problems) == (name == "ferry.txt")
    assert ("stat-2014+test" in engine.forms) == (name == "ferry.lark")
    assert (engine.rules.for_form("stat-2014")[-1].code == "T1") == (name == "ferry.rules")
