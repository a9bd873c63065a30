"""Rules in a form: quantifiers, sums and errors."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gischema.forms.form import Form
from gischema.forms.grammars import Grammar
from gischema.rules import RuleBindingError, RuleBook, check, national_rules
from gischema.rules.bound import BoundRule
from gischema.rules.form_view import FormView
from gischema.rules.unparse import unparse

HEAD = 'rule X1 bound error title "甲" / "a" source "甲" structure since 0.1 message "甲" / "a" '


def bound(forms, form_id, lines):
    (rule,) = RuleBook.parse(f"{HEAD} forms {form_id} {lines}").rules
    return tuple(each.instance for each in BoundRule.bind(rule, FormView(forms[form_id])).checks)


def written(forms, form_id, lines):
    return [unparse(instance.check) for instance in bound(forms, form_id, lines)]


SUMS = {
    "rows of a form without columns": (
        "stat-2014",
        "requests.concluded.*",
        "requests.concluded.on_time + requests.concluded.extended",
    ),
    "a section without a row of its own": (
        "stat-2014",
        "proactive.channels.*",
        (
            "proactive.channels.gazette + proactive.channels.website + proactive.channels.weibo"
            " + proactive.channels.wechat + proactive.channels.other"
        ),
    ),
    "columns of a row, without its total and its subtotal": (
        "art20-2021",
        "requests.received.*",
        (
            "requests.received.natural_person + requests.received.commercial"
            " + requests.received.research + requests.received.social"
            " + requests.received.legal_service + requests.received.other"
        ),
    ),
    "columns below a subtotal": (
        "art20-2021",
        "requests.received.organizations.*",
        (
            "requests.received.commercial + requests.received.research + requests.received.social"
            " + requests.received.legal_service + requests.received.other"
        ),
    ),
    "a block of heads": (
        "art20-2019",
        "review.litigation.direct.*",
        (
            "review.litigation.direct.upheld + review.litigation.direct.corrected"
            " + review.litigation.direct.other + review.litigation.direct.pending"
        ),
    ),
    "rows of a group in one column": (
        "art20-2021",
        "requests.disposed.other.*.total",
        (
            "requests.disposed.other.correction_overdue.total"
            " + requests.disposed.other.fee_overdue.total + requests.disposed.other.other.total"
        ),
    ),
    "everything below": (
        "art20-2019",
        "requests.carried_in.**",
        (
            "requests.carried_in.natural_person + requests.carried_in.commercial"
            " + requests.carried_in.research + requests.carried_in.social"
            " + requests.carried_in.legal_service + requests.carried_in.other"
            " + requests.carried_in.total"
        ),
    ),
}


@pytest.mark.parametrize(("form_id", "pattern", "expected"), SUMS.values(), ids=list(SUMS))
def test_sums_add_up_the_parts(forms, form_id, pattern, expected):
    """`*` stands for the parts of a total as the form prints them."""
    assert written(forms, form_id, f"check sum({pattern}) >= 0") == [f"{expected} >= 0"]


def test_a_row_with_its_own_figures_stands_for_its_rows(forms):
    """In the form of 2014 refusals have a figure of their own, their grounds are not added."""
    (text,) = written(forms, "stat-2014", "check sum(requests.answered.*) >= 0")
    assert "requests.answered.refused +" in text
    assert "state_secret" not in text
    assert text.count("+") == 7


@pytest.mark.parametrize(("form_id", "count"), [("art20-2019", 19), ("art20-2021", 21)])
def test_a_group_without_figures_stands_for_its_rows(forms, form_id, count):
    """Outcomes are 2 rows, 8 + 3 + 5 rows of groups, and 1 other row in 2019, 3 in 2021."""
    lines = "for each column of requests check requests.disposed.total = sum(requests.disposed.*)"
    instances = bound(forms, form_id, lines)
    assert [i.scope["column"] for i in instances][-2:] == ["organizations", "total"]
    for instance in instances:
        assert len(instance.check_operands) == 1 + count
        assert all(c.path.endswith(f".{instance.scope['column']}") for c in instance.check_operands)


def test_row_wins_over_a_cell_of_the_same_path(forms):
    """`requests.disposed.other.other` is a row of 2021, and the cell of its group's own row."""
    lines = "for each row of requests check row.total = sum(row.*)"
    checks = written(forms, "art20-2021", lines)
    assert any(check.startswith("requests.disposed.other.other.total = ") for check in checks)


RANGES = {
    "column": ("art20-2021", "column of requests", 8),
    "row": ("art20-2021", "row of requests.disposed.unavailable", 4),
    "row with": ("art20-2019", "row of proactive with items_change", 5),
    "group": ("art20-2021", "group of requests.disposed", 4),
    "group of 2014": ("stat-2014", "group", 7),
    "block": ("art20-2019", "block of review", 3),
    "figure": ("stat-2014", "figure", 58),
    "figure of two": ("stat-2014", "figure of training, complaints", 4),
    "count": ("stat-2014", "count", 56),
    "count except": ("stat-2014", "count of training except courses", 2),
    "amount": ("art20-2019", "amount", 1),
}


@pytest.mark.parametrize(("form_id", "quantifier", "count"), RANGES.values(), ids=list(RANGES))
def test_quantifiers_range_over_what_the_form_declares(forms, form_id, quantifier, count):
    """Rows and columns are counted off the form, not off a table of ours."""
    kind = quantifier.split()[0]
    check = f"report.year >= 2000 or stated({kind})"
    if kind in ("column", "row", "group", "block"):
        check = "report.year >= 2000"
    assert len(bound(forms, form_id, f"for each {quantifier} check {check}")) == count


def test_two_quantifiers_make_every_pair(forms):
    """The last quantifier runs fastest."""
    lines = (
        "for each group of requests.disposed for each column of requests check group = sum(group.*)"
    )
    scopes = [tuple(i.scope.values()) for i in bound(forms, "art20-2019", lines)]
    assert len(scopes) == 24
    assert scopes[0] == ("requests.disposed.refused", "natural_person")
    assert all(a[0] == b[0] for a, b in pairwise(scopes[:8]))


def test_functions_range_over_several_paths_at_once(forms):
    """A part of this year's row goes with the same part of last year's."""
    lines = "check sum(abs(requests.concluded.* - previous(requests.concluded.*))) > 0"
    (text,) = written(forms, "stat-2014", lines)
    assert text == (
        "abs(requests.concluded.on_time - previous(requests.concluded.on_time))"
        " + abs(requests.concluded.extended - previous(requests.concluded.extended)) > 0"
    )


def test_extras_are_rows_and_columns_beyond_the_form(forms):
    """Cells that the form does not ask for differ from cells that a report leaves out."""
    lines = "for each row of requests check row.total = sum(row.*)"
    for instance in bound(forms, "art20-2019", lines):
        group = instance.scope["row"] in {
            f"requests.disposed.{name}" for name in ("refused", "unavailable", "not_processed")
        }
        assert bool(instance.extras) == group


WRONG = {
    "unknown path": ("stat-2014", "check requests.recieved >= 0", "did you mean requests.received"),
    "unknown section": ("stat-2014", "for each row of request check fees = 0", "no “request”"),
    "path of another form": ("art20-2019", "check proactive.normative.in_force = 0", "proactive."),
    "row without column": ("art20-2019", "check requests.received = 0", "say which column"),
    "column of another table": (
        "art20-2019",
        "for each column of requests check proactive.rules = 0",
        "say which column: made",
    ),
    "star without a sum": ("stat-2014", "check requests.concluded.* = 0", "needs a function"),
    "sum without a star": ("stat-2014", "check sum(requests.concluded) = 0", "a path with *"),
    "sum without parts": ("stat-2014", "check sum(complaints.*) = 0", "no parts to add"),
    "sum over rows of columns": ("art20-2019", "check sum(requests.disposed.*) = 0", "*.total"),
    "sum of an unknown path": ("stat-2014", "check sum(request.*) = 0", "no “request”"),
    "parts that do not pair": (
        "stat-2014",
        "check sum(requests.concluded.* - requests.received.*) = 0",
        "different numbers",
    ),
    "unknown kind": ("stat-2014", "for each rows check fees = 0", "did you mean row"),
    "nothing to range over": ("stat-2014", "for each column check fees = 0", "no such column"),
    "unknown placeholder": ("stat-2014", 'check fees = 0 why "a" / "b"', None),
}


@pytest.mark.parametrize(("form_id", "lines", "said"), WRONG.values(), ids=list(WRONG))
def test_errors_name_the_place_and_what_is_near(forms, form_id, lines, said):
    """A rule for a form it does not fit is an error with the place in its file."""
    text = f"{HEAD} forms {form_id} {lines}"
    if said is None:
        text, said = text.replace('message "甲"', 'message "{feees}"'), "did you mean fees"
    book = RuleBook.parse(text, "my.rules")
    with pytest.raises(RuleBindingError) as caught:
        book.bound(forms[form_id])
    assert said in caught.value.message_en
    assert caught.value.file == "my.rules"
    assert caught.value.line == 1
    assert "X1" in str(caught.value)


def test_sides_need_a_comparison(forms):
    """A message cannot speak of left and right where there are no sides."""
    text = f"{HEAD} forms stat-2014 check whole(fees)".replace('"甲" / "a" ', '"{left}" / "a" ')
    with pytest.raises(RuleBindingError, match="compare two sides"):
        RuleBook.parse(text).bound(forms["stat-2014"])


GRAMMAR = """
%import .art20_2019 (start, requests, _REQUESTS, applicants__columns, RECEIVED, CARRIED_IN, CARRIED_OUT, disposed, _DISPOSED, GRANTED, PARTIALLY_GRANTED, unavailable, not_processed, DISPOSED__OTHER, DISPOSED__TOTAL)
%override disposed: (_DISPOSED | GRANTED | PARTIALLY_GRANTED | WITHDRAWN | unavailable | not_processed | DISPOSED__OTHER | DISPOSED__TOTAL)+
WITHDRAWN: "(八)申请人撤回"
"""


def test_a_variant_changes_what_is_summed(forms, book, tmp_path):
    """A grammar that adds a row and drops a group needs no new rule."""
    path = tmp_path / "variant.lark"
    path.write_text(GRAMMAR, "utf-8")
    variant = Form("art20-2019+x", (2019, 2020), "", Grammar(path))
    bound_rules = {one.rule.code: one for one in book.bound(variant).rules}
    total = next(
        one.instance for one in bound_rules["B3"].checks if one.instance.scope["column"] == "total"
    )
    paths = [cell.path for cell in total.check_operands]
    assert "requests.disposed.withdrawn.total" in paths
    assert not any(".refused." in path for path in paths)
    assert len(bound_rules["B3.1"].checks) == 16


def test_a_variant_without_a_row_leaves_its_rules_undecided(forms, book, make, tmp_path):
    """A rule of the national form that a variant cannot have is reported, not raised."""
    path = tmp_path / "short.lark"
    path.write_text(
        "%import .stat_2014 (start, institution, _INSTITUTION, OFFICES, READING_POINTS, FUNDS)\n"
        "%override institution: (_INSTITUTION | OFFICES | READING_POINTS | FUNDS)+\n",
        "utf-8",
    )
    variant = Form("stat-2014+short", (2014, 2018), "", Grammar(path))
    result = check(make(variant, {"institution.offices": 1}), variant, book)
    (entry,) = (entry for entry in result.not_assessable if entry.code == "A7")
    assert entry.reason == "form"
    assert "institution.staff" in entry.message
    assert not result.findings


@pytest.mark.parametrize("form_id", ["stat-2014", "art20-2019", "art20-2021"])
def test_late_bound_checks_use_nothing_else(forms, form_id):
    """Checks that are bound late can be bound, and use no other facts and reports."""
    book = RuleBook.load(national_rules())
    late = 0
    for bound_rule in book.bound(forms[form_id]).rules:
        late += sum("instance" not in vars(one) for one in bound_rule.checks)
        operands = {cell for one in bound_rule.checks for cell in one.instance.operands}
        assert bound_rule.facts == {cell for cell in operands if cell.is_fact}
        assert bound_rule.narratives == {cell.role for cell in operands if cell.in_narrative}
        for one in bound_rule.checks:
            assert one in bound_rule.applicable({cell.key for cell in one.instance.operands})
    assert late > 100
