"""Keys of reporting bodies: one key for the spellings of one name, never for similar names."""

from __future__ import annotations

import re

from gischema.text import normalise

_NOISE = re.compile(r"[\W_]+")
_ABOUT = "关于"


def body_key(name: str) -> str:
    """Return the key of a body: its name in simplified characters, without spaces and 关于.

    Abbreviations and former names have keys of their own: 县住建局 is not 县住房和城乡建设局.
    """
    return _NOISE.sub("", normalise(name).text).removeprefix(_ABOUT)
