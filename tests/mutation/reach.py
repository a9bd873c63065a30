"""A pytest plugin that runs first the tests that a change is likely to break.

    pytest -p tests.mutation.reach --reach FILE --of PATTERN      record which lines of files each test runs
    pytest -p tests.mutation.reach --reach FILE --changed PLACE   run first the tests that run a line

Tests that run the changed line come first, then those that run other lines of its file, then all others,
each from the quickest on. None is left out: what a line made may be kept, and used by tests that do not run it.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from time import process_time

import pytest
from coverage import Coverage


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the plugin."""
    parser.addoption("--reach", type=Path, required=True, help="which tests run each line")
    parser.addoption("--of", help="record it for these files")
    parser.addoption("--changed", help="sort the tests for this line, FILE:LINE")


def pytest_configure(config: pytest.Config) -> None:
    """Record or sort, as the options say."""
    file, pattern = config.getoption("reach"), config.getoption("of")
    config.pluginmanager.register(
        _Recorder(file, pattern) if pattern else _Sorter(file, config.getoption("changed"))
    )


class _Recorder:
    """Writes the time of each test, and the tests of each line."""

    def __init__(self, file: Path, pattern: str) -> None:
        self._file = file
        self._seconds: dict[str, float] = {}
        self._coverage = Coverage(data_file=None, config_file=False, include=[pattern])
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Count what runs from here on for this test."""
        self._coverage.switch_context(item.nodeid)
        started = process_time()
        result = yield
        self._seconds[item.nodeid] = process_time() - started
        return result

    def pytest_sessionfinish(self) -> None:
        """Write what was seen."""
        self._coverage.stop()
        data = self._coverage.get_data()
        lines = {
            f"{file}:{line}": tests
            for file in data.measured_files()
            for line, tests in data.contexts_by_lineno(file).items()
        }
        self._file.write_text(json.dumps({"seconds": self._seconds, "lines": lines}), "utf-8")


class _Sorter:
    """Puts the tests in the order in which they are likely to fail a change."""

    def __init__(self, file: Path, place: str) -> None:
        recorded = json.loads(file.read_text("utf-8"))
        self._seconds = recorded["seconds"]
        self._of_line = set(recorded["lines"].get(place, ()))
        inside = place.rpartition(":")[0] + ":"
        self._of_file = {
            test
            for line, tests in recorded["lines"].items()
            if line.startswith(inside)
            for test in tests
        }

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort the tests."""
        items.sort(key=self._rank)

    def _rank(self, item: pytest.Item) -> tuple[bool, bool, float]:
        test = item.nodeid
        return test not in self._of_line, test not in self._of_file, self._seconds.get(test, 0.0)
