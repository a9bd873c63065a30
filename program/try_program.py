"""Start a program, check a report on its page, and end it.

python program/try_program.py dist/gischema
"""

from __future__ import annotations

import json
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

REPORT = Path(__file__).parents[1] / "examples" / "reports" / "art20_2021_wrong.txt"
HEAD = '--x\r\nContent-Disposition: form-data; name="file"; filename="{}"\r\n\r\n'


def try_program(program: Path) -> str:
    """Return what was seen. Raises AssertionError if the program does not work."""
    started = monotonic()
    command = [str(program), "serve", "--once", "--lang", "zh"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            address = urlsplit(process.stdout.readline().strip())
            answered = monotonic()
            body = HEAD.format(REPORT.name).encode() + REPORT.read_bytes() + b"\r\n--x--\r\n"
            connection = HTTPConnection(address.hostname or "", address.port, timeout=120)
            kind = {"Content-Type": "multipart/form-data; boundary=x"}
            connection.request("POST", f"/check?{address.query}", body, kind)
            result = json.loads(connection.getresponse().read())
            read = monotonic()
        finally:
            process.terminate()
    assert result.get("verdict") == "findings", result
    assert any(finding["code"] == "B3" for finding in result["findings"])
    size = program.stat().st_size / 2**20
    times = f"page after {answered - started:.1f} s, verdict after {read - started:.1f} s"
    return f"{size:.0f} MB; {times}"


if __name__ == "__main__":
    sys.stdout.write(f"{try_program(Path(sys.argv[1]))}\n")
