"""Hide from jurors, inside what students wrote, the names of the student, the boss and the place. Pure.

It hides too much rather than too little: each word of a name, wherever it stands, plural or with one letter wrong. What belongs to no name
(«café», «école») is hidden only where the whole name is written. Addresses, telephone numbers and links are hidden always.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from certif.kit.languages import folded

_WORD = re.compile(r"\w+")
_WAYS_TO_FIND = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w[\w.]+|(?:https?://|www\.)\S+|\b\w[\w-]*\.(?:com|ca|qc|org|net)\b\S*|\+?\d(?:[ .()-]*\d){6,}"
)
_PLAIN_WORDS = """
    au aux avec chez dans de des du en et la le les notre ou par pour sa saint sainte ses son sur un une and at for in of on our the
    m mme mlle monsieur madame mr mrs ms miss dr boss patron patronne gerant gerante
    inc ltee enr senc scoop coop cie groupe societe entreprise entreprises service services equipe
    atelier auberge bar boucherie boulangerie boutique brasserie cabane cafe camp cantine casse centre chalet cinema clinique club
    complexe construction cremerie creperie depanneur epicerie express ferme fromagerie garage garderie hotel institut jardin jardinerie
    librairie loisirs magasin maison marche musee patisserie pharmacie piscine pizza pizzeria plage quincaillerie residence resto
    restaurant salon sport sports station studio supermarche terrasse theatre
    ecole secondaire polyvalente college cegep universite school high
    ministere municipalite paroisse ville village lac cote place rue boul boulevard avenue ave chemin rang route nord sud est ouest vieux
    quebec shop store grocery bakery pharmacy town city center
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
_NEAR_FROM = 5  # shorter words that differ by one letter are often other words


@dataclass(frozen=True)
class Names:
    """What must not be read. `people`: hidden from two letters on; `places`: from three."""

    people: tuple[str, ...]
    places: tuple[str, ...]


def masked(text: str, names: Names, mark: str) -> str:
    """Give `text` with each name, and each way to reach or find someone, replaced by `mark`."""
    text = _WAYS_TO_FIND.sub(mark, text)
    words = [(found.span(), folded(found.group())) for found in _WORD.finditer(text)]
    whole, hidden = _hidden(names)
    spans = [span for span, word in words if _is_hidden(word, hidden)]
    for name in whole:
        for start in range(len(words) - len(name) + 1):
            if tuple(word for _span, word in words[start : start + len(name)]) == name:
                spans.append((words[start][0][0], words[start + len(name) - 1][0][1]))
    return _without(text, spans, mark)


def _hidden(names: Names) -> tuple[set[tuple[str, ...]], set[str]]:
    """Give the whole names, as sequences of words, and the words that are hidden wherever they stand."""
    whole: set[tuple[str, ...]] = set()
    words: set[str] = set()
    for least, given in ((2, names.people), (3, names.places)):
        for name in given:
            parts = tuple(folded(name).split())
            if parts:
                whole.add(parts)
                words |= {part for part in parts if len(part) >= least and part not in _PLAIN and not part.isdigit()}
                words |= {"".join(parts)} if len(parts) > 1 else set()
    return whole, words


def _is_hidden(word: str, hidden: Iterable[str]) -> bool:
    bare = word[:-1] if word.endswith(("s", "x")) else word
    return any(name in {word, bare} or _is_near(word, name) for name in hidden)


def _is_near(word: str, name: str) -> bool:
    """Whether one letter is wrong, missing, in excess, or swapped with the next."""
    if len(name) < _NEAR_FROM or len(word) < _NEAR_FROM or abs(len(word) - len(name)) > 1:
        return False
    while word and name and word[0] == name[0]:
        word, name = word[1:], name[1:]
    while word and name and word[-1] == name[-1]:
        word, name = word[:-1], name[:-1]
    return max(len(word), len(name)) <= 1 or (len(word) == 2 and word == name[::-1])


def _without(text: str, spans: Iterable[tuple[int, int]], mark: str) -> str:
    """Replace what the spans cover, once where they touch or only blanks part them."""
    kept: list[str] = []
    here = 0
    for start, end in sorted(spans):
        if end <= here:
            continue
        between = text[here:start] if start > here else ""
        if not (kept and kept[-1] is mark and not between.strip(" -’'")):
            kept += [between, mark]
        here = end
    return "".join(kept) + text[here:]
