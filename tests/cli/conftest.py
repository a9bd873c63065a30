"""Running the command in this process and in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gischema.cli.app import app

# Before click 8.2, stderr stands alone only on request.
APART: dict[str, Any] = {"mix_stderr": False}
RUNNER = CliRunner(**(APART if "mix_stderr" in signature(CliRunner).parameters else {}))
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example reports, in a Chinese locale."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    return ROOT / "examples" / "reports"


@pytest.fixture
def run() -> Callable[..., Result]:
    """`run("check", path, input=…)`: the command's output and exit status."""

    def invoke(*arguments: object, input: bytes | None = None) -> Result:
        result = RUNNER.invoke(
            app, [str(each) for each in arguments], input=input, prog_name="gischema"
        )
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """`program("check", path, env={…})`: the same in a new process, with bytes for output.

    `closed` are the standard streams (0, 1, 2) that it is started without.
    """

    def start(
        *arguments: object,
        env: dict[str, str] | None = None,
        python: tuple[str, ...] = (),
        closed: tuple[int, ...] = (),
        timeout: float = 300,
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, *python, "-m", "gischema", *map(str, arguments)]
        if closed:
            streams = " ".join(f"{number}>&-" for number in closed)
            command = ["sh", "-c", f'exec "$@" {streams}', "sh", *command]
        return subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "LC_ALL": "zh_CN.UTF-8", **(env or {})},
            capture_output=True,
            check=False,
            timeout=timeout,
        )

    return start
