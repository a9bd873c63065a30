"""Settings of a project about rules, in `gischema.toml` or `pyproject.toml`."""

from gischema.rules.waivers import waiver_of
from gischema.settings.confirmed import ConfirmedReading, ConfirmedReadings, load_confirmed
from gischema.settings.errors import SettingsError
from gischema.settings.files import find_settings, load_settings, load_waivers, waivers_toml
from gischema.settings.model import FailOn, Settings

__all__ = [
    "ConfirmedReading",
    "ConfirmedReadings",
    "FailOn",
    "Settings",
    "SettingsError",
    "find_settings",
    "load_confirmed",
    "load_settings",
    "load_waivers",
    "waiver_of",
    "waivers_toml",
]
