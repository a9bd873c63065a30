"""Mutants: one small change of a Python file or of a rule file each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten
from typing import cast

from attrs import frozen

_COMPARISONS: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(), ast.LtE: ast.Lt(), ast.Gt: ast.GtE(), ast.GtE: ast.Gt(),
    ast.Eq: ast.NotEq(), ast.NotEq: ast.Eq(), ast.In: ast.NotIn(), ast.NotIn: ast.In(),
    ast.Is: ast.IsNot(), ast.IsNot: ast.Is(),
}  # fmt: skip
_STATEMENT = re.compile(r"^  (?:check|when)\s.*(?:\n {10}\S.*)*$", re.MULTILINE)
_IN_RULES = (
    (re.compile(r"<="), "<"),
    (re.compile(r">="), ">"),
    (re.compile(r"(?<![<>!])= (?=0\b)"), ">= "),  # no count is below 0
    (re.compile(r"(?<![<>!])= (?!0\b)"), "<= "),
    (re.compile(r"(?<=\S) \+ [\w.()*]+"), ""),
    (re.compile(r"(?<=\w) ="), " + 1 ="),
    (re.compile(r" and "), " or "),
    (re.compile(r" or "), " and "),
    (re.compile(r"\bnot "), ""),
)
"""Changes of a statement: another relation, an operand less or more, another junction."""


@frozen
class Mutant:
    """One changed file: what it says now, and the change in words."""

    file: Path
    text: str
    line: int
    change: str


def count_mutants(file: Path) -> int:
    """Return how many mutants a Python file or a rule file has."""
    text = file.read_text(encoding="utf-8")
    return len(list(_of_rules(file, text) if file.suffix == ".rules" else _places(ast.parse(text))))


def mutant_of(file: Path, number: int) -> Mutant:
    """Return one of the mutants of a file, by its number."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".rules":
        return list(_of_rules(file, text))[number]
    tree = ast.parse(text)
    node, change = list(_places(tree))[number]
    change = f"{change}: {shorten(ast.unparse(node), 80)}"
    return Mutant(file, ast.unparse(_applied(tree, node)), _line(node), change)


def _of_rules(file: Path, text: str) -> Iterator[Mutant]:
    for statement in _STATEMENT.finditer(text):
        for pattern, put in _IN_RULES:
            for found in pattern.finditer(text, *statement.span()):
                changed = text[: found.start()] + put + text[found.end() :]
                number = text.count("\n", 0, found.start()) + 1
                line = text.splitlines()[number - 1].strip()
                change = f"{found[0].strip()!r} -> {put.strip()!r}: {line}"
                yield Mutant(file, changed, number, change)


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield the nodes that can be changed, and the name of the change."""
    for node in ast.walk(tree):
        if change := _change(node):
            yield node, change


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def _change(node: ast.AST) -> str:
    """Return the name of the change of a node, an empty text if there is none."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARISONS:
            return "other comparison"
        case ast.BoolOp():
            return "and for or"
        case ast.UnaryOp(op=ast.Not()):
            return "without not"
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return "minus for plus"
        case ast.Constant(value=bool()):
            return "other truth"
        case ast.Constant(value=int()):
            return "one more"
        case ast.If(test=ast.Name("TYPE_CHECKING")):
            return ""  # imports for the type checker alone
        case ast.If() | ast.IfExp():
            return "condition turned"
    return ""


def _applied(tree: ast.Module, node: ast.AST) -> ast.Module:
    """Return the tree with one node changed."""
    match node:
        case ast.Compare(ops=[op]):
            node.ops = [_COMPARISONS[type(op)]]
        case ast.BoolOp(op=op):
            node.op = ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.UnaryOp(operand=operand):
            return _replaced(tree, node, operand)
        case ast.BinOp(op=op):
            node.op = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
        case ast.Constant(value=bool(value)):
            node.value = not value
        case ast.Constant(value=int(value)):
            node.value = value + 1
        case ast.If() | ast.IfExp():
            node.test = ast.UnaryOp(ast.Not(), node.test)
    return ast.fix_missing_locations(tree)


def _replaced(tree: ast.Module, node: ast.AST, other: ast.AST) -> ast.Module:
    class _Replace(ast.NodeTransformer):
        def visit(self, at: ast.AST) -> ast.AST:
            return other if at is node else self.generic_visit(at)

    changed = cast(ast.Module, _Replace().visit(tree))
    return ast.fix_missing_locations(changed)
