"""Conventions of written Chinese that several rooms read: each stands here once.

The room imports nothing of the package.
"""
