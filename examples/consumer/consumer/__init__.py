"""A project that uses gischema."""
