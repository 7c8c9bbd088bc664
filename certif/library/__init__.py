"""TOOLS FOR THE FIELD. Fact sheets, kits by audience, stories and templates, in versions, and what was handed out of them; the beats of the
year and their packs; what employers say; the watch."""

from certif.library import retention, space_words
from certif.library.beat_queries import Occurrence, coming_soon
from certif.library.counting import Span, downloaded, handed_out
from certif.library.handing import hand_out, tools_of
from certif.library.model import TOOL_KINDS, TOPICS, HandOut, Tool, ToolKind, Topic, title_spoken
from certif.library.queries import public_tools, tools_to_review
from certif.library.shipped import load_tools
from certif.library.word_model import Testimonial
from certif.library.word_queries import is_told, public_testimonials, testimonials_told, testimonials_waiting, watch

__all__ = [
    "TOOL_KINDS",
    "TOPICS",
    "HandOut",
    "Occurrence",
    "Span",
    "Testimonial",
    "Tool",
    "ToolKind",
    "Topic",
    "coming_soon",
    "downloaded",
    "hand_out",
    "handed_out",
    "is_told",
    "load_tools",
    "public_testimonials",
    "public_tools",
    "retention",
    "space_words",
    "testimonials_told",
    "testimonials_waiting",
    "title_spoken",
    "tools_of",
    "tools_to_review",
    "watch",
]
