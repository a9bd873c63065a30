"""The code book explains what a dataset holds."""

from __future__ import annotations

import pytest

pytest.importorskip("pyarrow", reason="pip install 'gischema[corpus]'")

from gischema.corpus.codebook import entries
from gischema.corpus.indicator_meanings import indicator_meaning
from gischema.engine import Gischema

OPEN = "proactive.other_services."
"""Regions count different things here, and the notice does not say which."""


def test_every_national_indicator_has_a_meaning(engine: Gischema) -> None:
    """In both languages; where the notices leave it open, none is invented."""
    indicators = [one for one in entries(engine) if one["kind"] == "indicator"]
    assert {one["form"] for one in indicators} >= {"stat-2014", "art20-2019", "art20-2021"}
    without = {one["path"] for one in indicators if not (one["meaning"] and one["meaning_en"])}
    assert {path for path in without if not path.startswith(OPEN)} == set()
    assert len(without) == 3


def test_a_column_means_a_part_of_its_row(engine: Gischema) -> None:
    """Also in rows that no concept has; a path of a plugin has no meaning of its own."""
    path = "requests.disposed.other.fee_overdue.commercial"
    assert indicator_meaning(engine.forms["art20-2021"], path) == (
        "申请人逾期未按收费通知要求缴纳费用、不再处理的申请件数，申请人为商业企业的",
        "requests closed because the applicant did not pay the fee in time: those of businesses",
    )
    assert indicator_meaning(engine.forms["art20-2021"], "ferries.natural_person") == ("", "")
