"""The plugin that runs first the tests that a change is likely to break."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("coverage")

ROOT = Path(__file__).parents[2]
CODE = "def one():\n    return 1\n\ndef two():\n    return 2\n"
TESTS = """\
import code_of_a_room as room

def test_nothing(): pass
def test_two(): assert room.two() == 2
def test_one(): assert room.one() == 1
"""


def order(folder: Path, *options: str) -> list[str]:
    """The tests of a folder in the order in which they run."""
    command = (sys.executable, "-m", "pytest", "-v", "-p", "tests.mutation.reach", *options)
    kept = ("-p", "no:cacheprovider", "--rootdir", str(folder), "--import-mode=prepend")
    done = subprocess.run(
        (*command, *kept, str(folder / "test_room.py")),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return re.findall(r"::(test_\w+) PASSED", done.stdout)


@pytest.mark.slow
def test_tests_of_the_changed_line_come_first(tmp_path: Path) -> None:
    """Those of other lines of its file come next, and none is left out."""
    code, reach = tmp_path / "code_of_a_room.py", tmp_path / "reach.json"
    code.write_text(CODE, encoding="utf-8")
    (tmp_path / "test_room.py").write_text(TESTS, encoding="utf-8")
    recorded = order(tmp_path, "--reach", str(reach), "--of", str(code))
    assert recorded == ["test_nothing", "test_two", "test_one"]
    sorted_for = order(tmp_path, "--reach", str(reach), "--changed", f"{code}:2")
    assert sorted_for == ["test_one", "test_two", "test_nothing"]
