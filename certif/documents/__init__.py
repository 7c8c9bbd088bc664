"""What is printed: pages typeset as tagged PDF, sealed with the platform's own key, and checked. It knows how, never who."""

from certif.documents.sealing import SealingKey, Verdict, check, pages_in, seal, sealing_key
from certif.documents.typesetting import PRESSES, preview, typeset

__all__ = ["PRESSES", "SealingKey", "Verdict", "check", "pages_in", "preview", "seal", "sealing_key", "typeset"]
