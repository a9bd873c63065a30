"""The own file back, with a remark at each cell that is wrong.

    marked = gischema.marking.mark("report.docx")
    Path(marked.name).write_bytes(marked.data)

Needs `pip install 'gischema[mark]'`. The figures of the file are never changed.
"""

from __future__ import annotations

from gischema.marking.mark_file import (
    MARKABLE,
    Marked,
    is_marked_name,
    mark,
    marked_name,
    require_packages,
    was_saved_since,
)
from gischema.marking.remarks import Remark, Remarks, Standing, SuggestedValue, remarks_on

__all__ = [
    "MARKABLE",
    "Marked",
    "Remark",
    "Remarks",
    "Standing",
    "SuggestedValue",
    "is_marked_name",
    "mark",
    "marked_name",
    "remarks_on",
    "require_packages",
    "was_saved_since",
]
