"""All pages that are made from the package, in a language."""

from __future__ import annotations

from collections.abc import Mapping

from docs.reference.accuracy import accuracy_page
from docs.reference.api import api_pages
from docs.reference.commands import command_page
from docs.reference.concepts import codebook_page, concepts_page
from docs.reference.damages import damages_page
from docs.reference.diagnostics import diagnostics_page
from docs.reference.forms import form_pages
from docs.reference.rules import rule_pages
from docs.reference.schemas import schemas_page
from gischema.cli.app import app
from gischema.engine import Gischema
from gischema.output.language import Lang


def pages(language: Lang) -> Mapping[str, str]:
    """Return the text of each page by its place in the folder of generated pages."""
    engine = Gischema()
    forms = tuple(engine.forms.values())
    return {
        "accuracy.md": accuracy_page(language),
        "codebook.md": codebook_page(language),
        "commands.md": command_page(app, language),
        "concepts.md": concepts_page(language),
        "damages.md": damages_page(forms, engine.parse_text, language),
        "diagnostics.md": diagnostics_page(language),
        "schemas.md": schemas_page(language),
        **{f"api/{name}": text for name, text in api_pages(language).items()},
        **{f"forms/{name}": text for name, text in form_pages(forms, language).items()},
        **{
            f"rules/{name}": text for name, text in rule_pages(engine.rules.rules, language).items()
        },
    }
