"""How fast gischema is, beside peers that are measured in the same run."""
