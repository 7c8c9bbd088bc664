"""A job offer: posted only by a certified employer, whose certification counts when it is posted, edited, and each time it is read."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.certification import Certification, Stage
from certif.employers import MemberRole, Membership, close_establishment, establishments_of
from certif.kit import clock, tokens
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.offers import (
    JobOffer,
    Wanted,
    actions,
    close_offer,
    edit_offer,
    post_offer,
)
from certif.offers.queries import shown_offers
from certif.programs import Program, Text
from certif.territory import PartnerKind, mrcs, partners_serving, region, set_school_calendar
from tests.factories import (
    Person,
    lead_to,
    make_certification,
    make_employer,
    make_person,
    make_program,
    owner_of,
    sign_in,
    unit,
)
from tests.offers.making import code_of, make_offer, make_promising_program, terms
from tests.offers.making import owner as speaker
from tests.pages import Visitor

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


class TestBreaks:
    """A job of a break is held to the calendars of the school bodies around, where they are known."""

    def test_days_of_class_are_no_break_and_those_of_some_schools_are_told(self, app: Flask, program: Program) -> None:
        days = {"starts_on": "2027-03-01", "ends_on": "2027-03-05", "until_on": "2027-02-20", "season": "break", "week_hours": 30}
        year = {"first_day": dt.date(2026, 8, 27), "last_day": dt.date(2027, 6, 23), "by": SYSTEM}
        with clock.frozen(dt.datetime(2027, 2, 1, 15, tzinfo=dt.UTC)):
            employer = make_certification(Stage.CERTIFIED, program).employer
            owner, path = sign_in(Person(app), owner_of(employer)), f"/mon-espace/offres/{employer.ref}/nouvelle"
            first, second = partners_serving(establishments_of(employer)[0].mrc, PartnerKind.SCHOOL_BODY)[:2]
            with unit():
                set_school_calendar(first, breaks=[], **year)  # type: ignore[arg-type]
            refused = owner.open(path).fill("Publier l’offre", **typed(**days))
            assert refused.status == 409 and "il y a classe le 1er mars 2027" in refused.text.replace("\u00a0", " ")
            with unit():
                spring = (dt.date(2027, 3, 1), dt.date(2027, 3, 5), "Relâche")
                set_school_calendar(second, breaks=[spring], **year)  # type: ignore[arg-type]
            told = owner.open(path).fill("Publier l’offre", **typed(**days))
            assert "Publiée" in told.text and f"{first.short_name}, 1er mars 2027" in told.text.replace("\u00a0", " ")
