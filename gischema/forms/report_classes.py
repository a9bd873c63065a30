"""The report classes of the national forms, with typed sections built on first access.

The section classes of a form are imported only then: no command needs them, and they take 13 ms. A
report class has only the fields of `Report`, so none is an attrs class of its own.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from inspect import get_annotations
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import has

from gischema.forms.section_classes import Count, Money, fill, paths
from gischema.report import Report

if TYPE_CHECKING:
    from gischema.forms import art20, stat_2014


class TypedReport(Report):
    """A report with typed sections, filled from its figures.

    A plugin's class only annotates the sections that its variant adds or extends:

        class LakesideReport(StatReport2014):
            ferries: Ferries
            mailbox_letters: Count

    Attributes:
        module: The module of the section classes.
        sections_by_field: The section class of each field; None if it is a single figure.
    """

    module: ClassVar[str]
    sections_by_field: ClassVar[dict[str, str | None]]

    def section(self, name: str) -> Any:
        """Return the section of a field, or the number of a field that is a single figure."""
        section = self._classes()[name]
        if section is not None:
            return fill(section, name, self.by_path)
        figure = self.by_path.get(name)
        return None if figure is None else figure.value

    def __getattr__(self, name: str) -> Any:
        """Return the section of a field that is only annotated."""
        if name.startswith("_") or name not in self._annotated():
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self.section(name)

    @classmethod
    def typed_paths(cls) -> frozenset[str]:
        """Return the paths that the typed sections declare."""
        found: set[str] = set()
        for name, section in cls._classes().items():
            found.update(paths(section, name) if section is not None else (name,))
        return frozenset(found)

    @classmethod
    def _classes(cls) -> dict[str, type | None]:
        module = import_module(cls.module)
        named = {
            field: getattr(module, name) if name is not None else None
            for field, name in cls.sections_by_field.items()
        }
        return named | cls._annotated()

    @classmethod
    def _annotated(cls) -> dict[str, type | None]:
        """Return the fields that classes of plugins annotate, and their section classes."""
        found: dict[str, type | None] = {}
        for one in cls.__mro__[: cls.__mro__.index(_declaring(cls))][::-1]:
            for name, kind in get_annotations(one, eval_str=True).items():
                found[name] = kind if has(kind) else None
        return found


def _declaring(report: type[TypedReport]) -> type:
    """Return the base class that declares its sections: the form's own, not a plugin's."""
    return next(one for one in report.__mro__ if "sections_by_field" in vars(one))


class StatReport2014(TypedReport):
    """A report on the form `stat-2014`."""

    module: ClassVar[str] = "gischema.forms.stat_2014"
    sections_by_field: ClassVar[dict[str, str | None]] = {
        "proactive": "Proactive",
        "response": "Response",
        "requests": "Requests",
        "reconsideration": "Cases",
        "litigation": "Cases",
        "complaints": None,
        "fees": None,
        "institution": "Institution",
        "training": "Training",
    }

    @cached_property
    def proactive(self) -> stat_2014.Proactive:
        """Proactive disclosure."""
        return self.section("proactive")  # type: ignore[no-any-return]

    @cached_property
    def response(self) -> stat_2014.Response:
        """Responses to public concern and interpretations of policy."""
        return self.section("response")  # type: ignore[no-any-return]

    @cached_property
    def requests(self) -> stat_2014.Requests:
        """Disclosure on request."""
        return self.section("requests")  # type: ignore[no-any-return]

    @cached_property
    def reconsideration(self) -> stat_2014.Cases:
        """Administrative reconsiderations."""
        return self.section("reconsideration")  # type: ignore[no-any-return]

    @cached_property
    def litigation(self) -> stat_2014.Cases:
        """Lawsuits."""
        return self.section("litigation")  # type: ignore[no-any-return]

    @cached_property
    def complaints(self) -> Count:
        """Complaints (件)."""
        return self.section("complaints")  # type: ignore[no-any-return]

    @cached_property
    def fees(self) -> Money:
        """Fees taken for information on request (万元)."""
        return self.section("fees")  # type: ignore[no-any-return]

    @cached_property
    def institution(self) -> stat_2014.Institution:
        """Offices, reading points, staff and funds."""
        return self.section("institution")  # type: ignore[no-any-return]

    @cached_property
    def training(self) -> stat_2014.Training:
        """Meetings, courses and people trained."""
        return self.section("training")  # type: ignore[no-any-return]


class Art20Report2019(TypedReport):
    """A report on the form `art20-2019`."""

    module: ClassVar[str] = "gischema.forms.art20"
    sections_by_field: ClassVar[dict[str, str | None]] = {
        "proactive": "Proactive2019",
        "requests": "Requests2019",
        "review": "Review",
    }

    @cached_property
    def proactive(self) -> art20.Proactive2019:
        """Article 20 (1), (5), (6), (8) and (9)."""
        return self.section("proactive")  # type: ignore[no-any-return]

    @cached_property
    def requests(self) -> art20.Requests2019:
        """Requests received and disposed of, by applicant."""
        return self.section("requests")  # type: ignore[no-any-return]

    @cached_property
    def review(self) -> art20.Review:
        """Reconsiderations and lawsuits over disclosure."""
        return self.section("review")  # type: ignore[no-any-return]


class Art20Report2021(TypedReport):
    """A report on the form `art20-2021`."""

    module: ClassVar[str] = "gischema.forms.art20"
    sections_by_field: ClassVar[dict[str, str | None]] = {
        "proactive": "Proactive2021",
        "requests": "Requests2021",
        "review": "Review",
    }

    @cached_property
    def proactive(self) -> art20.Proactive2021:
        """Article 20 (1), (5), (6) and (8)."""
        return self.section("proactive")  # type: ignore[no-any-return]

    @cached_property
    def requests(self) -> art20.Requests2021:
        """Requests received and disposed of, by applicant."""
        return self.section("requests")  # type: ignore[no-any-return]

    @cached_property
    def review(self) -> art20.Review:
        """Reconsiderations and lawsuits over disclosure."""
        return self.section("review")  # type: ignore[no-any-return]
