"""Colours for grammars and rule files on the pages of the site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from pygments.lexer import RegexLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text

from gischema.output.words import KIND, SEVERITY

_LANGUAGE = Path(__file__).parent.parent / "grammars/rules.lark"
_KINDS = "|".join((*KIND, *SEVERITY))
_WORDS = "|".join(("like", "in", *re.findall(r'"([a-z]+)"', _LANGUAGE.read_text("utf-8"))))


class LarkLexer(RegexLexer):
    """Lark grammars."""

    name = "Lark"
    aliases: ClassVar = ["lark"]
    tokens: ClassVar = {
        "root": [
            (r"//[^\n]*", Comment.Single),
            (r'"(\\.|[^"\\\n])*"i?', String),
            (r"/(\\.|[^/\\\n])+/[imslux]*", String.Regex),
            (r"%(import|extend|override|ignore|declare)\b", Keyword),
            (r"^\s*[?!]*_?[a-z]\w*(?=[^\n:]*:)", Name.Function),
            (r"_?[A-Z][A-Z0-9_]*\b", Name.Constant),
            (r"_?[a-z]\w*", Name.Variable),
            (r"[|:*+?~]|->|after\b", Operator),
            (r"[(){}\[\].,]", Punctuation),
            (r"\d+", Number),
            (r"\s+|.", Text),
        ]
    }


class RulesLexer(RegexLexer):
    """Rule files."""

    name = "gischema rules"
    aliases: ClassVar = ["rules"]
    tokens: ClassVar = {
        "root": [
            (r"#[^\n]*", Comment.Single),
            (r'"(\\.|[^"\\])*"', String),
            (r"\b[a-z]+\d*-\d{4}(\+[\w-]+)?\b", Name.Constant),
            (rf"\b({_KINDS})\b", Keyword.Type),
            (rf"\b({_WORDS})\b", Keyword),
            (r"\b[A-Z]+\d*(-\d+)?(\.\d+)?\b", Name.Constant),
            (r"\b\d+(\.\d+)?\b", Number),
            (r"[<>=!]=?|[-+*/]|->", Operator),
            (r"\w+", Name.Variable),
            (r"[(){}\[\].,:]", Punctuation),
            (r"\s+|.", Text),
        ]
    }


LEXERS: Mapping[str, type[RegexLexer]] = {"lark": LarkLexer, "rules": RulesLexer}
