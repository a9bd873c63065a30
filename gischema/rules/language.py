"""Rule files: from text to rules. The language is laid down in `grammars/rules.lark`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

from gischema.forms.cache import cached
from gischema.forms.grammars import grammar_folder
from gischema.rules.errors import RuleError, RuleSyntaxError, caret
from gischema.rules.model import Rule
from gischema.rules.rule_builder import RuleBuilder

_WORDS = {
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
"""Names for people of the terminals that are no fixed words."""

_FULL_WIDTH = dict(zip("，（）＝＋＜＞：", ",()=+<>:", strict=True))
_LIMIT = 8


@lru_cache(maxsize=1)
def _language() -> Lark:
    grammar = grammar_folder() / "rules.lark"

    def build() -> Lark:
        return Lark.open(
            str(grammar), parser="lalr", maybe_placeholders=True, propagate_positions=False
        )

    return cached(Lark, ("rules", grammar, Path(__file__)), build)


def parse_rules(text: str, file: str = "") -> tuple[Rule, ...]:
    """The rules that `text` declares; `file` is its name in errors.

    Raises RuleSyntaxError with line, column and a caret at the first place that is wrong.
    """
    try:
        tree = _language().parse(text)
        return tuple(RuleBuilder(file).transform(tree))
    except UnexpectedInput as error:
        raise _explained(error, text, file) from None
    except VisitError as error:
        cause = error.orig_exc
        if not isinstance(cause, RuleError):
            raise
        raise _placed(cause, text, file) from None


def _placed(error: RuleError, text: str, file: str) -> RuleError:
    """The same error with the file and the line it is about."""
    context = caret(text, error.line, error.column)
    return type(error)(error.message, error.message_en, file, error.line, error.column, context)


def _explained(error: UnexpectedInput, text: str, file: str) -> RuleSyntaxError:
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
            line, column = _end(text)
            found = ""
    zh, en = _expectation(expected)
    if found in _FULL_WIDTH:
        zh, en = f"请用半角的“{_FULL_WIDTH[found]}”", f"write {_FULL_WIDTH[found]} (half-width)"
    if found:
        message = (f"此处不能写“{found}”，{zh}", f"“{found}” cannot stand here; {en}")
    else:
        message = (f"文件在此处中断，{zh}", f"the file ends too early; {en}")
    return RuleSyntaxError(*message, file, line, column, caret(text, line, column, width))


def _expectation(terminals: set[str]) -> tuple[str, str]:
    """What could have stood at a place, in Chinese and English."""
    names = sorted({_name(terminal) for terminal in terminals})
    if len(names) > _LIMIT:
        names = [*names[:_LIMIT], ("…", "…")]
    zh = "、".join(zh for zh, _ in names)
    en = ", ".join(en for _, en in names)
    return f"应为：{zh}", f"expected {en}"


def _name(terminal: str) -> tuple[str, str]:
    if terminal in _WORDS:
        return _WORDS[terminal]
    pattern: Any = _language().get_terminal(terminal).pattern
    word = pattern.value
    if pattern.type == "re":
        word = word.removeprefix("(?:").removesuffix(")").replace("\\", "").replace("|", " | ")
    return word, word


def _end(text: str) -> tuple[int, int]:
    """The place behind the last character that is no white space."""
    lines = text.rstrip().split("\n")
    return len(lines), len(lines[-1]) + 1
