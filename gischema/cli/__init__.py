"""The command line. Nothing is imported here that `--help` does not need."""

from __future__ import annotations


def main() -> None:
    """Runs `gischema` with the arguments of this process."""
    import gc

    from gischema.cli.app import app
    from gischema.cli.streams import prepare

    prepare()
    try:
        app(prog_name="gischema")
    finally:
        gc.freeze()  # or the interpreter looks through all that it holds before it goes
