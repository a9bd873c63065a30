"""Try random mutants of a room against its fast tests, and list those that no test notices.

    python -m tests.mutation tables --count 300 --seed 1 | tee FILE
    python -m tests.mutation tables --again FILE     only those that FILE lists, when tests were added

Works in a copy of the tree, so that nothing here changes. Takes some seconds a mutant: tests that run its
line come first, and the first that fails ends the run. One of a rule is first tried against the examples of
that rule alone, which takes a moment. Control-C ends it with the score of what was tried.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from gischema.errors import GischemaError
from gischema.forms import national_forms
from gischema.rules import RuleBook
from gischema.rules.examples import check_example, example_holds
from tests.mutation.mutants import Mutant, count_mutants, mutant_of

ROOT = Path(__file__).parents[2]
ROOMS = {
    "tables": ("gischema/tables/*.py", ("tests/lab/test_cases.py", "tests/tables")),
    "narrative": ("gischema/narrative/*.py", ("tests/narrative",)),
    "rules": (
        "gischema/rules/*.py",
        (
            "tests/rules",
            "tests/settings",
            "tests/output/test_result_json.py",
            "tests/output/test_check_formats.py",
            "--ignore=tests/rules/columnar",
        ),
    ),
    "catalogue": (
        "gischema/rules/catalogue/*.rules",
        ("tests/rules/test_catalogue.py", "tests/rules/test_report_facts.py"),
    ),
}
"""The files of a room that are changed, and the tests that should notice."""

_PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider")
_SURVIVED = re.compile(r"survived (?P<file>[^:]+):(?P<line>\d+) (?P<change>.*)")
_SECONDS = 300
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "__pycache__", "_build", "*.pyc")


def main(arguments: Sequence[str]) -> int:
    """Try mutants of one room; the status is 0 whatever becomes of them."""
    parser = argparse.ArgumentParser(prog="tests.mutation")
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=Path, help="an output, whose survivors are tried again")
    given = parser.parse_args(arguments)
    pattern, tests = ROOMS[given.room]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ROOT.name
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT, symlinks=True)
        run = _Run(copy, tests)
        if not run.passes("--of", str(copy / pattern), PYTHONDONTWRITEBYTECODE=""):
            sys.stderr.write("the tests fail without any change\n")
            return 1
        files = sorted(copy.glob(pattern))
        some = _listed(given.again, copy) if given.again else _some(files, given.count, given.seed)
        tried = survived = 0
        with suppress(KeyboardInterrupt):  # the score is that of what was tried
            for mutant in some:
                survives = _survives(mutant, run)
                tried += 1
                if survives:
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


def _listed(output: Path, copy: Path) -> Iterator[Mutant]:
    """Yield the mutants that an output lists, wherever their lines stand now."""
    for line in output.read_text("utf-8").splitlines():
        if found := _SURVIVED.fullmatch(line):
            file = copy / found["file"]
            every = (mutant_of(file, number) for number in range(count_mutants(file)))
            alike = [mutant for mutant in every if mutant.change == found["change"]]
            near = min(
                (mutant.line for mutant in alike),
                key=lambda at: abs(at - int(found["line"])),
                default=0,
            )
            yield from (mutant for mutant in alike if mutant.line == near)


def _survives(mutant: Mutant, run: _Run) -> bool:
    """Return True if the tests pass with a mutant in the place of its file."""
    if mutant.file.suffix == ".rules" and _examples_fail(mutant):
        return False
    before, times = mutant.file.read_bytes(), mutant.file.stat()
    mutant.file.write_text(mutant.text, encoding="utf-8")
    try:
        return run.passes("--changed", f"{mutant.file}:{mutant.line}", PYTHONDONTWRITEBYTECODE="1")
    finally:
        mutant.file.write_bytes(before)
        os.utime(mutant.file, ns=(times.st_atime_ns, times.st_mtime_ns))  # its byte code stays good


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


@frozen
class _Run:
    """The tests of a room in a copy of the tree."""

    copy: Path
    tests: Sequence[str]

    def passes(self, *options: str, **environment: str) -> bool:
        """Return True if the tests pass; one that never ends does not."""
        reach = ("-p", "tests.mutation.reach", "--reach", ".reach.json")
        command = (*_PYTEST, *reach, *options, *self.tests)
        paths = {"PYTHONPATH": str(self.copy), "XDG_CACHE_HOME": str(self.copy / ".cache")}
        try:
            done = subprocess.run(
                command,
                cwd=self.copy,
                env={**os.environ, **paths, **environment},
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
