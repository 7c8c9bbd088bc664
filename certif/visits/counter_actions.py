"""Signing at the counter, in story order: typed, the address proven, the contract read, signed with a code; a sticker is put up.

Whoever stands by with the phone signs nothing: each step that binds is done by the person who proved the employer's address, through the
very acts of the certification, and the signature asks for a second code that only they receive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select

from certif import accounts, certification, employers, visibility
from certif.certification import Assent, Certification, ContractSignature
from certif.employers import RegistrationDraft
from certif.imports import Prospect, also_became
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.programs import Program
from certif.visits.contact_actions import let_go_of
from certif.visits.counter_model import CounterSitting
from certif.visits.pursuing import follow
from certif.visits.report_queries import WHOLE

audit.declare("counter_opened", _l("%(by)s a commencé l’inscription de « %(name)s » à son comptoir."), "name")
audit.declare("counter_address_proved", _l("%(by)s était présent quand « %(name)s » a confirmé son adresse et s’est inscrite."), "name")
audit.declare("prospect_became_employer", _l("%(by)s a inscrit ce prospect à son comptoir, sous le nom « %(name)s »."), "name")
audit.declare("signature_witnessed", _l("%(by)s était présent quand %(name)s a signé le contrat moral, avec son propre code."), "name")

HERE = "comptoir"


def open_sitting(
    program: Program, answers: Mapping[str, Any], place: Mapping[str, str], *, by: Actor, prospect: Prospect | None = None
) -> CounterSitting:
    """Type the registration of an employer at its counter, and send the code that proves its contact's address.

    Takes: `answers` and `place`, as a registration gives them; `prospect`, as which it was known until now, in this program.
    Refuses: someone who has no part in the program; the address of somebody of the team, who cannot sign for an employer; an organisation
    that is registered already; too many letters to one address.
    """
    _let_in(program.id, by)
    _refuse_the_team(answers["contact_email"], by)
    known = employers.find_similar(answers.get("neq"), answers["legal_name"], place["postal_code"])
    if known is not None:
        raise Refusal(_("« %(name)s » est déjà inscrite : son contrat se signe dans son espace.", name=known.name))
    accounts.prove_address(answers["contact_email"], language=answers["language"])
    token = tokens.secret()
    employers.keep_first_answers(token, answers)
    draft = employers.keep_establishment(employers.draft_of(token), place)
    sitting = CounterSitting(
        program=program, draft=draft, name=draft.name, user_id=by.user_id, prospect=prospect, opened_at=clock.now(), opened_by=by.ref,
    )  # fmt: skip
    db.session.add(sitting)
    db.session.flush()
    audit.record("counter_opened", sitting, by=by, name=sitting.name)
    return sitting


def send_contact_code(sitting: CounterSitting, *, by: Actor) -> None:
    """Send the code that proves the contact's address once more.

    Refuses: an address that is proven; a registration that is too old; too many letters.
    """
    draft = _draft_of(sitting, by)
    certification.begin_confirmation(draft, by=by, language=draft.language)


def prove_contact(sitting: CounterSitting, code: str, *, by: Actor) -> Certification:
    """Register the employer with the code that its contact received. The account is theirs; the session that it opens is closed at once,
    because the phone is not. The prospect that it was is followed as registered from now on.

    Refuses: an address that is proven; a registration that is too old; a wrong or old code; what a registration refuses.
    """
    draft = _draft_of(sitting, by)
    _refuse_the_team(draft.contact_email, by)
    browser = accounts.Browser(agent=HERE)
    signed_in = certification.complete_registration(draft, code, program=sitting.program, browser=browser)
    signatory = signed_in.session.user
    accounts.end_session(signed_in.session, by=accounts.actor_of(signatory))
    lock(sitting)  # last: the code was counted and used before, and whoever tries another waits for those rows
    sitting.employer, sitting.signatory, sitting.proved_at = draft.employer, signatory, clock.now()
    db.session.flush()
    audit.record("counter_address_proved", sitting, by=by, name=sitting.name)
    if sitting.prospect is not None:
        prospect = lock(sitting.prospect)
        audit.record("prospect_became_employer", prospect, by=by, name=sitting.name)
        let_go_of(prospect, by=by)
        follow(prospect)
    return certification_at(sitting)


def deliver_there(sitting: CounterSitting, *, by: Actor) -> None:
    """Put the French text before the signatory.

    Refuses: what `signing_there` and `deliver_contract` refuse.
    """
    found, signatory = signing_there(sitting, by=by)
    certification.deliver_contract(found, by=signatory)


def choose_language_there(sitting: CounterSitting, language: str, *, by: Actor) -> None:
    """Let the signatory choose a language, after the French text.

    Refuses: what `signing_there` and `choose_language` refuse.
    """
    found, signatory = signing_there(sitting, by=by)
    certification.choose_language(found, language, by=signatory)


def send_code_there(sitting: CounterSitting, *, by: Actor) -> str:
    """Send the code of the signature to the signatory's own address. Gives: that address.

    Refuses: what `signing_there` and `send_signing_code` refuse.
    """
    found, signatory = signing_there(sitting, by=by)
    certification.send_signing_code(found, by=signatory)
    return signatory.email


def sign_there(sitting: CounterSitting, assent: Assent, *, by: Actor) -> ContractSignature:
    """Let the signatory sign with the code that they received; note who stood by.

    Refuses: what `signing_there` and `sign_contract` refuse.
    """
    found, signatory = signing_there(sitting, by=by)
    signature = certification.sign_contract(found, assent, by=signatory)
    audit.record("signature_witnessed", found, by=by, name=signature.signatory)
    return signature


def hang_sticker(sitting: CounterSitting, typed: str, hangs_at: str, *, by: Actor) -> str:
    """Put up a numbered sticker of the stock. Gives: its number.

    Takes: `typed`, what is printed on it: its number, its serial, or the address that its QR opens.
    Refuses: a number that no sticker of the program bears; what `assign_sticker` refuses.
    """
    _let_in(sitting.program_id, by)
    if sitting.employer is None:
        raise Refusal(_("L’employeur n’est pas encore inscrit."))
    sticker = visibility.find_sticker(by, typed)
    if sticker is None:
        raise Refusal(_("Aucune vignette de vos programmes ne porte ce numéro. Relisez-le sur la vignette."))
    visibility.assign_sticker(sticker, certification.verifications_of(certification_at(sitting))[0], hangs_at, by=by)
    return sticker.label


def signing_there(sitting: CounterSitting, *, by: Actor) -> tuple[Certification, Actor]:
    """Give the path of the employer, and who signs: the person who proved its address on this phone, within two hours.

    Refuses: an address that is not proven; a sitting of somebody else, or that is over.
    """
    _let_in(sitting.program_id, by)
    if sitting.signatory is None or sitting.user_id != by.user_id:
        raise Refusal(_("Confirmez d’abord l’adresse de la personne qui signe."))
    if not sitting.is_running:
        raise Refusal(_("Cette visite est terminée depuis longtemps : la personne signe maintenant dans son espace, de son appareil."))
    return certification_at(sitting), accounts.actor_of(sitting.signatory)


def certification_at(sitting: CounterSitting) -> Certification:
    """Give the path of the employer of a sitting whose address is proven."""
    mine = Certification.employer_id == sitting.employer_id, Certification.program_id == sitting.program_id
    return db.session.scalars(select(Certification).where(*mine).order_by(Certification.cycle.desc()).limit(1)).one()


@also_became
def registered_at_its_counter() -> Select[Any]:
    """Give the ids of the employers that a `Prospect` became at its counter."""
    theirs = CounterSitting.prospect_id == Prospect.id, CounterSitting.employer_id.is_not(None)
    return select(CounterSitting.employer_id).where(*theirs).correlate(Prospect)


def _draft_of(sitting: CounterSitting, by: Actor) -> RegistrationDraft:
    _let_in(sitting.program_id, by)
    if sitting.user_id != by.user_id or sitting.proved_at is not None:
        raise Refusal(_("L’adresse est déjà confirmée, ou quelqu’un d’autre de l’équipe est à ce comptoir."))
    if sitting.draft is None:
        raise Refusal(_("Cette inscription est trop ancienne : recommencez-la."))
    return sitting.draft


def _refuse_the_team(email: str, by: Actor) -> None:
    """Refuses: the address of whoever stands by, or of anybody who holds a role."""
    user = accounts.user_for(email)
    if accounts.folded_email(email) == accounts.folded_email(by.email) or (user is not None and accounts.grants_of(user)):
        raise Refusal(_("C’est l’adresse de quelqu’un de l’équipe. La personne qui signe donne la sienne : elle y recevra ses codes."))


def _let_in(program_id: int, by: Actor) -> None:
    if not by.holds(program_id, *WHOLE):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas d’inscrire un employeur à son comptoir."))
