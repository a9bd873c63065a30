"""The page to drop reports on, and the links above a result."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gischema.output.form_files.kinds import FORM_FILES
from gischema.output.language import Lang, say
from gischema.output.viewer.markup import element, text
from gischema.output.viewer.page import asset, page_head

if TYPE_CHECKING:
    from gischema.forms.form import Form


def newest_first(forms: Iterable[Form]) -> list[str]:
    """Return the ids of forms: those in force, then the others, the newest first."""
    ordered = sorted(forms, key=lambda form: (form.years[1] is not None, -form.years[0], form.id))
    return [form.id for form in ordered]


def start_page(token: str, forms: Iterable[str], most: int, lang: Lang) -> str:
    """Return the page: a field for reports, one for last year's, and links to blank forms.

    `token` is that of the server, for links; `forms` are ids, the newest first; and `most` is how
    many bytes may be sent.
    """
    size = f"{most // 2**20} MB"
    large = say(lang, f"文件超过 {size}，没有上传", f"the files exceed {size}: not sent")
    fields = "".join(
        (
            text("label", say(lang, "年度报告（可以多份）", "Annual reports"), for_="file"),
            element("input", type="file", id="file", name="file", multiple=True, required=True),
            text(
                "label", say(lang, "上一年的报告（可不选）", "Last year's report"), for_="previous"
            ),
            element("input", type="file", id="previous", name="previous"),
            text("button", say(lang, "校验", "Check")),
            text("p", "", id="state", role="status"),
        )
    )
    form = element(
        "form",
        fields,
        method="post",
        action=f"/check?token={token}",
        enctype="multipart/form-data",
        data_most=most,
        data_too_large=large,
        data_reading=say(lang, "正在读取…", "reading…"),
    )
    about = say(
        lang,
        f"Word、Excel、PDF、网页和文本，合计不超过 {size}。"
        "文件只在本机读取，不联网，关闭后不留存。",
        f"Word, Excel, PDF, web pages and text, {size} together. They are read on this computer"
        " only: nothing goes online, and nothing is kept.",
    )
    blank = "".join(element("li", _blank(each, token, lang)) for each in forms)
    title = say(lang, "把年度报告拖到这里", "Drop annual reports here")
    inner = (
        text("h1", title)
        + text("p", about, class_="quiet")
        + form
        + text("h2", say(lang, "空白表式", "Blank forms"))
        + element("ul", blank)
    )
    script = asset("start.js", "gischema.web")
    styles = [asset("viewer.css"), asset("start.css", "gischema.web")]
    head = page_head(title, lang, styles, [script])
    main = element("main", inner, class_="start")
    return f"{head}<body>\n{main}\n<script>{script}</script>\n</body>\n</html>\n"


def result_links(token: str, forms: Iterable[str], lang: Lang) -> str:
    """Return the links above a result."""
    back = text("a", say(lang, "再校验一份", "Check another"), href=f"/?token={token}")
    printing = text("button", say(lang, "打印校验单", "Print"), type="button", data_print="yes")
    newest = list(forms)[:1]
    title = text("span", say(lang, "空白表式：", "Blank form: "))
    blank = title + "".join(_blank(each, token, lang) for each in newest)
    return element("nav", back + printing + element("span", blank), class_="links")


def _blank(form: str, token: str, lang: Lang) -> str:
    names = {"docx": "Word", "xlsx": "Excel", "html": say(lang, "网页", "web page")}
    links = " ".join(
        text(
            "a",
            names.get(kind, kind),
            href=f"/form?token={token}&id={form.replace('+', '%2B')}&as={kind}",
        )
        for kind in FORM_FILES
    )
    return text("span", f"{form}　") + links
