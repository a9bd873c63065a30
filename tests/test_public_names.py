"""The public names: each can be imported, and a type checker knows the same ones."""

import ast
from pathlib import Path

import gischema


def test_every_public_name_is_there() -> None:
    """What `__all__` lists can be imported, and nothing else is handed out."""
    assert {name for name in gischema.__all__ if getattr(gischema, name, None) is None} == set()
    assert set(dir(gischema)) == set(gischema.__all__)
    assert gischema.__all__ == [*dict.fromkeys(gischema.__all__)]


def test_type_checkers_know_the_same_names() -> None:
    """Names are loaded on first use; those that checkers see are written a second time."""
    tree = ast.parse(Path(gischema.__file__).read_text("utf-8"))
    (typed,) = (node for node in tree.body if isinstance(node, ast.If))
    imported = {
        alias.name: node.module
        for node in typed.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    homes = {name: home for home, names in gischema._HOMES.items() for name in names}
    assert imported == homes
    assert {*homes, "__version__"} == set(gischema.__all__)
