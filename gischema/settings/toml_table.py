"""Read TOML tables key by key, with errors that give the file, the key and what is expected.

cattrs, which the JSON formats use, is not used here: its messages are English only, its paths
have attribute names instead of keys, and it suggests no similar keys.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from attrs import define, field

from gischema.rules.model import Value
from gischema.settings.errors import SettingsError

_LARGEST = 8 * 2**20
"""The size in bytes of the largest file; 20,000 waivers take 2 MB."""
_DEEPEST = 32
"""The number of parts of the longest dotted key: the memory for it grows with their square."""
_LITERALS = re.compile(r"""\"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*""")
_ENDS_OF_KEYS = re.compile(r"[=,\[\]{}\n]")


def read_bounded(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        SettingsError: The file is too large.
        OSError: The file cannot be opened.
    """
    with file.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        size = _LARGEST // 2**20
        raise SettingsError(file, f"超过 {size} MB", f"larger than {size} MB")
    return content


def read_toml(file: Path) -> dict[str, Any]:
    """Return the content of a TOML file, with decimals for fractions.

    Raises:
        SettingsError: The file is not UTF-8, not TOML, too large or too deeply nested.
        OSError: The file cannot be opened.
    """
    return parse_toml(file, read_bounded(file))


def parse_toml(file: Path, content: bytes) -> dict[str, Any]:
    """Return what a TOML file says. Raises the SettingsErrors of `read_toml`."""
    try:
        text = content.decode("utf-8-sig")
        parts = _ENDS_OF_KEYS.split(_LITERALS.sub("", text))
        if any(part.count(".") > _DEEPEST for part in parts):
            raise RecursionError
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError as error:
        raise SettingsError(file, "嵌套过深", "too deeply nested") from error
    except UnicodeDecodeError as error:
        zh, en = "不是 UTF-8 文本，请另存为 UTF-8", "not UTF-8 text; save it as UTF-8"
        raise SettingsError(file, zh, en) from error
    except tomllib.TOMLDecodeError as error:
        zh, en = f"不是有效的 TOML（{error}）", f"not valid TOML ({error})"
        raise SettingsError(file, zh, en) from error


@define(eq=False)
class TomlTable:
    """The table `name` of a file.

    Each method reads one key, and raises SettingsError if its value is of another type. `finish`
    refuses the keys that no method has read.
    """

    file: Path
    name: str
    content: Mapping[str, Any]
    _known: set[str] = field(factory=set, init=False)

    def text(self, key: str) -> str:
        """Return a text, which is required and not empty."""
        value = self._get(key)
        if not isinstance(value, str) or not value.strip():
            self._fail(key, "应为文字", "needs a text in quotes")
        return value

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Return a list of texts, None if there is none."""
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._fail(key, '应为文字的列表，如 ["B2"]', 'needs a list of texts such as ["B2"]')
        return tuple(value)

    def choice(self, key: str, choices: Sequence[str]) -> Any:
        """Return one of `choices`, None if there is none."""
        value = self._get(key)
        if value is not None and value not in choices:
            listed = "、".join(choices), ", ".join(choices)
            self._fail(key, f"应为{listed[0]}之一", f"needs one of {listed[1]}")
        return value

    def day(self, key: str) -> date:
        """Return a date, which is required."""
        value = self._get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            self._fail(
                key, "应为日期，如 2026-03-31（不加引号）", "needs a date: 2026-03-31, no quotes"
            )
        return value

    def values(self, key: str) -> dict[str, Value]:
        """Return a table of figures, empty if there is none."""
        inner = self.table(key)
        for name, value in inner.content.items():
            if not isinstance(value, str | int | Decimal | date):
                inner._fail(name, "应为数字、日期或文字", "needs a number, a date or a text")
        return dict(inner.content)

    def table(self, key: str) -> TomlTable:
        """Return an inner table, an empty one if there is none."""
        value = self._get(key)
        if value is not None and not isinstance(value, dict):
            self._fail(key, f"应为表 [{key}]", f"needs a table [{key}]")
        return TomlTable(self.file, self._path(key), value or {})

    def tables(self, key: str) -> Iterator[TomlTable]:
        """Yield the tables of an array of tables."""
        value = self._get(key)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self._fail(key, f"应为表 [[{key}]]", f"needs tables [[{key}]]")
        for number, each in enumerate(value, 1):
            yield TomlTable(self.file, f"{self._path(key)}[{number}]", each)

    def finish(self) -> None:
        """Raise SettingsError for a key that has not been read, with a similar known key."""
        for key in self.content:
            if key not in self._known:
                near = get_close_matches(key, self._known, n=1)
                zh = f"；是否指 {near[0]}？" if near else ""
                en = f"; did you mean {near[0]}?" if near else ""
                self._fail(key, f"没有这个设置{zh}", f"there is no such setting{en}")

    def _get(self, key: str) -> Any:
        self._known.add(key)
        return self.content.get(key)

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def _fail(self, key: str, zh: str, en: str) -> NoReturn:
        where = self._path(key)
        raise SettingsError(self.file, f"{where} {zh}", f"{where} {en}")
