"""Culprits: one right answer where the figures determine it, none where they do not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gischema.report import NarrativeFigure, Origin
from gischema.rules import RuleBook, check, national_rules
from gischema.testing import SeededChoices, consistent_values

RECEIVED, GRANTED = "requests.received", "requests.disposed.granted"
PARTLY = "requests.disposed.partially_granted"
APPLICANTS = ("natural_person", "commercial", "research", "social", "legal_service", "other")
COLUMNS = (*APPLICANTS, "total")
WITHOUT_BOUNDS = """
rule X5 identity error
  title "总计" / "total"
  source "甲" structure
  since 0.1
  forms art20-2021
  check review.reconsideration.total = sum(review.reconsideration.*)
  message "{left}，{right}" / "{left}, {right}"
"""


@pytest.fixture(scope="module")
def form(forms):
    return forms["art20-2021"]


@pytest.fixture
def values(form):
    """A consistent report with figures of several digits in the rows that the tests spoil."""
    found = consistent_values(form, SeededChoices(0))
    for path in found:
        if path.startswith(("requests.", "review.")):
            found[path] = 0
    granted, partly = (25, 130, 7, 0, 2, 0), (0, 4, 3, 0, 0, 0)
    both = tuple(map(sum, zip(granted, partly, strict=True)))
    found = put(found, GRANTED, *granted, sum(granted))
    found = put(found, PARTLY, *partly, sum(partly))
    found = put(found, "requests.disposed.total", *both, sum(both))
    return put(found, RECEIVED, *both, sum(both))


def put(values, row, *cells):
    """The values with other figures in a row."""
    return values | dict(zip((f"{row}.{key}" for key in COLUMNS), cells, strict=True))


def blamed(result):
    """The culprits of the findings, each once, as kind and changed cells."""
    found: dict = {}
    for finding in result.findings:
        culprit = finding.culprit
        changes = culprit and tuple(
            (c.path.rpartition(".")[2], c.stated, c.suggested) for c in culprit.changes
        )
        found[culprit and (culprit.kind, changes)] = None
    return list(found)


def statement(path, value, **about):
    at = Origin(5000, 5003, 200, 1)
    return NarrativeFigure(path, value, "件", "stated", str(value), "", at, "exact", **about)


def test_nothing_to_blame_where_all_holds(form, book, make, values):
    assert not check(make(form, values), form, book).findings


@pytest.mark.parametrize(
    ("path", "wrong", "kind"),
    [
        (f"{GRANTED}.commercial", 100, "cell"),
        (f"{GRANTED}.commercial", 103, "swapped_digits"),
        (f"{GRANTED}.total", 184, "cell"),
        ("requests.disposed.total.natural_person", 52, "swapped_digits"),
        ("requests.disposed.total.total", 0, "cell"),
        (f"{RECEIVED}.legal_service", 3, "cell"),
        ("requests.carried_in.other", 1, "cell"),
        ("requests.disposed.refused.privacy.total", 4, "cell"),
    ],
)
def test_one_cell(form, book, make, values, path, wrong, kind):
    """The cell where a failing row and failing columns cross, and the figure that satisfies them."""
    path = path.replace("refused.privacy", "refused.third_party")
    result = check(make(form, values | {path: wrong}), form, book)
    assert len(result.findings) >= 2
    for finding in result.findings:
        assert finding.culprit is not None
        culprit = finding.culprit
        assert (culprit.path, culprit.stated, culprit.kind) == (path, wrong, kind)
        assert culprit.suggested == values[path]
        assert culprit.source == "table"


def test_an_empty_cell_may_be_the_culprit(form, book, make, values):
    """A figure that was left out: the cell is empty, the sums want one."""
    path = f"{GRANTED}.commercial"
    result = check(make(form, values | {path: None}), form, book)
    assert blamed(result) == [("cell", (("commercial", None, 130),))]


@pytest.mark.parametrize(
    ("cells", "kind", "changes"),
    [
        ((25, 1307, None, 0, 2, 0, 164), "glued", (("commercial", 1307, 130), ("research", None, 7))),
        ((25, 13, 7, 0, 2, 0, 164), "cell", (("commercial", 13, 130),)),
        ((2, 5130, 7, 0, 2, 0, 164), "split", (("natural_person", 2, 25), ("commercial", 5130, 130))),
        ((25, 130, 0, 7, 0, 2, 164), "shifted", (
            ("research", 0, 7), ("social", 7, 0), ("legal_service", 0, 2), ("other", 2, 0),
        )),
        ((None, 25, 130, 7, 0, 2, 0), "shifted", (
            ("natural_person", None, 25), ("commercial", 25, 130), ("research", 130, 7),
            ("social", 7, 0), ("legal_service", 0, 2), ("other", 2, 0), ("total", 0, 164),
        )),
        ((25, 7, 0, 2, 0, 164, None), "shifted", (
            ("commercial", 7, 130), ("research", 0, 7), ("social", 2, 0),
            ("legal_service", 0, 2), ("other", 164, 0), ("total", None, 164),
        )),
    ],
)  # fmt: skip
def test_neighbours_in_a_row(form, book, make, values, cells, kind, changes):
    """Digits that crossed a border, and figures that stand a column off."""
    result = check(make(form, put(values, GRANTED, *cells)), form, book)
    ((found, cells_found),) = blamed(result)
    assert found == kind
    assert sorted(cells_found) == sorted(changes)


def test_two_mistakes_are_told_apart(form, book, make, values):
    """Each finding gets the culprit that it is about."""
    wrong = {f"{GRANTED}.commercial": 131, f"{RECEIVED}.research": 8}
    result = check(make(form, values | wrong), form, book)
    assert sorted(blamed(result)) == [
        ("cell", (("commercial", 131, 130),)),
        ("cell", (("research", 8, 10),)),
    ]


def test_two_mistakes_that_could_be_two_others(form, book, make, values):
    """Equal differences in two rows and two columns cross in four cells: nobody is blamed."""
    wrong = {f"{GRANTED}.commercial": 131, f"{PARTLY}.research": 4}
    result = check(make(form, values | wrong), form, book)
    assert blamed(result) == [None]


def test_a_lone_total_tells_nothing(form, book, make, values):
    """One sum, five cells: any of them may be wrong."""
    wrong = {"review.reconsideration.total": 3, "review.reconsideration.upheld": 2}
    result = check(make(form, values | wrong), form, book)
    assert [finding.code for finding in result.findings] == ["B4"]
    assert blamed(result) == [None]


def test_a_doubtful_reading_is_the_first_suspect(form, book, make, values):
    """Of cells that may be wrong the one that was not read for sure is named; nobody is blamed."""
    upheld, total = "review.reconsideration.upheld", "review.reconsideration.total"
    report = make(form, values | {total: 3, upheld: 2}, doubtful=(upheld,))
    (finding,) = check(report, form, book).findings
    assert finding.culprit is not None
    assert (finding.culprit.path, finding.culprit.suggested) == (upheld, 3)
    assert finding.culprit.kind == "reading"
    assert not finding.counts_as_error


def test_a_misreading_is_no_slip_of_the_office(form, book, make, values):
    """Two digits that seem swapped in a doubtful cell are ours."""
    path = f"{GRANTED}.commercial"
    report = make(form, values | {path: 103}, doubtful=(path,))
    result = check(report, form, book)
    assert blamed(result) == [("reading", (("commercial", 103, 130),))]
    assert not any(finding.counts_as_error for finding in result.findings)


def test_a_sure_cell_beside_a_doubtful_one(form, book, make, values):
    """The sums determine the cell; a finding about a doubtful cell still does not count."""
    path, doubtful = f"{GRANTED}.commercial", f"{GRANTED}.research"
    result = check(make(form, values | {path: 103}, doubtful=(doubtful,)), form, book)
    assert blamed(result) == [("swapped_digits", (("commercial", 103, 130),))]
    assert {finding.code: finding.counts_as_error for finding in result.findings} == {
        "B2": False,
        "B3": True,
    }


def test_no_figure_below_zero_is_suggested(form, book, make, values):
    """A value that a bound forbids is no correction: 3 and 0 are no 1 because of the 0."""
    rules = RuleBook.parse(
        'rule X2 identity error title "甲" / "a" source "甲" structure since 0.1 '
        'forms art20-2021 check review.reconsideration.upheld + review.reconsideration.corrected '
        '= 1 message "甲" / "a"'
    )  # fmt: skip
    wrong = {"review.reconsideration.total": 1, "review.reconsideration.upheld": 3}
    report = make(form, values | wrong)
    assert blamed(check(report, form, book | rules)) == [("cell", (("upheld", 3, 1),))]
    unbound = RuleBook.parse(WITHOUT_BOUNDS) | rules
    assert blamed(check(report, form, unbound)) == [None]


def test_the_identities_of_a_plugin_take_part(form, book, make, values):
    """A rule of one's own settles what the national ones leave open."""
    rules = RuleBook.parse(
        'rule X3 identity error title "甲" / "a" source "甲" structure since 0.1 '
        'forms art20-2021 check review.reconsideration.total = review.litigation.direct.total '
        'message "甲" / "a"'
    )  # fmt: skip
    wrong = {"review.reconsideration.total": 3}
    result = check(make(form, values | wrong), form, book | rules)
    assert blamed(result) == [("cell", (("total", 3, 0),))]


def test_rules_that_were_not_selected_are_asked_too(form, book, make, values):
    """The choice of rules limits the findings, not what is known about them."""
    report = make(form, values | {f"{GRANTED}.commercial": 103})
    result = check(report, form, book, select=["B2"])
    assert blamed(result) == [("swapped_digits", (("commercial", 103, 130),))]


def test_yuan_for_wan_yuan(form, book, make, values):
    """A sum of money ten thousand times too large is blamed on its unit."""
    rules = RuleBook.parse(
        'rule X4 identity error title "甲" / "a" source "甲" structure since 0.1 '
        'forms art20-2021 check proactive.fees.amount = 41.5 message "甲" / "a"'
    )  # fmt: skip
    values = values | {"proactive.fees.amount": Decimal(415000)}
    (finding,) = check(make(form, values), form, rules).findings
    assert finding.culprit is not None
    assert (finding.culprit.kind, finding.culprit.suggested) == ("unit", Decimal("41.5"))


class TestTextAgainstTable:
    """Running text that disagrees with the tables."""

    RULES = RuleBook.load(national_rules())

    def test_the_text_where_the_sums_vouch_for_the_table(self, form, make, values):
        path = f"{GRANTED}.total"
        report = make(form, values, narrative=(statement(path, 165),))
        (finding,) = check(report, form, self.RULES).findings
        assert finding.culprit is not None
        assert (finding.culprit.kind, finding.culprit.source) == ("text", "narrative")
        assert (finding.culprit.path, finding.culprit.stated) == (path, 165)
        assert finding.culprit.suggested == 164

    def test_the_table_where_the_sums_side_with_the_text(self, form, make, values):
        path = f"{GRANTED}.total"
        report = make(form, values | {path: 146}, narrative=(statement(path, 164),))
        result = check(report, form, self.RULES)
        assert sorted(finding.code for finding in result.findings) == ["B2", "B3", "TT-1"]
        assert blamed(result) == [("swapped_digits", (("total", 146, 164),))]

    def test_the_text_settles_what_one_sum_leaves_open(self, form, make, values):
        path = "review.reconsideration.total"
        report = make(form, values | {path: 3}, narrative=(statement(path, 0),))
        result = check(report, form, self.RULES)
        assert blamed(result) == [("cell", (("total", 3, 0),))]

    def test_nobody_where_no_sum_vouches(self, form, make, values):
        path = "proactive.licensing.decisions"
        report = make(form, values, narrative=(statement(path, values[path] + 1),))
        result = check(report, form, self.RULES)
        assert blamed(result) == [None]

    def test_nobody_where_the_table_was_not_read_for_sure(self, form, make, values):
        path = f"{GRANTED}.total"
        report = make(form, values, narrative=(statement(path, 165),), doubtful=(path,))
        (finding,) = check(report, form, self.RULES).findings
        assert finding.culprit is None
        assert finding.doubts

    def test_the_table_where_its_money_is_the_text_in_yuan(self, form, make, values):
        path = "proactive.fees.amount"
        values = values | {path: 415_000}
        report = make(form, values, narrative=(statement(path, Decimal("41.5")),))
        (finding,) = check(report, form, self.RULES).findings
        assert finding.culprit is not None
        assert (finding.culprit.kind, finding.culprit.source) == ("unit", "table")
        assert finding.culprit.suggested == Decimal("41.5")
        unsure = statement(path, Decimal("41.5"), marks=("unit_missing",))
        report = make(form, values, narrative=(unsure,))
        assert blamed(check(report, form, self.RULES)) == [None]
