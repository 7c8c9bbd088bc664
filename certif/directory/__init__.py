"""THE DIRECTORY: who is certified and where, for anyone; what employers say of themselves; and how often their codes are opened."""

from certif.directory.folding import fold, rebuild
from certif.directory.frames import TALL as TALL_FRAME
from certif.directory.frames import frame_code, question_in
from certif.directory.profiles import EmployerProfile, said
from certif.directory.queries import code_ranges, codes_between
from certif.directory.scans import note
from certif.directory.words import variants_of

__all__ = [
    "TALL_FRAME",
    "EmployerProfile",
    "code_ranges",
    "codes_between",
    "fold",
    "frame_code",
    "note",
    "question_in",
    "rebuild",
    "said",
    "variants_of",
]
