"""Dates and spans of dates."""

from __future__ import annotations

from datetime import date

import pytest

from gischema.chinese.dates import date_spans, day_of

YEAR = (date(2021, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2021年1月1日至2021年12月31日",
        "自2021年01月01日起,至12月31日止",
        "2021年1月1日开始到同年12月31日",
        "2021.1.1-2021.12.31",
        "2021-1-1起至2021-12-31止",
        "2021年1月—12月",
        "2021年度(1月1日—12月31日)",
        "20211月1日至202112月31日",
    ],
)
def test_span_of_a_year(text: str) -> None:
    """However it is written, with typing errors that leave no doubt."""
    (span,) = date_spans(f"统计期限为{text}。")
    assert (span.first, span.last) == YEAR


@pytest.mark.parametrize(
    "text", ["2021年1月1日至今", "2021年1月1日至2021年13月32日", "2021年1月1日起至2021年底"]
)
def test_span_without_an_end(text: str) -> None:
    """The first day is certain even if the last is not stated or does not exist."""
    (span,) = date_spans(text)
    assert (span.first, span.last) == (YEAR[0], None)


@pytest.mark.parametrize(
    "text", ["2021-01-22", "2021年1月22日", "2021年13月1日至12月31日", "36912212-2021"]
)
def test_no_span(text: str) -> None:
    """A day alone, a month that there is not, a telephone number."""
    assert list(date_spans(text)) == []


def test_last_day_of_a_month() -> None:
    """Without a day the month as a whole is meant, in leap years too."""
    assert day_of("2024", "2", None) == date(2024, 2, 29)
    assert day_of("2023", "2", "29") is None
    assert day_of("2023", "0", None) is None
