"""The program as a process: what it loads, how it writes to pipes and consoles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import gischema

Program = Callable[..., subprocess.CompletedProcess[bytes]]
ROOT = Path(__file__).resolve().parents[2]
WRONG = ROOT / "examples" / "reports" / "art20_2021_wrong.txt"
HEAVY = {"attr", "cattrs", "lark", "opencc", "pandas", "pluggy", "polars", "rapidfuzz", "rich"}


def loaded(done: subprocess.CompletedProcess[bytes]) -> set[str]:
    """The top-level modules that `-X importtime` saw."""
    lines = done.stderr.decode().splitlines()
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines if "|" in line}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("check", "--help")])
def test_help_loads_nothing_heavy(program: Program, arguments: tuple[str, ...]) -> None:
    """Help and version come at once: no parser, no model."""
    done = program(*arguments, python=("-X", "importtime"))
    assert done.returncode == 0
    assert "click" in loaded(done)
    assert not loaded(done) & HEAVY


def test_text_loads_no_json_machinery(program: Program) -> None:
    """`check` for people needs neither cattrs nor rich."""
    done = program("check", WRONG, python=("-X", "importtime"))
    assert done.returncode == 1
    assert not loaded(done) & {"cattrs", "pandas", "polars", "rich"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk here")
def test_a_full_disk_is_no_finding() -> None:
    """What cannot be written is said in one line; status 1 would tell of findings."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "gischema", "check", str(WRONG)],
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(b"gischema: <stdout>")
    assert done.stderr.count(b"\n") == 1


def test_version(program: Program) -> None:
    """The version is the package's."""
    assert program("--version").stdout.decode().split() == ["gischema", gischema.__version__]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "gb18030", "utf-8"])
def test_any_console(program: Program, encoding: str) -> None:
    """Text keeps an encoding that has Chinese and is UTF-8 elsewhere; nothing crashes."""
    done = program("check", WRONG, env={"PYTHONIOENCODING": encoding})
    assert done.returncode == 1
    assert done.stderr == b""
    kept = encoding if encoding == "gb18030" else "utf-8"
    assert "2 个错误" in done.stdout.decode(kept)


@pytest.mark.parametrize("encoding", ["cp1252", "gb18030"])
def test_data_is_utf8(program: Program, encoding: str) -> None:
    """JSON and CSV are UTF-8 whatever the console."""
    done = program("figures", WRONG, "--format", "json", env={"PYTHONIOENCODING": encoding})
    assert json.loads(done.stdout.decode("utf-8"))[0]["unit"] == "件"


def test_broken_pipe_is_quiet() -> None:
    """A reader that goes away, like `head`, is no error to talk about."""
    with subprocess.Popen(
        [sys.executable, "-m", "gischema", "figures", *[str(WRONG)] * 30, "--format", "json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_on_a_terminal_only(env: dict[str, str], coloured: bool) -> None:
    """A terminal gets colours unless it says no; source lines fit into it."""
    text, _ = on_terminal("check", WRONG, env=env)
    assert ("\x1b[" in text) is coloured
    assert "2 个错误" in text
    assert "4.保护第三方合法权益 | 21 | 1 | 0 | 0 | 0 | 0…" in text


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_on_stderr_only() -> None:
    """Progress shows on the terminal while data goes to a pipe, and is wiped at the end."""
    text, data = on_terminal("parse", WRONG, WRONG, "--format", "jsonl", piped=True)
    assert "\r1 / 2" in text
    assert text.endswith("\r\x1b[K")
    assert len(data.splitlines()) == 2


def on_terminal(
    *arguments: object, env: dict[str, str] | None = None, piped: bool = False
) -> tuple[str, bytes]:
    """What a terminal of 60 columns shows of a command, and what its output pipe gets."""
    import fcntl
    import pty
    import struct
    import termios

    terminal, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 60, 0, 0))
    inherited = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "gischema", *map(str, arguments), "--lang", "zh"],
        cwd=ROOT,
        env={**inherited, "TERM": "xterm", **(env or {})},
        stdout=subprocess.PIPE if piped else side,
        stderr=side,
    ) as process:
        os.close(side)
        data = process.stdout.read() if process.stdout is not None else b""
        shown = b""
        while chunk := _read(terminal):
            shown += chunk
    os.close(terminal)
    return shown.decode(), data


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so once the other side is closed
        return b""
