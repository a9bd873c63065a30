"""Build the documentation site: `python -m docs [--language zh|en] [--output FOLDER]`.

Needs the extra `docs`. Every warning of Sphinx is an error: a link that leads nowhere, a name that
the reference does not have, a block of an unknown language.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from docs.assemble import LANGUAGES, assemble
from gischema.output.language import Lang

DOCS = Path(__file__).parent
BUILD = DOCS / "_build"
MOST_BYTES = 20 * 2**20


def build(languages: Sequence[Lang], site: Path) -> int:
    """Build the site in these languages into a folder; return the worst exit status of Sphinx.

    Each language has a process: Sphinx keeps the words of one language for the next.
    """
    running = []
    for language in languages:
        source = BUILD / "source" / language
        assemble(language, source)
        shutil.rmtree(site / language, ignore_errors=True)
        command: list[str | Path] = [
            *(sys.executable, "-m", "sphinx"),
            *("-b", "html", "-q", "-n", "-W", "--keep-going", "-E"),
            *("-c", DOCS / "site", "-D", f"language={_SPHINX_NAMES[language]}"),
            *("-d", BUILD / "doctrees" / language),
            *(source, site / language),
        ]
        running.append(subprocess.Popen(command, cwd=DOCS.parent))
    status = max(process.wait() for process in running)
    shutil.copyfile(DOCS / "site" / "start.html", site / "index.html")
    return status


_SPHINX_NAMES = {"zh": "zh_CN", "en": "en"}


def main(arguments: Sequence[str]) -> int:
    """Build the site, and print how long that took and how large it is."""
    parser = argparse.ArgumentParser(prog="python -m docs", description="Build the site.")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--output", type=Path, default=BUILD / "site")
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    status = build(options.language or LANGUAGES, options.output)
    if status:
        return status
    files = [file for file in options.output.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    pages = sum(file.suffix == ".html" for file in files)
    seconds = time.monotonic() - begun
    sys.stdout.write(
        f"{pages} pages, {size / 2**20:.1f} MB, {seconds:.0f} s: {options.output / 'index.html'}\n"
    )
    return int(size > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
