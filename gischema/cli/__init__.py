"""The command line. Nothing is imported here that `--help` does not need."""

from __future__ import annotations


def main() -> None:
    """Runs `gischema` with the arguments of this process."""
    from gischema.cli.app import app
    from gischema.cli.streams import prepare

    prepare()
    app(prog_name="gischema")
