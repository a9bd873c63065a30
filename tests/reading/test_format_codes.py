"""Numbers are read as a spreadsheet shows them, with all their digits."""

from __future__ import annotations

import pytest

from gischema.reading.sheets.format_codes import (
    CellDoubt,
    built_in_format,
    plain_number,
    show_number,
)

PLAIN = {
    3.0: "3", 0.1 + 0.2: "0.3", 41.13: "41.13", -8.0: "-8", -0.0: "0", 1e15: "1000000000000000",
    1234567.891: "1234567.891", 1e-7: "0.0000001", 1e300: "1e+300", float("inf"): "inf",
}  # fmt: skip


@pytest.mark.parametrize(("number", "text"), PLAIN.items())
def test_numbers_are_written_without_noise(number: float, text: str) -> None:
    assert plain_number(number) == text


SHOWN: dict[tuple[float, str], tuple[str, CellDoubt]] = {
    (12, "General"): ("12", ""),
    (12, "G/通用格式"): ("12", ""),
    (12.5, "0"): ("12.5", "rounded"),
    (12.5, "#,##0.0#"): ("12.5", ""),
    (3.0000000000000004, "0"): ("3", ""),
    (0.256, "0%"): ("25.6%", "rounded"),
    (41.1267, "General"): ("41.1267", ""),
    (12, '0"件"'): ("12件", ""),
    (12, "0件"): ("12件", ""),
    (-3, '0"件";[Red]-0"件"'): ("-3件", ""),
    (1234, "#,##0_ "): ("1234", ""),
    (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ '): ("-", "unshown"),
    (41.13, '0.00"万元"'): ("41.13万元", ""),
    (251000, '[$¥-804]#,##0.00'): ("251000", ""),
    (12, '_ "¥"* #,##0.00_ '): ("12", ""),
    (0.25, "0.0%"): ("25%", ""),
    (1200, "0.00E+00"): ("1200", ""),
    (12000, '0,"千"'): ("12千", "scaled"),
    (411300, '0!.0000"万元"'): ("41.13万元", "scaled"),
    (411300, '0!.0,"万元"'): ("41.13万元", "scaled"),
    (411300, '[>=10000]0!.0,"万元";0"元"'): ("41.13万元", "scaled"),
    (251, '[>=10000]0!.0,"万元";0"元"'): ("251元", ""),
    (5, "yyyy-mm-dd"): ("5", "date"),
    (60, "m/d/yyyy"): ("60", "date"),
    (0, "[$-804]yyyy年m月d日"): ("0", "date"),
    (12, "h:mm"): ("12", "date"),
    (44927, "yyyy/m/d"): ("2023年1月1日", ""),
    (1e12, "yyyy/m/d"): ("1000000000000", "date"),
    (float("inf"), "yyyy"): ("inf", ""),
    (float("nan"), "[>1]0"): ("nan", ""),
    (7, ";;;"): ("", "unshown"),
    (7, "0;;"): ("7", ""),
    (0, "0;;"): ("", "unshown"),
    (0, "0;-0;-"): ("-", "unshown"),
    (0, "0;-0"): ("0", ""),
    (0, "#,###"): ("", "unshown"),
    (0, "#,##0"): ("0", ""),
    (7, '"'): ('"', "unshown"),
    (7, "0" + "," * 500): ("0." + "0" * 39 + "7", "scaled"),
}  # fmt: skip


@pytest.mark.parametrize(("number", "code", "expected"), [(*k, v) for k, v in SHOWN.items()])
def test_numbers_are_written_as_shown(
    number: float, code: str, expected: tuple[str, CellDoubt]
) -> None:
    assert show_number(number, code) == expected


def test_days_are_counted_from_1904_where_the_file_says_so() -> None:
    assert show_number(43465, "yyyy/m/d", since_1904=True) == ("2023年1月1日", "")


@pytest.mark.parametrize(
    ("key", "is_date"), [("0", False), ("2", False), ("14", True), ("57", True)]
)
def test_formats_that_files_know_by_number(key: str, is_date: bool) -> None:
    assert (show_number(5, built_in_format(key))[1] == "date") == is_date
