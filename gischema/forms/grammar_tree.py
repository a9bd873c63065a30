"""Parts of the rules of a grammar, as Lark parses them."""

from __future__ import annotations

from lark import Tree
from lark.grammar import Symbol
from lark.load_grammar import _find_used_symbols


def symbols(tree: Tree[Symbol] | None) -> set[str]:
    """Return the names of the symbols that a rule or label uses."""
    return set() if tree is None else {str(name) for name in _find_used_symbols(tree)}


def symbols_in_order(tree: Tree[Symbol] | None) -> list[str]:
    """Return the symbols of a rule, each once, as they stand in it."""
    if tree is None:
        return []
    found = tree.scan_values(lambda value: isinstance(value, Symbol))
    return list(dict.fromkeys(str(one.name) for one in found))


def only_part(part: object) -> object:
    """Return the one part of an alternative; None if it has several."""
    if isinstance(part, Tree) and part.data == "expansion" and len(part.children) == 1:
        return part.children[0]
    return None


def is_nullable(tree: object, found: set[str]) -> bool:
    """Return True if a part of a rule may match nothing, given the rules that may."""
    if isinstance(tree, Symbol):
        return tree.name in found
    if not isinstance(tree, Tree):
        return False
    parts = [child for child in tree.children if isinstance(child, (Tree, Symbol))]
    match tree.data:
        case "expansions":
            return any(is_nullable(part, found) for part in parts)
        case "expansion":
            return all(is_nullable(part, found) for part in parts)
        case "maybe":
            return True
        case "expr":
            operator = str(tree.children[1])
            return operator in ("?", "*") or is_nullable(tree.children[0], found)
        case "value" | "alias":
            return bool(parts) and is_nullable(parts[0], found)
    return False
