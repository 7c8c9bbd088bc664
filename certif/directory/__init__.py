"""THE DIRECTORY: who is certified and where, for anyone; what employers say of themselves; and how often their codes are opened."""

from certif.directory.folding import fold, rebuild
from certif.directory.profiles import EmployerProfile, said

__all__ = ["EmployerProfile", "fold", "rebuild", "said"]
