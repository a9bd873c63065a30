"""Why a value stands where it stands: the evidence of clerks, the debugger of plugin authors."""

from gischema.tracing.model import LabelMatch, PlacePrinted, Trace, WeighedForm
from gischema.tracing.trace import trace_figure

__all__ = ["LabelMatch", "PlacePrinted", "Trace", "WeighedForm", "trace_figure"]
