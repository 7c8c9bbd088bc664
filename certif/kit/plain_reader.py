"""From plain data to values: whatever is not understood is refused, and each fault says where it is and what to do."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from certif.kit.errors import Refusal
from certif.kit.languages import _

Path = tuple[str | int, ...]
"""Where something is: the keys and the places that lead to it."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
MOST_ITEMS, MOST_SIGNS = 40, 1500


class FaultyFile(Refusal):
    """A file that cannot be read. `faults`: a sentence for each thing to change, with its line where there is a file."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


class PlainReader:
    """Reads plain data part by part, and notes every fault rather than stop at the first.

    Takes: `lines`, on which line of the file each part is; none where there is no file.
    """

    def __init__(self, lines: Mapping[Path, int] | None = None) -> None:
        self.lines, self.faults = lines or {}, list[str]()

    def settle(self) -> None:
        """Refuse (`FaultyFile`) what was read, when something of it was not understood."""
        if self.faults:
            raise FaultyFile(self.faults)

    def blame(self, where: Path, sentence: str) -> None:
        """Note what is wrong, and where."""
        line = next((self.lines[where[:end]] for end in range(len(where), -1, -1) if where[:end] in self.lines), None)
        place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in where)
        if line is not None:
            sentence = _("Ligne %(line)s, « %(place)s » : %(sentence)s", line=line, place=place or "…", sentence=sentence)
        elif place:
            sentence = _("« %(place)s » : %(sentence)s", place=place, sentence=sentence)
        self.faults.append(str(sentence))

    def table(self, given: Any, known: Collection[str], needed: Collection[str], where: Path) -> dict[str, Any]:
        """Give a table of known keys."""
        if not isinstance(given, dict):
            self.blame(where, _("écrivez ici des clés et leurs valeurs."))
            return {}
        for name in given:
            if name not in known:
                self.blame((*where, name), _("cette clé est inconnue ; celles qui le sont : %(known)s.", known=", ".join(sorted(known))))
        for name in sorted(set(needed) - set(given)):
            self.blame(where, _("il manque la clé « %(name)s ».", name=name))
        return given

    def list_of(self, given: Any, where: Path, most: int = MOST_ITEMS, *, least: int = 0) -> list[Any]:
        """Give a list that is neither too long nor too short."""
        if not isinstance(given, list) or len(given) < least:
            if given is not None:
                self.blame(where, _("écrivez ici une liste, un tiret devant chaque élément."))
            return []
        if len(given) > most:
            self.blame(where, _("gardez au plus %(most)s éléments.", most=most))
        return given[:most]

    def names(self, given: Any, where: Path) -> tuple[str, ...]:
        """Give a list of names."""
        return tuple(self.name(one, where) for one in self.list_of(given, where))

    def name(self, given: Any, where: Path) -> str:
        """Give a name for machines."""
        if given is None:
            return ""  # a missing key has been said
        if not isinstance(given, str) or not _NAME.fullmatch(given):
            self.blame(where, _("écrivez un nom en minuscules sans accent, chiffres, tirets et traits bas permis, de 40 signes au plus."))
            return ""
        return given

    def line(self, given: Any, where: Path, most: int = MOST_SIGNS) -> str:
        """Give words on one line."""
        if not isinstance(given, str) or not given.strip() or len(given) > most or _CONTROL.search(given):
            self.blame(where, _("écrivez un texte d’une ligne, de %(most)s signes au plus.", most=most))
        return str(given).strip()

    def text(self, given: Any, where: Path, most: int) -> str:
        """Give words on as many lines as they need, or none."""
        words = str(given) if given is not None else ""
        if isinstance(given, dict | list) or len(words) > most or _CONTROL.search(words.replace("\n", " ")):
            self.blame(where, _("écrivez un texte de %(most)s signes au plus.", most=most))
            return ""
        return words.strip()

    def one_of(self, given: Any, known: tuple[str, ...], where: Path) -> str:
        """Give one of the words that are understood."""
        if given is None:
            return known[0]
        if given not in known:
            self.blame(where, _("choisissez parmi %(known)s.", known=", ".join(known)))
            return known[0]
        return str(given)

    def whole(self, given: Any, where: Path, most: int) -> int | None:
        """Give a whole number that is not negative, or None."""
        if given is None:
            return None
        text = str(given)
        if isinstance(given, bool) or not re.fullmatch(r"[0-9]{1,9}", text) or int(text) > most:
            self.blame(where, self.number_wanted(most))
            return None
        return int(text)

    def number_wanted(self, most: int) -> str:
        """Say which numbers are understood."""
        return _("écrivez un nombre entier, de 0 à %(most)s.", most=most)

    def yes_or_no(self, given: Any, where: Path) -> bool:
        """Give a yes or a no."""
        if str(given).lower() not in {"true", "false"}:
            self.blame(where, _("écrivez true ou false."))
        return str(given).lower() == "true"
