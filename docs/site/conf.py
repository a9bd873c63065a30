"""Settings of Sphinx for both languages; `python -m docs` gives the language."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import _ as translated

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import gischema  # noqa: E402
from docs.lexers import LEXERS  # noqa: E402
from docs.search import PairSearch  # noqa: E402

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "gischema"
author = "The gischema authors"
copyright = "the gischema authors"  # noqa: A001
version = release = gischema.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
templates_path = ["templates"]

# ------------------------------------------------------------------ pages

myst_enable_extensions = ["attrs_block", "attrs_inline"]
myst_heading_anchors = 4
myst_url_schemes = {
    "http": None,
    "https": None,
    "mailto": None,
    # Pages of the other language; `docs.assemble` writes these.
    "site": {"url": "{{path}}#{{fragment}}"},
}

# ------------------------------------------------------------------ the API

autodoc_class_signature = "mixed"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
add_module_names = False
nitpick_ignore_regex = [
    # Names of other packages: their references are not part of this site.
    (r"py:.*", r"(?!gischema\.)[a-z_]+(\.\w+)+"),
    (r"py:.*", r"[a-z]+|PluginManager(\.\w+)?"),
    # Variables of types.
    (r"py:class", r"(gischema\.[\w.]+\.)?(_[A-Z]|T)"),
]

# ------------------------------------------------------------------ looks

html_theme = "furo"
html_title = "gischema"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_search_scorer = str(Path(__file__).with_name("scorer.js"))
html_copy_source = False
html_show_sourcelink = False
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}


def _without_type(
    _app: Sphinx, what: str, _name: str, _item: object, _options: object, lines: list[str]
) -> None:
    """Keep napoleon from taking `True if …: …` in the docstring of a property for its type."""
    if what in {"property", "attribute", "data"} and lines:
        lines[:0] = ["..", ""]


_CHINESE = {"On this page": "本页内容", "Next": "下一页", "Previous": "上一页", "Home": "首页"}
"""Words of the theme, which has no Chinese."""


def _theme_in_chinese(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object
) -> None:
    """Give the templates the words of the theme in the language of the site."""
    if app.config.language.startswith("zh"):
        context["_"] = lambda words: _CHINESE.get(words) or translated(words)


def setup(app: Sphinx) -> None:
    """Add the lexers, the search in Chinese, and what is ahead of napoleon."""
    app.add_search_language(PairSearch)
    app.connect("html-page-context", _theme_in_chinese)
    app.connect("autodoc-process-docstring", _without_type, priority=400)
    for name, lexer in LEXERS.items():
        app.add_lexer(name, lexer)
