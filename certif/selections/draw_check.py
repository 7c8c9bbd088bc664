"""Redo the draws, the rankings and the votes of a contest, with nothing but Python.

    python3 verifier-tirage.py tirage.json             check a file that was kept
    python3 verifier-tirage.py https://…/tirage.json   fetch it first
    python3 verifier-tirage.py tirage.json --lang en   say it in English

It does not trust the site: it computes everything again from the seeds, the tickets and the votes.
Exit status: 0, all holds; 1, it does not.
"""

from __future__ import annotations

import hashlib
import json
import sys
import urllib.request
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any

SAID = {
    "fr": {
        "good": "Tout tient : {count} phase(s) refaite(s).",
        "coming": "{phase} : l’empreinte de la graine est publiée, la phase n’est pas close.",
        "seed": "{phase} : la graine n’est pas celle dont l’empreinte a été publiée.",
        "late": "{phase} : l’empreinte n’a pas été publiée avant le jour de la clôture.",
        "rank": "{phase} : le bulletin {ticket} n’a pas le rang que donne la recette.",
        "vote": "{phase} : le vote {number} ne suit pas de celui d’avant.",
        "tally": "{phase} : les votes du bulletin {ticket} ne s’additionnent pas.",
        "use": "Donnez un fichier tirage.json, ou son adresse.",
    },
    "en": {
        "good": "Everything holds: {count} phase(s) redone.",
        "coming": "{phase}: the digest of the seed is published, the phase is not closed.",
        "seed": "{phase}: the seed is not the one whose digest was published.",
        "late": "{phase}: the digest was not published before the day of the closing.",
        "rank": "{phase}: ticket {ticket} has not the rank that the recipe gives.",
        "vote": "{phase}: vote {number} does not follow from the one before.",
        "tally": "{phase}: the votes of ticket {ticket} do not add up.",
        "use": "Give a file tirage.json, or its address.",
    },
}


def sha256(text: str) -> str:
    """Give the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def redone(entries: list[dict[str, Any]], keeps: int | None, seed: str) -> dict[str, tuple[int, bool]]:
    """Give the rank of each ticket in its cell, and whether it is kept.

    Those that are fit come first, by score, by the place that was given among equals, then by SHA-256 of «seed ticket».
    """
    cells: dict[str, list[tuple[tuple[Any, ...], dict[str, Any]]]] = {}
    for one in entries:
        chance = sha256(f"{seed} {one['ticket']}") if seed else ""
        key = (not one["fit"], -(one["score"] or 0), one["place"] or 10**9, chance)
        cells.setdefault(one["cell"], []).append((key, one))
    found: dict[str, tuple[int, bool]] = {}
    for keyed in cells.values():
        keys = sorted(key for key, _one in keyed)
        for key, one in keyed:
            ahead, through = bisect_left(keys, key), bisect_right(keys, key)
            found[one["ticket"]] = (ahead + 1, one["fit"] and (keeps is None or through <= keeps))
    return found


def faults(phase: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Give what does not hold in a phase that is closed: the name of a sentence, and what fills it in."""
    found: list[tuple[str, dict[str, Any]]] = []
    if phase["seed"] is not None:
        if sha256(phase["seed"]) != phase["seed_digest"]:
            found.append(("seed", {}))
        if phase["committed_on"] >= phase["closed_on"]:
            found.append(("late", {}))
    due = redone(phase["entries"], phase["keeps"], phase["seed"] or "")
    found += [("rank", one) for one in phase["entries"] if due[one["ticket"]] != (one["rank"], one["kept"])]
    return found + (vote_faults(phase) if phase["votes"] is not None else [])


def vote_faults(phase: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Give what does not hold in the votes: each covers the one before, and all but those put aside add up to the scores."""
    previous, tally, aside = "", dict[str, int](), set(phase.get("aside", []))
    for number, (ticket, receipt_digest, digest) in enumerate(phase["votes"], 1):
        if sha256(f"{previous} {number} {ticket} {receipt_digest}") != digest:
            return [("vote", {"number": number})]
        previous, tally[ticket] = digest, tally.get(ticket, 0) + (number not in aside)
    return [("tally", one) for one in phase["entries"] if 1000 * tally.get(one["ticket"], 0) != (one["score"] or 0)]


def main(arguments: list[str]) -> int:
    """Check what the arguments name, and say what holds."""
    said = SAID["en" if "--lang" in arguments and arguments[arguments.index("--lang") + 1] == "en" else "fr"]
    if not arguments or arguments[0].startswith("-"):
        tell(said["use"])
        return 1
    published = json.loads(read(arguments[0]))
    closed = [one for one in published["phases"] if one["closed_on"]]
    for one in published["phases"]:
        if not one["closed_on"]:
            tell(said["coming"].format(phase=one["name"]))
    found = [said[name].format(**{**fills, "phase": one["name"]}) for one in closed for name, fills in faults(one)]
    tell("\n".join(found) or said["good"].format(count=len(closed)))
    return 1 if found else 0


def tell(sentence: str) -> None:
    """Say it, on a line of its own."""
    sys.stdout.write(f"{sentence}\n")


def read(place: str) -> str:
    """Read a file, or an address."""
    if place.startswith(("https://", "http://")):
        with urllib.request.urlopen(place, timeout=30) as answer:  # noqa: S310 — an address that whoever runs this has typed
            return str(answer.read().decode())
    return Path(place).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
