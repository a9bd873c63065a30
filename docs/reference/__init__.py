"""The reference pages that are made from the code: of the rules, the damages and the commands."""
