"""What a form changes of another, a form drawn blank, and a grammar with all its names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gischema import Gischema, read_form
from gischema.cli.app import app
from gischema.forms.form_changes import FormChange, form_changes
from gischema.forms.grammar_text import grammar_text
from gischema.output.blank_form import blank_form_html

ROOT = Path(__file__).parents[2]
IMAGINED = ROOT / "examples" / "art20_2027"


@pytest.fixture(scope="module")
def engine() -> Gischema:
    """The national forms, the imagined form of 2027 and the variants that ship with the package."""
    plugins = [IMAGINED, *sorted(ROOT.glob("plugins/*/gischema_*"))]
    found = Gischema(plugins=[one for one in plugins if one.is_dir()])
    assert found.problems == ()
    return found


def changed(changes: tuple[FormChange, ...], kind: str, what: str = "row") -> list[str]:
    return [one.path for one in changes if (one.kind, one.what) == (kind, what)]


def test_revision_of_2021_is_what_the_notice_changed(engine: Gischema) -> None:
    """Rows and columns that came, went and were renamed, and nothing else."""
    changes = form_changes(engine.forms["art20-2019"], engine.forms["art20-2021"])
    assert changed(changes, "renamed") == ["proactive.normative"]
    assert changed(changes, "dropped") == ["proactive.other_services", "proactive.procurement"]
    other = "requests.disposed.other."
    names = ("correction_overdue", "fee_overdue", "other")
    assert changed(changes, "added") == [other + name for name in names]
    assert changed(changes, "moved") == changed(changes, "path") == changed(changes, "unit") == []
    assert changed(changes, "renamed", "column") == ["proactive.licensing.decisions"]
    assert changed(changes, "added", "column") == [
        "proactive.rules.issued",
        "proactive.rules.repealed",
        "proactive.rules.in_force",
        "proactive.fees.amount",
    ]


def test_every_path_of_a_change_exists(engine: Gischema) -> None:
    """In the new form, or in the old one if it is dropped."""
    forms = list(engine.forms.values())
    for old in forms:
        for new in forms:
            for change in form_changes(old, new):
                form = old if change.kind == "dropped" else new
                assert any(change.path.startswith(row.path) for row in form.rows)


def test_form_changes_nothing_of_itself(engine: Gischema) -> None:
    """Whatever the form."""
    assert not any(form_changes(form, form) for form in engine.forms.values())


def test_moved_row_other_unit_and_other_path(tmp_path: Path) -> None:
    """Each is a change of its own; another number before a label is none."""
    head = "// form: {0}\n// years: 2030–\n// basis: 青禾办〔2030〕1号\nstart: _section*\n"
    (tmp_path / "a.lark").write_text(
        head.format("a-2030") + '_section: letters\nletters: (A | B | C | D)+\nA: "1.来信 | 件"\n'
        'B: "2.来电 | 次"\nC: "3.来访 | 人"\nD: "4.支出 | 元"\n',
        encoding="utf-8",
    )
    (tmp_path / "b.lark").write_text(
        head.format("b-2030") + '_section: letters\nletters: (B | A | E | D)+\nA: "2.来信 | 件"\n'
        'B: "1.来电 | 次"\nE: "3.来访 | 人"\nD: "4.支出 | 万元"\n',
        encoding="utf-8",
    )
    changes = form_changes(read_form(tmp_path / "a.lark"), read_form(tmp_path / "b.lark"))
    assert changed(changes, "path") == ["letters.e"]
    assert changed(changes, "unit") == ["letters.d"]
    assert len(changed(changes, "moved")) == 1
    assert len(changes) == 3


@pytest.mark.parametrize("shape", ["table", "markdown", "html", "json", "csv"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_changes_are_written_in_every_format(shape: str, lang: str) -> None:
    """The row that the revision drops and the one that it renames are in each."""
    options = ["--plugin", str(IMAGINED), "--format", shape, "--lang", lang]
    result = CliRunner().invoke(app, ["forms", "art20-2021", "art20-2027", *options])
    assert result.exit_code == 0
    for words in ("3.要求提供公开出版物", "(一)全部公开", "requests.disposed.granted"):
        assert words in result.stdout


def test_blank_form_that_is_filled_in_is_read(engine: Gischema) -> None:
    """Every cell of the drawn form is the figure whose path it shows; codes of rows are none."""
    for form in engine.forms.values():
        page = blank_form_html(form, "zh").replace('<td class="figure"></td>', "<td>07</td>")
        first, *cells = re.split(r'(?<=class="figure">)[^<]*', page)
        paths = re.findall(r'title="([\w.]+)" class="figure"', page)
        assert sorted(paths) == sorted(form.indicators)
        numbers = {path: 1000 + number for number, path in enumerate(paths)}
        filled = first + "".join(map("{}{}".format, numbers.values(), cells))
        title = f"<p>青禾市{form.years[0]}年政府信息公开工作年度报告</p>"
        report = engine.parse(filled.replace("<body>", f"<body>{title}").encode(), form=form.id)
        assert {f.path: f.value for f in report.figures} == numbers, form.id


def test_grammar_text_is_the_whole_form(engine: Gischema, tmp_path: Path) -> None:
    """Written to a file it declares the same figures, without any import."""
    for form in engine.forms.values():
        (file := tmp_path / "whole.lark").write_text(grammar_text(form), encoding="utf-8")
        assert "%import" not in grammar_text(form)
        again = read_form(file)
        assert again.id == form.id
        assert list(again.indicators) == list(form.indicators)
        assert [i.label for i in again.indicators.values()] == [
            i.label for i in form.indicators.values()
        ]


def test_names_of_a_grammar_can_be_overridden(tmp_path: Path) -> None:
    """A label of the printed grammar of 2021 is overridden by the name that is printed."""
    result = CliRunner().invoke(app, ["forms", "art20-2021", "--grammar"])
    assert 'NOT_HELD: "1.本机关不掌握相关政府信息"' in result.stdout
    (tmp_path / "test.lark").write_text(
        "// form: art20-2021+test\n// years: 2021–\n// basis: 青禾办〔2022〕3号\n"
        '%import .art20_2021 (start)\n%override NOT_HELD: "1.本机关没有"\n',
        encoding="utf-8",
    )
    assert Gischema(plugins=[tmp_path]).problems == ()


def test_form_is_needed_to_draw_one() -> None:
    """`--html` and `--grammar` alone are bad usage."""
    for option in ("--html", "--grammar"):
        assert CliRunner().invoke(app, ["forms", option]).exit_code == 2
