"""A figure of a page is the one that a reader of the page sees, or it is doubted."""

from __future__ import annotations

import pytest

import gischema

PATH = "proactive.rules.in_force"
PAGE = """<!DOCTYPE html><meta charset=utf-8>{head}
<p>青禾市云岭县人民政府2023年政府信息公开工作年度报告</p><p>二、主动公开政府信息情况</p>
<table><tr><td colspan=4>第二十条第(一)项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>0</td><td>0</td>{cell}</tr>
<tr><td>行政规范性文件</td><td>6</td><td>2</td><td>58</td></tr></table>"""


def _read(cell: str, head: str = "") -> tuple[object, bool]:
    """Return the figure, and whether it is doubted."""
    cell = cell if cell.startswith("<td") else f"<td>{cell}</td>"
    report = gischema.parse(PAGE.format(cell=cell, head=head).encode())
    figure = report.figure(PATH)
    flagged = {path for one in report.diagnostics for path in one.paths} - {PATH}
    assert not flagged, "no other figure is doubted"
    return figure.value, bool(figure.doubts)


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : NONE !important",
        "d\\69splay:none",
        "visibility:hidden",
        "visibility:collapse",
        "opacity:0",
        "opacity:0%",
        "filter:opacity(0)",
        "content-visibility:hidden",
        "mso-hide:all",
        "font-size:0",
        "font:0/0 a",
        "color:transparent",
        "color:rgba(0,0,0,0)",
        "color:#fff0",
        "-webkit-text-fill-color:transparent",
        "color:#fff",
        "background:#036;color:#003366",
        "color:red;background:url(x) red; background:rgb(255,0,0)",
        "position:absolute;left:-9999px",
        "position:fixed;top:-100em",
        "position:absolute;clip:rect(0,0,0,0)",
        "position:absolute;clip:rect(1px 1px 1px 1px)",
        "position:absolute;width:1px;height:1px;overflow:hidden",
        "display:inline-block;max-width:0;overflow:hidden",
        "position:absolute;width:1px;height:1px;max-width:100%;overflow:hidden",
        "position:absolute;inset:0 auto auto -9999px",
        "clip-path:inset(50%)",
        "display:inline-block;text-indent:-9999px",
        "margin-left:-9999px",
        "transform:scale(0)",
        "transform:translateX(-9999px)",
        "text-decoration:line-through",
    ],
)
def test_a_digit_that_is_not_seen(style: str) -> None:
    """A hidden digit is no part of the figure, by a style of its own or by a style sheet."""
    assert _read(f'<span style="{style}">7</span>58') == (58, False)
    assert _read("<i class=h>7</i>58", f"<style>.h{{{style}}}</style>") == (58, False)
    assert _read(f'58<b><i style="{style}">7</i></b>') == (58, False)


@pytest.mark.parametrize(
    "piece",
    [
        "<noembed>7</noembed>",
        "<noframes>7</noframes>",
        "<i hidden>7</i>",
        "<dialog>7</dialog>",
        "<datalist><option>7</datalist>",
        "<del>7</del>",
        "<font color=white>7</font>",
    ],
)
def test_elements_that_are_not_seen(piece: str) -> None:
    """What a browser does not show is no part of a figure."""
    assert _read(f"{piece}58") == (58, False)


@pytest.mark.parametrize(
    "cell",
    [
        "<bdo dir=rtl>85</bdo>",
        '<span style="direction:rtl;unicode-bidi:bidi-override">85</span>',
        '<span dir=rtl><i style="unicode-bidi:bidi-override">85</i></span>',
        "<bdo dir=ltr>58</bdo>",
        "<td dir=rtl>58</td>",
    ],
)
def test_direction(cell: str) -> None:
    """Digits in the other direction are read as they are seen."""
    assert _read(cell) == (58, False)


@pytest.mark.parametrize(
    "cell",
    [
        '<span style="float:right">8</span>5',
        '<span style="position:absolute">8</span>5',
        '<span style="position:relative;left:-20px">8</span>5',
        '<span style="margin-left:-9px">8</span>5',
        '<span style="opacity:.05">7</span>58',
        '<span style="font-size:1px">7</span>58',
        '<span style="display:block">5</span>8',
        '<span style="display:inline-block;transform:translateX(20px)">8</span>5',
        '<span style="display:inline-flex;flex-direction:row-reverse"><i>8</i><i>5</i></span>',
        '<td style="transform:scaleX(-1)">85</td>',
        '<td style="direction:rtl;unicode-bidi:bidi-override">85</td>',
        "<bdo dir=rtl><i>8</i>5</bdo>",
        '<td style="float:right">58</td>',
        "<span class=sr-only>7</span>58",
        '<input value="7">58',
        "<meter value=7>7</meter>58",
        "<button>7</button>58",
        "<svg><text>7</text></svg>58",
        "<xmp>7</xmp>58",
        "5<script>document.write(8)</script>",
        '5<i style="-webkit-mask:linear-gradient(#0000,#0000)">8</i>',
        "<select><option>7</select>58",
    ],
)
def test_a_figure_that_may_be_seen_otherwise(cell: str) -> None:
    """A digit that a style moves makes its figure doubtful, and no other."""
    value, doubted = _read(cell)
    assert doubted or value is None


@pytest.mark.parametrize(
    ("cell", "doubted"),
    [
        ("<img src=7.png alt=7>", True),
        ("<img src=7.png width=1 height=1>", False),
        ("<img src=/images/spacer.gif>", False),
        ("<style>.v::after{content:attr(data-v)}</style><i class=v data-v=7></i>", True),
        ("<i id=n></i><script>document.getElementById('n').innerText=7</script>", True),
        ("", False),
    ],
)
def test_a_cell_that_is_empty_in_the_file_alone(cell: str, doubted: bool) -> None:
    """A cell that a picture, a style or a script fills is no empty one."""
    assert _read(cell) == (None, doubted)


@pytest.mark.parametrize(
    ("sheet", "sure"),
    [
        ("i{display:none}.h{display:inline}", False),
        (".h.h{display:inline}i{display:none}", False),
        (".h{display:none!important}#x{display:inline}", True),
        ("td>i,b{display:none}", True),
        ("td .h{display:none}p .h{display:inline}", True),
        ("@media screen{.h{display:none}}", True),
        ("@media print{.h{display:none}}", False),
        ("@media (max-width:600px){.h{display:none}}", False),
        ("@media (min-width:600px){.h{display:none}}", True),
        ("@supports (color:red){.h{display:none}}", True),
        ("<!-- .h{display:none} -->", True),
        ("/* .h{display:none} */", False),
        ('b{content:"}"}.h{display:none}', True),
        ("::selection{display:none}td::-webkit-scrollbar{display:none}", False),
        ("!bad{display:none}", False),
        ("td{color:#000;& .h{display:none}}", True),
        ("p,td{.k,.h{display:none}}", True),
        (".h{td &{display:none}}", True),
        ("td{@media screen{.h{display:none}}}", True),
        ("td{@media print{.h{display:none}}}", False),
        ("td{.h{display:none}}i.h#x{display:inline}", False),
    ],
)
def test_the_cascade(sheet: str, sure: bool) -> None:
    """The declaration with the most weight counts, as in a browser."""
    value = _read("<i class=h id=x>7</i>58", f"<style>{sheet}</style>")
    assert value == (58 if sure else 758, False)


@pytest.mark.parametrize(
    "sheet",
    [
        "@media (prefers-color-scheme:dark){.h{display:none}}",
        ".h:lang(zh){display:none}",
        '.h::before{content:"7"}',
        ".h:after{content:attr(data-n)}",
        ".h{display:var(--d)}:root{--d:none}",
    ],
)
def test_a_rule_that_may_apply(sheet: str) -> None:
    """Where it is not known what a style sheet shows, the figure is doubted."""
    assert _read("<i class=h>7</i>58", f"<style>{sheet}</style>")[1]


@pytest.mark.parametrize(
    ("sheet", "doubted"),
    [
        (".h::first-letter{font-size:0}", True),
        (".h:first-line{color:transparent}", True),
        (".h::first-letter{float:left;font-size:2em}", False),
    ],
)
def test_the_beginning_of_a_cell(sheet: str, doubted: bool) -> None:
    """A style of the first letter alone may hide it; a large one is seen."""
    assert _read("<td class=h>58</td>", f"<style>{sheet}</style>") == (58, doubted)


@pytest.mark.parametrize(
    "cell",
    [
        '<td style="color:#fff;background:#036">58</td>',
        '<div style="background:#036;color:#fff">58</div>',
        '<td bgcolor="#003366"><font color="#ffffff">58</font></td>',
        '<td style="background:#036"><span style="color:#fff">5</span><b style="color:#fff">8</b></td>',
        '<td style="color:#fff;background:url(dark.png)">58</td>',
        '<td style="font-size:0"><span style="font-size:14px">58</span></td>',
        '<td style="visibility:hidden"><span style="visibility:visible">58</span></td>',
        '<div style="position:relative;top:2px">58</div>',
        '<div style="float:left">58</div>',
        '<span style="position:absolute;left:4px">58</span>',
        '<span style="position:relative">5</span>8',
        '<span style="width:0;overflow:hidden">58</span>',
        '<span style="display:inline-block">5</span>8',
        '<td style="overflow:hidden;width:0">58</td>',
        '<td style="opacity:.9">5<b style="color:#000;background:#fff">8</b></td>',
        '<input value="58">件',
        '5<i hidden style="display:inline">8</i>',
        '<del style="text-decoration:none">58</del>',
        '58<i style="display:none">件</i>',
        "58<i class=sr-only>件</i>",
        '<span style="visibility:hidden">7<i style="visibility:visible">5</i></span>8',
    ],
)
def test_what_styles_leave_as_it_is(cell: str) -> None:
    """Usual styles put no figure in doubt."""
    assert _read(cell) == (58, False)


def test_white_text_where_the_background_may_be_elsewhere() -> None:
    """A page with a style sheet in another file may have a dark background."""
    link = "<link rel=stylesheet href=x.css>"
    assert _read('<td style="color:#fff">58</td>', link) == (58, False)
    assert _read('<span style="color:#fff">7</span>58', link) == (758, True)


def test_rows_that_a_style_sheet_hides() -> None:
    """A group of rows that is not seen is not read; its figures are flagged."""
    page = PAGE.format(cell="<td>58</td>", head="<style>tbody.h{display:none}</style>").replace(
        "<tr><td>行政规范性文件", "<tbody class=h><tr><td>行政规范性文件"
    )
    report = gischema.parse(page.encode())
    assert report.figure(PATH).value == 58
    hidden = report.figure("proactive.normative.in_force")
    assert hidden.status == "absent"
    assert hidden.doubts == ("D601",)


def test_rows_of_boxes() -> None:
    """Boxes that float to the left stand where they are written, others may not."""
    row = "<div class=row><div>{0}</div><div>{1}</div><div>{2}</div><div>{3}</div></div>"
    rows = [
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", 1, 2, 58),
        ("行政规范性文件", 6, 2, 58),
    ]
    body = "".join(row.format(*cells) for cells in rows)
    title = "<p>青禾市云岭县人民政府2023年政府信息公开工作年度报告</p>"
    for side, doubted in (("left", False), ("right", True)):
        page = f"<html><style>.row div{{float:{side}}}</style>{title}{body}"
        figure = gischema.parse_text(page).figure(PATH)
        assert (figure.value, bool(figure.doubts)) == (58, doubted)


@pytest.mark.parametrize(
    ("selector", "matches"),
    [
        ("table td i", True),
        ("table > td > i", False),
        ("td + td > i", True),
        ("td ~ td i.h", True),
        ("i + i", False),
        ("tr:first-child i", False),
        ("td:nth-child(4) i", True),
        ("td:not(.z) #x", True),
        ("p ~ table .h", True),
        (".z .h", False),
        ("p, td>.h", True),
    ],
)
def test_selectors(selector: str, matches: bool) -> None:
    """Combinators are matched as in a browser."""
    value = _read("<i class=h id=x>7</i>58", f"<style>{selector}{{opacity:0}}</style>")
    assert value == (58 if matches else 758, False)
