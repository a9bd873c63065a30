"""Try random mutants of a room against its fast tests, and list those that no test notices.

    python -m tests.mutation tables --count 300 --seed 1

Works in a copy of the tree, so that nothing here changes. Takes some seconds a mutant. One of a rule is
first tried against the examples of that rule alone, which takes a moment.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from gischema.errors import GischemaError
from gischema.forms import national_forms
from gischema.rules import RuleBook
from gischema.rules.examples import check_example, example_holds
from tests.mutation.mutants import Mutant, count_mutants, mutant_of

ROOT = Path(__file__).parents[2]
ROOMS = {
    "tables": ("gischema/tables/*.py", ("tests/lab/test_cases.py", "tests/tables")),
    "narrative": ("gischema/narrative/*.py", ("tests/narrative/test_cases.py",)),
    "rules": (
        "gischema/rules/catalogue/*.rules",
        ("tests/rules/test_catalogue.py", "tests/rules/test_report_facts.py"),
    ),
}
"""The files of a room that are changed, and the tests that should notice."""

_SECONDS = 120
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "__pycache__", "_build", "*.pyc")


def main(arguments: Sequence[str]) -> int:
    """Try mutants of one room; the status is 0 whatever becomes of them."""
    parser = argparse.ArgumentParser(prog="tests.mutation")
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    pattern, tests = ROOMS[given.room]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ROOT.name
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT, symlinks=True)
        if not _passes(copy, tests):
            sys.stderr.write("the tests fail without any change\n")
            return 1
        tried = survived = 0
        for mutant in _some(sorted(copy.glob(pattern)), given.count, given.seed):
            tried += 1
            if _survives(mutant, copy, tests):
                survived += 1
                place = mutant.file.relative_to(copy)
                sys.stdout.write(f"survived {place}:{mutant.line} {mutant.change}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{given.room}: {tried - survived} of {tried} mutants noticed\n")
    return 0


def _some(files: Sequence[Path], count: int, seed: int) -> Iterator[Mutant]:
    """Yield random mutants, of each place as likely as of any other."""
    every = [(file, number) for file in files for number in range(count_mutants(file))]
    for file, number in random.Random(seed).sample(every, min(count, len(every))):
        yield mutant_of(file, number)


def _survives(mutant: Mutant, copy: Path, tests: Sequence[str]) -> bool:
    """Return True if the tests pass with a mutant in the place of its file."""
    if mutant.file.suffix == ".rules" and _examples_fail(mutant):
        return False
    before = mutant.file.read_bytes()
    mutant.file.write_text(mutant.text, encoding="utf-8")
    try:
        return _passes(copy, tests)
    finally:
        mutant.file.write_bytes(before)


def _examples_fail(mutant: Mutant) -> bool:
    """Return True if a changed rule cannot be used, or its own examples do not bear it out."""
    forms = {form.id: form for form in national_forms()}
    above = mutant.text.split("\n")[: mutant.line]
    code = next(line.split()[1] for line in reversed(above) if line.startswith("rule "))
    try:
        rule = RuleBook.parse(mutant.text, mutant.file.name).get(code)
        return not all(
            example_holds(example, check_example(rule, example, forms[form]))
            for example in rule.examples
            for form in ([example.form] if example.form else rule.forms)
        )
    except GischemaError:
        return True


def _passes(copy: Path, tests: Sequence[str]) -> bool:
    """Return True if the tests pass in a copy of the tree; one that never ends does not."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    paths = {"PYTHONPATH": str(copy), "XDG_CACHE_HOME": str(copy / ".cache")}
    environment = {**os.environ, **paths, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
