"""Texts that a program encoded as in an address, or set as LaTeX."""

import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

import gischema
from gischema.text import normalise

OFFICE = Path(__file__).parents[2] / "examples/reports/stat_2014_office.txt"
TEXT = OFFICE.read_text(encoding="utf-8")
TABLES = TEXT.index("一、主动公开情况")


def as_latex(line: str) -> str:
    """Return a row of the form as one of LaTeX."""
    row = re.fullmatch(r"(\s*.*?\D)(条|件|次|人|个|万元)(\d+)", line)
    return " & ".join(row.groups()) + r" \\ \hline" if row else line


@pytest.mark.parametrize(
    "text",
    [
        quote(TEXT),
        quote(TEXT, safe="\n"),
        TEXT[:TABLES] + quote(TEXT[TABLES:], safe="\n").lower(),
        TEXT.replace("条", r"\text{条}").replace("件", r"$\mathrm{件}$"),
        "\n".join(map(as_latex, TEXT.splitlines())),
    ],
    ids=["percent", "percent by line", "percent in tables", "commands", "rows of LaTeX"],
)
def test_encoded_reports_are_read(text: str) -> None:
    """All figures are read as from the plain text."""
    plain = {figure.path: figure.value for figure in gischema.parse(TEXT.encode()).figures}
    report = gischema.parse(text.encode())
    assert {figure.path: figure.value for figure in report.figures} == plain


def test_places_lead_back_to_the_encoding() -> None:
    """The origin of a figure is its place in the encoded text."""
    text = quote(TEXT, safe="\n")
    figure = gischema.parse(text.encode()).figure("requests.received")
    assert figure.origin is not None
    printed = text[figure.origin.start : figure.origin.end]
    assert printed == figure.raw
    assert unquote(printed).endswith(str(figure.value))


@pytest.mark.parametrize(
    "text",
    [
        "网址：http://www.example.gov.cn/search?q=%E5%85%AC%E5%BC%80",
        "公开率为100%，比上年增长15%20件",
        "%E5%85%AC 只有一处",
        "A & B 公司",
    ],
)
def test_what_only_looks_so_stays(text: str) -> None:
    """Addresses, percentages and a lone encoded character stay as they are."""
    assert normalise(text).text.count("%") == text.count("%")
    assert "|" not in normalise(text).text
