"""Units, which `gischema.chinese.units` holds."""

from gischema.chinese.units import KNOWN, MONEY, is_counter, is_money, measure

__all__ = ["KNOWN", "MONEY", "is_counter", "is_money", "measure"]
