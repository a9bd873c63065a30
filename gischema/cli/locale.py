"""The language of messages where no `--lang` is given."""

from __future__ import annotations

import os

from gischema.output.language import Lang

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_UNDETERMINED = {"", "C", "POSIX"}


def language() -> Lang:
    """English if the locale names a language other than Chinese, else Chinese."""
    name = next((os.environ[v] for v in _VARIABLES if os.environ.get(v)), "") or _windows()
    code = name.replace("-", "_").partition(".")[0].partition("@")[0]
    if code in _UNDETERMINED or code.lower().startswith(("zh", "chinese")):
        return "zh"
    return "en"


def _windows() -> str:
    """The name of the user's locale on Windows, which sets no variables."""
    if os.name != "nt":
        return ""
    import locale

    return locale.getlocale()[0] or ""
