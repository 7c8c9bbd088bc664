"""THE DIRECTORY: who is certified and where, for anyone; what employers say of themselves; and how often their codes are opened."""

from certif.directory.folding import fold, rebuild
from certif.directory.profiles import EmployerProfile, said
from certif.directory.queries import code_ranges, codes_between
from certif.directory.scans import note

__all__ = ["EmployerProfile", "code_ranges", "codes_between", "fold", "note", "rebuild", "said"]
