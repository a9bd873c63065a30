"""A page on this computer to drop reports on: `gischema serve`."""
