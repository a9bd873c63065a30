"""Checking a report: three results, what blanks mean, what a finding says."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from gischema.report import NarrativeFigure
from gischema.rules import RuleBook, check, national_rules

STAFF = "institution.staff"
FULL, PART = f"{STAFF}.full_time", f"{STAFF}.part_time"
RECEIVED = "requests.received"
APPLICANTS = ("natural_person", "commercial", "research", "social", "legal_service", "other")
HEAD = 'rule X1 bound error title "甲" / "a" source "甲" structure since 0.1 forms stat-2014 '


def row(path, *cells):
    """The cells of a row of the requests table in the order of the form."""
    return dict(zip((f"{path}.{key}" for key in (*APPLICANTS, "total")), cells, strict=True))


def rules(lines, message='message "甲" / "a"'):
    return RuleBook.parse(f"{HEAD} {message} {lines}")


def missing(result):
    return [(entry.code, entry.reason, entry.missing) for entry in result.not_assessable]


def test_a_finding_says_what_is_wrong_and_where(forms, book, make):
    """Both sides, their difference, every operand with value and origin, words in two languages."""
    form = forms["stat-2014"]
    report = make(form, {STAFF: 8, FULL: 3, PART: 4})
    (finding,) = check(report, form, book, select="A7").findings
    assert (finding.code, finding.kind, finding.severity) == ("A7", "identity", "error")
    assert finding.paths == (STAFF, FULL, PART)
    assert finding.values == (8, 3, 4)
    assert [origin and origin.start for origin in finding.origins] == [0, 10, 20]
    assert finding.sources == ("table",) * 3
    assert (finding.actual, finding.expected, finding.difference) == (8, 7, 1)
    assert finding.message == (
        "“（三）从事政府信息公开工作人员数”填8，"
        "各项相加是7（“1.专职人员数” 3 + “2.兼职人员数” 4），相差1"
    )
    assert "off by 1" in finding.message_en
    assert finding.culprit is None
    assert finding.counts_as_error
    assert not finding.blanks


def test_what_holds_is_counted(forms, book, make):
    """The result gives the coverage: the number of checks that held, by rule."""
    form = forms["stat-2014"]
    result = check(make(form, {STAFF: 7, FULL: 3, PART: 4}), form, book, select=["A7", "A2"])
    assert result.held == 1
    assert [(t.code, t.held, t.broken, t.not_assessable) for t in result.tallies] == [
        ("A2", 0, 0, 1),
        ("A7", 1, 0, 0),
    ]
    assert result.counts == {
        "error": 0,
        "warning": 0,
        "info": 0,
        "doubtful": 0,
        "held": 1,
        "not_assessable": 1,
    }


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ((3, None, None, None, None, 1, 4), "held"),
        ((3, "-", None, None, None, 1, 4), "held"),
        ((3, None, None, None, None, 1, 5), "broken"),
        ((None, None, None, None, None, None, 4), "blank"),
        ((3, 0, 0, 0, 0, 1, None), "blank"),
        ((3, 0, 0, 0, 0, 1, "-"), "blank"),
        ((3, 0, "?", 0, 0, 1, 4), "unreadable"),
        ((3, 0, None, 0, 0, "?", 4), "unreadable"),
    ],
)
def test_blanks_in_a_sum_count_as_nothing_beside_a_filled_cell(forms, book, make, cells, outcome):
    """Blank is never 0 by itself; a cell that was not understood always leaves it open."""
    form = forms["art20-2021"]
    result = check(make(form, row(RECEIVED, *cells)), form, book, select=["B2"])
    if outcome == "held":
        assert result.held == 1
        assert not result.findings
    elif outcome == "broken":
        (finding,) = result.findings
        assert finding.blanks == tuple(f"{RECEIVED}.{key}" for key in APPLICANTS[1:5])
        assert finding.values[2:6] == (None,) * 4
        assert "自然人 3 + 其他 1" in finding.message
    else:
        assert not result.findings
        entry = next(entry for entry in result.not_assessable if entry.reason == outcome)
        assert entry.instances == 1
        assert all(path.startswith(RECEIVED) for path in entry.missing)


def test_some_rules_want_every_part_filled(forms, book, make):
    """Where offices leave cases out, a blank part leaves the check open."""
    form = forms["stat-2014"]
    parts = {"litigation": 2, "litigation.upheld": 1, "litigation.corrected": None}
    result = check(make(form, {**parts, "litigation.other": 0}), form, book, select=["A6"])
    assert missing(result) == [("A6", "blank", ("litigation.corrected",))]


def test_a_missing_row_leaves_its_sums_open(forms, book, make):
    """A part that is not printed at all is not nothing."""
    form = forms["stat-2014"]
    result = check(make(form, {STAFF: 7, FULL: 3}), form, book, select=["A7"])
    assert missing(result) == [("A7", "absent", (PART,))]
    assert result.not_assessable[0].paths == (STAFF, FULL, PART)


def test_what_a_report_lacks_altogether_is_told_once(forms, book, arithmetic, make):
    """Two hundred figures of a table that is not there are one table that is not there."""
    form = forms["art20-2021"]
    result = check(make(form, {}), form, arithmetic)
    assert not result.findings
    assert result.held == 0
    entries = {entry.code: entry for entry in result.not_assessable}
    assert entries["B2"].missing == ("requests",)
    assert entries["B2"].paths == ("requests",)
    assert entries["B2"].instances == 25
    assert entries["B4"].missing == ("review",)
    assert entries["B14"].missing == ("proactive", "requests", "review")
    assert "收到和处理政府信息公开申请情况" in entries["B2"].message
    assert set(entries) == {"B1", "B2", "B3", "B4", "B14", "B14.2"}
    missing = check(make(form, {}), form, book, select=["SEC-4"]).findings
    assert [finding.paths for finding in missing] == [("report.figure_count",)]


def test_subtotals_count_only_where_they_are_printed(forms, book, make):
    """The form asks for no subtotals: none is missing, and a wrong one is found."""
    form = forms["art20-2021"]
    rows = ("not_held", "needs_creation", "unclear")
    group = "requests.disposed.unavailable"
    values: dict[str, int] = {}
    for name in rows:
        values |= row(f"{group}.{name}", 1, 0, 0, 0, 0, 0, 1)
    codes = ["B2", "B2.1", "B3.1"]
    plain = check(make(form, values), form, book, select=codes)
    assert {entry.code for entry in plain.not_assessable} == {"B2"}
    values = row(group, 3, 0, 0, 0, 0, 0, 4) | values
    result = check(make(form, values), form, book, select=codes)
    assert [(f.code, f.paths[0]) for f in result.findings] == [
        ("B2", f"{group}.total"),
        ("B3.1", f"{group}.total"),
    ]
    assert result.held == 3 + 6
    values[f"{RECEIVED}.organizations"] = 5
    values |= row(RECEIVED, 1, 1, 1, 1, 1, 0, 5)
    result = check(make(form, values), form, book, select=["B2.1"])
    assert [f.paths[0] for f in result.findings] == [f"{RECEIVED}.organizations"]


def test_empty_cells_beside_a_group_are_no_subtotals(forms, book, make):
    """The form leaves the row that names a group empty; a page that prints it so lacks nothing."""
    form = forms["art20-2021"]
    group = "requests.disposed.unavailable"
    result = check(make(form, row(group, *(None,) * 7)), form, book, select=["B3.1", "B2.1"])
    assert not result.not_assessable
    result = check(make(form, row(group, *(None,) * 6, 3)), form, book, select=["B3.1"])
    assert result.counts["not_assessable"] == 7


def test_doubtful_figures_are_not_blamed_on_the_office(forms, book, make):
    """A finding that rests on a figure with a diagnostic or a solved reading says so."""
    form = forms["stat-2014"]
    values = {STAFF: 8, FULL: 3, PART: 4}
    doubted = make(form, values, doubtful=[PART])
    solved = make(form, values)
    first = evolve(solved.figures[1], reading="solved")
    solved = evolve(solved, figures=(solved.figures[0], first, solved.figures[2]))
    for report, path in ((doubted, PART), (solved, FULL)):
        (finding,) = check(report, form, book).findings
        assert finding.doubts == (path,)
        assert finding.doubtful
        assert finding.severity == "error"
        assert not finding.counts_as_error
        assert "请先核对原文" in finding.message
        assert "check the reading" in finding.message_en


def test_findings_come_in_the_order_of_the_report(forms, book, make):
    """The reader goes through the report once; ties go by the order of the rules."""
    form = forms["stat-2014"]
    values = {
        STAFF: 8,
        FULL: 3,
        PART: -4,
        "proactive.disclosed": 1,
        "proactive.disclosed_normative": 2,
    }
    result = check(make(form, values), form, book, select=["A"])
    assert [finding.code for finding in result.findings] == ["A7", "A15", "A8"]


def test_select_takes_codes_and_their_beginnings(forms, book, make):
    """`B1` is not `B14`; a code that fits nothing is an error that names what is near."""
    assert book.choose(["B1"]) == {"B1"}
    assert book.choose(["B14"]) == {"B14", "B14.1", "B14.2"}
    assert book.choose(["B2", "B3.1"]) == {"B2", "B2.1", "B3.1"}
    assert {code[0] for code in book.choose(["A"])} == {"A"}
    for wrong in ("B99", "", "b1", "B1.7"):
        with pytest.raises(ValueError, match="there is no rule"):
            book.choose([wrong])
    with pytest.raises(ValueError, match=r"did you mean .*B1"):
        check(make(forms["stat-2014"], {}), forms["stat-2014"], book, select=["B1.9"])


def test_last_year_is_an_operand_like_any_other(forms, make):
    """Without last year's report such a rule is undecided, not silent."""
    form = forms["stat-2014"]
    book = rules(
        "check complaints >= previous(complaints) check report.year = previous(report.year) + 1"
    )
    report, older = (
        make(form, {"complaints": 2}, year=2017),
        make(form, {"complaints": 3}, year=2016),
    )
    assert missing(check(report, form, book)) == [
        ("X1", "no_previous", ("complaints", "report.year"))
    ]
    result = check(report, form, book, previous=older)
    (finding,) = result.findings
    assert finding.sources == ("table", "previous")
    assert (finding.actual, finding.expected) == (2, 3)
    assert result.held == 1


def test_every_mention_in_the_text_is_compared(forms, make):
    """The text may give a figure twice; the mention that differs is the finding."""
    form = forms["stat-2014"]
    book = rules("for each figure when stated(narrative(figure)) check narrative(figure) = figure")
    report = make(form, {"complaints": 2, "fees": 1})
    statements = tuple(
        NarrativeFigure("complaints", n, "件", "stated", str(n), "", origin=o)
        for n, o in ((2, report.figures[0].origin), (3, report.figures[1].origin))
    )
    result = check(evolve(report, narrative=statements), form, book)
    (finding,) = result.findings
    assert result.held == 1
    assert finding.values == (3, 2)
    assert finding.sources == ("narrative", "table")
    assert finding.origins[0] == report.figures[1].origin
    assert not result.not_assessable


EVALUATIONS = {
    "known settles and": ("fees < 0 and complaints = 1", "broken"),
    "known settles or": ("fees = 1 or complaints = 1", "held"),
    "unknown stays": ("fees = 1 and complaints = 1", "open"),
    "implies of a false left": ("fees = 2 implies complaints = 1", "held"),
    "implies of an unknown left": ("complaints = 1 implies fees = 2", "open"),
    "not unknown": ("not complaints = 1", "open"),
    "division": ("training.courses / 3 > 0.33 and training.courses / 3 < 0.34", "held"),
    "division by zero": ("fees / training.meetings = 1", "open"),
    "product": ("2 * training.courses * fees = 2", "held"),
    "signs": ("-fees + 2 = fees - 0", "held"),
    "largest": ("max(fees, training.courses, 3) = 3", "held"),
    "smallest part": ("min(training.*) = 0", "held"),
    "any": ("any(training.* = 1)", "held"),
    "all": ("all(training.* = 1)", "broken"),
    "blank": ("blank(training.trainees) and not blank(fees)", "held"),
    "printed": ("printed(training.trainees) and not printed(complaints)", "held"),
    "stated": ("stated(fees) and not stated(training.trainees)", "held"),
    "date": ("report.published <= date(report.year + 1, 3, 31)", "held"),
    "no such date": ("report.published <= date(report.year, 2, 30)", "open"),
    "text": ('report.agency = "某局" and report.agency != "某厅"', "held"),
    "form": ("report.year >= form.first_year and report.year <= form.last_year", "held"),
    "unknown fact": ('report.index_no = "1"', "open"),
    "not equal": ("fees != 1", "broken"),
}


@pytest.mark.parametrize(("text", "outcome"), EVALUATIONS.values(), ids=list(EVALUATIONS))
def test_expressions_mean_what_they_say(forms, make, text, outcome):
    """Three values: what is known settles what it can, the rest stays open."""
    form = forms["stat-2014"]
    values = {
        "fees": Decimal(1),
        "training.courses": 1,
        "training.meetings": 0,
        "training.trainees": None,
    }
    about = {"year": 2016, "agency": "某局", "published": date(2017, 3, 31)}
    result = check(make(form, values, **about), form, rules(f"check {text}"))
    found = "held" if result.held else "broken" if result.findings else "open"
    assert found == outcome


@pytest.mark.parametrize(("amount", "held"), [("1.4", True), ("1.5", True), ("1.6", False)])
def test_tolerance_is_how_far_the_sides_may_be_apart(forms, make, amount, held):
    """A tolerance counts for every comparison."""
    form = forms["stat-2014"]
    for comparison in ("fees = institution.funds", "fees <= institution.funds"):
        report = make(form, {"fees": Decimal(amount), "institution.funds": 1})
        result = check(report, form, rules(f"check {comparison} tolerance 0.5"))
        assert bool(result.held) == held


@pytest.mark.parametrize(
    ("check_of", "held", "broken"),
    [
        ("count >= 0", 3, 2),
        ("count >= 0 and not has_unit(count)", 2, 3),
        ("count >= 0 and count <= complaints", 3, 2),
    ],
)
def test_each_figure_is_told_for_itself(forms, make, check_of, held, broken):
    """Figures with one value are all counted, each with its own finding, whatever the rule uses."""
    form = forms["stat-2014"]
    report = make(form, {STAFF: 4, FULL: 4, PART: -1, "training.courses": -1, "complaints": 4})
    stated = tuple(evolve(f, unit="人" if f.path == FULL else None) for f in report.figures)
    result = check(evolve(report, figures=stated), form, rules(f"for each count check {check_of}"))
    assert (result.held, len(result.findings)) == (held, broken)
    assert {PART, "training.courses"} <= {finding.paths[0] for finding in result.findings}


def test_a_guard_leaves_out_what_it_does_not_concern(forms, make):
    """A guard that is false is no result; one that is undecided leaves the check undecided."""
    form = forms["stat-2014"]
    book = rules("when training.courses > 0 check training.trainees > 0")
    result = check(make(form, {"training.courses": 0}), form, book)
    assert (result.held, result.findings, result.not_assessable) == (0, (), ())
    result = check(make(form, {"training.trainees": 0}), form, book)
    assert missing(result) == [("X1", "absent", ("training.courses",))]


def test_placeholders_name_and_spell(forms, make):
    """Labels come from the form; `=` adds the figures."""
    form = forms["stat-2014"]
    message = (
        'message "{fees}|{fees=}|{left}|{left=}|{right=}|{difference}" / "{right=}|{complaints=}"'
    )
    book = rules("check fees >= previous(fees) + 2 * 3 - complaints + 1", message)
    report = make(form, {"fees": Decimal("1.50"), "complaints": 0})
    (finding,) = check(report, form, book, previous=make(form, {"fees": 9})).findings
    fees, item = "七、依申请公开信息收取的费用", "第七项“依申请公开信息收取的费用”"
    assert finding.message == (
        f"{fees}|{item}填1.50|1.50|{item}填1.50|"
        f"上一年报告的{item} 9 + 2 * 3 - 第六项“举报投诉数量” 0 + 1|14.50"
    )
    assert finding.message_en.startswith(f"last year's {fees} 9 + ")


def test_a_book_is_shared_between_threads_and_processes(forms, make):
    """Checking holds no state: threads get equal results, and a pickled book still works."""
    form = forms["art20-2021"]
    report = make(form, row(RECEIVED, 3, 0, 0, 0, 0, 1, 5))
    book = RuleBook.load(national_rules())
    alone = check(report, form, RuleBook.load(national_rules()))
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: check(report, form, book), range(16)))
    assert all(result == alone for result in results)
    assert check(report, form, pickle.loads(pickle.dumps(book))) == alone


def test_the_figure_that_is_the_largest_comes_first(forms, book, make):
    """The mark in the source line stands under what the message is about."""
    form = forms["stat-2014"]
    channels = ("gazette", "website", "weibo", "wechat", "other")
    values = {f"proactive.channels.{name}": 0 for name in channels}
    values |= {"proactive.disclosed": 130, "proactive.channels.wechat": 496}
    (finding,) = check(make(form, values), form, book, select=["A12"]).findings[:1]
    assert (finding.paths[0], finding.values[0]) == ("proactive.channels.wechat", 496)


def test_rules_of_plugins_join_the_others(forms, book, make):
    """Two books make one; rules of a form hold on its variants."""
    both = book | rules("check complaints < 100")
    assert both.get("X1").applies_to("stat-2014+jiangsu")
    assert not both.get("X1").applies_to("art20-2021")
    assert both.for_form("stat-2014")[-1].code == "X1"
    result = check(make(forms["stat-2014"], {"complaints": 100}), forms["stat-2014"], both)
    assert [finding.code for finding in result.findings] == ["X1"]


def test_figures_of_another_form_are_not_there(forms, arithmetic, make):
    """A report that mixes forms: what this form does not have, its rules do not see."""
    older = make(forms["art20-2019"], {"proactive.licensing.items_change": Decimal("-0.5")})
    result = check(older, forms["art20-2021"], arithmetic)
    assert not result.findings
    assert check(older, forms["art20-2019"], arithmetic).findings


@pytest.mark.parametrize(("form_id", "count"), [("art20-2021", 10), ("art20-2019", 22)])
def test_figures_in_no_identity_are_listed_as_not_checkable(forms, book, make, form_id, count):
    """All of the table of disclosure; of the others every figure is part of a sum."""
    form = forms[form_id]
    report = make(form, dict.fromkeys(form.indicators, 0))
    paths = check(report, form, book).not_checkable
    assert len(paths) == count
    assert all(path.startswith("proactive.") for path in paths)
    assert check(make(form, {"requests.received.total": 1}), form, book).not_checkable == ()
