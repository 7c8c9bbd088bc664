"""Addresses are kept by those who prepare a gala and by those who manage a program; a secret is shown once; nobody else sees any of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from certif.kit.access import Role
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.webhooks import Webhook, WebhookAttempt
from tests.factories import make_person, make_program, make_staff
from tests.galas.making import make_gala, make_organiser
from tests.webhooks.receiving import Receiver, a_receiver, deliver_due, make_webhook

CHANGED = ("laureates.changed",)


@pytest.fixture
def receiver(app: Flask) -> Iterator[Receiver]:
    with a_receiver(app) as found:
        yield found


def test_an_organiser_registers_an_address_tries_it_and_follows_each_attempt(receiver: Receiver) -> None:
    gala = make_gala(make_program(code="14"))
    organiser = make_organiser(gala)
    form = organiser.open(f"/mes-galas/{gala.ref}").follow("Adresses à prévenir").follow("Inscrire une adresse")
    assert "levée de l’embargo : seulement" not in form.text, "only those who decide look behind the embargo"
    shown = form.fill("Inscrire l’adresse", label="Site de la chambre", url=receiver.url, kinds=CHANGED)
    secret = str(shown.soup.find(id="secret")["value"])  # type: ignore[index]
    assert secret.startswith("whsec_")
    page = shown.follow("J’ai copié le secret")
    assert secret not in str(page.soup)
    page.fill("Envoyer un message d’essai")
    deliver_due()
    assert "reçu (204)" in organiser.open(f"/adresses-a-prevenir/{db.session.query(Webhook).one().ref}").text
    again = organiser.open(f"/adresses-a-prevenir/{db.session.query(Webhook).one().ref}").fill("Renvoyer")
    assert "repart dans quelques secondes" in again.text
    deliver_due()
    assert db.session.query(WebhookAttempt).count() == 2
    assert "n’est plus prévenue" in organiser.open(f"/adresses-a-prevenir/{db.session.query(Webhook).one().ref}").fill("Retirer").text
    said = {one.event for one in db.session.query(JournalEntry)}
    assert {"webhook_registered", "webhook_tried", "webhook_sent_again", "webhook_ended"} <= said


@pytest.mark.parametrize("url", ["https://127.0.0.1/x", "http://exemple.com/x", "https://nulle-part.invalid/x"])
def test_an_address_that_leads_inside_or_nowhere_is_refused_with_a_sentence(app: Flask, url: str) -> None:
    program = make_program(code="14")
    manager = make_staff(Role.MANAGER, program)
    form = manager.open("/personnel/adresses-a-prevenir").follow("Inscrire une adresse")
    page = form.fill("Inscrire l’adresse", label="Site", url=url, kinds=CHANGED)
    assert page.status == 409
    assert db.session.query(Webhook).count() == 0


def test_a_manager_changes_the_secret_which_is_shown_once(receiver: Receiver) -> None:
    program = make_program(code="14")
    webhook, old = make_webhook(program, receiver.url)
    manager = make_staff(Role.MANAGER, program)
    page = manager.open("/personnel/adresses-a-prevenir").follow("Site de la chambre").fill("Changer le secret")
    secret = str(page.soup.find(id="secret")["value"])  # type: ignore[index]
    assert secret != old
    assert secret not in str(page.follow("J’ai copié le secret").soup)
    assert len(webhook.live_secrets) == 2


def test_nobody_else_sees_or_changes_it(receiver: Receiver) -> None:
    gala = make_gala(make_program(code="14"))
    of_gala, _secret = make_webhook(gala, receiver.url)
    of_program, _other = make_webhook(gala.program, receiver.url)
    for stranger in (make_staff(Role.MANAGER, make_program(code="03")), make_person()):
        for one in (of_gala, of_program):
            assert stranger.open(f"/adresses-a-prevenir/{one.ref}").status == 404
        assert stranger.open(f"/mes-galas/{gala.ref}/adresses-a-prevenir").status == 404
    organiser = make_organiser(gala)
    assert organiser.open(f"/adresses-a-prevenir/{of_gala.ref}").status == 200
    assert organiser.open(f"/adresses-a-prevenir/{of_program.ref}").status == 404


def test_the_eleventh_address_of_a_gala_is_refused(receiver: Receiver) -> None:
    gala = make_gala(make_program(code="14"))
    for _each in range(10):
        make_webhook(gala, receiver.url)
    organiser = make_organiser(gala)
    page = organiser.open(f"/mes-galas/{gala.ref}/adresses-a-prevenir/nouvelle")
    assert page.fill("Inscrire l’adresse", label="Site", url=receiver.url, kinds=CHANGED).status == 409
    assert db.session.query(Webhook).count() == 10
