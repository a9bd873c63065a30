"""A figure next to damaged characters is doubted, in every text."""

from __future__ import annotations

from pathlib import Path

import pytest

import gischema
from gischema.reading.damage import LOST, mark_lost

TEXT = """青禾市云岭县人民政府2023年政府信息公开工作年度报告
一、总体情况
2023年，本机关主动公开政府信息1106条。
二、主动公开政府信息情况
第二十条第(一)项 |
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 0 | 0 | 3 |
行政规范性文件 | 6 | 2 | 158 |
第二十条第(五)项 |
信息内容 | 本年处理决定数量 |
行政许可 | 12847 |
"""
IN_FORCE = "proactive.normative.in_force"
RULES = "proactive.rules.in_force"


def _page(text: str) -> str:
    lines = [
        "".join(f"<td>{cell}</td>" for cell in line[:-2].split(" | ")) + "</tr>"
        if line.endswith(" |")
        else f"</table><p>{line}</p><table>"
        for line in text.splitlines()
    ]
    return "<!DOCTYPE html><body><table>" + "<tr>".join(lines) + "</table>"


FORMATS = {
    "bars": (TEXT, "txt"),
    "blanks": (TEXT.replace(" |", ""), "txt"),
    "lines": (TEXT.replace(" | ", "\n").replace(" |", ""), "md"),
    "page": (_page(TEXT), "html"),
    "commas": (TEXT.replace(" | ", ",").replace(" |", ""), "csv"),
}
NOT_PRINTED = [b for b in range(256) if not 0x20 <= b < 0x7F and b not in b"\t\n\r"]


def _flagged(report: gischema.Report) -> set[str]:
    return {path for one in report.diagnostics for path in one.paths}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("kind", FORMATS)
def test_no_byte_changes_a_figure_silently(tmp_path: Path, kind: str, encoding: str) -> None:
    """Whatever byte stands in place of the last digit, the figure is doubted or unreadable."""
    text, suffix = FORMATS[kind]
    before, behind = text.encode(encoding).split(b"158")
    file = tmp_path / f"report.{suffix}"
    silent = []
    for byte in NOT_PRINTED:
        file.write_bytes(before + b"15" + bytes([byte]) + behind)
        report = gischema.parse(file)
        figures = {figure.path: figure.status for figure in report.figures}
        if IN_FORCE not in _flagged(report) and figures[IN_FORCE] != "unreadable":
            silent.append(byte)
    assert silent == []


@pytest.mark.parametrize("kind", FORMATS)
def test_a_figure_of_one_digit(tmp_path: Path, kind: str) -> None:
    """A cell of which nothing is left is not blank."""
    text, suffix = FORMATS[kind]
    rules = text.index("规章")
    digit = text.index("3", rules)
    file = tmp_path / f"report.{suffix}"
    file.write_bytes(text[:digit].encode() + b"\xff" + text[digit + 1 :].encode())
    assert RULES in _flagged(gischema.parse(file))


def test_one_note_for_the_file() -> None:
    """All damage is noted once; what it does not touch stays free of doubt."""
    text = TEXT.replace("12847", "1284\ufffd").replace("云岭县", "云岭\ufffd县")
    report = gischema.parse_text(text)
    notes = [one for one in report.diagnostics if one.code == "D608"]
    assert [note.paths for note in notes] == [("proactive.licensing.decisions",)]
    assert "2" in notes[0].message
    assert _flagged(report) == {"proactive.licensing.decisions"}
    assert report.figure("proactive.licensing.decisions").value == 1284


def test_damage_in_a_row_without_bars_may_shift_it() -> None:
    """Where blanks part the cells of a line, each of its figures is doubted."""
    report = gischema.parse_text(TEXT.replace(" |", "").replace("6 2 158", "6 2\x00 158"))
    row = {f"proactive.normative.{column}" for column in ("issued", "repealed", "in_force")}
    assert {path for path in _flagged(report) if "normative" in path} == row


def test_damage_in_a_text_of_one_line() -> None:
    """A text that lost its line breaks has only the damaged row in doubt."""
    line = " ".join(TEXT.replace(" |", "").split()).replace("6 2 158", "6 2 15\x00")
    report = gischema.parse_text(line)
    doubted = {figure.path for figure in report.figures if "D608" in figure.doubts}
    row = {f"proactive.normative.{column}" for column in ("issued", "repealed", "in_force")}
    assert doubted == row


def test_statements_of_the_text() -> None:
    """A statement whose number is damaged is doubted or no figure of the year, and no other."""
    text = TEXT.replace("1106条", "11\ufffd6条，收到政府信息公开申请38件")
    report = gischema.parse_text(text)
    assert [(one.path, one.doubts) for one in report.narrative] == [("requests.received.total", ())]
    (damaged,) = report.narrative.candidates
    assert damaged.path == "proactive.disclosed"
    assert damaged.doubts


@pytest.mark.parametrize("printed", ["\u202e851\u202c", "158\u200f", "\u2067851"])
def test_marks_of_direction(printed: str) -> None:
    """A number that may be seen in another order is doubted."""
    report = gischema.parse_text(TEXT.replace("158", printed))
    assert "D609" in report.figure(IN_FORCE).doubts
    assert report.figure(RULES).doubts == ()


def test_surrogates_of_a_page() -> None:
    """Half a surrogate pair in a text that is a page counts as lost."""
    report = gischema.parse_text(_page(TEXT).replace("158", "15\ud83d"))
    assert "D608" in report.figure(IN_FORCE).doubts


def test_a_zero_byte_makes_no_utf16() -> None:
    """A text with one zero byte near its beginning is still UTF-8."""
    report = gischema.parse(TEXT.replace("158", "15\0").encode())
    assert report.figure(RULES).value == 3
    assert "D608" in report.figure(IN_FORCE).doubts


def test_separators_of_old_files_stay() -> None:
    """A control character that parts the cells of a whole file is no damage."""
    text = TEXT.replace(" | ", "\x07").replace(" |", "\x07")
    report = gischema.parse_text(text)
    assert report.figure(IN_FORCE).value == 158
    assert not _flagged(report)


def test_page_breaks_stay() -> None:
    """A form feed at the beginning of a line is a page break."""
    assert mark_lost("规章\n\f12\n") == "规章\n\f12\n"
    assert mark_lost("规章\n1\f2\n") == f"规章\n1{LOST}2\n"
    assert mark_lost("规章\n\v12\n\x0712\n") == f"规章\n{LOST}12\n{LOST}12\n"
