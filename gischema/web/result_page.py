"""What a page of results offers: the marked copy, last year's report, waivers, explanations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from gischema.errors import UnknownName
from gischema.marking import MARKABLE
from gischema.output.checked import Checked
from gischema.output.language import Lang, say
from gischema.output.viewer.markup import element, text
from gischema.rules.waivers import waiver_of
from gischema.settings.files import waivers_toml
from gischema.web.explanation import explanation
from gischema.web.start_page import form_links, to

if TYPE_CHECKING:
    from gischema.engine import Gischema
    from gischema.rules import Finding


@frozen
class ResultLinks:
    """Links and forms for one result.

    Attributes:
        token: The token of the server.
        result: The name of the result.
        form: The id of the form in force.
    """

    token: str
    result: str
    form: str
    lang: Lang

    def above(self) -> str:
        """Return the links of the whole page."""
        back = text("a", self._say("再校验一份", "Check another"), href=to("/", self.token))
        blank = text("span", self._say("空白表式：", "Blank form: "))
        blank += form_links(self.form, self.token, self.lang)
        rules = text("a", self._say("规则与说明", "Rules"), href=to("/rules", self.token))
        waivers = text("a", self._say("豁免", "Waivers"), href=to("/settings", self.token))
        return element("nav", back + element("span", blank) + rules + waivers, class_="links")

    def actions(self, number: int, item: Checked) -> str:
        """Return the buttons of a report, the file `number` of its result."""
        where = {"result": self.result, "file": str(number)}
        printing = text("button", self._say("打印校验单", "Print"), type="button", data_print="yes")
        compare = element(
            "form",
            element(
                "label",
                self._say("与去年对照", "Compare with last year's")
                + element("input", type="file", name="previous", data_submit="yes"),
                class_="button",
            ),
            method="post",
            action=to("/previous", self.token, **where),
            enctype="multipart/form-data",
        )
        return element("div", self._marked(item, where) + printing + compare, class_="actions")

    def below(self, engine: Gischema) -> Callable[[Checked, Finding], str]:
        """Return the function that writes the explanation of a rule, and the form of a waiver."""

        def written(item: Checked, finding: Finding) -> str:
            try:
                words = explanation(finding.code, engine, self.lang)
            except UnknownName:
                words = ""
            title = self._say("这条规则；豁免", "About this rule; waive it")
            inside = words + self._waive(item, finding)
            return element("details", text("summary", title) + inside, class_="more")

        return written

    def _marked(self, item: Checked, where: dict[str, str]) -> str:
        if item.kind in MARKABLE:
            words = self._say("下载批注版", "Download with comments")
            return text("a", words, href=to("/marked", self.token, **where), class_="button first")
        if item.kind == "text":
            return ""
        zh = "要批注版，请另存为 .docx 或 .xlsx 再拖入"
        return text("span", self._say(zh, "For comments save it as .docx or .xlsx"), class_="about")

    def _waive(self, item: Checked, finding: Finding) -> str:
        """Return the form of a waiver. The finding is in it as a file of waivers would have it."""
        # A date belongs to a waiver: that of the form stands there until the person gives one.
        waiver = waiver_of(finding, item.report, reason="-", by="-", on=date(2000, 1, 1))
        fields = element("input", type="hidden", name="waiver", value=waivers_toml([waiver]))
        for name, kind, words in (
            ("reason", "text", self._say("豁免理由", "Reason")),
            ("by", "text", self._say("姓名", "Name")),
            ("on", "date", self._say("日期", "Date")),
        ):
            given = element("input", type=kind, name=name, required=True, data_today=kind == "date")
            fields += element("label", f"{words} {given}")
        fields += text("button", self._say("豁免", "Waive"))
        action = to("/waive", self.token, result=self.result)
        return element(
            "form",
            fields,
            method="post",
            action=action,
            enctype="multipart/form-data",
            class_="waive",
        )

    def _say(self, zh: str, en: str) -> str:
        return say(self.lang, zh, en)
