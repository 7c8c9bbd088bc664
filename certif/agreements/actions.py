"""What an employer does with agreements: it opens one, which goes to each party to be signed; writes again; takes it back."""

from __future__ import annotations

from certif.accounts import folded_email
from certif.agreements import retention  # noqa: F401 — its job belongs to this room
from certif.agreements.kinds import SIDES, AgreementKind, AgreementState, Side
from certif.agreements.model import Agreement, AgreementEnd, AgreementLink, AgreementParty
from certif.agreements.queries import MAY_AGREE
from certif.agreements.terms import AgreementTerms, Signer, obstacles_of
from certif.agreements.wording import french_digest, text_of, words_of
from certif.certification import Certification
from certif.employers import Establishment, establishments_of
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url

MOST_DAYS = 366
MOST_LINKS = 6

audit.declare("agreement_opened", _l("%(by)s a envoyé une entente à signer."))
audit.declare("agreement_sent_again", _l("%(by)s a renvoyé le lien d’une entente."), "side", words={"side": SIDES})
audit.declare("agreement_ended", _l("Une partie (%(side)s) a mis fin à une entente."), "side", words={"side": SIDES})

for _letter in ("signature_asked", "agreement_ended"):
    outbox.forget_once_sent(f"agreements/{_letter}")
outbox.hide_once_sent("agreements/signature_asked")


def open_agreement(certification: Certification, place: Establishment, terms: AgreementTerms, *, by: Actor) -> Agreement:
    """Propose an agreement, and write to each party a link of its own to sign it.

    Takes: `terms`, what is proposed; whoever opens it signs for the employer.
    Refuses: an employer that has signed no moral contract; days out of order, past, or more than a year long; hours above the law or above
    the promise of the program; the same address for two parties.
    """
    _check(certification, place, terms, by)
    program, employer = certification.program, certification.employer
    words = words_of(terms, employer=employer.name, program=program.name)
    agreement = Agreement(
        certification=certification, establishment=place, kind=terms.kind.value, text_version=text_of(terms.kind).version, words=words,
        french_digest=french_digest(words), age_band=terms.band.value if terms.kind is not AgreementKind.SCHOOL else "",
        exception=terms.exception, study_group=terms.studies.value, school_body=terms.school_body, school=terms.school,
        week_hours=terms.week_hours, total_hours=terms.total_hours, shifts=terms.shifts, first_day=terms.first_day,
        last_day=terms.last_day, opened_at=clock.now(), opened_by=by.ref,
    )  # fmt: skip
    db.session.add(agreement)
    for side, signer in _signers(terms, employer.language, by):
        agreement.parties.append(AgreementParty(side=side.value, name=signer.name, email=signer.email, language=signer.language))
    db.session.flush()
    for party in agreement.parties:
        write_link(party, "sign", "agreements/signature_asked", by=by)
    audit.record("agreement_opened", agreement, by=by)
    return agreement


def send_again(party: AgreementParty, *, by: Actor) -> None:
    """Write the link once more to a party that has not signed yet; the links before still work.

    Refuses: an agreement that no longer awaits it; too many letters.
    """
    agreement = lock(party.agreement)
    lock(party)
    if agreement.state is not AgreementState.AWAITING or party.signature is not None:
        raise Refusal(_("Cette partie n’a plus à signer."))
    if len(party.links) >= MOST_LINKS:
        raise Refusal(_("Cette personne a déjà reçu plusieurs courriels : parlez-lui de vive voix."))
    write_link(party, "sign", "agreements/signature_asked", by=by)
    audit.record("agreement_sent_again", agreement, by=by, side=party.side)


def end_agreement(agreement: Agreement, side: Side, *, by: Actor) -> None:
    """Put an end to an agreement on behalf of one side, at any time, without a reason; the other parties hear of it.

    Refuses: one that has ended already.
    """
    lock(agreement)
    if agreement.state not in {AgreementState.AWAITING, AgreementState.IN_FORCE}:
        raise Refusal(_("Cette entente est déjà terminée."))
    agreement.end = AgreementEnd(side=side.value, ended_at=clock.now(), ended_by=by.ref)
    audit.record("agreement_ended", agreement, by=by, side=side.value)
    for party in agreement.parties:
        outbox.queue(
            "agreements/agreement_ended", party.email, language=party.language, agreement=agreement, party=party, side=side.value,
            is_mine=party.side == side,
        )  # fmt: skip


def write_link(party: AgreementParty, purpose: str, letter: str, *, by: Actor, attachments: list[tuple[str, str]] | None = None) -> None:
    """Write to a party a new link of its own.

    Takes: `purpose`, `sign`, `midterm` or `final`; `letter`, which one to write, and what it carries.
    """
    token, number = tokens.secret(), sum(link.purpose == purpose for link in party.links) + 1
    party.links.append(
        AgreementLink(purpose=purpose, number=number, token_digest=tokens.digest(token), sent_at=clock.now(), sent_by=by.ref)
    )
    outbox.queue(
        letter, party.email, language=party.language, attachments=attachments, party=party, agreement=party.agreement,
        employer=party.agreement.certification.employer.name,
        url=absolute_url("agreements.read_agreement", token=token, language=party.language),
    )  # fmt: skip


def _check(certification: Certification, place: Establishment, terms: AgreementTerms, by: Actor) -> None:
    if certification.stage not in MAY_AGREE or place not in establishments_of(certification.employer):
        raise Refusal(_("Signez d’abord le contrat moral de votre programme : les ententes viennent ensuite."))
    if terms.last_day < terms.first_day or terms.last_day < clock.today():
        raise Refusal(_("Choisissez un dernier jour après le premier, et qui n’est pas passé."))
    if (terms.last_day - terms.first_day).days > MOST_DAYS:
        raise Refusal(_("Une entente dure au plus un an : vous pourrez en faire une autre ensuite."))
    addresses = [folded_email(signer.email) for _side, signer in _signers(terms, "fr", by)]
    if len(set(addresses)) < len(addresses):
        raise Refusal(_("Chaque partie signe depuis sa propre adresse : écrivez des adresses différentes."))
    version = certification.version
    obstacles = obstacles_of(terms, version.rules.hours, federal=certification.employer.federally_regulated)
    if obstacles:
        raise Refusal(" ".join(obstacles))


def _signers(terms: AgreementTerms, language: str, by: Actor) -> list[tuple[Side, Signer]]:
    asked: list[tuple[Side, Signer | None]] = [(Side.EMPLOYER, Signer(by.name, by.email, language))]
    if terms.kind is not AgreementKind.SCHOOL:
        asked.append((Side.PARENT, terms.parent) if terms.is_about_child else (Side.STUDENT, terms.student))
    if terms.kind is not AgreementKind.STUDENT:
        asked.append((Side.SCHOOL, terms.contact))
    found = [(side, signer) for side, signer in asked if signer is not None]
    if len(found) < len(asked):
        raise Refusal(_("Écrivez l’adresse de chaque personne qui doit signer."))
    return found
