"""What is printed: pages typeset as tagged PDF, sealed with the platform's own key, and checked. It knows how, never who."""

from certif.documents.sealing import SealingKey, Verdict, check, pages_in, seal, sealing_key
from certif.documents.stamping import Stamp, ask_for_stamp, read_stamp
from certif.documents.typesetting import PRESSES, preview, typeset

__all__ = [
    "PRESSES",
    "SealingKey",
    "Stamp",
    "Verdict",
    "ask_for_stamp",
    "check",
    "pages_in",
    "preview",
    "read_stamp",
    "seal",
    "sealing_key",
    "typeset",
]
