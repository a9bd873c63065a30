"""Parsed rule files kept in the user's own cache folder, so that a start costs no parsing."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from pathlib import Path
from typing import cast

from gischema._version import __version__
from gischema.forms.grammars import cache_folder, grammar_folder
from gischema.rules.model import Rule

_DIGEST_SIZE = 32
_MAKERS = ("expressions.py", "model.py", "terms.py", "tree.py")
"""The modules that decide what a parsed rule is."""


def load_rules(file: Path) -> tuple[Rule, ...]:
    """The rules of a file: from the cache if neither it nor the language has changed."""
    data = file.read_bytes()
    folder = cache_folder()
    if folder is None:
        return _parsed(data, file)
    digest = _digest(data, file)
    kept = folder / f"{file.stem}-{hashlib.sha256(os.fsencode(file)).hexdigest()[:8]}.rules-cache"
    rules = _kept(kept, digest)
    if rules is None:
        rules = _parsed(data, file)
        _keep(kept, digest + pickle.dumps(rules, pickle.HIGHEST_PROTOCOL))
    return rules


def _parsed(data: bytes, file: Path) -> tuple[Rule, ...]:
    from gischema.rules.language import parse_rules

    return parse_rules(data.decode("utf-8-sig"), str(file))


def _digest(data: bytes, file: Path) -> bytes:
    """What the rules depend on: text, name, language, and whatever could read them otherwise."""
    here = Path(__file__).parent
    parts = (
        data,
        os.fsencode(file),
        (grammar_folder() / "rules.lark").read_bytes(),
        *((here / module).read_bytes() for module in _MAKERS),
        __version__.encode(),
        sys.version.encode(),
    )
    return hashlib.sha256(b"\0".join(parts)).digest()


def _kept(file: Path, digest: bytes) -> tuple[Rule, ...] | None:
    """The rules kept under this digest. The folder is ours alone, so what lies there is ours."""
    try:
        data = file.read_bytes()
        if data[:_DIGEST_SIZE] != digest:
            return None
        return cast(tuple[Rule, ...], pickle.loads(data[_DIGEST_SIZE:]))
    except Exception:  # noqa: BLE001 - a damaged cache is no cache
        return None


def _keep(file: Path, data: bytes) -> None:
    """Writes a file in one step; a folder that cannot be written to costs only time."""
    from tempfile import NamedTemporaryFile

    try:
        with NamedTemporaryFile(dir=file.parent, delete=False) as draft:
            draft.write(data)
        Path(draft.name).replace(file)
    except OSError:
        return
