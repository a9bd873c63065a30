"""Find the culprit: the smallest correction that satisfies every identity that fails.

`docs/en/explanation/culprits.md` describes the search, its preferences, and how often it is right.
"""
