"""Questionnaires as files: those that come with the platform, and those of regions."""

from __future__ import annotations

import hashlib
from pathlib import Path

from certif.kit.plain_files import read_plain, write_plain
from certif.surveys.checking import definition_from
from certif.surveys.definitions import Definition, as_json

SHIPPED = Path(__file__).parent / "questionnaires"


def read_questionnaire(content: str | bytes) -> Definition:
    """Give the questionnaire that a file holds.

    Refuses (`FaultyFile`): what is no file of plain data, or says what is not understood; each fault with its line and what to do.
    """
    return definition_from(*read_plain(content))


def write_questionnaire(definition: Definition) -> str:
    """Give the file of a questionnaire; read and written again, it is the same to the last byte."""
    return write_plain(as_json(definition))


def shipped() -> dict[str, Definition]:
    """Give the questionnaires that come with the platform, by slug."""
    found = (read_questionnaire(path.read_bytes()) for path in sorted(SHIPPED.glob("*.yaml")))
    return {definition.slug: definition for definition in found}


def digest_of_shipped() -> str:
    """Give the SHA-256 (hex) of the files that come with the platform."""
    whole = hashlib.sha256()
    for path in sorted(SHIPPED.glob("*.yaml")):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()
