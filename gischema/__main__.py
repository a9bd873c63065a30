"""`python -m gischema` is the `gischema` command."""

from gischema.cli import main

if __name__ == "__main__":
    main()
