"""What one form changes of another, as a lawyer reads it: text, Markdown, HTML and records."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from attrs import asdict

from gischema.forms.form_changes import FormChange, form_changes
from gischema.output.html_page import html_page
from gischema.output.language import Lang, say

if TYPE_CHECKING:
    from gischema.forms import Form

_KINDS = {
    "renamed": ("{}改名", "{} renamed"),
    "unit": ("{}改单位", "{} in another unit"),
    "path": ("{}改路径", "{} under another path"),
    "moved": ("{}移位", "{} moved"),
    "dropped": ("删去{}", "{} dropped"),
    "added": ("增加{}", "{} added"),
}
_WHAT = {"row": ("行", "row"), "column": ("列", "column")}


def changes_text(old: Form, new: Form, lang: Lang) -> str:
    """Return the changes as text, part by part."""
    lines = [_title(old, new, lang)]
    for block, changes in _by_block(old, new):
        lines += ["", block]
        lines += [f"  {_kind(one, lang)}  {_words(one)}  {one.path}" for one in changes]
    return "\n".join([*lines, *([] if lines[1:] else ["", _none(lang)])]) + "\n"


def changes_markdown(old: Form, new: Form, lang: Lang) -> str:
    """Return the changes as a Markdown table for each part."""
    lines = [f"# {_title(old, new, lang)}"]
    heads = say(lang, "变化 内容 路径", "change content path").split()
    for block, changes in _by_block(old, new):
        lines += ["", f"## {block}", "", f"| {' | '.join(heads)} |", "|---|---|---|"]
        lines += [
            f"| {_kind(one, lang)} | {_words(one).replace('|', chr(92) + '|')} | `{one.path}` |"
            for one in changes
        ]
    return "\n".join([*lines, *([] if lines[1:] else ["", _none(lang)])]) + "\n"


def changes_html(old: Form, new: Form, lang: Lang) -> str:
    """Return the changes as a web page that needs nothing else."""
    title = _title(old, new, lang)
    parts = [f"<h1>{escape(title)}</h1>"]
    heads = say(lang, "变化 内容 路径", "change content path").split()
    for block, changes in _by_block(old, new):
        cells = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
        parts.append(f"<h2>{escape(block)}</h2>\n<table>\n<tr>{cells}</tr>")
        for one in changes:
            words = escape(_words(one))
            parts.append(
                f'<tr class="{one.kind}"><td>{escape(_kind(one, lang))}</td><td>{words}</td>'
                f"<td><code>{escape(one.path)}</code></td></tr>"
            )
        parts.append("</table>")
    if not parts[1:]:
        parts.append(f"<p>{escape(_none(lang))}</p>")
    return html_page(title, "\n".join(parts), lang)


def change_records(old: Form, new: Form) -> list[dict[str, Any]]:
    """Return one record for each change."""
    return [asdict(change) for change in form_changes(old, new)]


def _by_block(old: Form, new: Form) -> Iterator[tuple[str, list[FormChange]]]:
    for block, changes in groupby(form_changes(old, new), key=lambda change: change.block):
        yield block or "—", list(changes)


def _title(old: Form, new: Form, lang: Lang) -> str:
    one, other = (f"{form.id}（{_years(form)}，{form.basis}）" for form in (old, new))
    return say(lang, f"沿革：{one} → {other}", f"changes from {one} to {other}")


def _years(form: Form) -> str:
    first, last = form.years
    return f"{first}–{'' if last is None else last}" if last != first else str(first)


def _kind(change: FormChange, lang: Lang) -> str:
    zh, en = _KINDS[change.kind]
    what, what_en = _WHAT[change.what]
    return say(lang, zh.format(what), en.format(what_en))


def _words(change: FormChange) -> str:
    """Return the labels of a change, old and new, with the unit or path where that changed."""
    if change.kind == "renamed":
        return f"{change.old} → {change.new}"
    label = change.new or change.old
    if change.kind in ("unit", "path"):
        return f"{label}：{change.old_detail} → {change.new_detail}"
    return label


def _none(lang: Lang) -> str:
    return say(lang, "没有变化。", "Nothing changed.")
