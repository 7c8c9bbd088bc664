"""A confidentiality incident stays in the register five years, as the regulation asks: told, weighed, notified, closed, and read by few."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.settings import settings
from certif.privacy import incident_actions as actions
from certif.privacy.incident_model import IncidentAccount, IncidentStage, IncidentStep, PrivacyIncident, StepKind
from certif.privacy.incident_queries import officer_of
from tests.conftest import Mailbox
from tests.factories import make_program, make_staff, unit
from tests.privacy.making import account, make_incident, name_officer


def serious(**kwargs: Any) -> PrivacyIncident:
    """Note one that could hurt."""
    return make_incident(is_serious=True, reasons="Des adresses et des réponses.", **kwargs)


def done(incident: PrivacyIncident, *kinds: StepKind) -> None:
    """Note what was done, today."""
    with unit():
        for kind in kinds:
            actions.note_step(incident, kind, clock.today(), "C’est fait.", by=make_staff(Role.ADMIN).actor)


def test_an_administrator_writes_an_incident_and_closes_it(app: Flask) -> None:
    program, admin = make_program(), make_staff(Role.ADMIN)
    page = admin.open("/personnel/incidents").follow("Inscrire un incident").fill(
        "Inscrire l’incident", program=program.slug, known_on=clock.today().isoformat(), what="Des adresses.", circumstances="Un envoi.",
        from_on=clock.today().isoformat(), people="12", risk="none", reasons="Rien d’autre que des adresses publiques.",
    )  # fmt: skip
    assert "Incident 1" in page.h1
    assert "Mesures à noter" in page.text
    page = page.follow("Noter ce qui a été fait").fill("Noter", kind="measure", done_on=clock.today().isoformat(), words="Repris.")
    page = page.fill("Clore l’incident")
    assert "Clos" in page.text
    assert "Incident 1" in admin.open("/personnel/incidents").text


def test_what_the_register_asks_is_asked_and_what_was_typed_is_kept(app: Flask) -> None:
    make_program()
    page = (
        make_staff(Role.ADMIN)
        .open("/personnel/incidents/nouveau")
        .fill("Inscrire l’incident", program="*", known_on="2031-01-01", what="Des noms.", circumstances="Une perte.", risk="serious")
    )
    assert page.status == 422
    assert page.text.count("Écrivez une approximation") >= 2
    assert "Dites pourquoi" in page.text
    assert "Une perte." in str(page.soup)


def test_the_day_it_was_known_never_changes_and_what_was_written_stays(app: Flask) -> None:
    incident = make_incident(known_on=clock.today() - dt.timedelta(days=2))
    admin = make_staff(Role.ADMIN)
    page = admin.open(f"/personnel/incidents/{incident.ref}/modification")
    assert "known_on" not in str(page.soup)
    page.fill("Enregistrer", circumstances="On en sait plus.", known_on="2020-01-01")
    db.session.expire_all()
    assert incident.known_on == clock.today() - dt.timedelta(days=2)
    assert [one.circumstances for one in incident.accounts] == ["Un courriel est parti à la mauvaise adresse.", "On en sait plus."]


def test_two_people_who_tell_it_anew_do_not_write_over_each_other(app: Flask) -> None:
    incident, by = make_incident(), make_staff(Role.ADMIN).actor
    with unit():
        actions.tell_anew(incident, account(what="Des noms."), seen=1, by=by)
    with pytest.raises(Refusal, match="vient de mettre à jour"), unit():
        actions.tell_anew(incident, account(what="Des adresses."), seen=1, by=by)
    with unit():
        actions.tell_anew(incident, account(what="Des adresses."), seen=2, by=by)
    assert incident.told.what == "Des adresses."


@pytest.mark.parametrize(
    ("told", "steps", "stage"),
    [
        ({"is_serious": None}, (), IncidentStage.TO_ASSESS),
        ({"is_serious": False}, (), IncidentStage.TO_REDUCE),
        ({"is_serious": False}, (StepKind.MEASURE,), IncidentStage.TO_CLOSE),
        ({"is_serious": True}, (StepKind.MEASURE,), IncidentStage.TO_NOTIFY),
        ({"is_serious": True}, (StepKind.AUTHORITY,), IncidentStage.TO_NOTIFY),
        ({"is_serious": True}, (StepKind.PEOPLE, StepKind.MEASURE), IncidentStage.TO_NOTIFY),
        ({"is_serious": True}, (StepKind.AUTHORITY, StepKind.PEOPLE), IncidentStage.TO_REDUCE),
        ({"is_serious": True}, (StepKind.AUTHORITY, StepKind.DEFERRED, StepKind.MEASURE), IncidentStage.TO_CLOSE),
        ({"is_serious": True}, (StepKind.AUTHORITY, StepKind.PUBLIC, StepKind.MEASURE, StepKind.CLOSED), IncidentStage.CLOSED),
    ],
)
def test_where_it_stands_is_read_from_what_was_done(
    app: Flask, told: dict[str, Any], steps: tuple[StepKind, ...], stage: IncidentStage
) -> None:
    incident = make_incident(**told)
    done(incident, *steps)
    assert incident.stage is stage


def test_a_serious_one_is_not_closed_before_those_who_must_know_do(app: Flask) -> None:
    incident = serious()
    for kinds, why in (((), "avisez d’abord"), ((StepKind.AUTHORITY,), "avisez d’abord"), ((StepKind.PEOPLE,), "au moins une mesure")):
        done(incident, *kinds)
        with pytest.raises(Refusal, match=why):
            done(incident, StepKind.CLOSED)
    done(incident, StepKind.MEASURE, StepKind.CLOSED)
    with pytest.raises(Refusal, match="déjà clos"):
        done(incident, StepKind.CLOSED)


def test_what_is_written_after_the_end_opens_it_again(app: Flask) -> None:
    incident = make_incident(is_serious=False)
    done(incident, StepKind.MEASURE, StepKind.CLOSED)
    with unit():
        actions.tell_anew(incident, account(is_serious=True, reasons="Plus grave."), seen=1, by=make_staff(Role.ADMIN).actor)
    assert incident.stage is IncidentStage.TO_NOTIFY


def test_only_whoever_is_named_reads_the_register_of_a_program(app: Flask) -> None:
    here, there = make_program(), make_program(code="03")
    officer, other = make_staff(Role.MANAGER, here), make_staff(Role.MANAGER, here)
    name_officer(here, officer)
    mine, elsewhere, everywhere = make_incident(here), make_incident(there), make_incident()
    assert officer.open(f"/personnel/incidents/{mine.ref}").status == 200
    for hidden in (elsewhere, everywhere):
        assert officer.open(f"/personnel/incidents/{hidden.ref}").status == 404
        assert f"/personnel/incidents/{hidden.ref}" not in officer.open("/personnel/incidents").soup.decode()
    assert other.open(f"/personnel/incidents/{mine.ref}").status == 404
    assert "Quelqu’un d’autre tient ce registre" in other.open("/personnel/incidents").text
    assert make_staff(Role.AGENT, here).open("/personnel/incidents").status == 403
    for program in (None, there):
        with pytest.raises(Refusal, match="ne tenez pas"), unit():
            actions.note_incident(program, clock.today(), account(), by=officer.actor)


def test_one_person_at_a_time_keeps_it_and_an_administrator_names_them(app: Flask) -> None:
    program = make_program()
    first, second, agent = make_staff(Role.MANAGER, program), make_staff(Role.MANAGER, program), make_staff(Role.AGENT, program)
    name_officer(program, first)
    page = make_staff(Role.ADMIN).open(f"/personnel/incidents/responsables/{program.slug}")
    assert agent.user.email not in page.text
    page.fill("Nommer cette personne", user=second.user.ref)
    assert officer_of(program) == second.user
    assert "Quelqu’un d’autre" in first.open("/personnel/incidents").text
    with pytest.raises(Refusal, match="tient déjà"):
        name_officer(program, second)
    with pytest.raises(Refusal, match="gère ce programme"):
        name_officer(program, agent)
    with pytest.raises(Refusal, match="Seule l’administration"), unit():
        actions.name_officer(program, first.user, by=second.actor)


def recalled(incident: PrivacyIncident, letters: Mailbox, address: str, *, days: int) -> int:
    """Say how many letters spoke of it by then."""
    with clock.frozen(clock.midnight(incident.known_on + dt.timedelta(days=days)) + dt.timedelta(hours=12)), unit():
        actions.recall_incidents()
    return len(letters.to(address))


def test_whoever_keeps_it_is_written_to_until_it_is_closed(app: Flask, letters: Mailbox) -> None:
    program = make_program()
    officer = make_staff(Role.MANAGER, program)
    name_officer(program, officer)
    incident, address = serious(program=program), officer.user.email
    assert [recalled(incident, letters, address, days=day) for day in (2, 3, 3, 9, 10)] == [0, 1, 1, 1, 2]
    assert "reste à faire" in letters.last(address).subject
    done(incident, StepKind.AUTHORITY, StepKind.PEOPLE, StepKind.MEASURE, StepKind.CLOSED)
    assert recalled(incident, letters, address, days=30) == 2


def test_what_concerns_the_whole_site_is_recalled_to_who_answers_for_it(app: Flask, letters: Mailbox) -> None:
    incident = make_incident()
    assert recalled(incident, letters, settings().privacy_email, days=3) == 1


def kept(days_after: int, incident: PrivacyIncident) -> bool:
    """Whether it is still there some days after its last one."""
    last = incident.kept_until
    with clock.frozen(clock.midnight(last + dt.timedelta(days=days_after)) + dt.timedelta(hours=12)), unit():
        actions.forget_incidents()
    return db.session.scalar(select(PrivacyIncident.id)) is not None


def test_it_stays_five_years_and_not_a_day_more(app: Flask) -> None:
    incident = make_incident()
    done(incident, StepKind.MEASURE)
    known = incident.known_on
    assert incident.kept_until == known.replace(year=known.year + 5)
    assert kept(0, incident)
    assert not kept(1, incident)
    assert db.session.scalars(select(IncidentAccount.id)).all() == db.session.scalars(select(IncidentStep.id)).all() == []


def test_the_register_is_taken_away_with_what_the_regulation_names(app: Flask) -> None:
    incident = serious(program=make_program(), people=40)
    done(incident, StepKind.AUTHORITY, StepKind.MEASURE)
    admin = make_staff(Role.ADMIN)
    token = admin.open("/personnel/incidents").soup.select_one("form[action*='registre.xlsx'] input[name=csrf_token]")
    data = {"csrf_token": token["value"]}  # type: ignore[index]
    taken = admin.client.post("/personnel/incidents/registre.xlsx", data=data, base_url=admin.base, buffered=True).data
    heads, row = CalamineWorkbook.from_filelike(io.BytesIO(taken)).get_sheet_by_index(0).to_python()
    told = dict(zip(heads, row, strict=True))
    assert told["Personnes concernées"] == "40. Une dizaine."
    assert told["Risque"] == "Risque de préjudice sérieux"
    assert told["Avis à la Commission"].startswith(clock.today().isoformat())
    assert not told["Avis aux personnes"]
    assert told["Mesures"].endswith("C’est fait.")


def test_a_day_that_cannot_be_is_refused(app: Flask) -> None:
    today, by = clock.today(), make_staff(Role.ADMIN).actor
    for known_on, told, why in (
        (today + dt.timedelta(days=1), account(), "après aujourd’hui"),
        (today - dt.timedelta(days=1), account(from_on=today), "avoir commencé après"),
    ):
        with pytest.raises(Refusal, match=why), unit():
            actions.note_incident(None, known_on, told, by=by)
    incident = make_incident()
    for day in (incident.known_on - dt.timedelta(days=1), today + dt.timedelta(days=1)):
        with pytest.raises(Refusal, match="Choisissez un jour"), unit():
            actions.note_step(incident, StepKind.MEASURE, day, "Trop tôt, ou trop tard.", by=by)
