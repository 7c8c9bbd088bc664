"""Whoever is invited is told: when the evening moves, when it is cancelled; and a lost invitation is found again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from certif.employers import establishments_of
from certif.galas import Gala, Guest, GuestNotice, ask_for_invitations, cancel_gala, edit_gala, resend_invitation
from certif.galas.guest_actions import edit_guest, invite_guests, note_reply
from certif.galas.guest_letters import resend_invitations, tell_guests_cancelled, tell_guests_moved
from certif.galas.terms import GuestTerms
from certif.kit import clock, jobs
from certif.kit.access import VISITOR
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.selections import ask_agreement
from tests.campaigns.making import make_campaign
from tests.factories import make_employer, make_program, unit
from tests.galas.making import BOSS, make_gala, make_guest, make_organiser, terms
from tests.galas.test_guests import link_in
from tests.pages import Visitor
from tests.selections.making import make_laureate

JOBS: dict[str, Callable[..., Any]] = {
    "tell_guests_moved": tell_guests_moved, "tell_guests_cancelled": tell_guests_cancelled, "resend_invitations": resend_invitations,
}  # fmt: skip


def invited(*emails: str, **said: object) -> tuple[Gala, list[Guest]]:
    """Give a gala, and guests who have their invitation."""
    gala = make_gala(make_program())
    guests = [make_guest(gala, email=one, **said) for one in emails]
    with unit():
        invite_guests(gala, by=BOSS)
    return gala, guests


def done(kind: str) -> None:
    """Do the jobs of this kind, and leave the letters they write unsent, to be read."""
    for one in db.session.query(jobs.Job).filter_by(kind=kind).order_by(jobs.Job.id).all():
        JOBS[kind](**json.loads(one.payload))


def letters_named(name: str) -> list[Letter]:
    return db.session.query(Letter).filter_by(name=f"galas/{name}").order_by(Letter.id).all()


def test_an_evening_that_moves_is_told_to_whoever_has_an_invitation_once(app: Flask, visitor: Visitor) -> None:
    gala, (coming, _silent) = invited("oui@exemple.com", "silence@exemple.com")
    make_guest(gala, "Pas encore invitée", email="plus-tard@exemple.com")
    first_link = link_in(letters_named("guest_invited")[0])
    with unit():
        note_reply(coming, is_coming=True, seats=1, by=VISITOR)
    later = dataclasses.replace(terms(), held_on=gala.held_on + dt.timedelta(days=7), place="Musée d’art")
    with unit():
        assert edit_gala(gala, later, by=BOSS) == 2
    done("tell_guests_moved")
    sent = letters_named("guest_told_moved")
    assert {one.to_address for one in sent} == {"oui@exemple.com", "silence@exemple.com"}
    assert link_in(sent[0]) == first_link, "the link of the invitation stays good"
    assert visitor.open(first_link).status == 200
    with unit():
        assert edit_gala(gala, dataclasses.replace(later, name_fr="Grand gala"), by=BOSS) == 0, "a name is no move"
    done("tell_guests_moved")
    assert len(letters_named("guest_told_moved")) == 2


def test_laureates_who_know_and_have_no_invitation_yet_are_told_and_those_who_do_not_know_are_not(app: Flask) -> None:
    campaign = make_campaign(make_program(code="14"))
    places = [establishments_of(make_employer())[0] for _each in range(2)]
    knowing, _unknowing = (make_laureate(campaign, student="", establishment=one) for one in places)
    gala = make_gala(campaign.program, campaign)
    with unit():
        ask_agreement(knowing, "employer", places[0].employer.contact_email, language="fr", by=BOSS)
    later = dataclasses.replace(terms(), starts_at="19:00")
    with unit():
        assert edit_gala(gala, later, by=BOSS) == 1
    for _each in range(2):
        done("tell_guests_moved")
    assert [one.to_address for one in letters_named("laureate_told_moved")] == [places[0].employer.contact_email]
    with unit():
        assert cancel_gala(gala, "tempête", by=BOSS) == 1
    done("tell_guests_cancelled")
    [cancelled] = letters_named("guest_told_cancelled")
    assert "pas encore partie" in cancelled.body
    with unit():
        assert not db.session.query(Guest).filter(Guest.reply_digest.is_not(None)).count()


def test_the_letter_says_when_it_was_and_what_was_answered(app: Flask) -> None:
    gala, (guest,) = invited("oui@exemple.com")
    with unit():
        note_reply(guest, is_coming=True, seats=2, by=VISITOR)
    with unit():
        edit_gala(gala, dataclasses.replace(terms(), starts_at="17:00"), by=BOSS)
    done("tell_guests_moved")
    (letter,) = letters_named("guest_told_moved")
    assert "17:00" in letter.body
    assert "C’était prévu le" in letter.body and "18:30" in letter.body
    assert "Votre oui reste noté" in letter.body


def test_a_cancelled_evening_is_told_to_who_did_not_say_no_and_to_who_organises_it(app: Flask) -> None:
    gala, (_yes, no) = invited("oui@exemple.com", "non@exemple.com")
    make_organiser(gala, "chambre@exemple.com")
    with unit():
        note_reply(no, is_coming=False, seats=0, by=VISITOR)
    with unit():
        cancel_gala(gala, "Tempête annoncée.", by=BOSS)
    done("tell_guests_cancelled")
    assert [one.to_address for one in letters_named("guest_told_cancelled")] == ["oui@exemple.com"]
    assert [one.to_address for one in letters_named("organiser_told_cancelled")] == ["chambre@exemple.com"]
    assert "Tempête" in letters_named("guest_told_cancelled")[0].body


def test_a_job_that_runs_again_writes_to_nobody_twice(app: Flask) -> None:
    gala, _guests = invited("oui@exemple.com")
    with unit():
        cancel_gala(gala, "Tempête.", by=BOSS)
    for _each in range(3):
        tell_guests_cancelled(gala=gala.ref, after=0)
    assert len(letters_named("guest_told_cancelled")) == 1
    with unit():
        db.session.query(GuestNotice).delete()
    tell_guests_cancelled(gala=gala.ref, after=0)
    assert len(letters_named("guest_told_cancelled")) == 2, "it is the notice that holds them back"


def test_a_lost_invitation_is_sent_again_with_the_same_link(app: Flask) -> None:
    _gala, (guest,) = invited("m@exemple.com")
    with unit():
        resend_invitation(guest, by=BOSS)
    first, second = letters_named("guest_invited")
    assert link_in(first) == link_in(second)
    for _each in range(4):
        with unit():
            resend_invitation(guest, by=BOSS)
    with unit(), pytest.raises(Refusal, match="Trop d’essais"):
        resend_invitation(guest, by=BOSS)


def test_another_address_has_another_link_and_the_former_opens_nothing(app: Flask, visitor: Visitor) -> None:
    gala, (guest,) = invited("faute@exemple.com")
    link = link_in(letters_named("guest_invited")[0])
    with unit():
        edit_guest(guest, GuestTerms(guest.name, guest.body, guest.seats, "juste@exemple.com"), by=BOSS)
    page = visitor.open(link)
    assert (page.status, page.h1) == (404, "Ce lien d’invitation n’est plus bon")
    with unit():
        assert invite_guests(gala, by=BOSS) == 1
    assert link_in(letters_named("guest_invited")[1]) != link


def test_who_asks_with_an_address_is_told_the_same_invited_or_not(app: Flask, visitor: Visitor) -> None:
    invited("m@exemple.com")
    said = {}
    for email in ("M@exemple.com", "personne@exemple.com"):
        page = visitor.open("/galas/invitation-perdue").fill("Recevoir mon invitation", email=email)
        said[email] = page.text
    done("resend_invitations")
    assert said["M@exemple.com"] == said["personne@exemple.com"]
    assert [one.to_address for one in letters_named("guest_invited")] == ["m@exemple.com", "m@exemple.com"]


def test_no_invitation_is_found_again_of_an_evening_that_is_past_or_cancelled(app: Flask) -> None:
    gala, _guests = invited("m@exemple.com")
    with clock.frozen(clock.now() + dt.timedelta(days=90)):
        with unit():
            ask_for_invitations("m@exemple.com")
        done("resend_invitations")
    with unit():
        cancel_gala(gala, "Tempête.", by=BOSS)
    with unit():
        ask_for_invitations("m@exemple.com")
    done("resend_invitations")
    assert len(letters_named("guest_invited")) == 1
