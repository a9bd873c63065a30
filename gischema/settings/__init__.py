"""Settings of a project about rules, in `gischema.toml` or `pyproject.toml`."""
