"""The page of all rules and kinds of doubt, with their explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gischema.diagnostics import KINDS
from gischema.output.language import Lang, say
from gischema.output.viewer.markup import element, text
from gischema.output.words import SEVERITY
from gischema.web.explanation import explanation
from gischema.web.start_page import document, to

if TYPE_CHECKING:
    from gischema.engine import Gischema


def rules_page(token: str, engine: Gischema, lang: Lang) -> str:
    """Return the page: an entry for each rule and each kind of doubt, which opens."""
    title = say(lang, "规则与说明", "Rules and explanations")
    rules = "".join(
        _entry(
            rule.code,
            f"{rule.title.get(lang)}（{say(lang, *SEVERITY[rule.severity])}）",
            engine,
            lang,
        )
        for rule in engine.rules.rules
    )
    doubts = "".join(
        _entry(kind.code, say(lang, kind.title, kind.title_en), engine, lang)
        for kind in KINDS.values()
    )
    inner = (
        text("a", say(lang, "返回", "Back"), href=to("/", token))
        + text("h1", title)
        + text("h2", say(lang, "规则", "Rules"))
        + rules
        + text("h2", say(lang, "读取时的疑点", "Doubts of the reader"))
        + doubts
    )
    return document(title, inner, lang)


def _entry(code: str, title: str, engine: Gischema, lang: Lang) -> str:
    summary = element("summary", text("code", code) + " " + text("span", title))
    return element("details", summary + explanation(code, engine, lang), class_="more", id=code)
