"""`gischema mark`: which files it writes, and what it says about them."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import util
from pathlib import Path

import docx
import pytest
from attrs import evolve
from click.testing import Result

import gischema
from gischema.testing.layouts.word import word_file
from tests.marking.planted import pages

Run = Callable[..., Result]
COPY = "2025年度报告（已批注）.docx"


@pytest.fixture
def report(tmp_path: Path, engine: gischema.Gischema, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Word file with a planted error, alone in a folder."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    (page,) = pages(engine, 1)
    file = tmp_path / "2025年度报告.docx"
    file.write_bytes(word_file(page))
    return file


def authors(file: Path) -> list[str]:
    return [comment.author for comment in docx.Document(str(file)).comments]


def test_the_copy_stands_next_to_the_file(run: Run, report: Path) -> None:
    """The line about it has the verdict; the file itself stays as it is, also a read-only one."""
    before = report.read_bytes()
    report.chmod(0o444)
    result = run("mark", report)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{report.with_name(COPY)}：")
    assert "个错误" in result.stdout
    assert report.read_bytes() == before
    assert {*authors(report.with_name(COPY))} == {"gischema"}
    assert report.with_name(COPY).stat().st_mode & 0o200


def test_a_folder_for_the_copies(run: Run, report: Path, tmp_path: Path) -> None:
    """It is made; of a folder of reports the copies of an earlier run are passed over."""
    assert run("mark", report).exit_code == 0
    result = run("mark", tmp_path, "-o", tmp_path / "批注" / "一")
    assert result.exit_code == 0
    assert [file.name for file in (tmp_path / "批注" / "一").iterdir()] == [COPY]


def test_files_of_one_name_have_each_a_copy(run: Run, report: Path, tmp_path: Path) -> None:
    other = tmp_path / "二" / report.name
    other.parent.mkdir()
    other.write_bytes(report.read_bytes())
    assert run("mark", report, other, "-o", tmp_path / "批注").exit_code == 0
    names = {file.name for file in (tmp_path / "批注").iterdir()}
    assert names == {COPY, "2025年度报告（已批注2）.docx"}


def test_a_copy_that_was_saved_since_is_not_replaced(run: Run, report: Path) -> None:
    """The office may have corrected it. One that nobody touched is replaced."""
    copy = report.with_name(COPY)
    for _ in range(2):
        assert run("mark", report).exit_code == 0
        assert {file.name for file in report.parent.iterdir()} == {report.name, COPY}
    document = docx.Document(str(copy))
    document.add_paragraph("已更正")
    document.save(str(copy))
    corrected = copy.read_bytes()
    assert run("mark", report).exit_code == 0
    assert copy.read_bytes() == corrected
    assert report.with_name("2025年度报告（已批注2）.docx").exists()


def test_a_corrected_copy_is_marked_in_place(run: Run, report: Path) -> None:
    """What was corrected in it stays, and its remarks are replaced."""
    copy = report.with_name(COPY)
    assert run("mark", report).exit_code == 0
    count = len(authors(copy))
    document = docx.Document(str(copy))
    document.add_paragraph("已更正")
    document.save(str(copy))
    assert run("mark", copy).exit_code == 0
    assert docx.Document(str(copy)).paragraphs[-1].text == "已更正"
    assert len(authors(copy)) == count
    assert {file.name for file in report.parent.iterdir()} == {report.name, COPY}


def test_last_year_is_compared(
    run: Run, report: Path, tmp_path: Path, engine: gischema.Gischema
) -> None:
    """With `--previous` its rules are checked: the verdict no longer lists them."""
    (page,) = pages(engine, 1)
    now, before = str(page.year), str(page.year - 1)
    last = tmp_path / "去年.docx"
    older = page.each_cell(lambda cell: evolve(cell, text=cell.text.replace(now, before)))
    last.write_bytes(word_file(older))
    assert "未提供上一年报告" in run("mark", report).stdout
    assert "未提供上一年报告" not in run("mark", report, "--previous", last).stdout
    assert run("mark", report, last, "--previous", last).exit_code == 2


def test_rules_that_were_left_out_allow_no_publication(run: Run, report: Path) -> None:
    """The verdict is about the selected rules, as in `check`."""
    found = run("mark", report).stdout
    assert "处必须改" in found
    selected = run("mark", report, "--select", "UNIT-1").stdout
    assert "所选规则没有发现问题" in selected
    assert "可以发布" not in selected
    (verdict,) = docx.Document(str(report.with_name(COPY))).comments
    assert "所选规则没有发现问题" in verdict.text


def test_english_remarks(run: Run, report: Path) -> None:
    result = run("mark", report, "--lang", "en")
    assert "errors: " in result.stdout
    comments = docx.Document(str(report.with_name(COPY))).comments
    assert any("[error]" in comment.text for comment in comments)


def test_other_files_are_refused_in_one_line(run: Run, report: Path, reports: Path) -> None:
    """The others of the run go on."""
    result = run("mark", reports / "art20_2021_wrong.txt", report)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "不能批注：请另存为 .docx 或 .xlsx" in line
    assert report.with_name(COPY).exists()


def test_a_folder_that_cannot_be_written_to(run: Run, report: Path, tmp_path: Path) -> None:
    """The line says which option names another one."""
    (tmp_path / "占用").write_text("")
    result = run("mark", report, "-o", tmp_path / "占用")
    assert result.exit_code == 2
    assert "可用 -o 指定别的文件夹" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_package_is_one_line(
    run: Run, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = util.find_spec
    monkeypatch.setattr(
        "gischema.marking.mark_file.find_spec", lambda name: None if name == "lxml" else found(name)
    )
    result = run("mark", report)
    assert result.exit_code != 0
    assert "pip install 'gischema[mark]'" in result.stderr


def test_a_suggestion_is_asked_for(run: Run, report: Path) -> None:
    """Without `--suggest` there is no tracked change."""
    copy = report.with_name(COPY)
    for options, expected in (((), False), (("--suggest",), True)):
        assert run("mark", report, *options).exit_code == 0
        body = docx.Document(io.BytesIO(copy.read_bytes())).element.xml
        assert ('w:author="gischema"' in body) is expected
