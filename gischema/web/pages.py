"""The pages of the server: to drop reports on, the rules, and the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from gischema.diagnostics import KINDS
from gischema.output.language import Lang, say
from gischema.output.viewer.page import asset, page_head
from gischema.output.words import SEVERITY
from gischema.web.templates import filled

if TYPE_CHECKING:
    from gischema.engine import Gischema
    from gischema.forms.form import Form
    from gischema.rules import Rule, Waiver

_FILES = 100
"""How many files of dropped folders are sent at a time."""


def newest_first(forms: Iterable[Form]) -> list[Form]:
    """Return forms in another order: those in force, then the others, the newest first."""
    return sorted(forms, key=lambda form: (form.years[1] is not None, -form.years[0], form.id))


def start_page(token: str, engine: Gischema, most: int, lang: Lang) -> str:
    """Return the page: a field for reports, one for last year's, and links to blank forms.

    `token` is that of the server, for links; `most` is how many bytes may be sent.
    """
    newest, *others = newest_first(engine.forms.values())
    script = asset("start.js", "gischema.web")
    title = say(lang, "把年度报告拖到这里", "Drop annual reports here")
    endings = frozenset().union(*(reader.suffixes for reader in engine.readers))
    given = {"most": most, "most_files": _FILES, "endings": endings}
    given |= {"newest": newest, "others": others}
    return _page("start.html", title, token, lang, script, **given)


def rules_page(token: str, engine: Gischema, lang: Lang) -> str:
    """Return the page: an entry for each rule and each kind of doubt, which opens."""
    rules = [
        (rule.code, _rule_title(rule, lang), explanation(rule.code, engine, lang))
        for rule in engine.rules.rules
    ]
    doubts = [
        (kind.code, say(lang, kind.title, kind.title_en), explanation(kind.code, engine, lang))
        for kind in KINDS.values()
    ]
    title = say(lang, "规则与说明", "Rules and explanations")
    return _page("rules.html", title, token, lang, rules=rules, doubts=doubts)


def settings_page(token: str, waivers: Mapping[str, Waiver], lang: Lang) -> str:
    """Return the page: a row for each waiver, and the file of waivers to save and to load.

    `waivers` has them by their text in a file.
    """
    title = say(lang, "豁免", "Waivers")
    return _page("settings.html", title, token, lang, waivers=waivers)


def explanation(code: str, engine: Gischema, lang: Lang) -> list[str]:
    """Return the lines of what `gischema explain` says about a code, without its title.

    Raises:
        UnknownName: The code is unknown.
    """
    lines = engine.explain(code, lang).splitlines()[1:]
    return [line.strip() for line in lines if line.strip()]


def _rule_title(rule: Rule, lang: Lang) -> str:
    title, severity = rule.title.get(lang), say(lang, *SEVERITY[rule.severity])
    return say(lang, f"{title}（{severity}）", f"{title} ({severity})")


def _page(
    template: str, title: str, token: str, lang: Lang, script: str = "", **given: object
) -> str:
    styles = [asset("viewer.css"), asset("start.css", "gischema.web")]
    head = page_head(title, lang, styles, [script] if script else [])
    return filled(template, token, lang, title=title, head=head, script=script, **given)
