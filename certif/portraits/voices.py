"""Who speaks in a portrait: students first; parents and teachers where they were asked, each read apart."""

from __future__ import annotations

from certif.kit.languages import _, _l
from certif.portraits.model import PortraitRelease
from certif.portraits.reading import Reading, reading_of
from certif.portraits.telling import Told
from certif.portraits.withholding import WHOLE
from certif.surveys import Audience

VOICES = {
    Audience.STUDENTS: _l("Élèves"), Audience.PARENTS: _l("Parents"), Audience.TEACHERS: _l("Personnel enseignant"),
}  # fmt: skip
ADDRESSES = {Audience.STUDENTS: "eleves", Audience.PARENTS: "parents", Audience.TEACHERS: "personnel-enseignant"}
"""Each voice as addresses and files name it."""


def voices_in(told: Told) -> list[Audience]:
    """Give the voices that are heard in a release."""
    return [voice for voice in Audience if (one := told_by_voice(told, voice)) and one["people"][WHOLE][""][0]]


def told_by_voice(told: Told, voice: Audience) -> Told | None:
    """Give what one voice tells, fit to be read as a whole release; None where it does not speak."""
    if voice is Audience.STUDENTS:
        return told
    theirs = told.get("voices", {}).get(voice)
    return {**told, **theirs, "totals": {}, "voices": {}} if theirs else None


def reading_for(releases: list[PortraitRelease], address: str | None) -> tuple[Reading, list[Audience]]:
    """Give the voice that an address names, in the first of these releases, and all those that are heard in it.

    Where it names none of them, it is the first one.
    """
    reading = reading_of(releases)
    heard = voices_in(reading.told)
    voice = next((one for one in heard if ADDRESSES[one] == address), heard[0] if heard else Audience.STUDENTS)
    theirs = told_by_voice(reading.told, voice)
    return (reading if voice is Audience.STUDENTS or not theirs else Reading(theirs, ())), heard


def others_in(reading: Reading) -> list[Reading]:
    """Give the voices that are heard beside that of students."""
    found = (told_by_voice(reading.told, voice) for voice in voices_in(reading.told) if voice is not Audience.STUDENTS)
    return [Reading(one, (), is_preview=reading.is_preview) for one in found if one]


def voice_of(reading: Reading) -> Audience:
    """Give who speaks."""
    return Audience(reading.told.get("voice", Audience.STUDENTS))


def name_of(reading: Reading) -> str:
    """Give who speaks, in words."""
    return str(VOICES[voice_of(reading)])


def answered(reading: Reading, count: str) -> str:
    """Say how many answered. Takes: `count`, the number as a reader expects it."""
    voice = voice_of(reading)
    if voice is Audience.PARENTS:
        return _("%(count)s parents ont répondu, sans que personne puisse savoir qui.", count=count)
    if voice is Audience.TEACHERS:
        return _("%(count)s membres du personnel enseignant ont répondu, sans que personne puisse savoir qui.", count=count)
    return _("%(count)s élèves ont répondu, sans que personne puisse savoir qui.", count=count)
