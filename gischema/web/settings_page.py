"""The page of settings: the waivers, with their reasons, names and dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gischema.output.language import Lang, say
from gischema.output.viewer.markup import element, text
from gischema.settings.files import waivers_toml
from gischema.web.start_page import document, to

if TYPE_CHECKING:
    from gischema.rules import Waiver


def settings_page(token: str, waivers: Sequence[Waiver], lang: Lang) -> str:
    """Return the page: a row for each waiver, and the file of waivers to save and to load."""
    title = say(lang, "豁免", "Waivers")
    about = say(
        lang,
        "豁免是把一处问题记为可以接受：写明理由、姓名和日期。在校验结果的每处问题下添加。"
        "只在本次打开期间有效；要留存，请下载豁免文件，下次读入。",
        "A waiver records that a finding is accepted, with a reason, a name and a date. Add one"
        " below a finding. It holds until the program ends: save the file, and load it next time.",
    )
    save = text("a", say(lang, "下载豁免文件", "Save the file"), href=to("/waivers", token))
    load = element(
        "form",
        text("label", say(lang, "读入豁免文件（.toml）", "Load a file (.toml)"), for_="waivers")
        + element("input", type="file", id="waivers", name="waivers", required=True)
        + text("button", say(lang, "读入", "Load")),
        method="post",
        action=to("/settings", token),
        enctype="multipart/form-data",
    )
    inner = (
        text("a", say(lang, "返回", "Back"), href=to("/", token))
        + text("h1", title)
        + text("p", about, class_="quiet")
        + (_table(token, waivers, lang) + element("p", save) if waivers else "")
        + load
    )
    return document(title, inner, lang)


def _table(token: str, waivers: Sequence[Waiver], lang: Lang) -> str:
    heads = say(lang, "规则 报告 理由 姓名 日期", "Rule Report Reason Name Date").split()
    top = "".join(text("th", head, scope="col") for head in heads) + element("td")
    rows = [element("tr", top)]
    for each in waivers:
        words = (each.rule, each.report, each.reason, each.by, each.on.isoformat())
        own = element("input", type="hidden", name="drop", value=waivers_toml([each]))
        button = text("button", say(lang, "删除", "Remove"))
        drop = element(
            "form",
            own + button,
            method="post",
            action=to("/settings", token),
            enctype="multipart/form-data",
        )
        cells = "".join(text("td", word) for word in words)
        rows.append(element("tr", cells + element("td", drop)))
    return element("div", element("table", "".join(rows)), class_="waivers")
