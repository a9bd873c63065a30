"""Where grammars lie and how they are built, with a cache in the user's own folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import lark
from lark import Lark
from lark.lexer import Lexer
from platformdirs import user_cache_path


def grammar_folder() -> Path:
    """The folder of the national grammars, in an installed package or beside the source."""
    package = Path(__file__).parents[1]
    installed = package / "grammars"
    return installed if installed.is_dir() else package.parent / "grammars"


def cache_folder() -> Path | None:
    """A folder that only this user can write, None if there is no such place.

    Lark unpickles what it finds there, so a folder that others could write is never used.
    """
    folder = user_cache_path("gischema", appauthor=False) / f"grammars-lark-{lark.__version__}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    if hasattr(os, "getuid"):
        foreign = status.st_uid != os.getuid()
        if foreign or stat.S_IMODE(status.st_mode) & (stat.S_IWGRP | stat.S_IWOTH):
            return None
    return folder


def build_grammar(path: Path, lexer: type[Lexer], cache: Path | None) -> Lark:
    """The LALR parser of a form grammar; `cache` is a folder to keep the built parser in.

    Lark checks a cached parser against the grammar, the files it imports and its own version.
    """
    file = cache / f"{path.stem}.lark-cache" if cache is not None else None
    return Lark.open(
        str(path),
        parser="lalr",
        lexer=lexer,
        maybe_placeholders=False,
        import_paths=[str(grammar_folder())],
        cache=str(file) if file is not None else False,
    )
