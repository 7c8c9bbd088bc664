"""Check an archive of the public register of Certif, and bring it up to date. It needs Python 3.9 or newer, and nothing else.

    python3 verifier.py FOLDER                      check what is in FOLDER
    python3 verifier.py FOLDER --from ADDRESS       fetch what is missing from the site first, then check
    python3 verifier.py FOLDER --lang en            say it in English

FOLDER holds `registre.jsonl` (one signed day a line), `did.json` (the keys of who signs) and `pages/` (the names, a page a file).
What is in FOLDER is never replaced: a site that tells a past day otherwise is caught. Exit status: 0 when all holds, 1 when not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from certif.kit.ed25519 import read_multikey, verifies

START = "0" * 64
SAID = {
    "fr": {
        "good": "Tout tient : {days} jour(s), du {first} au {last}, {lines} inscriptions le dernier jour, {pages} pages.",
        "empty": "L’archive est vide : lancez d’abord avec --from et l’adresse du site.",
        "signature": "{day} : la signature n’est pas celle de qui signe le registre.",
        "key": "{day} : la clé qui signe n’est pas parmi celles de did.json.",
        "chain": "{day} : ce jour ne suit pas celui d’avant. Un jour a été retiré, ajouté ou réécrit.",
        "missing": "{day} : la page {digest} manque.",
        "page": "{day} : la page {digest} n’est pas ce qui a été signé.",
        "count": "{day} : le nombre d’inscriptions n’est pas celui qui a été signé.",
        "shape": "Ligne {number} de registre.jsonl : ce n’est pas un jour du registre.",
        "rewritten": "Le site ne dit plus la même chose que votre copie : la ligne {number} a été réécrite ou retirée. Gardez votre copie.",
        "lost_key": "Le site ne publie plus une clé que votre copie connaît. Votre did.json est gardé.",
        "fetch": "{address} ne répond pas : {problem}",
    },
    "en": {
        "good": "Everything holds: {days} day(s), from {first} to {last}, {lines} entries on the last day, {pages} pages.",
        "empty": "The archive is empty: run with --from and the address of the site first.",
        "signature": "{day}: the signature is not that of who signs the register.",
        "key": "{day}: the key that signs is not among those of did.json.",
        "chain": "{day}: this day does not follow from the one before. A day was removed, added or rewritten.",
        "missing": "{day}: page {digest} is missing.",
        "page": "{day}: page {digest} is not what was signed.",
        "count": "{day}: the number of entries is not the one that was signed.",
        "shape": "Line {number} of registre.jsonl: this is no day of the register.",
        "rewritten": "The site no longer says what your copy says: line {number} was rewritten or removed. Keep your copy.",
        "lost_key": "The site no longer publishes a key that your copy knows. Your did.json is kept.",
        "fetch": "{address} does not answer: {problem}",
    },
}


class Broken(Exception):
    """Something does not hold. `args`: the name of the sentence that says it, and what fills it in."""

    def sentence(self, language: str) -> str:
        """Say it."""
        return SAID[language][self.args[0]].format(**self.args[1])


def names_of_keys(document: bytes) -> set[str]:
    """Give the names of the keys in a `did.json`."""
    return {method["publicKeyMultibase"] for method in json.loads(document)["verificationMethod"]}


def days_in(text: bytes) -> list[dict[str, str]]:
    """Read the signed days, one a line."""
    days = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            day = json.loads(line)
            days.append({"statement": day["statement"], "signature": day["signature"]})
        except (ValueError, KeyError, TypeError):
            raise Broken("shape", {"number": number}) from None
    return days


def check_day(day: dict[str, str], said: dict, previous: str, keys: set[str]) -> None:  # type: ignore[type-arg]
    """Check that a day is signed by one of `keys`, and follows the statement whose digest is `previous`."""
    told = {"day": said["day"]}
    if said["key"] not in keys:
        raise Broken("key", told)
    if not verifies(read_multikey(said["key"]), day["statement"].encode(), bytes.fromhex(day["signature"])):
        raise Broken("signature", told)
    if said["previous"] != previous:
        raise Broken("chain", told)


def check_page(folder: Path, page: dict, day: str) -> None:  # type: ignore[type-arg]
    """Check that a page is there, and is what its name says."""
    told = {"day": day, "digest": page["digest"]}
    path = folder / "pages" / f"{page['digest']}.jsonl"
    if not path.is_file():
        raise Broken("missing", told)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != page["digest"] or content.count(b"\n") != page["lines"]:
        raise Broken("page", told)


def check(folder: Path) -> dict[str, object]:
    """Check a whole archive, one page in memory at a time. Gives: what `good` says. Broken: the first thing that does not hold."""
    chain = folder / "registre.jsonl"
    days = days_in(chain.read_bytes()) if chain.is_file() else []
    if not days:
        raise Broken("empty", {})
    keys, sound = names_of_keys((folder / "did.json").read_bytes()), set()
    previous, first, last = START, None, ""
    for number, day in enumerate(days, 1):
        said = json.loads(day["statement"])
        check_day(day, said, previous, keys)
        if said["number"] != number or said["day"] <= last:
            raise Broken("chain", {"day": said["day"]})
        for page in said["pages"]:
            if page["digest"] not in sound:
                check_page(folder, page, said["day"])
                sound.add(page["digest"])
        if said["lines"] != sum(page["lines"] for page in said["pages"]):
            raise Broken("count", {"day": said["day"]})
        first, last = first or said["day"], said["day"]
        previous = hashlib.sha256(day["statement"].encode()).hexdigest()
    return {"days": len(days), "first": first, "last": last, "lines": said["lines"], "pages": len(sound)}


def bring_up_to_date(folder: Path, read: Callable[[str], bytes]) -> None:
    """Add to an archive what the site has published since, and replace nothing. Takes: `read`, which reads a path of the site.

    Broken: a site that tells otherwise a day that the archive holds, or hides a key that it knows.
    """
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    chain, keys = folder / "registre.jsonl", folder / "did.json"
    held = days_in(chain.read_bytes()) if chain.is_file() else []
    document = read("/.well-known/did.json")
    if keys.is_file() and not names_of_keys(keys.read_bytes()) <= names_of_keys(document):
        raise Broken("lost_key", {})
    keys.write_bytes(document)
    told = days_in(read("/registre.jsonl"))
    for number, day in enumerate(held, 1):
        if number > len(told) or told[number - 1] != day:
            raise Broken("rewritten", {"number": number})
    for day in told:
        for page in json.loads(day["statement"])["pages"]:
            path = folder / "pages" / f"{page['digest']}.jsonl"
            if not path.is_file() and page["digest"].isalnum():
                content = read(f"/registre/pages/{page['digest']}.jsonl")
                if hashlib.sha256(content).hexdigest() != page["digest"]:
                    raise Broken("page", {"day": json.loads(day["statement"])["day"], "digest": page["digest"]})
                path.write_bytes(content)
    with chain.open("a", encoding="utf-8", newline="\n") as file:
        for day in told[len(held) :]:
            file.write(json.dumps(day, ensure_ascii=False) + "\n")


def reader_of(address: str) -> Callable[[str], bytes]:
    """Give what reads the paths of a site."""

    def read(path: str) -> bytes:
        try:
            with urllib.request.urlopen(address.rstrip("/") + path, timeout=60) as answer:  # noqa: S310 — the address is the caller's
                return bytes(answer.read())
        except (urllib.error.URLError, OSError) as problem:
            raise Broken("fetch", {"address": address.rstrip("/") + path, "problem": problem}) from None

    return read


def main(words: list[str]) -> int:
    """Do what was asked, and say what came of it. Gives: the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--from", dest="address", metavar="ADDRESS")
    parser.add_argument("--lang", choices=sorted(SAID), default="fr")
    asked = parser.parse_args(words)
    try:
        if asked.address:
            bring_up_to_date(asked.folder, reader_of(asked.address))
        said = SAID[asked.lang]["good"].format(**check(asked.folder))
    except Broken as broken:
        said, status = broken.sentence(asked.lang), 1
    else:
        status = 0
    (sys.stderr if status else sys.stdout).write(f"{said}\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
