"""Check the code of a printed certificate of Certif, without any network. It needs Python 3.9 or newer, and nothing else.

    python3 verifier-attestation.py CODE --keys did.json      CODE is the whole address in the QR code, or what follows its #
    python3 verifier-attestation.py CODE --keys did.json --lang en

`did.json` holds the keys of who signs; fetch it once from the site, at /.well-known/did.json, and keep it. Without a network nobody can
say whether a certificate was withdrawn since: the site can. Exit status: 0 when it is good and still runs, 1 when not.
"""

from __future__ import annotations

import argparse
import base64
import datetime as dt
import json
import re
import sys
from pathlib import Path

from certif.kit.ed25519 import read_multikey, verifies

PURPOSE = b"certif-attestation-1\n"
NAMES = ("code", "number", "name", "municipality", "level", "until")
SAID = {
    "fr": {
        "good": "Signature bonne. {name}, {municipality}. {levels}Certification no {number}, jusqu’au {until}.\n"
        "Un retrait ne se voit qu’en ligne, avec le code {code}.",
        "ended": "Signature bonne, mais la certification est échue depuis le {until}. {name}, {municipality}, no {number}.",
        "forged": "Ce code n’a pas été signé par ces clés : ne vous y fiez pas.",
        "unreadable": "Ce texte n’est pas le code d’une attestation. Copiez-le en entier.",
        "level": "Niveau : {level}. ",
        "keys": "Ce fichier ne donne aucune clé : {path}",
    },
    "en": {
        "good": "The signature is good. {name}, {municipality}. {levels}Certification no. {number}, until {until}.\n"
        "Whether it was withdrawn can only be seen online, with the code {code}.",
        "ended": "The signature is good, but the certification ended on {until}. {name}, {municipality}, no. {number}.",
        "forged": "These keys did not sign this code: do not rely on it.",
        "unreadable": "This text is not the code of a certificate. Copy all of it.",
        "level": "Level: {level}. ",
        "keys": "This file gives no key: {path}",
    },
}


def read_code(text: str) -> tuple[bytes, bytes]:
    """Give the signature and the signed text of a code, however it was copied. ValueError: it is none."""
    packed = "".join(text.rsplit("#", 1)[-1].split()).upper()
    whole = base64.b32decode(packed + "=" * (-len(packed) % 8))
    if len(whole) <= 64:
        raise ValueError("too short")
    return whole[:64], whole[64:]


def read_certificate(text: bytes) -> dict[str, str]:
    """Give what a certificate says. ValueError: it says something else."""
    lines = text.decode().split("\n")
    if len(lines) != len(NAMES):
        raise ValueError("another shape")
    dt.date.fromisoformat(lines[-1])
    return dict(zip(NAMES, lines))  # noqa: B905 — as many, and Python 3.9 has no `strict`


def read_keys(path: Path) -> list[bytes]:
    """Give the keys in a `did.json`; none where there is none."""
    try:
        methods = json.loads(path.read_bytes())["verificationMethod"]
        return [read_multikey(method["publicKeyMultibase"]) for method in methods]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def judge(code: str, keys: list[bytes], today: dt.date) -> tuple[str, dict[str, str]]:
    """Give the name of the sentence that says what a code is worth, and what fills it in."""
    try:
        signature, text = read_code(code)
        said = read_certificate(text)
    except ValueError:
        return "unreadable", {}
    if not any(verifies(key, PURPOSE + text, signature) for key in keys):
        return "forged", {}
    return "ended" if dt.date.fromisoformat(said["until"]) < today else "good", said


def main(words: list[str]) -> int:
    """Do what was asked, and say what came of it. Gives: the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("code")
    parser.add_argument("--keys", type=Path, default=Path("did.json"))
    parser.add_argument("--lang", choices=sorted(SAID), default="fr")
    asked = parser.parse_args(words)
    keys = read_keys(asked.keys)
    name, said = judge(asked.code, keys, dt.date.today()) if keys else ("keys", {"path": str(asked.keys)})  # noqa: DTZ011 — the day of whoever runs it
    level = re.sub(r"^(niveau|level)\s+(?=\S)", "", said.get("level", ""), flags=re.IGNORECASE)  # its name may begin with the word
    levels = SAID[asked.lang]["level"].format(level=level) if level else ""
    (sys.stdout if name == "good" else sys.stderr).write(SAID[asked.lang][name].format(**said, levels=levels) + "\n")
    return 0 if name == "good" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
