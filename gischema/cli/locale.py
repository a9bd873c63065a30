"""The language of messages without `--lang`."""

from __future__ import annotations

import os

from gischema.output.language import Lang

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_UNDETERMINED = {"", "C", "POSIX"}


def language() -> Lang:
    """Return English if the locale has another language than Chinese, else Chinese."""
    name = next((os.environ[v] for v in _VARIABLES if os.environ.get(v)), "") or _windows()
    code = name.replace("-", "_").partition(".")[0].partition("@")[0]
    if code in _UNDETERMINED or code.lower().startswith(("zh", "chinese")):
        return "zh"
    return "en"


def _windows() -> str:
    """Return the name of the user's locale on Windows, which sets no variables."""
    if os.name != "nt":
        return ""
    import locale  # for Windows alone

    return locale.getlocale()[0] or ""
