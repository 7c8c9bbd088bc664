"""The pages of « Mon espace » about agreements: mine, a new one, one of them; and the calendar of exam weeks."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.agreements import actions, exam_actions, queries
from certif.agreements.exam_feed import advice
from certif.agreements.exam_queries import feed_of, is_certified, periods_by_mrc
from certif.agreements.forms import InternshipForm, SchoolAgreementForm, StudentAgreementForm
from certif.agreements.kinds import KINDS, STATES, AgreementKind, AgreementState, Side
from certif.agreements.queries import agreement_of, certification_to_agree
from certif.agreements.views import legal_rules, pages, sealed_copy, told_evaluations
from certif.employers import Employer, employer_of, establishment_of, establishments_of
from certif.kit import clock
from certif.kit.access import Role, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import absolute_url, go, page, say
from certif.territory import PartnerKind, partners, region_of

_PROPOSED = "30 per hour"


@pages.route("/mon-espace/ententes/<ref>")
@audience(Role.EMPLOYER)
def list_agreements(ref: str) -> Response:
    """The agreements of my organisation: how many stand where, and each of them."""
    employer = employer_of(actor(), ref)
    found, counts = queries.agreements_of(employer, request.args.get("suite")), queries.counts_of_employer(employer)
    may_open = certification_to_agree(employer) is not None
    told: dict[str, Any] = {"kinds": KINDS, "states": STATES, "may_open": may_open, "next_url": following(found)}
    return page("agreements/list_agreements.html", employer=employer, found=found, counts=counts, **told)


@pages.route("/mon-espace/ententes/<ref>/eleve", methods=["GET", "POST"])
@limiter.limit(_PROPOSED, methods=["POST"])
@audience(Role.EMPLOYER)
def propose_to_student(ref: str) -> Response | Answer:
    """A new agreement with a student."""
    employer = employer_of(actor(), ref)
    form = StudentAgreementForm(studies="secondary", first_day=clock.today(), student_language="fr").offer(*_offered(employer))
    if (sent := _proposed(employer, form)) is not None:
        return sent
    return page("agreements/propose_to_student.html", form=form, employer=employer, **_limits(employer))


@pages.route("/mon-espace/ententes/<ref>/ecole", methods=["GET", "POST"])
@limiter.limit(_PROPOSED, methods=["POST"])
@audience(Role.EMPLOYER)
def propose_to_school(ref: str) -> Response | Answer:
    """A new agreement with a school or a regional body."""
    employer = employer_of(actor(), ref)
    form = SchoolAgreementForm(first_day=clock.today(), contact_language="fr").offer(*_offered(employer))
    if (sent := _proposed(employer, form)) is not None:
        return sent
    return page("agreements/propose_to_school.html", form=form, employer=employer, **_limits(employer))


@pages.route("/mon-espace/ententes/<ref>/stage", methods=["GET", "POST"])
@limiter.limit(_PROPOSED, methods=["POST"])
@audience(Role.EMPLOYER)
def propose_internship(ref: str) -> Response | Answer:
    """A new internship."""
    employer = employer_of(actor(), ref)
    form = InternshipForm(studies="secondary", first_day=clock.today(), student_language="fr").offer(*_offered(employer))
    if (sent := _proposed(employer, form)) is not None:
        return sent
    return page("agreements/propose_internship.html", form=form, employer=employer, **_limits(employer))


@pages.route("/mon-espace/entente/<ref>")
@audience(Role.EMPLOYER)
def show_agreement(ref: str) -> Response:
    """One agreement: what is agreed, who has signed, what is left to do."""
    agreement = agreement_of(actor(), ref)
    is_open = agreement.state in {AgreementState.AWAITING, AgreementState.IN_FORCE}
    told, rules = told_evaluations(agreement), legal_rules(agreement)
    return page("agreements/show_agreement.html", agreement=agreement, is_open=is_open, told=told, rules=rules, form=Form())


@pages.route("/mon-espace/entente/<ref>/renvoi/<party>", methods=["POST"])
@audience(Role.EMPLOYER)
def send_again(ref: str, party: str) -> Answer:
    """Write the link once more."""
    actions.send_again(queries.party_of(agreement_of(actor(), ref), party), by=actor())
    say(_("Le lien est reparti."))
    return go("agreements.show_agreement", ref=ref)


@pages.route("/mon-espace/entente/<ref>/fin", methods=["POST"])
@audience(Role.EMPLOYER)
def end_agreement(ref: str) -> Answer:
    """Take it back, or put an end to it, in one press."""
    actions.end_agreement(agreement_of(actor(), ref), Side.EMPLOYER, by=actor())
    say(_("C’est fait : l’entente a pris fin, et les autres parties en sont averties."))
    return go("agreements.show_agreement", ref=ref)


@pages.route("/mon-espace/entente/<ref>/entente.pdf", bilingual=False)
@audience(Role.EMPLOYER)
def download_agreement(ref: str) -> Response:
    """The sealed copy."""
    return sealed_copy(agreement_of(actor(), ref))


@pages.route("/mon-espace/semaines-d-examens/<ref>")
@audience(Role.EMPLOYER)
def show_exams(ref: str) -> Response:
    """The exam weeks around each of my establishments, and the address for a calendar."""
    employer = employer_of(actor(), ref)
    mine = establishments_of(employer)
    around = periods_by_mrc(mine)
    places = [(place, around[place.mrc_id], _address(place)) for place in mine]
    return page("agreements/show_exams.html", employer=employer, places=places, certified=is_certified(employer), advice=advice())


@pages.route("/mon-espace/semaines-d-examens/<ref>/adresse", methods=["POST"])
@audience(Role.EMPLOYER)
def make_exam_feed(ref: str) -> Answer:
    """Make the address of an establishment, or change it."""
    place = establishment_of(actor(), ref)
    exam_actions.make_exam_feed(place, by=actor())
    say(_("L’adresse est prête. S’il y en avait une avant, elle ne répond plus."))
    return go("agreements.show_exams", ref=place.employer.ref)


def _proposed(employer: Employer, form: Any) -> Answer | None:
    """Send what was proposed; None while something is left to say."""
    certification = certification_to_agree(employer)
    if certification is None or not form.validate_on_submit():
        return None
    with form.held():
        agreement = actions.open_agreement(certification, form.chosen_place, form.terms, by=actor())
        say(_("L’entente est en route : chaque personne reçoit son propre lien pour la signer, vous aussi."))
        return go("agreements.show_agreement", ref=agreement.ref)
    return None


def _offered(employer: Employer) -> tuple[Any, Any]:
    places = establishments_of(employer)
    return places, partners(PartnerKind.SCHOOL_BODY, region_of(places[0].mrc)) if places else []


def _limits(employer: Employer) -> dict[str, Any]:
    return {"certification": certification_to_agree(employer), "kind_student": AgreementKind.STUDENT}


def _address(place: Any) -> str:
    feed = feed_of(place)
    return str(absolute_url("agreements.read_exam_feed", code=feed.code)) if feed else ""
