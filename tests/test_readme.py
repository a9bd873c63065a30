"""What the READMEs show is what the commands print and what Python answers."""

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from gischema.cli.app import app

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "README.zh.md")
SESSIONS = PAGES
SESSION = re.compile(r"```pycon\n(.*?)```\n", re.DOTALL)
BLOCK = re.compile(
    r"<!-- output: gischema (?P<command>.+?) -->\n```text\n(?P<shown>.*?)```\n", re.DOTALL
)


def _printed(command: str) -> str:
    result = CliRunner().invoke(app, shlex.split(command))
    return "".join(f"{line.rstrip()}\n" for line in result.output.splitlines())


@pytest.mark.parametrize("name", PAGES)
def test_outputs_are_real(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each output block is the command's own output; UPDATE_DOCS=1 renews it."""
    monkeypatch.chdir(ROOT)
    page = Path(name).read_text("utf-8")

    def renewed(block: re.Match[str]) -> str:
        printed = _printed(block["command"])
        return block[0].replace(f"```text\n{block['shown']}```", f"```text\n{printed}```")

    expected = BLOCK.sub(renewed, page)
    assert BLOCK.search(page)
    if os.environ.get("UPDATE_DOCS"):
        Path(name).write_text(expected, "utf-8")
    assert page == expected


def test_both_readmes_give_the_same_test_command() -> None:
    """A newcomer gets one command, whatever the language."""
    marked = re.compile(r"<!-- test-command -->\n```sh\n(.+?)\n```")
    pages = [(ROOT / name).read_text("utf-8") for name in PAGES]
    commands = [marked.findall(page) for page in pages]
    assert commands[0] == commands[1]
    assert len(commands[0]) == 1


def test_both_readmes_have_the_same_structure() -> None:
    """The same headings, links, commands and extras, those of the package, in both languages."""
    shapes = [
        re.compile(r"^#+(?= )", re.MULTILINE),
        re.compile(r"\]\(((?!README)[^)]+)\)"),
        re.compile(r"^\| `gischema (\w+)", re.MULTILINE),
        re.compile(r"gischema\[(\w+)\]"),
    ]
    english, chinese = ((ROOT / name).read_text("utf-8") for name in PAGES)
    english_links = english.replace("docs/en/", "docs/zh/")
    for shape in shapes:
        assert shape.findall(english_links) == shape.findall(chinese)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = set(project["optional-dependencies"]) - {"test", "docs", "dev"}
    assert set(shapes[-1].findall(english)) == extras


def _session(name: str) -> str:
    """Return the Python session of a page; any other Python there would go untested."""
    page = (ROOT / name).read_text("utf-8")
    assert "```python" not in page
    (session,) = SESSION.findall(page)
    return str(session)


@pytest.mark.parametrize("name", SESSIONS)
def test_python_session_is_real(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of the session gives the value that is shown; `...` stands for any text."""
    monkeypatch.chdir(ROOT)
    test = doctest.DocTestParser().get_doctest(_session(name), {}, name, name, 0)
    said: list[str] = []
    done = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert (done.failed, "".join(said)) == (0, "")
    assert done.attempted > 8


def _script(session: str) -> str:
    """Return the session as a module; a line whose value is shown prints it."""
    examples = doctest.DocTestParser().get_examples(session)
    lines = (
        f"print({each.source.split('  #')[0].rstrip()})\n" if each.want else each.source
        for each in examples
    )
    return "".join(lines)


def _mypy(folder: Path) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("mypy")
    options = ("--strict", "--config-file=", "--follow-imports=silent")
    return subprocess.run(
        [sys.executable, "-m", "mypy", *options, f"--cache-dir={ROOT / '.mypy_cache/pages'}", "."],
        cwd=folder,
        env={**os.environ, "MYPYPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _pyright(folder: Path) -> subprocess.CompletedProcess[str]:
    scripts = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ.get('PATH', '')}"
    program = shutil.which("pyright", path=scripts) or shutil.which("basedpyright", path=scripts)
    if program is None:
        pytest.skip("neither pyright nor basedpyright is installed")
    settings = folder / "pyrightconfig.json"
    extra = [str(ROOT), sysconfig.get_path("purelib")]
    settings.write_text(json.dumps({"typeCheckingMode": "strict", "extraPaths": extra}), "utf-8")
    return subprocess.run(
        [program, "--project", settings],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("check", [_mypy, _pyright], ids=["mypy", "pyright"])
def test_python_sessions_are_typed(
    check: Callable[[Path], subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """A strict type checker has nothing to say to whoever copies a session."""
    for name in SESSIONS:
        module = tmp_path / Path(name).name.replace(".", "_")
        module.with_suffix(".py").write_text(_script(_session(name)), "utf-8")
    done = check(tmp_path)
    assert done.returncode == 0, done.stdout
