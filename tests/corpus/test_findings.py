"""The findings that a careful reader made in the corpus, and no error that is none."""

import json
from pathlib import Path

import pytest

import gischema

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
TEXTS = sorted(CORPUS.rglob("*.txt")) if CORPUS.is_dir() else []
SEEN = {
    "the statistics table is missing": "SEC-4",
    "我镇 in the report of a city bureau (text copied from another report)": "NAME-1.1",
    "received per agency sums to 128 while the total is 147": "TT-2.1",
    "the statistics table that the text announces is missing": "SEC-4",
    "text says carried in 0, table says 2": "TT-4",
    "text says concluded 1, table says total 3": "TT-1",
    "text says granted 2 / partially granted 3, table says 3 / 0": "TT-1 TT-4",
    "text: 1 + 0 received cannot give 2 + 3 answers": "TT-5",
    "proactive.licensing: 1 + 2 items": "B9.1",
    "proactive.disclosed_normative (23) exceeds proactive.normative_issued (13)": "A14",
    "proactive.channels.* sum to 955 while proactive.disclosed is 130"
    " (the form counts the same information once)": "A12 A12.2",
}
"""The gold's findings in their own words, and the rules that make them."""

TRUE_ERRORS = {
    ("qinghe-finance-2019", "TT-4", "requests.carried_in.total"),
    ("qinghe-finance-2019", "TT-4", "requests.disposed.partially_granted.total"),
}
"""Every error in the corpus, each looked up in its page."""

pytestmark = pytest.mark.skipif(not TEXTS, reason="the corpus is not next to this checkout")


@pytest.mark.parametrize(
    "text", [text for text in TEXTS if text.parent == CORPUS], ids=lambda path: path.stem
)
def test_every_finding_of_the_gold_is_made(text: Path) -> None:
    """What the gold lists has a rule, and that rule has a finding."""
    gold = json.loads(text.with_suffix(".json").read_text("utf-8"))
    made = {finding.code for finding in gischema.check(gischema.parse(text)).findings}
    for seen in gold.get("findings", ()):
        assert set(SEEN[seen].split()) <= made, seen


def test_no_error_is_untrue() -> None:
    """An error without doubt anywhere in the corpus is one that was looked up.

    That a report has no table is one only if a careful reader found no figure of a table either.
    """
    errors = {
        (text.stem, finding.code, finding.paths[0])
        for text in TEXTS
        for finding in gischema.check(gischema.parse(text)).findings
        if finding.counts_as_error
    }
    without_table = {error for error in errors if error[1] == "SEC-4"}
    for stem, *_ in without_table:
        (gold,) = CORPUS.rglob(f"{stem}.json")
        assert not any(v is not None for v in json.loads(gold.read_text("utf-8"))["cells"].values())
    assert errors - without_table == TRUE_ERRORS
