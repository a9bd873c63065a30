"""Create plugins, forms and rules from templates: files that work at once, to be edited."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gischema._version import __version__
from gischema.engine import Gischema
from gischema.errors import FormError
from gischema.forms import Form

if TYPE_CHECKING:
    from gischema.scaffold.from_pages import WrittenForm

__all__ = ["new_form", "new_form_from", "new_plugin", "new_rule"]

_TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]+[A-Z0-9]*([.-][A-Z0-9]+)*")

_PLUGIN = {
    "pyproject.toml": "pyproject.toml",
    "README.md": "README.md",
    "module.py": "$module/__init__.py",
    "variant.lark": "$module/$file.lark",
    "plugin.rules": "$module/$name.rules",
    "test_conformance.py": "tests/test_conformance.py",
    "paths.txt": "tests/paths.txt",
}


def new_plugin(name: str, base: Form, into: Path) -> list[Path]:
    """Write a distribution `gischema-NAME` with a variant of `base`; return its files.

    Raises:
        FormError: The name is invalid.
        FileExistsError: A file exists already.
    """
    _require(_NAME, name, "name-like-this")
    words = _words(name, base)
    home = into / f"gischema-{name}"
    return _write(home, _PLUGIN, words)


def new_form(form_id: str, base: Form | None, into: Path) -> list[Path]:
    """Write a grammar file, a variant of `base` or, without a base, a new form; return it.

    Raises:
        FormError: The id is invalid.
        FileExistsError: The file exists already.
    """
    generation, region = _require_form_id(form_id)
    if base is not None:
        return _write(into, {"variant.lark": "$file.lark"}, _words(region, base))
    year = re.search(r"\d{4}$", generation)
    words = {
        "form": form_id,
        "file": form_id.replace("-", "_"),
        "year": year[0] if year else "2030",
    }
    return _write(into, {"form.lark": "$file.lark"}, words)


def new_form_from(
    form_id: str, base: Form | None, pages: Sequence[Path], into: Path, *, national: bool = True
) -> WrittenForm:
    """Write a form, or a variant of `base`, from sample pages, with rules and a test; return it.

    Args:
        form_id: The id of the form.
        base: The form that it is a variant of; None for a form of its own.
        pages: The samples.
        into: The folder to write to.
        national: Rows are named as on the national forms.

    Raises:
        FormError: The id is invalid, or a sample has no table.
        FileExistsError: A file exists already.
    """
    from gischema.scaffold.from_pages import write_form  # 60 ms, for one option

    _require_form_id(form_id)
    written = write_form(form_id, base, pages, into, national=national)
    _write_texts(written.files)
    return written


def new_rule(code: str, form: Form, into: Path) -> list[Path]:
    """Write a rule file with one rule about a figure of `form`; return it.

    Raises:
        FormError: The code is invalid or taken.
        FileExistsError: The file exists already.
    """
    _require(_CODE, code, "X1")
    if code in {rule.code for rule in Gischema().rules.rules}:
        raise FormError(f"规则代码 {code} 已被占用", "the code is taken")
    words = {
        "code": code,
        "file": code.lower(),
        "form": form.id,
        "basis": form.basis.partition("，")[0],
        "path": next(iter(form.indicators)),
        "version": __version__,
    }
    return _write(into, {"rule.rules": "$file.rules"}, words)


def _words(name: str, base: Form) -> dict[str, str]:
    """Return the values of the placeholders of a plugin or a variant."""
    first, last = base.years
    module = name.replace("-", "_")
    return {
        "name": name,
        "module": f"gischema_{module}",
        "base_file": base.id.replace("-", "_"),
        "base": base.id,
        "form": f"{base.id}+{name}",
        "file": f"{base.id}+{name}".replace("-", "_"),
        "years": f"{first}–{last or ''}",
        "basis": base.basis,
        "code": f"{module.replace('_', '').upper()}1",
        "version": __version__,
    }


def _require_form_id(form_id: str) -> tuple[str, str]:
    """Return the generation and the region of an id, or raise FormError."""
    generation, plus, region = form_id.partition("+")
    _require(_NAME, generation, "name-2030")
    if plus:
        _require(_NAME, region, "stat-2014+name")
    return generation, region


def _write(home: Path, files: Mapping[str, str], words: Mapping[str, str]) -> list[Path]:
    """Write templates, all or none of them."""
    return _write_texts(
        {
            home / _filled(place, words): _filled(_template(source), words)
            for source, place in files.items()
        }
    )


def _write_texts(texts: Mapping[Path, str]) -> list[Path]:
    """Write texts, all or none of them; return their places."""
    there = [path for path in texts if path.exists()]
    if there:
        raise FileExistsError(f"{there[0]} 已经存在 (exists already)")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def _template(name: str) -> str:
    return (_TEMPLATES / f"{name}.template").read_text(encoding="utf-8")


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\$([a-z_]+)", lambda found: words[found[1]], text)


def _require(pattern: re.Pattern[str], text: str, example: str) -> None:
    if not pattern.fullmatch(text):
        raise FormError(f"{text!r} 应写作 {example}", "is written like this")
