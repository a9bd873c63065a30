"""What the text of a grammar file says: names, lines, and where something is inserted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from gischema.file_errors import FileError

EXTEND = re.compile(
    r"^(%extend[ \t]+[?!]*(_?[A-Za-z]\w*)(?:\.\d+)?[ \t]*:[^\n]*?)"
    r"(?:[ \t]+after[ \t]+(_?[A-Za-z]\w*)[ \t]*)?(?=[ \t]*//[^\n\"]*$|$)",
    re.MULTILINE,
)
"""A line `%extend RULE: NAME after NAME`: what it says, its rule, and the name behind `after`."""

_YEARS = re.compile(r"(\d{4})(?:([–-])(\d{4})?)?")
_NO_FORMS = {"rules"}


def read_source(file: Path) -> str:
    """Return the text of a grammar file.

    Raises:
        FileError: It is not UTF-8.
        OSError: It cannot be read.
    """
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(
            "不是 UTF-8 文件；请在编辑器里另存为 UTF-8",
            "the file is not UTF-8: save it as UTF-8 in your editor",
            file.name,
        ) from None


def read_years(text: str) -> tuple[int, int | None] | None:
    """Return the first and the last year of `2014–2018`, `2027` (one year) or `2027–` (no last).

    None for any other text.
    """
    match = _YEARS.fullmatch(text)
    if match is None:
        return None
    first = int(match[1])
    return first, int(match[3]) if match[3] else None if match[2] else first


def without_anchor(extend: re.Match[str]) -> str:
    """Return a `%extend` without ` after NAME`, with blanks in its place."""
    return extend[1] + " " * (len(extend[0]) - len(extend[1]))


def written(name: str) -> str:
    """Return the name of a symbol as an author wrote it, as far as its prefixes show it.

    `art20_2019__NOT_HELD` is NOT_HELD, `FEES__ITEMS_LAST_YEAR` keeps its own prefix: that of an
    import is the name of a file.
    """
    mark = "_" if name.startswith("_") else ""
    parts = name.removeprefix("_").split("__")
    while len(parts) > 1 and parts[0] != parts[0].upper() and parts[-1] == parts[-1].upper():
        parts = parts[1:]
    return mark + "__".join(parts)


def line_of(file: Path, name: str, *, comments: bool = False) -> int:
    """Return the line of a file that defines a name, else the first that has it; 0 if none has."""
    if not name:
        return 0
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    own = re.compile(rf"(?:%\w+\s+)?{re.escape(name)}\s*:|%import\s+\.?{re.escape(name)}\b")
    lines = read_source(file).split("\n")
    code = [line if comments else line.partition("//")[0] for line in lines]
    found = [number for number, line in enumerate(code, 1) if word.search(line)]
    defined = (number for number in found if own.match(code[number - 1]))
    return next(defined, found[0] if found else 0)


def declared_names(text: str) -> Sequence[str]:
    """Return the names that a grammar defines itself, in its order."""
    return re.findall(r"^(_?[A-Za-z]\w*)(?:\.\d+)?\s*:", text, re.MULTILINE)


def names_of_grammars(folder: Path) -> Iterator[str]:
    """Yield the names of the grammar files in a folder."""
    return (file.stem for file in sorted(folder.glob("*.lark")) if file.stem not in _NO_FORMS)
