"""A letter to many: seen and counted, confirmed, by two people where they are many, written once to each, stopped."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif.certification import Certification, Stage
from certif.imports import Prospect, confirm_intake, invite_prospect, stop_letters
from certif.kit import audit, clock, jobs
from certif.kit.access import VISITOR, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.mailings import (
    Audience,
    Mailing,
    MailingRecipient,
    Step,
    confirm_mailing,
    draft_mailing,
    model,
    second_mailing,
    sending,
    stop_mailing,
)
from certif.mailings.audiences import members_of
from certif.programs import Program
from tests.conftest import Mailbox
from tests.factories import Person, lead_to, make_certification, make_program, make_staff, unit
from tests.imports.files import brought, csv_file, row, work

LATER = dt.timedelta(days=8)


@pytest.fixture
def program(app: Flask) -> Program:
    """A program of region 14 that asks for a contribution."""
    with clock.frozen(clock.now() - 2 * LATER):
        return make_program(code="14", requires_contribution=True, price_cents=5000, reminder_days=())


@pytest.fixture
def waiting(program: Program) -> list[Certification]:
    """Three files that wait for their contract, eight days old; one of another program too."""
    with clock.frozen(clock.now() - LATER):
        make_certification(Stage.AWAITING_CONTRACT, make_program(code="03", reminder_days=()), legal_name="Ailleurs")
        return [make_certification(Stage.AWAITING_CONTRACT, program, legal_name=f"Employeur {one}") for one in "ABC"]


@pytest.fixture
def agent(program: Program) -> Person:
    """Someone who works for it."""
    return make_staff(Role.AGENT, program)


def keys(program: Program, audience: Audience) -> list[str]:
    return [name for _key, name, _email in members_of(program, audience)]


def outcomes(mailing: Mailing) -> dict[str, str | None]:
    rows = db.session.scalars(select(MailingRecipient).where(MailingRecipient.mailing_id == mailing.id).order_by(MailingRecipient.key))
    return {one.name: one.skipped if one.settled_at else "waiting" for one in rows}


def drafted(program: Program, audience: Audience, by: Person, note: str = "") -> Mailing:
    with unit():
        return draft_mailing(program, audience, note=note, by=by.actor)


def agreed(mailing: Mailing, by: Person) -> None:
    with unit():
        confirm_mailing(mailing, by=by.actor)


def prospects(program: Program, by: Person, *emails: str) -> list[Prospect]:
    intake = brought(
        program,
        csv_file(
            *[row(f"{'Prospect' if email.islower() else 'Succursale'} {email}", email=email) for email in emails], row("Sans adresse")
        ),
        by.actor,
    )
    with unit():
        confirm_intake(intake, by=by.actor)
    work()
    return list(db.session.scalars(select(Prospect).where(Prospect.contact_email.is_not(None)).order_by(Prospect.id)))


class TestAudiences:
    """Whom a letter is for."""

    def test_each_holds_those_who_are_there_and_no_others(self, waiting: list[Certification], program: Program) -> None:
        make_certification(Stage.AWAITING_CONTRACT, program, legal_name="D’aujourd’hui")
        with clock.frozen(clock.now() - LATER):
            make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name="Payeur")
        certified = make_certification(Stage.CERTIFIED, program, legal_name="Certifié")
        assert keys(program, Audience.AWAITING_CONTRACT) == ["Employeur A", "Employeur B", "Employeur C"]
        assert keys(program, Audience.AWAITING_CONTRIBUTION) == ["Payeur"]
        assert keys(program, Audience.EXPIRING) == []
        with clock.frozen(clock.midnight(certified.badges[0].valid_until) - dt.timedelta(days=80)):
            assert keys(program, Audience.EXPIRING) == ["Certifié"]

    def test_prospects_are_those_never_invited_who_have_an_address_and_said_no_stop(self, program: Program, agent: Person) -> None:
        invited, stopped, _fresh = prospects(program, agent, "a@exemple.com", "b@exemple.com", "c@exemple.com")
        with unit():
            invite_prospect(invited, by=agent.actor)
        with clock.frozen(clock.now()), unit():
            stop_letters(invite_prospect(stopped, by=agent.actor), by=VISITOR)
        same_address = prospects(program, agent, "d@exemple.com")
        assert keys(program, Audience.NEVER_INVITED) == ["Prospect c@exemple.com", "Prospect d@exemple.com"]
        assert len(same_address) == 4

    def test_an_audience_of_nobody_is_refused_and_the_page_keeps_what_was_typed(self, program: Program, agent: Person) -> None:
        page = agent.open("/personnel/envois/nouveau").fill("Voir les destinataires", audience="expiring", note="Un mot.")
        assert (page.status, page.errors()) == (409, ["Personne ne répond à ce choix, ou tout le monde a déjà été rappelé cette semaine."])
        assert "Un mot." in page.text


class TestOneMailing:
    """From the choice to the last letter."""

    def test_it_is_seen_in_both_languages_confirmed_and_written_once_to_each(
        self, waiting: list[Certification], agent: Person, letters: Mailbox
    ) -> None:
        page = agent.open("/personnel/envois/nouveau").fill(
            "Voir les destinataires", audience="awaiting_contract", note="Appelez-moi au besoin."
        )
        assert "Destinataires 3" in page.text
        for said in ("Appelez-moi au besoin.", "attend d’être lu et signé", "is waiting to be read and signed"):
            assert said in page.text
        before = len(letters.all())
        page = page.fill("Confirmer l’envoi (3)")
        assert len(letters.all()) == before
        work()
        work()
        new = letters.all()[before:]
        assert sorted(one.to_address for one in new) == sorted(one.employer.contact_email for one in waiting)
        assert all(one.name == "mailings/contract_awaited" and one.stop_url is None for one in new), "a service message"
        assert "Courriels écrits : 3." in agent.open(page.path).text
        assert any("rappel" in one.sentence for one in audit.history(waiting[0]))
        with pytest.raises(Refusal, match="déjà été rappelé"):
            drafted(waiting[0].program, Audience.AWAITING_CONTRACT, agent)

    def test_a_file_that_moved_on_or_was_just_reminded_is_left_aside(
        self, waiting: list[Certification], agent: Person, program: Program
    ) -> None:
        first, second = (drafted(program, Audience.AWAITING_CONTRACT, agent) for _each in range(2))
        lead_to(waiting[0], Stage.AWAITING_CONTRIBUTION)
        for mailing in (first, second):
            agreed(mailing, agent)
            work()
        assert list(outcomes(first).values()).count(None) == 2
        assert outcomes(first)["Employeur A"] == "changed"
        assert outcomes(second) == {"Employeur A": "changed", "Employeur B": "recent", "Employeur C": "recent"}

    def test_a_worker_that_dies_goes_on_and_writes_to_nobody_twice(
        self, waiting: list[Certification], agent: Person, program: Program, letters: Mailbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "BATCH", 1)
        mailing, whole, calls = drafted(program, Audience.AWAITING_CONTRACT, agent), sending._settle, []

        def dying(*given: object) -> None:
            calls.append(given)
            whole(*given)  # type: ignore[arg-type]
            if len(calls) == 2:
                raise OSError("killed")

        monkeypatch.setattr(sending, "_settle", dying)
        agreed(mailing, agent)
        assert "OSError: killed" in [one.error for one in jobs.run_due()]
        assert list(outcomes(mailing).values()).count("waiting") == 2
        for _each in range(2):
            sending.send_mailing(mailing.ref)
        written = [one.to_address for one in letters.all() if one.name.startswith("mailings/")]
        assert len(written) == len(set(written)) == 3

    def test_once_stopped_nothing_more_leaves(
        self, waiting: list[Certification], agent: Person, program: Program, letters: Mailbox
    ) -> None:
        mailing = drafted(program, Audience.AWAITING_CONTRACT, agent)
        agreed(mailing, agent)
        agent.open(f"/personnel/envois/{mailing.ref}").fill("Arrêter l’envoi")
        work()
        assert set(outcomes(mailing).values()) == {"waiting"}
        assert "Envoi arrêté" in agent.open(f"/personnel/envois/{mailing.ref}").text
        with pytest.raises(Refusal, match="arrêté"), unit():
            stop_mailing(mailing, by=agent.actor)

    def test_the_body_gives_its_postal_address_before_it_invites_and_reminders_say_that_it_is_missing(
        self, program: Program, agent: Person, waiting: list[Certification]
    ) -> None:
        prospects(program, agent, "a@exemple.com")
        invitations = drafted(program, Audience.NEVER_INVITED, agent)
        with unit():
            program.postal_address = None
        with pytest.raises(Refusal, match="adresse postale"), unit():
            draft_mailing(program, Audience.NEVER_INVITED, by=agent.actor)
        with pytest.raises(Refusal, match="adresse postale"), unit():
            confirm_mailing(invitations, by=agent.actor)
        reminders = drafted(program, Audience.AWAITING_CONTRACT, agent)
        assert "Ces courriels partiront sans elle" in agent.open(f"/personnel/envois/{reminders.ref}").text
        with unit():
            program.postal_address = "1, rue du Test"
        shown = agent.open(f"/personnel/envois/{reminders.ref}")
        assert "1, rue du Test" in shown.text
        assert "partiront sans elle" not in shown.text

    def test_prospects_are_invited_each_by_their_own_link_and_a_stop_in_between_counts(
        self, program: Program, agent: Person, letters: Mailbox
    ) -> None:
        first, second, third = prospects(program, agent, "a@exemple.com", "b@exemple.com", "A@exemple.com")
        mailing = drafted(program, Audience.NEVER_INVITED, agent, note="Bonjour de notre part.")
        assert mailing.size == 3
        with unit():
            stop_letters(invite_prospect(third, by=agent.actor), by=VISITOR)
        page = agent.open(f"/personnel/envois/{mailing.ref}").fill("Confirmer l’envoi (3)")
        work()
        assert outcomes(mailing) == {first.name: "refused", second.name: None, third.name: "refused"}
        assert letters.last("b@exemple.com").stop_url is not None
        assert "Ne peut pas être invité" in agent.open(page.path).text


class TestFourEyes:
    """Where they are many, two people agree."""

    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(model, "FOUR_EYES_ABOVE", 2)

    def test_nothing_leaves_before_another_person_has_agreed(self, waiting: list[Certification], agent: Person, program: Program) -> None:
        mailing = drafted(program, Audience.AWAITING_CONTRACT, agent)
        agreed(mailing, agent)
        work()
        assert set(outcomes(mailing).values()) == {"waiting"}
        assert "Confirmer à mon tour" not in agent.open(f"/personnel/envois/{mailing.ref}").text
        with pytest.raises(Refusal, match="Une autre personne"), unit():
            second_mailing(mailing, by=agent.actor)
        other = make_staff(Role.MANAGER, program)
        other.open(f"/personnel/envois/{mailing.ref}").fill("Confirmer à mon tour")
        work()
        assert set(outcomes(mailing).values()) == {None}
        assert mailing.step(Step.SECONDED) is not None

    def test_with_the_bound_off_one_person_is_enough(
        self, waiting: list[Certification], agent: Person, program: Program, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(model, "FOUR_EYES_ABOVE", 3)
        mailing = drafted(program, Audience.AWAITING_CONTRACT, agent)
        agreed(mailing, agent)
        work()
        assert set(outcomes(mailing).values()) == {None}


class TestSelection:
    """Files ticked in a list."""

    def test_those_that_were_ticked_are_reminded_of_their_own_step(
        self, waiting: list[Certification], agent: Person, program: Program, letters: Mailbox
    ) -> None:
        cheque = make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name="Payeur")
        page = agent.open("/personnel/employeurs").fill("Préparer un rappel", refs=[waiting[0].ref, cheque.ref])
        assert "Destinataires 2" in page.text
        page.fill("Confirmer l’envoi (2)")
        work()
        names = {one.to_address: one.name for one in letters.all() if one.name.startswith("mailings/")}
        assert names == {
            waiting[0].employer.contact_email: "mailings/contract_awaited", cheque.employer.contact_email: "mailings/contribution_awaited",
        }  # fmt: skip

    def test_files_of_others_are_not_written_to_whatever_is_posted(self, waiting: list[Certification], agent: Person) -> None:
        elsewhere = make_certification(Stage.AWAITING_CONTRACT, make_program(code="05"), legal_name="Loin")
        page = agent.open("/personnel/employeurs").fill("Préparer un rappel", refs=[elsewhere.ref])
        assert page.status == 409
        page = agent.open("/personnel/employeurs").fill("Préparer un rappel", refs=[elsewhere.ref, waiting[0].ref])
        assert "Destinataires 1" in page.text

    def test_a_partner_has_no_box_to_tick(self, waiting: list[Certification], program: Program) -> None:
        from certif.kit.access import SYSTEM
        from certif.territory import PartnerKind, add_partner, mrcs, region

        with unit():
            cje = add_partner("CJE", kind=PartnerKind.CJE, source="essai", mrcs=mrcs(region("14")), by=SYSTEM)
        page = make_staff(Role.PARTNER, program, partner=cje).open("/personnel/employeurs")
        assert "Employeur A" in page.text
        assert page.soup.find("input", attrs={"name": "refs"}) is None


def test_a_mailing_of_another_program_is_not_found(waiting: list[Certification], agent: Person, program: Program) -> None:
    mailing = drafted(program, Audience.AWAITING_CONTRACT, agent)
    stranger = make_staff(Role.MANAGER, make_program(code="05"))
    assert stranger.open(f"/personnel/envois/{mailing.ref}").status == 404
    assert "Employeur" not in stranger.open("/personnel/envois").text
