"""THE DIRECTORY: who is certified and where, for anyone; what employers say of themselves; and how often their codes are opened."""

from certif.directory.facets import Asked
from certif.directory.folding import fold, rebuild
from certif.directory.frames import TALL as TALL_FRAME
from certif.directory.frames import frame_code, question_in
from certif.directory.profiles import EmployerProfile, said
from certif.directory.queries import certified_among, code_ranges, codes_between
from certif.directory.scans import note
from certif.directory.search import Entry, page_of
from certif.directory.words import variants_of

__all__ = [
    "TALL_FRAME",
    "Asked",
    "EmployerProfile",
    "Entry",
    "certified_among",
    "code_ranges",
    "codes_between",
    "fold",
    "frame_code",
    "note",
    "page_of",
    "question_in",
    "rebuild",
    "said",
    "variants_of",
]
