"""TOOLS FOR THE FIELD. Fact sheets, kits by audience, stories and templates; their versions, and what was handed out."""

from certif.library.handing import hand_out, tools_of
from certif.library.model import TOOL_KINDS, HandOut, Tool, ToolKind

__all__ = ["TOOL_KINDS", "HandOut", "Tool", "ToolKind", "hand_out", "tools_of"]
