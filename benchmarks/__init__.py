"""How fast gischema is, compared with peers that are measured in the same run."""
