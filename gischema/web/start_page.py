"""The page to drop reports on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from gischema.output.form_files.kinds import FORM_FILES
from gischema.output.language import Lang, say
from gischema.output.viewer.markup import element, text
from gischema.output.viewer.page import asset, page_head

if TYPE_CHECKING:
    from gischema.forms.form import Form


def to(path: str, token: str, **query: str) -> str:
    """Return the address of a page of the server."""
    return f"{path}?{urlencode({'token': token, **query})}"


def newest_first(forms: Iterable[Form]) -> list[Form]:
    """Return forms in another order: those in force, then the others, the newest first."""
    return sorted(forms, key=lambda form: (form.years[1] is not None, -form.years[0], form.id))


def document(title: str, inner: str, lang: Lang, script: str = "") -> str:
    """Return a page of the server around the markup of its main part."""
    styles = [asset("viewer.css"), asset("start.css", "gischema.web")]
    head = page_head(title, lang, styles, [script] if script else [])
    main = element("main", inner, class_="start")
    scripts = f"<script>{script}</script>\n" if script else ""
    return f"{head}<body>\n{main}\n{scripts}</body>\n</html>\n"


def start_page(token: str, forms: Iterable[Form], most: int, lang: Lang) -> str:
    """Return the page: a field for reports, one for last year's, and links to blank forms.

    `token` is that of the server, for links; `forms` has the newest first; and `most` is how many
    bytes may be sent.
    """
    size = f"{most // 2**20} MB"
    newest, *others = forms
    title = say(lang, "把年度报告拖到这里", "Drop annual reports here")
    about = say(
        lang,
        f"Word、Excel、PDF、网页和文本，合计不超过 {size}。"
        "文件只在本机读取，不联网，关闭后不留存。",
        f"Word, Excel, PDF, web pages and text, {size} together. They are read on this computer"
        " only: nothing goes online, and nothing is kept.",
    )
    blank = text("h2", say(lang, "空白表式", "Blank forms")) + element(
        "p", blank_form(newest, token, lang)
    )
    older = "".join(element("li", blank_form(each, token, lang)) for each in others)
    if older:
        summary = text("summary", say(lang, "历年和各地的表式", "Earlier and regional forms"))
        blank += element("details", summary + element("ul", older), class_="more")
    rules = text("a", say(lang, "规则与说明", "Rules"), href=to("/rules", token))
    waivers = text("a", say(lang, "豁免", "Waivers"), href=to("/settings", token))
    inner = (
        text("h1", title)
        + _form(token, most, size, lang)
        + text("p", about, class_="quiet")
        + blank
        + element("p", f"{rules}　{waivers}")
    )
    return document(title, inner, lang, asset("start.js", "gischema.web"))


def _form(token: str, most: int, size: str, lang: Lang) -> str:
    """Return the form for files, and one for a table that is pasted."""
    large = say(lang, f"文件超过 {size}，没有上传", f"the files exceed {size}: not sent")
    fields = "".join(
        (
            text("label", say(lang, "年度报告（可以多份）", "Annual reports"), for_="file"),
            element("input", type="file", id="file", name="file", multiple=True),
            text("label", say(lang, "去年的报告（可不选）", "Last year's report"), for_="previous"),
            element("input", type="file", id="previous", name="previous"),
            element(
                "details",
                text("summary", say(lang, "或粘贴表格", "Or paste a table"))
                + element("input", type="hidden", id="markup", name="html")
                + element(
                    "textarea",
                    id="pasted",
                    name="text",
                    rows=6,
                    aria_label=say(lang, "粘贴的表格", "Pasted table"),
                ),
                class_="more",
            ),
            text("button", say(lang, "校验", "Check")),
            text("p", "", id="state", role="status"),
        )
    )
    return element(
        "form",
        fields,
        method="post",
        action=to("/check", token),
        enctype="multipart/form-data",
        data_most=most,
        data_too_large=large,
        data_empty=say(lang, "请先选择文件，或粘贴表格", "choose a file, or paste a table"),
        data_reading=say(lang, "正在读取…", "reading…"),
    )


def blank_form(form: Form, token: str, lang: Lang) -> str:
    """Return the years of a form, its id, and links to its blank files."""
    first, last = form.years
    years = say(lang, f"{first}年起", f"from {first}") if last is None else f"{first}–{last}"
    return text("span", f"{years}　{form.id}　") + form_links(form.id, token, lang)


def form_links(form: str, token: str, lang: Lang) -> str:
    """Return links to the blank files of a form."""
    names = {"docx": "Word", "xlsx": "Excel", "html": say(lang, "网页", "web page")}
    return " ".join(
        text("a", names.get(kind, kind), href=to("/form", token, id=form, **{"as": kind}))
        for kind in FORM_FILES
    )
