"""A site about a dataset: offline pages that a person looks at before they compute.

Needs the extras `corpus` and `summary`.
"""

from gischema.corpus.summary.site import write_site

__all__ = ["write_site"]
