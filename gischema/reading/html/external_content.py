"""Find where the table may be that a page lacks: inner pages, attachments, pictures, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from gischema.reading.errors import UnreadableSource
from gischema.reading.html.page_tree import HtmlTree

_ATTACHMENT = re.compile(
    r"\.(?:docx?|xlsx?|wps|et|pdf|csv|ods|odt|rtf|zip|rar|7z|ofd)(?:[?#].*)?\Z", re.IGNORECASE
)
_LIKELY = re.compile(r"附件|附表|统计表|情况表|年报|年度报告")
_MOST = 3  # links in a note
_LONGEST = 100
_SMALL = 150  # pixels; smaller pictures are icons and buttons


def table_pointers(tree: HtmlTree) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield notes that say where else the table of a page without figures may be."""
    frames = [link for node in tree.parser.css("iframe, embed, object") if (link := _source(node))]
    for link in _first(frames):
        yield "D602", {"link": link}
    for link in _first(_attachments(tree)):
        yield "D603", {"link": link}
    pictures = sum(_may_be_table(node) for node in tree.parser.css("img"))
    if pictures:
        yield "D604", {"count": str(pictures)}


def refuse_frames(tree: HtmlTree, name: str | None) -> None:
    """Raise UnreadableSource for a page that only arranges other pages, and name these."""
    if tree.body is None:
        links = "、".join(_first([_source(node) for node in tree.parser.css("frame")]))
        raise UnreadableSource(
            name,
            f"网页由框架拼成，正文在另外的网页中（{links}），请保存那一页",
            f"the page is put together from frames; its text is in other pages ({links}): "
            "save those",
            "not_a_report",
        )


def loaded_by_script(tree: HtmlTree) -> str | None:
    """Return the script that seems to load the text of a page, None if there is none."""
    scripts = tree.parser.css("script")
    sources = [source for node in scripts if (source := node.attrs.sget("src"))]
    if sources:
        return sources[-1][:_LONGEST]
    return "<script>" if scripts else None


def script_error(script: str, name: str | None) -> UnreadableSource:
    """Return the error for a page whose text a script loads."""
    return UnreadableSource(
        name,
        f"网页没有正文：正文由脚本（{script}）加载。请在浏览器中打开后另存，或复制文字",
        f"the page holds no text: a script ({script}) loads it. Open it in a browser and save "
        "what is shown",
        "not_a_report",
    )


def _attachments(tree: HtmlTree) -> list[str]:
    """Return the links to files; first those whose words say attachment or table."""
    found = [
        (" ".join(node.text().split()), node.attrs.sget("href").strip())
        for node in tree.parser.css("a[href]")
        if _ATTACHMENT.search(node.attrs.sget("href").strip())
    ]
    found.sort(key=lambda link: _LIKELY.search(link[0]) is None)
    return [f"{text} {link}".strip() for text, link in found]


def _source(node: LexborNode) -> str:
    return node.attrs.sget("src") or node.attrs.sget("data")


def _may_be_table(node: LexborNode) -> bool:
    sizes = (node.attrs.sget("width"), node.attrs.sget("height"))
    return all(not size[:4].isdigit() or int(size[:4]) > _SMALL for size in sizes if size) and any(
        sizes
    )


def _first(links: list[str]) -> list[str]:
    return [link[:_LONGEST] for link in dict.fromkeys(links)][:_MOST]
