"""A job offer: only of a certified employer, when it is posted and each time it is read; shown, reported, ended, forgotten."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from certif.certification import Certification, Stage
from certif.employers import MemberRole, Membership, close_establishment
from certif.kit import audit, clock, tokens
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
    close_offer,
    edit_offer,
    post_offer,
    remove_offer,
)
from certif.offers import report_offer as report
from certif.offers.queries import list_of, shown_offers
from certif.offers.reminding import forget_old_offers, remind_of_offers
from certif.programs import Program, Text
from certif.territory import PartnerKind, mrcs, partners, region
from tests.conftest import Mailbox
from tests.factories import (
    Person,
    lead_to,
    make_certification,
    make_employer,
    make_person,
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


class TestPosting:
    """What an employer does."""

    def test_a_certified_employer_posts_and_anyone_reads_it_at_once(
        self, certification: Certification, owner: Person, visitor: Visitor
    ) -> None:
        page = owner.open("/mon-espace").follow("Mes offres d’emploi").follow("Publier une offre")
        assert "au plus 15 h par semaine" in page.text.replace("\u00a0", " "), "the promise is at hand"
        page = page.fill("Publier l’offre", **typed())
        assert "Publiée" in page.text, page.errors()
        found = visitor.open("/emplois").follow("Commis")
        assert "Épicerie du Coin inc." in found.text
        assert found.soup.find("a", href="mailto:emploi@exemple.com")
        posting = json.loads(found.soup.find("script", type="application/ld+json").string)  # type: ignore[arg-type, union-attr]
        assert (posting["@type"], posting["title"], posting["hiringOrganization"]["name"]) == (
            "JobPosting",
            "Commis",
            "Épicerie du Coin inc.",
        )
        assert "Commis" in visitor.open("/en/emplois").text

    def test_what_breaks_the_promise_or_the_law_is_said_and_what_was_typed_stays(self, certification: Certification, owner: Person) -> None:
        page = owner.open(f"/mon-espace/offres/{certification.employer.ref}/nouvelle").fill("Publier l’offre", **typed(week_hours=20))
        assert page.status == 409
        said = page.errors()[0].replace("\u00a0", " ")
        assert "la loi en permet au plus 17" in said
        assert "votre engagement en permet au plus 15" in said
        assert "Placer les produits." in page.text
        assert db.session.scalar(select(func.count()).select_from(JobOffer)) == 0

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ({"until_on": "2019-01-01"}, "au plus 90 jours"),
            ({"until_on": "2090-01-01"}, "au plus 90 jours"),
            ({"apply_email": ""}, "Donnez au moins une façon de postuler"),
            ({"apply_url": "http://exemple.com"}, "https://"),
            ({"apply_url": "javascript:alert(1)"}, "https://"),
            ({"apply_url": "https://banque@exemple.com/"}, "https://"),
            ({"monday_friday_hours": 13}, "plus que les heures de la semaine"),
            ({"least_age": 13}, "de 14 à 30"),
            ({"place": "AUTRE"}, "Choisissez une réponse de la liste"),
            ({"ends_on": "2020-01-01"}, "Le dernier jour vient après"),
        ],
    )
    def test_what_is_wrong_is_said(self, certification: Certification, owner: Person, said: dict[str, object], expected: str) -> None:
        page = owner.open(f"/mon-espace/offres/{certification.employer.ref}/nouvelle").fill("Publier l’offre", **typed(**said))
        assert any(expected in error for error in page.errors()), page.errors()

    def test_html_and_scripts_are_text(self, certification: Certification, visitor: Visitor) -> None:
        hostile = "</script><script>alert(1)</script><b>Gras</b>"
        offer = make_offer(certification, title=Text(hostile), tasks=Text(hostile))
        visitor.inspects = False
        page = visitor.open(f"/emplois/{offer.ref}")
        raw = page.response.get_data(as_text=True)
        assert "<script>alert(1)" not in raw
        assert page.soup.main.b is None  # type: ignore[union-attr]
        assert json.loads(page.soup.find("script", type="application/ld+json").string)["title"].startswith("</script>")  # type: ignore[arg-type, union-attr]
        assert "<script>alert" not in visitor.client.get("/emplois.atom", base_url=visitor.base).get_data(as_text=True)
        assert visitor.client.get(f"/emplois/feuilles/{offer.mrc.slug}.pdf", base_url=visitor.base).data.startswith(b"%PDF")

    def test_an_employer_has_so_many_open_at_once(self, certification: Certification, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "MOST_OPEN", 1)
        first = make_offer(certification)
        with pytest.raises(Refusal, match="déjà 1 offres"):
            make_offer(certification)
        with unit():
            close_offer(first, by=speaker(certification))
        make_offer(certification)

    def test_a_signatory_reads_and_posts_nothing(self, certification: Certification, app: Flask) -> None:
        signatory = make_person()
        row = {
            "ref": tokens.ref(), "user_id": signatory.user.id, "employer_id": certification.employer_id, "role": MemberRole.SIGNATORY.value,
            "since": clock.now(), "added_by": "x",
        }  # fmt: skip
        with unit():
            db.session.add(Membership(**row))
        path = f"/mon-espace/offres/{certification.employer.ref}"
        assert signatory.open(path).status == 200
        page = signatory.open(f"{path}/nouvelle").fill("Publier l’offre", **typed())
        assert page.errors() == ["Seules les personnes responsables ou membres de l’organisation peuvent la modifier."]

    def test_an_edit_cannot_lengthen_it_beyond_ninety_days_of_its_first(self, certification: Certification) -> None:
        offer = make_offer(certification)
        with clock.frozen(clock.now() + dt.timedelta(days=30)):
            late = terms(until_on=clock.today() + dt.timedelta(days=80))
            with pytest.raises(Refusal, match="au plus 90 jours"), unit():
                edit_offer(offer, code_of(certification), late, by=speaker(certification))


class TestOnlyTheCertified:
    """At posting, at editing and at each reading."""

    @pytest.mark.parametrize("stage", [Stage.AWAITING_CONTRACT, Stage.AWAITING_VALIDATION, Stage.SUSPENDED, Stage.REVOKED])
    def test_an_employer_that_is_not_certified_posts_nothing(self, program: Program, app: Flask, stage: Stage) -> None:
        found = make_certification(stage, program)
        owner = sign_in(Person(app), owner_of(found.employer))
        page = owner.open(f"/mon-espace/offres/{found.employer.ref}/nouvelle")
        assert "Réservé aux employeurs certifiés" in page.text
        code = found.badges[0].verification.code if found.badges else "X"
        with pytest.raises(Refusal, match="certification est en vigueur"), unit():
            post_offer(found.employer, code, terms(), by=owner.actor)

    def test_one_that_posts_by_hand_to_the_address_of_the_form_is_told_no(self, program: Program, app: Flask) -> None:
        found = make_certification(Stage.AWAITING_VALIDATION, program)
        other = make_certification(Stage.CERTIFIED, program)
        owner = sign_in(Person(app), owner_of(found.employer))
        token = owner.open("/compte").soup.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
        data = {name: str(value) for name, value in typed(place=code_of(other), csrf_token=token).items()}
        assert owner.send(f"/mon-espace/offres/{found.employer.ref}/nouvelle", data).status == 422
        assert owner.send(f"/mon-espace/offres/{other.employer.ref}/nouvelle", data).status == 404, "another's employer"
        assert db.session.scalar(select(func.count()).select_from(JobOffer)) == 0

    def test_a_code_of_somebody_else_is_no_place_of_mine(self, certification: Certification, program: Program) -> None:
        other = make_certification(Stage.CERTIFIED, program)
        with pytest.raises(Refusal, match="certification est en vigueur"), unit():
            post_offer(certification.employer, code_of(other), terms(), by=speaker(certification))

    @pytest.mark.parametrize("stage", [Stage.SUSPENDED, Stage.REVOKED])
    def test_once_it_lapses_the_offer_is_hidden_everywhere_at_once_and_cannot_be_edited(
        self, certification: Certification, owner: Person, visitor: Visitor, stage: Stage
    ) -> None:
        offer = make_offer(certification)
        edit = f"/mon-espace/offres/modification/{offer.ref}"
        filled_before = owner.open(edit)
        assert len(titles(visitor)) == 1
        lead_to(certification, stage)
        assert titles(visitor) == []
        for path in (f"/emplois/{offer.ref}", f"/emplois/{offer.ref}/signalement"):
            assert visitor.open(path).status == 404
        assert b"Commis" not in visitor.client.get("/emplois.atom", base_url=visitor.base).data
        page = filled_before.fill("Enregistrer", title_fr="Modifié")
        assert page.status in {409, 422}
        assert offer.title_fr == "Commis de fin de semaine"
        with pytest.raises(Refusal, match="certification est en vigueur"), unit():
            edit_offer(offer, code_of(certification), terms(), by=speaker(certification))
        assert "Masquée" in owner.open(f"/mon-espace/offres/{certification.employer.ref}").text

    def test_once_reinstated_it_is_shown_again_by_itself(self, certification: Certification, visitor: Visitor) -> None:
        make_offer(certification)
        lead_to(certification, Stage.SUSPENDED)
        assert titles(visitor) == []
        lead_to(certification, Stage.CERTIFIED)
        assert len(titles(visitor)) == 1

    def test_an_expired_certification_hides_it(self, certification: Certification, visitor: Visitor) -> None:
        last = certification.badges[0].expires_on
        with clock.frozen(clock.midnight(last - dt.timedelta(days=10))):
            make_offer(certification)
            assert len(titles(visitor)) == 1
        with clock.frozen(clock.midnight(last + dt.timedelta(days=1))):
            assert titles(visitor) == []

    def test_supporters_hire_nobody_and_a_closed_place_offers_nothing(self, certification: Certification, program: Program) -> None:
        supporting = make_program("generation-c4", code="15")
        supporter = make_certification(Stage.CERTIFIED, supporting, hires="none")
        if supporter.is_supporter:
            with pytest.raises(Refusal, match="certification est en vigueur"):
                make_offer(supporter)
        employer = make_employer(places=2, mrc=mrcs(region("14"))[0])
        two = make_certification(Stage.CERTIFIED, program, employer=employer)
        offer = make_offer(two)
        assert shown_offers(Wanted(), None).rows == [offer]
        with unit():
            offer.establishment.is_main = False
            close_establishment(offer.establishment, by=speaker(two))
        assert shown_offers(Wanted(), None).rows == []


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
        assert "Retirée" in page.text
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
