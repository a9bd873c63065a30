"""HTML elements as text, escaped."""

from __future__ import annotations

from html import escape


def element(tag: str, inner: str = "", /, **attributes: str | int | bool | None) -> str:
    """Return an element around `inner`, which is markup.

    An underscore at the end of a name is dropped, another becomes a hyphen. Attributes that are
    None, False or empty are left out, and spans of 1.
    """
    written = []
    for given, value in attributes.items():
        name = given.rstrip("_").replace("_", "-")
        if value is None or value is False or value == "":
            continue
        if name in ("rowspan", "colspan") and value == 1:
            continue
        written.append(f" {name}" if value is True else f' {name}="{escape(str(value))}"')
    begin = f"<{tag}{''.join(written)}>"
    return begin if tag in ("input", "img") else f"{begin}{inner}</{tag}>"


def text(tag: str, words: str, /, **attributes: str | int | bool | None) -> str:
    """Return an element around text."""
    return element(tag, escape(words), **attributes)
