"""Output streams that are closed, and interrupts: no status changes, no traceback is printed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Program = Callable[..., subprocess.CompletedProcess[bytes]]
ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "examples" / "reports"
WRONG, RIGHT = REPORTS / "art20_2021_wrong.txt", REPORTS / "art20_2021_county.txt"
GONE = REPORTS / "gone.txt"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="needs signals and a shell"),
]

COMMANDS: list[tuple[tuple[object, ...], int]] = [
    (("check", WRONG), 1),
    (("check", RIGHT, GONE, "--format", "sarif"), 2),
    (("figures", RIGHT), 0),
    (("compare", RIGHT, WRONG), 0),
    (("explain", "NOSUCH"), 2),
    (("--help",), 0),
]


@pytest.mark.parametrize(("arguments", "status"), COMMANDS)
def test_closed_from_the_start(program: Program, arguments: Sequence[object], status: int) -> None:
    """The status is that of a run with all streams; what is still open gets what it always gets."""
    whole = program(*arguments)
    assert whole.returncode == status
    for closed in ((1,), (2,), (0, 1, 2)):
        done = program(*arguments, closed=closed)
        assert done.returncode == status
        assert done.stdout == (b"" if 1 in closed else whole.stdout)
        assert done.stderr == (b"" if 2 in closed else whole.stderr)


def test_a_file_does_not_take_the_place_of_a_closed_stream(
    program: Program, tmp_path: Path
) -> None:
    """What is written to stderr may not end up in a file that is opened later."""
    target = tmp_path / "w.toml"
    assert (
        program("check", WRONG, GONE, "--write-baseline", target, closed=(0, 1, 2)).returncode == 2
    )
    text = target.read_text("utf-8")
    assert text.startswith("[[waivers]]")
    assert "gone.txt" not in text


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
@pytest.mark.parametrize("lines", [0, 1])
@pytest.mark.parametrize(("arguments", "status"), COMMANDS)
def test_a_reader_that_goes_away(
    tmp_path: Path, arguments: Sequence[object], status: int, lines: int, stream: str
) -> None:
    """As `| head` does: at once or after a line."""
    with (tmp_path / "kept").open("w+b") as kept:
        with subprocess.Popen(
            [sys.executable, "-m", "gischema", *map(str, arguments)],
            cwd=ROOT,
            stdout=subprocess.PIPE if stream == "stdout" else kept,
            stderr=subprocess.PIPE if stream == "stderr" else kept,
        ) as process:
            pipe = process.stdout or process.stderr
            assert pipe is not None
            if lines:
                pipe.readline()
            pipe.close()
        assert process.returncode == status
        kept.seek(0)
        said = kept.read()
    assert b"Traceback" not in said
    assert b"Exception ignored" not in said


def test_much_output_for_a_reader_that_goes_away() -> None:
    """More than a pipe holds; the last file still counts, which is not there."""
    names = [*[str(RIGHT)] * 20, str(GONE)]
    with subprocess.Popen(
        [sys.executable, "-m", "gischema", "check", *names, "--format", "json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read().count(b"\n") == 1
    assert process.returncode == 2


def test_a_terminal_that_goes_away_while_progress_is_written(tmp_path: Path) -> None:
    """The progress line is for those who look; the status is not."""
    import pty

    terminal, side = pty.openpty()
    with (tmp_path / "data").open("w+b") as data:
        with subprocess.Popen(
            [sys.executable, "-m", "gischema", "parse", *[str(RIGHT)] * 12, "--format", "jsonl"],
            cwd=ROOT,
            stdout=data,
            stderr=side,
        ) as process:
            os.close(side)
            assert os.read(terminal, 100).startswith(b"\r")
            os.close(terminal)
        assert process.returncode == 0
        data.seek(0)
        assert data.read().count(b"\n") == 12


def test_an_error_on_stderr_changes_nothing(program: Program) -> None:
    """A full disk under stderr, say, is no reason to stop."""
    if not Path("/dev/full").exists():
        pytest.skip("no full disk here")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "gischema", "check", str(GONE), str(WRONG)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=full, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout


def interrupted(hook: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    """A run that gets an interrupt where `hook`, code that calls `interrupt()`, says."""
    code = f"""
import os, signal, sys
def interrupt():
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(1000): pass  # Python handles signals between two steps of a program
{textwrap.dedent(hook)}
from gischema.cli import main
main()
print("went on", file=sys.stderr)
"""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
    )


IMPORTING = """
class Finder:
    def find_spec(self, name, *_):
        if name == {name!r}:
            interrupt()
sys.meta_path.insert(0, Finder())
"""
CALLING = """
import {module}
real = {module}.{function}
def call(*arguments, **options):
    interrupt()
    return real(*arguments, **options)
{module}.{function} = call
"""
FINALIZING = """
class Last:
    def __del__(self):
        interrupt()
import gischema.reading.decode as module
real = module.decode
def call(*arguments):
    Last()
    return real(*arguments)
module.decode = call
import gischema.reading.readers as readers
readers.decode = call
"""
WRITING = """
import click
real = click.echo
def echo(*arguments, **options):
    real(*arguments, **options)
    interrupt()
click.echo = echo
"""


@pytest.mark.parametrize(
    "hook",
    [
        *(
            IMPORTING.format(name=name)
            for name in ("click", "gischema.cli.commands.check", "gischema.engine", "lark")
        ),
        CALLING.format(module="gischema.reading.readers", function="decode"),
        CALLING.format(module="gischema.engine", function="read_report"),
        CALLING.format(module="gischema.engine", function="check"),
        FINALIZING,
        WRITING,
    ],
)
def test_an_interrupt(hook: str) -> None:
    """Status 130, whatever the program was doing, and nothing said about it."""
    done = interrupted(hook, "check", WRONG, RIGHT)
    assert done.stderr == b""
    assert done.returncode == 130


def test_an_interrupt_of_help() -> None:
    """Help imports all commands."""
    done = interrupted(IMPORTING.format(name="gischema.cli.commands.rules"), "--help")
    assert (done.returncode, done.stderr) == (130, b"")


def test_an_interrupt_while_a_pipe_is_waited_for(tmp_path: Path) -> None:
    """A pipe that was named and that nobody writes to."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (
        subprocess.Popen(
            [sys.executable, "-m", "gischema", "check", str(pipe)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process,
        pipe.open("wb"),
    ):  # waits until it is read from
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
