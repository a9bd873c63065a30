"""Rule files: what they say, and what is said about wrong ones."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gischema.forms.grammars import grammar_folder
from gischema.rules import RuleBook, RuleSyntaxError
from gischema.rules.expressions import (
    Call,
    Compare,
    FigureSource,
    Implies,
    Junction,
    Not,
    Number,
    PathReference,
    Product,
    ReportRole,
    SignedSum,
    Text,
)
from gischema.rules.functions import FUNCTIONS
from gischema.rules.language import parse_rules
from gischema.rules.model import Localized
from gischema.rules.quantifiers import RANGES
from gischema.rules.report_facts import REPORT_FACTS
from gischema.rules.unparse import unparse

HEAD = """rule X1 bound error
  title "甲" / "a"
  forms stat-2014
  source "某通知" structure
  since 0.1
  message "甲" / "a"
"""


def one(lines: str):
    (rule,) = parse_rules(HEAD + lines)
    return rule


def test_a_rule_says_what_it_says():
    """Every line of a rule file ends up in the rule."""
    (rule,) = parse_rules("""
        # Remarks are left out.
        rule TT-1.2 expectation warning
          title  "题目" / "Title"
          forms  art20-2019, stat-2014+jiangsu   # and here
          source "国办发〔2014〕32号", "附件" printed
          source "惯例" practice
          since  1.10.2
          why    "因为
                  所以" / "one
                  two"
          for each row of requests, review with total, other except organizations
          for each column
          when   stated(row.total)
          check  row.total = sum(row.*)
          check  previous(row.total) > 0 implies report.year >= 2020
          tolerance 0.5
          blanks unknown
          message "“{row}”\\"引\\"" / "row {row}"
          passes on art20-2019: requests.received.total = 3, report.published = "2020-01-31"
          fails  previous(requests.received.total) = -1.5, fees = blank, complaints = none
        """)
    assert (rule.code, rule.kind, rule.severity) == ("TT-1.2", "expectation", "warning")
    assert rule.forms == ("art20-2019", "stat-2014+jiangsu")
    assert [c.certainty for c in rule.citations] == ["printed", "practice"]
    assert [c.article for c in rule.citations] == ["附件", None]
    assert rule.since == "1.10.2"
    assert rule.why == Localized("因为所以", "one two")
    assert (rule.title.zh, rule.title.en) == ("题目", "Title")
    assert rule.message.zh == '“{row}”"引"'
    row, column = rule.quantifiers
    assert (row.kind, row.within, row.having) == ("row", ("requests", "review"), ("total", "other"))
    assert row.without == ("organizations",)
    assert (column.kind, column.within) == ("column", ())
    assert rule.guard is not None
    assert unparse(rule.guard) == "stated(row.total)"
    assert [unparse(check) for check in rule.checks] == [
        "row.total = sum(row.*)",
        "previous(row.total) > 0 implies report.year >= 2020",
    ]
    assert (rule.tolerance, rule.blanks) == (Decimal("0.5"), "unknown")
    good, bad = rule.examples
    assert (good.passes, good.form, bad.passes, bad.form) == (True, "art20-2019", False, None)
    assert good.entries[1][2] == date(2020, 1, 31)
    assert [(f[1], f[2]) for f in bad.entries] == [
        ("stated", Decimal("-1.5")),
        ("blank", None),
        ("not_applicable", None),
    ]
    assert bad.entries[0][0] == PathReference("requests.received.total", "previous")


def test_head_of_a_file_holds_for_rules_that_say_nothing_else():
    """Forms, sources and version may stand once; a rule's own take their place."""
    text = """forms stat-2014
      source "甲" structure
      source "乙" practice
      since 0.1
      rule A1 bound error title "甲" / "a" message "甲" / "a" check fees >= 0
      rule A2 bound error title "甲" / "a" message "甲" / "a" check fees >= 0
        source "丙" printed
        forms art20-2019
    """
    first, second = parse_rules(text)
    assert [c.notice for c in first.citations] == ["甲", "乙"]
    assert [c.notice for c in second.citations] == ["丙"]
    assert (first.forms, second.forms) == (("stat-2014",), ("art20-2019",))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a + b - c = d", "(a) + b - (c) = d"),
        ("a - (b - c) = d", "a - (b - c) = d"),
        ("a * b / c >= 2", "(a * b) / c >= 2"),
        ("-a <= -1", "(-a) <= (-1)"),
        ("a = 1 and b = 2 or not c = 3", "((a = 1) and (b = 2)) or (not (c = 3))"),
        ("a = 1 implies b = 2 implies c = 3", "a = 1 implies (b = 2 implies c = 3)"),
        ("previous(a + b) = narrative(c)", "previous(a) + previous(b) = narrative(c)"),
    ],
)
def test_operators_bind_as_in_mathematics(text, same):
    """Brackets that repeat what binds anyhow change nothing."""
    assert one(f"check {text}").checks == one(f"check {same}").checks


STEPS = st.sampled_from(["a", "requests", "row", "b_c", "x1"])
PATHS = st.builds(
    lambda steps, role, said: PathReference(".".join(steps), role, said),
    st.lists(STEPS, min_size=1, max_size=3),
    st.sampled_from(get_args(ReportRole)),
    st.sampled_from(get_args(FigureSource)),
)
NUMBERS = st.one_of(
    st.integers(-99, 99), st.decimals(-9, 9, places=2, allow_nan=False).map(lambda d: d + 0)
).map(lambda n: Number(n if isinstance(n, int) else Decimal(f"{n:f}")))


def values(inner):
    terms = st.lists(st.tuples(st.sampled_from([1, -1]), inner), min_size=2, max_size=3)
    sums = terms.map(lambda ts: SignedSum(((1, ts[0][1]), *ts[1:])))
    products = st.builds(Product, st.sampled_from("*/"), inner, inner)
    return st.one_of(sums, products, st.builds(lambda e: Call("abs", (e,)), inner))


VALUES = st.recursive(PATHS | NUMBERS, values, max_leaves=6)
COMPARES = st.builds(Compare, st.sampled_from(["=", "!=", "<=", "<", ">=", ">"]), VALUES, VALUES)
TEXTS = st.text(alphabet='ab甲“"\\ ', max_size=4).map(str.strip).map(Text)
STATEMENTS = st.recursive(
    COMPARES
    | st.builds(lambda p: Call("stated", (p,)), PATHS)
    | st.builds(lambda t: Compare("=", PathReference("report.title"), t), TEXTS),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(
            lambda op, terms: Junction(op, tuple(terms)),
            st.sampled_from(["and", "or"]),
            st.lists(inner, min_size=2, max_size=3),
        ),
        st.builds(Implies, inner, inner),
    ),
    max_leaves=5,
)


@settings(deadline=None)
@given(STATEMENTS)
def test_what_is_written_out_is_read_back(statement):
    """Writing an expression and reading it gives the same expression."""
    assert one(f"check {unparse(statement)}").checks == (statement,)


WRONG = {
    "keyword": ("chek fees >= 0", 7, 1, "check"),
    "no comparison": ("check fees", 7, 7, "a statement"),
    "half a comparison": ("check fees >=", 7, 14, "the file ends too early"),
    "full-width comma": ("check sum(fees，fees) = 0", 7, 15, "half-width"),
    "unknown function": ("check summ(fees.*) = 0", 7, 7, "did you mean sum"),
    "unknown fact": ("check report.yaer = 2020", 7, 7, "did you mean report.year"),
    "too many arguments": ("check abs(fees, fees) = 0", 7, 7, "takes 1 argument"),
    "previous of two": ("check previous(fees, fees) = 0", 7, 7, "takes 1 argument"),
    "number as truth": ("check fees and fees >= 0", 7, 7, "a truth is needed"),
    "truth as number": ("check whole(fees) + 1 = 0", 7, 13, "a number is needed"),
    "date next to number": ("check report.published = fees", 7, 7, "a date is needed"),
    "order of texts": ('check report.title < "a"', 7, 7, "on a text"),
    "question about a sum": ("check stated(fees + fees)", 7, 7, "takes one path"),
    "second tolerance": ("check fees = 0 tolerance 1 tolerance 2", 1, 6, "2 times"),
    "nothing to check": ("", 1, 6, "has no “check”"),
    "bad severity": (
        "check fees = 0 rule X2 bound fatal",
        7,
        30,
        "expected warning | error | info",
    ),
    "bad example": ("check fees = 0 passes abs(fees) = 3", 7, 23, "a path is needed left of ="),
    "unclosed text": ('check fees = 0 why "甲', 7, 20, "a text in"),
}


@pytest.mark.parametrize(("lines", "line", "column", "said"), WRONG.values(), ids=list(WRONG))
def test_errors_say_where_and_what(lines, line, column, said):
    """An error names file, line and column, shows the place, and says what was expected."""
    with pytest.raises(RuleSyntaxError) as caught:
        parse_rules(HEAD + lines, "my.rules")
    error = caught.value
    assert (error.file, error.line, error.column) == ("my.rules", line, column)
    assert said in error.message_en
    assert str(error).startswith(f"my.rules:{line}:{column}: ")
    printed, sign = error.context.split("\n")
    assert printed == (HEAD + lines).split("\n")[line - 1]
    assert sign.index("^") == column - 1


def test_empty_files_hold_no_rules():
    """A file of remarks is no error."""
    assert parse_rules("# nothing yet\n") == ()


def test_a_book_can_be_made_of_a_text():
    """Rules need no file."""
    book = RuleBook.parse(HEAD + "check fees >= 0", "mine")
    assert book.get("X1").file == "mine"
    with pytest.raises(KeyError, match="did you mean X1"):
        book.get("X2")


GUIDE = Path(__file__).parents[2] / "docs/en/reference/rule-language.md"


def test_the_guide_names_every_word_of_the_language():
    """Functions, facts, kinds of ranges and lines of a rule are all explained."""
    guide = GUIDE.read_text("utf-8")
    grammar = (grammar_folder() / "rules.lark").read_text("utf-8")
    lines = re.findall(r'^[a-z]+: "(\w+)" ', grammar, re.MULTILINE)
    assert {"rule", "check", "passes"} <= set(lines)
    for word in [*FUNCTIONS, *REPORT_FACTS, *RANGES, *lines]:
        assert re.search(rf"`{re.escape(word)}\b", guide), word
