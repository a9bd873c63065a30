"""The settings of a check as part of its output: their file, and what they switch off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from gischema.filenames import displayed
from gischema.output.language import Lang, say
from gischema.output.words import SEVERITY

if TYPE_CHECKING:
    from gischema.rules import RuleBook
    from gischema.settings.model import Settings


class SettingsUsed(NamedTuple):
    """The settings of a check.

    Attributes:
        settings: The settings of the project with the options of the command line; None for none.
        switched_off: The codes of the rules that they leave out, in the order of the rules.
    """

    settings: Settings | None = None
    switched_off: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings, book: RuleBook) -> SettingsUsed:
        """Return the settings, with the codes of the rules that they switch off."""
        off = set(book.choose(settings.ignore))
        if settings.select is not None:
            off.update({rule.code for rule in book.rules} - book.choose(settings.select))
        codes = (rule.code for rule in book.rules)
        return cls(settings, tuple(code for code in codes if code in off))

    @property
    def file(self) -> str | None:
        """The name of the file for display; None if there is none."""
        file = self.settings.file if self.settings is not None else None
        return displayed(str(file)) if file is not None else None

    def line(self, lang: Lang) -> str | None:
        """Return the file and its effects on one line, None if nothing differs from no settings."""
        effects = say(lang, "；", "; ").join(self._effects(lang))
        if self.file is None:
            return say(lang, f"设置：{effects}", f"settings: {effects}") if effects else None
        head = say(lang, f"设置文件 {self.file}", f"settings file {self.file}")
        return say(lang, "：", ": ").join(filter(None, (head, effects)))

    def record(self) -> dict[str, Any] | None:
        """Return a JSON object; None if the check has no settings."""
        settings = self.settings
        if settings is None:
            return None
        return {
            "file": self.file,
            "select": None if settings.select is None else list(settings.select),
            "ignore": list(settings.ignore),
            "severity": dict(settings.severity),
            "fail_on": settings.fail_on,
            "waivers": len(settings.waivers),
            "switched_off": list(self.switched_off),
        }

    def _effects(self, lang: Lang) -> Iterator[str]:
        settings = self.settings
        if settings is None:
            return
        if settings.select is not None:
            codes = " ".join(settings.select)
            yield say(lang, f"只校验 {codes}", f"only {codes}")
        if settings.ignore:
            codes = " ".join(settings.ignore)
            yield say(lang, f"不校验 {codes}", f"without {codes}")
        if number := len(self.switched_off):
            yield say(lang, f"停用规则 {number} 条", f"rules switched off: {number}")
        for code, severity in settings.severity.items():
            yield f"{code} {say(lang, '级别改为', 'has severity ')}{say(lang, *SEVERITY[severity])}"
        if settings.waivers:
            number = len(settings.waivers)
            yield say(lang, f"豁免 {number} 条", f"waivers: {number}")
        if settings.fail_on != "error":
            yield say(lang, f"退出码取决于 {settings.fail_on}", f"fail-on {settings.fail_on}")
