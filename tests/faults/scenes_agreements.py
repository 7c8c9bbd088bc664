"""The forms of agreements and of exam weeks, each filled and ready to be pressed."""

from __future__ import annotations

import datetime as dt

from certif.agreements import Agreement, AgreementKind, Side, Signer, signing
from certif.kit import clock
from certif.kit.access import VISITOR, Role
from certif.territory import PartnerKind, partners, region
from tests import factories
from tests.agreements.making import link_to, make_agreement, make_calendar, make_exam_period, make_signed, party
from tests.factories import Person, code_in_letter, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.pages import Visitor


def sent(scenery: Scenery, kind: AgreementKind = AgreementKind.STUDENT) -> tuple[Agreement, str, Person]:
    """Give an agreement that was sent, the address of its student, and the owner of the employer."""
    email = f"eleve{scenery.next()}@exemple.com"
    certification = factories.make_certification(program=factories.make_program())
    agreement = make_agreement(certification, kind, student=Signer("Zoé", email))
    return agreement, email, factories.make_person(factories.owner_of(certification.employer))


def proposed(kind: str, **said: object) -> Press:
    """Fill the page of a new agreement."""
    certification = factories.make_certification(program=factories.make_program())
    owner = factories.make_person(factories.owner_of(certification.employer))
    last = clock.today() + dt.timedelta(days=60)
    return filled(owner, f"/mon-espace/ententes/{certification.employer.ref}/{kind}", last_day=last, **said)


HOURS = {
    "band": "from_14",
    "week_hours": 15,
    "weekday_hours": 10,
    "exam_weeks": "none",
    "student_name": "Zoé",
    "student_email": "z@exemple.com",
}
CONTACT = {"school": "École", "contact_name": "Direction", "contact_email": "ecole@exemple.com"}


def propose_to_student(_scenery: Scenery) -> Press:
    return proposed("eleve", **HOURS)


def propose_internship(_scenery: Scenery) -> Press:
    return proposed("stage", **HOURS, **CONTACT, total_hours=40)


def propose_to_school(_scenery: Scenery) -> Press:
    return proposed("ecole", **CONTACT)


def read_agreement(scenery: Scenery) -> Press:
    agreement, email, _owner = sent(scenery)
    link, student = link_to(email), party(agreement, Side.STUDENT)
    make_signed(agreement, Side.EMPLOYER)
    with unit():
        signing.send_code(student, by=VISITOR)
    code = code_in_letter(email)
    return filled(Visitor(scenery.app), link, "Signer l’entente", signatory="Zoé", agrees=True, code=code)


def send_code(scenery: Scenery) -> Press:
    _agreement, email, _owner = sent(scenery)
    return filled(Visitor(scenery.app), link_to(email), "Recevoir mon code")


def end_from_link(scenery: Scenery) -> Press:
    _agreement, email, _owner = sent(scenery)
    return filled(Visitor(scenery.app), link_to(email), "Refuser cette entente")


def evaluate(scenery: Scenery) -> Press:
    agreement, email, _owner = sent(scenery, AgreementKind.INTERNSHIP)
    make_signed(agreement)
    marks = dict.fromkeys(("mark_welcome", "mark_tasks", "mark_learning", "mark_studies"), 4)
    return filled(Visitor(scenery.app), f"{link_to(email)}/bilan/midterm", **marks)


def send_again(scenery: Scenery) -> Press:
    agreement, _email, owner = sent(scenery)
    return filled(owner, f"/mon-espace/entente/{agreement.ref}", "Renvoyer le lien")


def end_agreement(scenery: Scenery) -> Press:
    agreement, _email, owner = sent(scenery)
    return filled(owner, f"/mon-espace/entente/{agreement.ref}", "Retirer l’entente")


def make_exam_feed(scenery: Scenery) -> Press:
    agreement, _email, owner = sent(scenery)
    return filled(owner, f"/mon-espace/semaines-d-examens/{agreement.certification.employer.ref}", "Créer l’adresse")


def at_work() -> Person:
    """Give an agent of region 14."""
    return factories.make_staff(Role.AGENT, factories.make_program(code="14"))


def list_exam_periods(scenery: Scenery) -> Press:
    first = dt.date(2031, 1, 1) + dt.timedelta(days=scenery.next())
    body = partners(PartnerKind.SCHOOL_BODY, region("14"))[0].ref
    said = {"bodies": [body], "first_day": first, "last_day": first, "source": "Calendrier"}
    return filled(at_work(), "/personnel/semaines-d-examens", "Inscrire la période", **said)


def drop_exam_period(scenery: Scenery) -> Press:
    make_exam_period(partners(PartnerKind.SCHOOL_BODY, region("14"))[0], in_days=400 + scenery.next())
    return filled(at_work(), "/personnel/semaines-d-examens", "Retirer")


def set_school_calendar(scenery: Scenery) -> Press:
    body = partners(PartnerKind.SCHOOL_BODY, region("14"))[0]
    make_calendar(body)
    manager = factories.make_staff(Role.MANAGER, factories.make_program(code="14"))
    said = {"first_day": dt.date(2026, 8, 27), "last_day": dt.date(2027, 6, 1) + dt.timedelta(days=scenery.next() % 20)}
    return filled(manager, f"/personnel/calendriers-scolaires/{body.ref}", "Enregistrer", source="Calendrier", **said)


AGREEMENTS = {
    f"agreements.{scene.__name__}": scene
    for scene in (
        propose_to_student, propose_internship, propose_to_school, read_agreement, send_code, end_from_link, evaluate, send_again,
        end_agreement, make_exam_feed, list_exam_periods, drop_exam_period, set_school_calendar,
    )
}  # fmt: skip
ONCE_AGREED = tuple(
    f"agreements.{name}"
    for name in (
        "read_agreement", "end_from_link", "evaluate", "end_agreement", "list_exam_periods", "drop_exam_period", "set_school_calendar",
    )
)  # fmt: skip
"""What happens once by its nature."""
