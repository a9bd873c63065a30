"""The kinds of elements of a page."""

from __future__ import annotations


def tag_set(names: str) -> frozenset[str]:
    """Return the set of the tags in a line."""
    return frozenset(names.split())


TEXT, COMMENT = "-text", "-comment"
BLOCKS = tag_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p "
    "listing plaintext pre section summary table tbody td tfoot th thead tr ul xmp"
)
"""Elements that begin and end a paragraph."""

SILENT = tag_set(
    "script style template noscript head title svg math canvas audio video map rt rp option "
    "select button object iframe noembed noframes meter progress datalist -comment"
)
"""Elements without text of the page. `ruby` is read without its gloss."""

FIELDS = tag_set("input textarea")
RAISED = tag_set("sup sub")

WIDGETS = tag_set("select button meter progress object svg math")
"""Elements that show what they hold in their own way, if at all."""
