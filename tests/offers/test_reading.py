"""Job offers are read, reported, removed, and end by themselves."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from certif.certification import Certification, Stage
from certif.kit import audit, clock
from certif.kit.access import VISITOR, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.offers import (
    JobOffer,
    OfferReport,
    ReportReason,
    Wanted,
    actions,
    approve_offer,
    edit_offer,
    remove_offer,
)
from certif.offers import report_offer as report
from certif.offers.queries import list_of
from certif.offers.reminding import forget_old_offers, remind_of_offers
from certif.programs import Program, Text
from certif.territory import PartnerKind, mrcs, partners, region
from tests.conftest import Mailbox
from tests.factories import (
    Person,
    lead_to,
    make_certification,
    make_employer,
    make_program,
    make_staff,
    owner_of,
    sign_in,
    unit,
)
from tests.offers.making import code_of, make_offer, make_promising_program, terms
from tests.offers.making import owner as speaker
from tests.pages import Visitor
from tests.statements import scanned_tables, statements

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def program(app: Flask) -> Program:
    """A program whose promise is known."""
    return make_promising_program()


@pytest.fixture
def certification(program: Program) -> Certification:
    """A certified employer."""
    return make_certification(Stage.CERTIFIED, program, legal_name="Épicerie du Coin inc.")


@pytest.fixture
def owner(certification: Certification, app: Flask) -> Person:
    """Whoever acts for it, signed in."""
    return sign_in(Person(app), owner_of(certification.employer))


def typed(**said: object) -> dict[str, object]:
    """Give what an employer types."""
    today = clock.today()
    return {
        "title_fr": "Commis", "tasks_fr": "Placer les produits.", "group": "everyone", "season": "school", "week_hours": 12,
        "monday_friday_hours": 6, "latest_finish": "20:30", "least_age": 14, "starts_on": today.isoformat(),
        "until_on": (today + dt.timedelta(days=30)).isoformat(), "apply_email": "emploi@exemple.com", **said,
    }  # fmt: skip


def titles(visitor: Visitor, asked: str = "") -> list[str]:
    return [one.get_text(strip=True) for one in visitor.open(f"/emplois{asked}").soup.select(".listing h2")]


class TestReading:
    """The list, the sheet, the feed."""

    def test_it_is_narrowed_by_mrc_and_sector_and_paged(self, program: Program, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("certif.kit.paging.PAGE", 2)
        here, there = mrcs(region("14"))[:2]
        store, farm = (
            make_certification(Stage.CERTIFIED, program, employer=make_employer(mrc=place, sector=sector))
            for place, sector in ((here, "44-45"), (there, "11"))
        )
        for number in range(3):
            with clock.frozen(clock.now() + dt.timedelta(seconds=number)):
                make_offer(store, title=Text(f"Commis {number}"))
        make_offer(farm, title=Text("Cueillette"))
        assert titles(visitor, "?secteur=11") == ["Cueillette"]
        assert titles(visitor, f"?mrc={there.slug}") == ["Cueillette"]
        assert titles(visitor, f"?mrc={there.slug}&secteur=44-45") == []
        first = visitor.open(f"/emplois?mrc={here.slug}")
        assert [one.get_text(strip=True) for one in first.soup.select(".listing h2")] == ["Commis 2", "Commis 1"]
        second = first.follow("Page suivante")
        assert [one.get_text(strip=True) for one in second.soup.select(".listing h2")] == ["Commis 0"]
        assert "Commis" in titles(visitor, "?mrc=nulle-part")[0], "what is not offered is not asked"
        feed = ET.fromstring(visitor.client.get(f"/emplois.atom?mrc={there.slug}", base_url=visitor.base).data)
        assert [one.text for one in feed.findall(f"{ATOM}entry/{ATOM}title")] == [f"Cueillette, {farm.employer.name}, Joliette"]

    def test_a_school_body_finds_its_sheet(self, certification: Certification, visitor: Visitor) -> None:
        offer = make_offer(certification)
        body = next(one for one in partners(PartnerKind.SCHOOL_BODY, region("14")))
        page = visitor.open("/emplois/ecoles")
        assert body.name in page.text
        for path in (f"/emplois/ecoles/{body.ref}.pdf", f"/emplois/feuilles/{offer.mrc.slug}.pdf"):
            answer = visitor.client.get(path, base_url=visitor.base)
            assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
            assert answer.data.startswith(b"%PDF")
            assert "Set-Cookie" not in answer.headers
        assert visitor.client.get("/emplois/feuilles/nulle-part.pdf", base_url=visitor.base).status_code == 404

    def test_it_costs_the_same_for_one_and_for_many(self, certification: Certification, visitor: Visitor) -> None:
        make_offer(certification)
        visitor.open("/emplois")
        with statements() as few:
            visitor.open("/emplois")
        for _each in range(5):
            make_offer(certification)
        visitor.open("/emplois")
        with statements() as many:
            visitor.open("/emplois")
        assert len(few) == len(many) <= 3, many

    @pytest.mark.parametrize("wanted", [Wanted(), Wanted(mrc="joliette"), Wanted(sector="11"), Wanted("joliette", "11")])
    def test_three_hundred_thousand_are_never_read_from_end_to_end(self, app: Flask, wanted: Wanted) -> None:
        found = list_of(wanted).order_by(JobOffer.published_at.desc(), JobOffer.ref.desc()).limit(26)
        assert scanned_tables(found) == []
        if db.engine.dialect.name == "sqlite":
            sql = str(found.compile(db.engine, compile_kwargs={"literal_binds": True})).replace(":", chr(92) + ":")
            plan = [row[-1] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
            assert any("ix_job_offer" in line for line in plan), plan
            assert not any("TEMP B-TREE" in line for line in plan), plan

    def test_without_its_index_the_list_is_seen_to_be_sorted(self, app: Flask) -> None:
        if db.engine.dialect.name != "sqlite":
            return
        found = list_of(Wanted()).order_by(JobOffer.title_fr).limit(26)
        sql = str(found.compile(db.engine, compile_kwargs={"literal_binds": True})).replace(":", chr(92) + ":")
        assert any("TEMP B-TREE" in row[-1] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {sql}")))


class TestLookingAfter:
    """What staff do, and what anyone reports."""

    def test_a_program_may_read_offers_first(self, certification: Certification, program: Program, owner: Person, visitor: Visitor) -> None:
        manager, agent = make_staff(Role.MANAGER, program), make_staff(Role.AGENT, program)
        manager.open("/personnel/offres/relecture").fill("Relire d’abord")
        page = owner.open(f"/mon-espace/offres/{certification.employer.ref}/nouvelle").fill("Publier l’offre", **typed())
        assert "Attend d’être relue" in page.text
        assert titles(visitor) == []
        agent.open("/personnel/offres?etat=a-relire").follow("Commis").fill("Publier l’offre")
        assert titles(visitor) == ["Commis"]
        offer = db.session.scalars(select(JobOffer)).one()
        with pytest.raises(Refusal, match="déjà publiée"), unit():
            approve_offer(offer, by=agent.actor)
        with unit():
            edit_offer(offer, code_of(certification), terms(), by=speaker(certification))
        assert titles(visitor) == [], "what was changed is read again"
        lead_to(certification, Stage.SUSPENDED)
        with pytest.raises(Refusal, match="plus certifié"), unit():
            approve_offer(offer, by=agent.actor)
        manager.open("/personnel/offres/relecture").fill("Laisser paraître aussitôt")
        with pytest.raises(Refusal, match="sans relecture"), unit():
            actions.end_reading(program, by=manager.actor)

    def test_staff_remove_an_offer_and_the_employer_reads_why(
        self, certification: Certification, program: Program, owner: Person, visitor: Visitor, letters: Mailbox
    ) -> None:
        offer, agent = make_offer(certification), make_staff(Role.AGENT, program)
        page = agent.open(f"/personnel/offres/{offer.ref}").follow("Retirer l’offre").fill("Retirer l’offre", reason="Le salaire manque.")
        assert "Offre retirée" in page.text
        assert titles(visitor) == []
        assert "Le salaire manque." in letters.last(certification.employer.contact_email).body
        assert "Le salaire manque." in owner.open(f"/mon-espace/offres/{certification.employer.ref}").text
        with pytest.raises(Refusal, match="déjà fermée"), unit():
            remove_offer(offer, "Encore.", by=agent.actor)
        with pytest.raises(Refusal, match="publiez-en une autre"), unit():
            edit_offer(offer, code_of(certification), terms(), by=speaker(certification))

    def test_anyone_reports_without_being_known_and_staff_settle_it(
        self, certification: Certification, program: Program, owner: Person
    ) -> None:
        offer, agent = make_offer(certification), make_staff(Role.AGENT, program)
        page = owner.open(f"/emplois/{offer.ref}").follow("ne respecte pas").fill("Signaler", reason="hours", words="Vingt heures en fait.")
        assert page.path == f"/emplois/{offer.ref}"
        found = db.session.scalars(select(OfferReport)).one()
        assert [entry.by_name for entry in audit.history(offer) if entry.event == "offer_reported"] == [""]
        assert owner.user.ref not in str([entry.facts for entry in audit.history(offer)])
        page = agent.open("/personnel/offres/signalements").follow("Commis")
        assert "Vingt heures en fait." in page.text
        page.fill("Marquer comme traité")
        db.session.refresh(found)
        assert found.settled_at is not None
        assert "Aucun signalement" in agent.open("/personnel/offres/signalements").text

    def test_an_offer_cannot_be_flooded_with_reports(self, certification: Certification, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "MOST_REPORTS", 1)
        offer = make_offer(certification)
        with unit():
            report(offer, ReportReason.AGE, "", by=VISITOR)
        with pytest.raises(Refusal, match="déjà été signalée"), unit():
            report(offer, ReportReason.AGE, "", by=VISITOR)

    def test_someone_of_another_program_or_employer_finds_none_of_it(self, certification: Certification, app: Flask) -> None:
        offer = make_offer(certification)
        stranger = make_staff(Role.MANAGER, make_program(code="03"))
        assert stranger.open(f"/personnel/offres/{offer.ref}").status == 404
        assert "Commis" not in stranger.open("/personnel/offres").text
        other = sign_in(Person(app), owner_of(make_employer()))
        for path in (f"/mon-espace/offres/{certification.employer.ref}", f"/mon-espace/offres/modification/{offer.ref}"):
            assert other.open(path).status == 404


class TestInTime:
    """What happens by itself."""

    def test_the_employer_is_told_once_before_the_last_day_and_not_of_what_nobody_sees(
        self, certification: Certification, program: Program, letters: Mailbox
    ) -> None:
        make_offer(certification)
        hidden = make_certification(Stage.CERTIFIED, program)
        make_offer(hidden)
        lead_to(hidden, Stage.SUSPENDED)
        for days, expected in ((40, 0), (54, 1), (56, 1)):
            with clock.frozen(clock.now() + dt.timedelta(days=days)):
                remind_of_offers()
            assert [one.name for one in letters.all()].count("offers/offer_ending") == expected
        assert letters.last().to_address == certification.employer.contact_email

    def test_after_its_last_day_it_is_gone_and_after_a_year_so_is_the_way_to_apply(
        self, certification: Certification, visitor: Visitor
    ) -> None:
        offer = make_offer(certification)
        with unit():
            report(offer, ReportReason.OTHER, "Un mot.", by=VISITOR)
        with clock.frozen(clock.midnight(offer.until_on + dt.timedelta(days=1))):
            assert titles(visitor) == []
        forget_old_offers()
        assert (offer.apply_email, db.session.scalar(select(func.count()).select_from(OfferReport))) == ("emploi@exemple.com", 1)
        with clock.frozen(clock.midnight(offer.until_on + dt.timedelta(days=370))):
            forget_old_offers()
        db.session.refresh(offer)
        assert (offer.apply_email, db.session.scalar(select(func.count()).select_from(OfferReport))) == ("", 0)
