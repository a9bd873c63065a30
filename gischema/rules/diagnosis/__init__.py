"""Who is to blame: the smallest repair that mends every identity that fails.

`docs/design/culprits.md` says how it is searched, what it prefers and how often it is right.
"""
