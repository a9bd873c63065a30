"""What two revisions read: pages and files of the laboratory, hostile pages, cases, folders."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import yaml
from attrs import frozen

from gischema.engine import Gischema
from gischema.forms import Form
from gischema.testing import (
    DAMAGES,
    LAYOUTS,
    ChoiceSource,
    Damage,
    Layout,
    PrintedPage,
    SamplePage,
    SeededChoices,
    apply_damages,
    compose,
    consistent_values,
)
from gischema.testing.cases import load_case
from gischema.testing.hostile_pages import SIZE, hostile_pages
from gischema.testing.layouts.excel import excel_file
from gischema.testing.layouts.html import html_page
from gischema.testing.layouts.pdf import pdf_file
from gischema.testing.layouts.word import word_file
from gischema.testing.seeded_errors import ERROR_KINDS, seed_error

ROOT = Path(__file__).parents[1]
GROUPS = ("pages", "files", "pages of plugins", "hostile pages", "cases", "files in folders")

PAGES_IN_BATCH = 40
FILES_IN_BATCH = 8

_ERROR_ONE_IN = 8
"""One page in so many holds an error of its office; the others may be damaged on their way."""
_MORE_DAMAGES = 2
_PAGES_FOR_A_PLUGIN_PAGE = 10
_SEEDS_APART = 1_000_003
_HOSTILE_SIZE = SIZE // 4

_WRITERS: dict[str, Callable[[SamplePage, ChoiceSource], bytes]] = {
    "docx": lambda page, _: word_file(page),
    "html": html_page,
    "pdf": pdf_file,
    "xlsx": lambda page, choices: excel_file(page, text=choices.chance(2)),
}


@frozen
class Input:
    """Something to read: `source` is what `benchmarks.revision_reader` takes.

    `printed` is what the laboratory has printed on it, `placed` whether it is read as that text.
    """

    name: str
    source: dict[str, Any]
    suffix: str = ".txt"
    printed: PrintedPage | None = None
    placed: bool = False

    def content(self) -> bytes:
        """Return the bytes of the input."""
        if "text" in self.source:
            return str(self.source["text"]).encode(errors="surrogatepass")
        if "data" in self.source:
            return base64.b64decode(self.source["data"])
        return Path(self.source["path"]).read_bytes()


@frozen
class Batch:
    """Inputs that are read together; they are made when they are needed."""

    group: str
    make: Callable[[], Sequence[Input]]


# ---------------------------------------------------------------- the laboratory


@frozen
class Laboratory:
    """All forms in all layouts with all damages, in an order that the seed decides.

    Each combination comes once before any comes again, with up to two more damages.
    """

    seed: int = 0

    def batches(self, pages: int, files: int) -> Iterator[Batch]:
        """Yield pages as text, files of all kinds, pages on the forms of plugins, hostile pages."""
        national = tuple(Gischema().forms.values())
        yield from self._batches("pages", pages, self._page, national, LAYOUTS.values())
        yield from self._batches("files", files, self._file, national, _WRITERS)
        plugins = sorted(ROOT.glob("plugins/*/gischema_*"))
        every = Gischema(plugins=plugins).forms
        added = [every[name] for name in every if name not in {form.id for form in national}]
        count = pages // _PAGES_FOR_A_PLUGIN_PAGE
        make = partial(self._page, plugins=True)
        yield from self._batches("pages of plugins", count, make, added, LAYOUTS.values())
        if pages:
            yield from (Batch("hostile pages", partial(_hostile, form)) for form in national)

    def _batches(
        self,
        group: str,
        count: int,
        make: Callable[..., Input],
        forms: Iterable[Form],
        ways: Iterable[Layout] | Iterable[str],
    ) -> Iterator[Batch]:
        """Yield batches of pages on some forms, each in one of the layouts or kinds of files."""
        damages: tuple[Damage | None, ...] = (None, *DAMAGES.values())
        every = list(product(forms, ways, damages))
        Random(self.seed).shuffle(every)
        size = FILES_IN_BATCH if group == "files" else PAGES_IN_BATCH
        for batch in _ranges(count, size):
            chosen = [(number, *every[number % len(every)]) for number in batch]
            yield Batch(group, partial(self._each, make, chosen))

    @staticmethod
    def _each(make: Callable[..., Input], chosen: Sequence[tuple[Any, ...]]) -> list[Input]:
        return [make(*each) for each in chosen]

    def _choices(self, number: int) -> SeededChoices:
        return SeededChoices(self.seed * _SEEDS_APART + number)

    def _page(
        self,
        number: int,
        form: Form,
        layout: Layout,
        damage: Damage | None,
        *,
        plugins: bool = False,
    ) -> Input:
        choices = self._choices(number)
        options = {"plugins": True} if plugins else {}
        if choices.chance(_ERROR_ONE_IN):
            kind = choices.pick(ERROR_KINDS)
            seeded = seed_error(form, kind, choices)
            if seeded is not None:
                printed = layout.print(seeded.page)
                source = {"text": printed.text, **options}
                if seeded.before is not None:
                    source["previous"] = layout.print(seeded.before).text
                name = _name("page", number, form.id, layout.name, f"error-{kind.name}")
                return Input(name, source, printed=printed, placed=True)
        page, damages = _damaged(form, layout, damage, choices)
        printed = layout.print(page)
        name = _name("page", number, form.id, layout.name, *(each.name for each in damages))
        source = {"text": printed.text, **options}
        return Input(name, source, printed=printed, placed=True)

    def _file(self, number: int, form: Form, kind: str, damage: Damage | None) -> Input:
        choices, layout = self._choices(number), LAYOUTS["pipes"]
        page, damages = _damaged(form, layout, damage, choices)
        printed = layout.print(page)
        name = _name("file", number, form.id, kind, *(each.name for each in damages))
        if page.cut is not None:  # a file that ends in its middle is no file
            return Input(name, {"text": printed.text}, printed=printed, placed=True)
        data = base64.b64encode(_WRITERS[kind](page, choices)).decode()
        return Input(name, {"data": data}, f".{kind}", printed)


def _damaged(
    form: Form, layout: Layout, damage: Damage | None, choices: ChoiceSource
) -> tuple[SamplePage, list[Damage]]:
    """Return a page with a damage, if it fits, and some more; an undamaged one without."""
    page = compose(form, consistent_values(form, choices), choices)
    if damage is None:
        return page, []
    others = [each for each in DAMAGES.values() if each is not damage and each.fits(page, layout)]
    chosen = choices.sample(others, choices.integer(0, _MORE_DAMAGES))
    if damage.fits(page, layout):
        chosen.append(damage)
    damages = [each for each in DAMAGES.values() if each in chosen]
    return apply_damages(page, damages, choices), damages


def _hostile(form: Form) -> list[Input]:
    pages = hostile_pages(form, _HOSTILE_SIZE)
    return [Input(f"hostile-{form.id}-{page.name}", {"text": page.text}) for page in pages]


def _name(kind: str, number: int, *words: str) -> str:
    return "-".join((f"{kind}{number:06}", *words))


# ---------------------------------------------------------------- cases and folders


def cases(folder: Path) -> Iterator[Batch]:
    """Yield the case files below a folder: pages, files, sentences of running text."""
    for path in sorted(folder.rglob("*.yaml")):
        yield Batch("cases", partial(_cases_in, path, f"case-{path.stem}"))


def _cases_in(path: Path, name: str) -> list[Input]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if isinstance(data, list):
        return [
            Input(f"{name}-{number}", {"text": each["text"], "year": each.get("year")})
            for number, each in enumerate(data, 1)
            if "text" in each
        ]
    case = load_case(path)
    if case.file is None:
        return [Input(name, {"text": case.text})]
    return [Input(name, {"path": str(case.file.resolve())}, case.file.suffix)]


def files_in(folder: Path) -> Iterator[Batch]:
    """Yield the files below a folder, but for hidden ones."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    shown = [path for path in paths if not _is_hidden(path.relative_to(folder))]
    for batch in _ranges(len(shown), FILES_IN_BATCH):
        chosen = [shown[number] for number in batch]
        yield Batch("files in folders", partial(_files, chosen, folder))


def _files(paths: Sequence[Path], folder: Path) -> list[Input]:
    return [
        Input(
            "-".join((folder.name, *path.relative_to(folder).with_suffix("").parts)),
            {"path": str(path.resolve())},
            path.suffix,
        )
        for path in paths
    ]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _ranges(count: int, size: int) -> Iterator[range]:
    return (range(start, min(start + size, count)) for start in range(0, count, size))
