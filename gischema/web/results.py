"""The uploads of the last results: in memory only, for what is asked about them afterwards."""

from __future__ import annotations

import secrets

from attrs import define, field

from gischema.web.check_uploads import Job

_MOST = 64 * 2**20
"""How many bytes of uploads are kept."""


@define(eq=False)
class Results:
    """Jobs by the name of their result. The oldest are forgotten when they take too much memory."""

    _jobs: dict[str, Job] = field(factory=dict, init=False)

    def keep(self, job: Job) -> str:
        """Keep a job, and return the name of its result."""
        name = secrets.token_urlsafe(9)
        self._jobs[name] = job
        sizes = [each.size for each in self._jobs.values()]
        while len(sizes) > 1 and sum(sizes) > _MOST:
            sizes.pop(0)
            del self._jobs[next(iter(self._jobs))]
        return name

    def get(self, name: str) -> Job | None:
        """Return the job of a result, None if it is forgotten."""
        return self._jobs.get(name)
