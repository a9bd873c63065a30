"""The mutants that `python -m tests.mutation` tries."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.mutation.mutants import count_mutants, mutant_of


def mutants(file: Path, text: str) -> list[tuple[str, str]]:
    """Return the changed texts of a file, and what was changed."""
    file.write_text(text, encoding="utf-8")
    found = (mutant_of(file, number) for number in range(count_mutants(file)))
    return [(one.text.strip(), one.change) for one in found]


def test_code_is_changed_in_one_place_each(tmp_path: Path) -> None:
    """Every mutant is code, and differs from the file and from the others."""
    text = "def f(a, b):\n    if not a and b < 3:\n        return a + 1\n    return True"
    changed = mutants(tmp_path / "code.py", text)
    assert len({ast.dump(ast.parse(one)) for one, _ in changed} - {ast.dump(ast.parse(text))}) == 8
    assert {change.partition(":")[0] for _, change in changed} == {
        "condition turned", "and for or", "without not", "other comparison", "one more",
        "minus for plus", "other truth",
    }  # fmt: skip


def test_a_rule_loses_an_operand_or_gets_another_relation(tmp_path: Path) -> None:
    """Words for people stay as they are."""
    text = '  title "a <= b" / "a"\n  when    a > 0 and b > 0\n  check   a + b <= c'
    changed = [one.splitlines() for one, _ in mutants(tmp_path / "x.rules", text)]
    assert {lines[2].strip() for lines in changed} >= {"check   a <= c", "check   a + b < c"}
    assert {lines[1].strip() for lines in changed} >= {"when    a > 0 or b > 0"}
    assert {lines[0] for lines in changed} == {'title "a <= b" / "a"'}
