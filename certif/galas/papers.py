"""What is typeset of a gala: the order of the evening, slides, diplomas, trophies, the press list, the room. In French, as what is handed
out and posted up must be; slides in English too, diplomas in the language of each person. Names follow what was agreed to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from certif import badges
from certif.documents import typeset
from certif.galas.evening import Line, begins_at, clock_time, length, run_sheet_of
from certif.galas.guest_queries import seating_of
from certif.galas.honours import WORDS_A_MINUTE, Honour, honours_of
from certif.galas.model import Gala
from certif.galas.queries import name_of
from certif.kit import sent_files
from certif.kit.languages import _, format_day, speaking
from certif.programs import version_in_force
from certif.visibility import logo_for

BRAND = "#0f4a3c"


def order_pdf(gala: Gala) -> bytes:
    """Typeset the order of the evening, for those on stage and behind it. Gives: PDF, tagged, US Letter on its side."""
    lines = run_sheet_of(gala)
    data = {
        **_said(gala), "title": _("Déroulement"), "lines": [_line(line) for line in lines],
        "heads": [_("Heure"), _("Durée"), _("Moment"), _("À dire"), _("Table"), _("Scène")],
        "note": _("Lecture à %(pace)s mots par minute. Un nom sans consentement n’est ni dit ni montré.", pace=WORDS_A_MINUTE),
        "end": _("Fin prévue : %(hour)s", hour=clock_time(lines[-1].ends_at)) if lines else _("Rien n’est encore inscrit."),
    }  # fmt: skip
    return typeset("gala_order", data, "fr")


def slides_pdf(gala: Gala, spoken: str = "fr") -> bytes:
    """Typeset a slide for each laureate, after one of the evening; what a student wrote stays as it was. Gives: PDF, tagged, 16 by 9."""
    with speaking(spoken):
        shown = [{**_honour(one), "with": _with(one), "citation": one.citation, "photo": _photo(one)} for one in honours_of(gala)]
        return typeset("gala_slides", {**_said(gala), "title": name_of(gala), "slides": shown}, spoken)


def english_slides_pdf(gala: Gala) -> bytes:
    """Typeset the slides in English."""
    return slides_pdf(gala, "en")


def diplomas_pdf(gala: Gala) -> bytes:
    """Typeset a French diploma for each person who may be named: the boss, and the student. Gives: PDF, tagged, US Letter on its side."""
    return _diplomas_pdf(gala, [_diploma(gala, one, "fr") for one in _graduates(gala)])


def own_diplomas_pdf(gala: Gala) -> bytes:
    """Typeset the same diplomas, each in the language of the person: that of the nomination, and of the employer’s letters."""
    return _diplomas_pdf(gala, [_diploma(gala, one, one.spoken) for one in _graduates(gala)])


def trophies_pdf(gala: Gala) -> bytes:
    """Typeset a proof of what is engraved. Gives: PDF, tagged, US Letter."""
    texts = trophies_of(gala, honours_of(gala))
    note = _("Épreuve à faire signer avant la gravure. Accents et majuscules sont à graver tels quels.")
    return typeset("gala_trophies", {**_said(gala), "title": _("Textes des trophées"), "texts": texts, "note": note}, "fr")


def press_pdf(gala: Gala) -> bytes:
    """Typeset the list for the press: public facts of those who agreed, and until when they are kept quiet. Gives: PDF, tagged."""
    told = [_honour(one) for one in honours_of(gala) if one.names_employer]
    data = {
        **_said(gala), "title": _("Liste des lauréates et lauréats"), "laureates": told, "embargo": _embargo(gala),
        "heads": [_("Prix"), _("Employeur"), _("Élève"), _("Municipalité")], "empty": _("Personne ne peut encore être nommé en public."),
        "note": _("Tous ces employeurs ont accepté d’être nommés. « Une ou un élève » : cette personne a préféré le rester."),
        "contact": _("Renseignements : %(body)s", body=gala.program.body.name),
    }  # fmt: skip
    return typeset("gala_press", data, "fr")


def room_pdf(gala: Gala) -> bytes:
    """Typeset the plan of the room: each table with those who sit there. Gives: PDF, tagged, US Letter."""
    tables = [
        {
            "name": _table(one.table.name),
            "count": _("%(taken)s places sur %(seats)s", taken=one.taken, seats=one.table.seats),
            "guests": [{"name": guest.name, "body": guest.body, "seats": _numbers(numbers)} for guest, numbers in one.guests],
        }
        for one in seating_of(gala)
    ]
    return typeset("gala_room", {**_said(gala), "title": _("Plan de la salle"), "tables": tables, "empty": _("Aucune table.")}, "fr")


def cards_pdf(gala: Gala) -> bytes:
    """Typeset the cards that stand on the tables, one a seat, six a sheet, to be cut and folded. Gives: PDF, tagged, US Letter."""
    cards = [
        {"name": guest.name if number == 0 else _("Avec %(name)s", name=guest.name), "body": guest.body, "table": _table(one.table.name)}
        for one in seating_of(gala)
        for guest, numbers in one.guests
        for number, _seat in enumerate(numbers)
    ]
    return typeset(
        "gala_cards", {**_said(gala), "title": _("Marque-places"), "cards": cards, "empty": _("Personne n’est encore placé.")}, "fr"
    )


PAPERS: dict[str, Callable[[Gala], bytes]] = {
    "deroulement": order_pdf, "projection": slides_pdf, "projection-anglais": english_slides_pdf, "diplomes": diplomas_pdf,
    "diplomes-selon-la-langue": own_diplomas_pdf, "trophees": trophies_pdf, "presse": press_pdf,
    "salle": room_pdf, "marque-places": cards_pdf,
}  # fmt: skip


def trophies_of(gala: Gala, honours: Sequence[Honour]) -> list[dict[str, Any]]:
    """Give the lines to engrave for each laureate who may be named."""
    named = [one for one in honours if one.names_employer]
    with speaking("fr"):
        return [{"prize": one.prize, "lines": [line for line in _engraved(gala, one) if line]} for one in named]


def _engraved(gala: Gala, honour: Honour) -> list[str]:
    return [
        honour.prize, honour.employer, honour.boss, _("nommé par %(student)s", student=honour.student) if honour.names_student else "",
        f"{gala.name_fr}, {gala.held_on.year}",
    ]  # fmt: skip


def _said(gala: Gala) -> dict[str, Any]:
    version, body = version_in_force(gala.program), gala.program.body.name
    return {
        "name": name_of(gala), "organiser": gala.organiser, "day": format_day(gala.held_on), "hour": clock_time(begins_at(gala)),
        "place": gala.place, "address": gala.address, "program": gala.program.name, "body": body,
        "colour": version.rules.colours.primary if version else BRAND, "logo": logo_for(version.rules.logo if version else None, body),
    }  # fmt: skip


def _honour(honour: Honour) -> dict[str, str]:
    sponsor = _("présenté par %(sponsor)s", sponsor=honour.sponsor) if honour.sponsor else ""
    return {
        "prize": honour.prize, "sponsor": sponsor, "employer": honour.employer, "boss": honour.boss, "student": honour.student,
        "place": honour.place,
    }  # fmt: skip


def _with(honour: Honour) -> str:
    return _("avec %(student)s", student=honour.student) if honour.student else ""


def _line(line: Line) -> dict[str, Any]:
    moment, honour = line.moment, line.honour
    said = [_spoken(honour.boss, honour.boss_said), _spoken(honour.student, honour.student_said)] if honour else []
    return {
        "hour": clock_time(line.starts_at), "length": length(moment.seconds), "kind": line.kind, "title": line.title,
        "is_award": honour is not None, "said": [one for one in said if one], "citation": honour.citation if honour else "",
        "reading": _("Lecture : %(length)s", length=length(line.reading)) if line.reading else "", "seat": ", ".join(line.seats),
        "aside": [part for part in _aside(line) if part], "photo": _photo(honour) if honour else None,
    }  # fmt: skip


def _aside(line: Line) -> list[str]:
    moment, honour = line.moment, line.honour
    return [
        _("Présente : %(name)s", name=moment.presenter) if moment.presenter else "",
        _("Musique : %(music)s", music=moment.music) if moment.music else "",
        moment.notes,
        _("À régler : %(missing)s", missing=", ".join(honour.missing)) if honour and honour.missing else "",
        _("Citation retenue : elle nomme quelqu’un sans son consentement.") if honour and honour.names_too_much else "",
    ]


def _spoken(name: str, said: str) -> str:
    return f"{name} [{said}]" if name and said else name


@dataclass(frozen=True)
class _Graduate:
    """Someone who is handed a diploma. `is_student`: else, the boss, or the employer where nobody is named. `spoken`, their language."""

    honour: Honour
    is_student: bool
    spoken: str


def _graduates(gala: Gala) -> list[_Graduate]:
    found = []
    for honour in honours_of(gala):
        nomination, place = honour.laureate.nomination, honour.laureate.boss.establishment
        if honour.names_employer:
            found.append(_Graduate(honour, False, place.employer.language if place else "fr"))
        if honour.names_student:
            found.append(_Graduate(honour, True, nomination.language if nomination else "fr"))
    return found


def _diploma(gala: Gala, graduate: _Graduate, spoken: str) -> dict[str, str]:
    honour = graduate.honour
    with speaking(spoken):
        said = {
            "language": spoken, "attests": _("remet ce diplôme à"), "name": name_of(gala), "day": format_day(gala.held_on),
            "prize": honour.prize, "sponsor": _honour(honour)["sponsor"],
        }  # fmt: skip
        if graduate.is_student:
            beneath = _("avec %(employer)s", employer=honour.employer) if honour.names_employer else ""
            return {**said, "person": honour.student, "beneath": beneath, "reason": _("qui a su nommer ce qui fait un bon employeur")}
        name, beneath = (honour.boss, honour.employer) if honour.boss else (honour.employer, honour.place)
        reason = _("dont l’appui permet à des élèves de travailler et de réussir leurs études")
        return {**said, "person": name, "beneath": beneath, "reason": reason}


def _diplomas_pdf(gala: Gala, sheets: Sequence[dict[str, str]]) -> bytes:
    told = {"title": _("Diplômes"), "empty": _("Personne ne peut encore être nommé.")}
    return typeset("gala_diplomas", {**_said(gala), **told, "sheets": sheets}, "fr")


def _photo(honour: Honour) -> dict[str, str] | None:
    if honour.photo is None:
        return None
    name = honour.boss or honour.student
    return {"svg": badges.as_svg(sent_files.fetch(honour.photo).content), "alt": _("Photo de %(name)s", name=name)}


def _embargo(gala: Gala) -> str:
    if gala.lift is not None:
        return _("Pour diffusion immédiate.")
    return _("SOUS EMBARGO jusqu’à la soirée du %(day)s.", day=format_day(gala.held_on))


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _table(name: str) -> str:
    return _("Table %(name)s", name=name) if name.isdecimal() else name
