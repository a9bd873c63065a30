"""The page of checked reports: one file, which requests nothing from anywhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from attrs import frozen

from gischema.output.checked import Checked, Frame
from gischema.output.language import Lang, say
from gischema.output.viewer.compare_pane import ComparePane
from gischema.output.viewer.finding_list import Below, FindingList, kind_name
from gischema.output.viewer.form_pane import STATES, FormPane, state_word
from gischema.output.viewer.marks import KINDS, Marks, kind_of
from gischema.output.viewer.markup import element, text
from gischema.output.viewer.source_pane import source_html
from gischema.output.viewer.verdict_words import Colour, verdict_words

_ICON = '<link rel="icon" href="data:,">'


@frozen
class PageEntry:
    """A report on a page: its line in the index, and its markup.

    `verdict` is the verdict in one line, and `colour` how it is shown.
    """

    file: str
    title: str
    colour: Colour
    verdict: str
    body: str


@cache
def asset(name: str, package: str = "gischema.output.viewer") -> str:
    """Return the text of a file of a package."""
    return files(package).joinpath(name).read_text("utf-8")


def content_policy(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """Return the policy that lets a page use these texts and load nothing."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {' '.join(map(_hash, styles))}",
            f"script-src {' '.join(map(_hash, scripts))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def page_head(title: str, lang: Lang, styles: Sequence[str], scripts: Sequence[str]) -> str:
    """Return the head of a page, with its style sheets; its body holds the scripts."""
    sheets = "".join(f"<style>{sheet}</style>\n" for sheet in styles)
    policy = escape(content_policy(styles, scripts))
    return (
        f'<!doctype html>\n<html lang="{say(lang, "zh-CN", "en")}">\n<head>\n'
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{_ICON}\n'
        f"<title>{escape(title)}</title>\n{sheets}</head>\n"
    )


def report_entry(
    item: Checked, frame: Frame, *, actions: str = "", below: Below | None = None
) -> PageEntry:
    """Return the entry of a checked report.

    `actions` is markup next to the verdict, such as buttons; `below` returns markup below a
    finding.
    """
    lang, report = frame.lang, item.report
    words = verdict_words(item, frame)
    marks = Marks(item)
    own = f"{item.path}\0{item.text}".encode("utf-8", "replace")
    prefix = f"r{sha256(own).hexdigest()[:8]}"
    form = FormPane(item, marks, lang, prefix).html()
    found = FindingList(item, marks, frame, prefix, below).html()
    comparison = ComparePane(item, marks, lang, f"{prefix}-compare")
    compared = comparison.html()
    source = source_html(item.text, marks.in_source())
    title = report.title or item.name
    unknown = say(lang, "不明", "unknown")
    year, held = report.year or unknown, item.result.held
    about = say(
        lang,
        f"{item.name}　年份 {year}　表式 {report.form or unknown}　{held} 项相符",
        f"{item.name}, year {year}, form {report.form or unknown}, {held} checks hold",
    )
    head = (
        text("p", words.line, class_=f"verdict {words.colour}", role="status")
        + "".join(text("p", line, class_="under") for line in words.more)
        + actions
        + text("h1", title)
        + text("p", about, class_="about")
    )
    settings = frame.settings.line(lang)
    if settings is not None:
        head += text("p", settings, class_="about")
    head += comparison.link()
    panes = (
        _pane("findings-pane", say(lang, "校验结果", "Findings"), _filters(marks, lang) + found)
        + _pane("source-pane", say(lang, "原文（读取所见）", "Source, as it was read"), source)
        + _pane("form-pane", say(lang, "表式", "Form"), form + _legend(marks, lang))
    )
    body = element("header", head) + element("div", panes, class_="panes") + compared
    return PageEntry(item.name, title, words.colour, words.line, body)


def page(entries: Sequence[PageEntry], frame: Frame, *, above: str = "") -> str:
    """Return the page of reports; `above` is markup for its top, such as links of a server."""
    lang = frame.lang
    many = len(entries) > 1
    title = entries[0].title if len(entries) == 1 else say(lang, "校验单", "Check of reports")
    sections = [
        element("section", entry.body, id=f"report{number}", class_=f"report {entry.colour}")
        for number, entry in enumerate(entries)
    ]
    index = _index(entries, lang) if many else ""
    body = "\n".join((above, index, *sections))
    main = element("main", body)
    script = asset("viewer.js")
    head = page_head(title, lang, [asset("viewer.css")], [script])
    return f"{head}<body>\n{main}\n<script>{script}</script>\n</body>\n</html>\n"


def _index(entries: Sequence[PageEntry], lang: Lang) -> str:
    heads = say(lang, "文件 报告 结论", "file report verdict").split()
    rows = [element("tr", "".join(text("th", head, scope="col") for head in heads))]
    for number, entry in enumerate(entries):
        link = element("td", text("a", entry.file, href=f"#report{number}"))
        verdict = text("td", entry.verdict, class_=entry.colour)
        rows.append(element("tr", link + text("td", entry.title) + verdict))
    label = say(lang, "全部报告", "All reports")
    return element("nav", element("table", "".join(rows)), class_="index", aria_label=label)


def _pane(name: str, title: str, inside: str) -> str:
    inner = element("div", inside, class_="scroll", tabindex="0", role="region", aria_label=title)
    return element("div", text("h2", title) + inner, class_=f"pane {name}")


def _filters(marks: Marks, lang: Lang) -> str:
    """Return the buttons that choose a kind of finding; nothing if there is only one kind."""
    kinds = [kind_of(cause) for cause in marks.causes]
    present = [kind for kind in KINDS if kind in kinds]
    if len(present) < 2:
        return ""
    every = say(lang, "全部", "all")
    buttons = [
        text("button", f"{every} {len(kinds)}", type="button", data_show="all", aria_pressed="true")
    ]
    buttons += [
        text(
            "button",
            f"{kind_name(kind, lang)} {kinds.count(kind)}",
            type="button",
            data_show=kind,
            aria_pressed="false",
        )
        for kind in present
    ]
    return element("p", "".join(buttons), class_="filters")


def _legend(marks: Marks, lang: Lang) -> str:
    """Return what the colours of the form mean, as far as they occur."""
    states = set(marks.states.values())
    if marks.item.result.unread:
        states.add("unread")
    shown = [text("span", state_word(s, lang), class_=s) for s in STATES if s in states]
    return element("p", "".join(shown), class_="legend") if shown else ""


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
