"""Parse rule files. `grammars/rules.lark` defines the language."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

from gischema.file_errors import caret
from gischema.forms.cache import cached
from gischema.forms.grammars import grammar_folder
from gischema.rules.errors import RuleError, RuleSyntaxError
from gischema.rules.model import Rule
from gischema.rules.rule_builder import RuleBuilder

_TERMINALS = {
    "PATH": ("指标路径", "a path"),
    "NUMBER": ("数字", "a number"),
    "VALUE": ("数字", "a number"),
    "STRING": ("双引号中的文字", 'a text in "…"'),
    "CODE": ("规则代码", "a code such as B1"),
    "FORM": ("表式名称", "a form such as art20-2021"),
    "VERSION": ("版本号", "a version such as 0.1"),
    "LPAR": ("(", "("),
    "RPAR": (")", ")"),
    "$END": ("文件结束", "the end of the file"),
}
"""Names of terminals that are no fixed words, in Chinese and English."""

_HALF_WIDTH_OF = {
    **dict(zip("，（）＝＋＜＞：“”－×÷", ',()=+<>:""-*/', strict=True)),
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
}
_MOST_EXPECTED = 8


@lru_cache(maxsize=1)
def _language() -> Lark:
    grammar = grammar_folder() / "rules.lark"

    def build() -> Lark:
        return Lark.open(
            str(grammar), parser="lalr", maybe_placeholders=True, propagate_positions=False
        )

    return cached(Lark, ("rules", grammar, Path(__file__)), build)


def parse_rules(text: str, file: str = "") -> tuple[Rule, ...]:
    """Return the rules of a text; errors give `file` as its name.

    Raises:
        RuleSyntaxError: With line, column and a caret at the first error.
    """
    try:
        tree = _language().parse(text)
        return tuple(RuleBuilder(file).transform(tree))
    except UnexpectedInput as error:
        raise _syntax_error(error, text, file) from None
    except VisitError as error:
        cause = error.orig_exc
        if not isinstance(cause, RuleError):
            raise
        raise _located(cause, text, file) from None


def _located(error: RuleError, text: str, file: str) -> RuleError:
    """Return the error with the file and the line that it is about."""
    context = caret(text, error.line, error.column)
    return type(error)(error.message, error.message_en, file, error.line, error.column, context)


def _syntax_error(error: UnexpectedInput, text: str, file: str) -> RuleSyntaxError:
    line, column, width = error.line, error.column, 1
    found = ""
    expected: set[str] = set()
    if isinstance(error, UnexpectedCharacters):
        found = error.char
        expected = set(error.allowed or ())
    elif isinstance(error, UnexpectedToken):
        found = str(error.token)
        expected = set(error.accepts or error.expected)
        width = len(found.split("\n")[0])
        if error.token.type == "$END":
            line, column = _end_of(text)
            found = ""
    zh, en = _expectation(expected)
    if found in _HALF_WIDTH_OF:
        zh, en = (
            f"请写半角的 {_HALF_WIDTH_OF[found]}",
            f"write {_HALF_WIDTH_OF[found]} (half-width)",
        )
    if found:
        message = (f"此处不能写“{found}”，{zh}", f"“{found}” cannot stand here; {en}")
    else:
        message = (f"文件在此处中断，{zh}", f"the file ends too early; {en}")
    return RuleSyntaxError(*message, file, line, column, caret(text, line, column, width))


def _expectation(terminals: set[str]) -> tuple[str, str]:
    """Return what is allowed at a position, in Chinese and English."""
    names = sorted({_name(terminal) for terminal in terminals})
    if len(names) > _MOST_EXPECTED:
        names = [*names[:_MOST_EXPECTED], ("…", "…")]
    zh = "、".join(zh for zh, _ in names)
    en = ", ".join(en for _, en in names)
    return f"应为：{zh}", f"expected {en}"


def _name(terminal: str) -> tuple[str, str]:
    if terminal in _TERMINALS:
        return _TERMINALS[terminal]
    pattern: Any = _language().get_terminal(terminal).pattern
    word = pattern.value
    if pattern.type == "re":
        word = word.removeprefix("(?:").removesuffix(")").replace("\\", "").replace("|", " | ")
    return word, word


def _end_of(text: str) -> tuple[int, int]:
    """Return line and column after the last character that is no white space."""
    lines = text.rstrip().split("\n")
    return len(lines), len(lines[-1]) + 1
