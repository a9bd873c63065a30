"""The grammars for editors cut grammars and rule files into the right pieces."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node")
FILES = {
    "lark": sorted((ROOT / "grammars").glob("*.lark")),
    "rules": sorted((ROOT / "gischema/rules/catalogue").glob("*.rules")),
}
END = {"lark": ("%import .a (b)", "%import"), "rules": ("rule Z9 bound error", "rule")}


def tokens(language: str, text: str) -> list[tuple[str, str]]:
    """Return the pieces of a text, each with its innermost scope."""
    grammar = ROOT / f"editors/syntaxes/{language}.tmLanguage.json"
    done = subprocess.run(
        [str(NODE), Path(__file__).with_name("tokenize.cjs"), grammar],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if "Cannot find module" in done.stderr:
        pytest.skip("npm install vscode-textmate vscode-oniguruma, and name them in NODE_PATH")
    assert done.returncode == 0, done.stderr
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


@pytest.mark.skipif(NODE is None, reason="there is no node")
@pytest.mark.parametrize("language", FILES)
def test_every_file_of_the_package_is_cut_to_its_end(language: str) -> None:
    """No text or comment stays open: behind a file, a keyword is a keyword."""
    line, keyword = END[language]
    assert FILES[language]
    for file in FILES[language]:
        found = tokens(language, f"{file.read_text('utf-8')}\n{line}")
        named = [scope for text, scope in found if text == keyword]
        assert named[-1].startswith("keyword.control"), file.name


@pytest.mark.skipif(NODE is None, reason="there is no node")
def test_pieces_of_a_rule() -> None:
    """A form, a code, a number, a text, a path and a placeholder are different things."""
    rule = 'forms art20-2019, stat-2014+lake\nrule B1 bound error\n  check a.b <= 10 # why\n  title "多{left}"\n'
    scopes = dict(tokens("rules", rule))
    kinds = {text: scope.split(".")[0] for text, scope in scopes.items()}
    assert scopes["art20-2019"] == scopes["stat-2014+lake"] == "constant.other.form.gischema-rules"
    assert scopes["B1"] == "entity.name.type.rule.gischema-rules"
    assert kinds["bound"] == kinds["error"] == "storage"
    assert (kinds["<="], kinds["10"], kinds["a.b"]) == ("keyword", "constant", "variable")
    assert (kinds["# why"], kinds["多"]) == ("comment", "string")
    assert scopes["{left}"] == "variable.parameter.gischema-rules"
