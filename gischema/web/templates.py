"""The templates of the pages. What is put into them is text unless it is said to be markup."""

from __future__ import annotations

from functools import cache, partial
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from gischema.output.form_files.kinds import FORM_FILES
from gischema.output.language import Lang, say


def to(path: str, token: str, **query: str | int) -> str:
    """Return the address of a page of the server."""
    return f"{path}?{urlencode({'token': token, **query})}"


def filled(template: str, token: str, lang: Lang, **given: object) -> str:
    """Return the markup of a template, with addresses of the server and words of a language."""
    return (
        _environment()
        .get_template(template)
        .render(given, lang=lang, say=partial(say, lang), to=partial(to, token=token))
    )


@cache
def _environment() -> Environment:
    made = Environment(
        autoescape=True,
        loader=PackageLoader("gischema.web"),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals["kinds"] = tuple(FORM_FILES)
    return made
