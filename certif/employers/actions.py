"""What can happen in the register: an employer is registered and changed; its establishments are added, changed and closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.accounts import folded_email
from certif.employers.arrivals import RegistrationDraft
from certif.employers.kinds import MemberRole
from certif.employers.model import Banner, Employer, Establishment, Membership, establishments_of, is_member, members_of, name_key
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_into
from certif.kit.languages import _, _l
from certif.territory import mrc

audit.declare("employer_registered", _l("%(by)s a inscrit l’organisation « %(name)s »."), "name")
audit.declare("employer_renamed", _l("%(by)s a changé le nom légal de « %(before)s » à « %(after)s »."), "before", "after")
audit.declare("employer_changed", _l("%(by)s a modifié les renseignements de l’organisation."), "fields")
audit.declare("contact_changed", _l("%(by)s a modifié la personne-ressource."))
audit.declare("establishment_added", _l("%(by)s a ajouté l’établissement « %(name)s »."), "name", "establishment")
audit.declare("establishment_changed", _l("%(by)s a modifié l’établissement « %(name)s »."), "name", "establishment")
audit.declare("establishment_closed", _l("%(by)s a fermé l’établissement « %(name)s »."), "name", "establishment")

DESCRIBED = ("trade_name", "kind", "sector", "size", "hires", "federally_regulated")
CONTACT = ("contact_name", "contact_role", "contact_email", "contact_phone", "language")


def register_employer(draft: RegistrationDraft, *, by: Actor) -> Employer:
    """Register the employer of a draft, with its establishments, and make `by` its owner. Done again, it gives the same employer.

    Takes: `by`, signed in under the very address of the contact, which is thereby proven.
    Refuses: a draft that lacks answers; another address than the contact's; a NEQ registered in the meantime.
    """
    lock(draft)
    if draft.employer is not None:
        if not is_member(by.user_id, draft.employer):
            raise NotFound
        return draft.employer
    if not draft.is_complete:
        raise Refusal(_("Il manque des réponses à l’inscription. Complétez-les avant de confirmer."))
    if by.user_id is None or folded_email(by.email) != folded_email(draft.contact_email):
        raise Refusal(_("Confirmez d’abord l’adresse courriel de la personne-ressource."))
    employer = _new_employer(draft, by)
    for position, place in enumerate(draft.establishments):
        db.session.add(_new_establishment(employer, place, is_main=position == 0))
    db.session.add(Membership(user_id=by.user_id, employer=employer, role=MemberRole.OWNER, since=clock.now(), added_by=by.ref))
    draft.employer, draft.data = employer, {}
    audit.record("employer_registered", employer, by=by, name=employer.legal_name)
    return employer


def edit_employer(employer: Employer, answers: Mapping[str, Any], *, by: Actor) -> None:
    """Change what is known of the organisation.

    Takes: `answers`, among the fields described at registration, `legal_name`, `banner`, `website` and `neq`.
    Refuses: someone who may only sign; a NEQ in place of another, or already registered.
    """
    lock(employer)
    check_may_edit(employer, by)
    _give_neq(employer, answers.get("neq") or employer.neq)
    before = employer.legal_name
    if answers["legal_name"] != before:
        employer.legal_name, employer.name_key = answers["legal_name"], name_key(answers["legal_name"])
        audit.record("employer_renamed", employer, by=by, before=before, after=employer.legal_name)
    new = {name: answers[name] for name in (*DESCRIBED, "website")} | {"banner": _banner_named(answers["banner"])}
    changed = sorted(name for name, value in new.items() if getattr(employer, name) != value)
    for name in changed:
        setattr(employer, name, new[name])
    if changed:
        audit.record("employer_changed", employer, by=by, fields=changed)


def edit_contact(employer: Employer, answers: Mapping[str, Any], *, by: Actor) -> None:
    """Change who is reached for the employer.

    Refuses: someone who may only sign; an address that is not a member's, because nobody has proven it.
    """
    lock(employer)
    check_may_edit(employer, by)
    known = {folded_email(membership.user.email) for membership in members_of(employer)} | {folded_email(employer.contact_email)}
    if folded_email(answers["contact_email"]) not in known:
        raise Refusal(_("Invitez d’abord cette personne parmi les personnes de l’organisation ; son adresse sera ainsi confirmée."))
    if any(getattr(employer, name) != answers[name] for name in CONTACT):
        for name in CONTACT:
            setattr(employer, name, answers[name])
        audit.record("contact_changed", employer, by=by)


def add_establishment(employer: Employer, answers: Mapping[str, str], *, is_main: bool = False, by: Actor) -> Establishment:
    """Add a place of work. The same one (name, address and postal code) is not added twice.

    Takes: `answers`, with `mrc`, the slug of an MRC.
    Refuses: someone who may only sign; an establishment already there.
    """
    lock(employer)
    check_may_edit(employer, by)
    known = establishments_of(employer)
    if any((it.name, it.address, it.postal_code) == (answers["name"], answers["address"], answers["postal_code"]) for it in known):
        raise Refusal(_("Cet établissement est déjà inscrit."))
    establishment = _new_establishment(employer, answers, is_main=is_main or not known)
    db.session.add(establishment)
    db.session.flush()
    _settle_main(establishment)
    audit.record("establishment_added", employer, by=by, name=establishment.name, establishment=establishment.ref)
    return establishment


def edit_establishment(establishment: Establishment, answers: Mapping[str, str], *, is_main: bool, by: Actor) -> None:
    """Change a place of work. Made the main one, it takes the place of the one before.

    Refuses: someone who may only sign; a closed establishment.
    """
    employer = lock(establishment.employer)
    lock(establishment)
    check_may_edit(employer, by)
    if establishment.closed_at is not None:
        raise Refusal(_("Cet établissement est fermé."))
    establishment.name, establishment.address = answers["name"], answers["address"]
    establishment.municipality, establishment.postal_code = answers["municipality"], answers["postal_code"]
    establishment.mrc = mrc(answers["mrc"])
    establishment.is_main = is_main or establishment.is_main
    _settle_main(establishment)
    audit.record("establishment_changed", employer, by=by, name=establishment.name, establishment=establishment.ref)


def close_establishment(establishment: Establishment, *, by: Actor) -> None:
    """Close a place of work: it stays in the register, for what it was. Another one becomes the main one where needed.

    Refuses: someone who may only sign; an establishment already closed; the last one.
    """
    employer = lock(establishment.employer)
    lock(establishment)
    check_may_edit(employer, by)
    if establishment.closed_at is not None:
        raise Refusal(_("Cet établissement est déjà fermé."))
    others = [other for other in establishments_of(employer) if other is not establishment]
    if not others:
        raise Refusal(_("Une organisation garde au moins un établissement. Ajoutez le nouveau avant de fermer celui-ci."))
    if establishment.is_main:
        others[0].is_main, establishment.is_main = True, False
    establishment.closed_at = clock.now()
    audit.record("establishment_closed", employer, by=by, name=establishment.name, establishment=establishment.ref)


def _new_employer(draft: RegistrationDraft, by: Actor) -> Employer:
    answers = draft.data
    employer = Employer(
        legal_name=answers["legal_name"],
        name_key=name_key(answers["legal_name"]),
        banner=_banner_named(answers.get("banner")),
        registered_at=clock.now(),
        registered_by=by.ref,
        **{name: answers.get(name) or None for name in (*DESCRIBED, *CONTACT) if name != "federally_regulated"},
        federally_regulated=bool(answers.get("federally_regulated")),
    )
    _give_neq(employer, answers.get("neq"))
    db.session.add(employer)
    db.session.flush()  # the same NEQ registered at this very instant is refused now, by the unique constraint
    return employer


def _give_neq(employer: Employer, neq: str | None) -> None:
    if employer.neq == (neq or None):
        return
    if employer.neq is not None:
        raise Refusal(_("Le NEQ d’une organisation inscrite ne change pas. Écrivez à l’équipe régionale s’il est erroné."))
    if db.session.scalar(select(Employer.id).where(Employer.neq == neq)):
        raise Refusal(_("Une organisation qui a ce NEQ est déjà inscrite. Demandez à vous joindre à elle, ou corrigez le NEQ."))
    employer.neq = neq


def _new_establishment(employer: Employer, answers: Mapping[str, str], *, is_main: bool) -> Establishment:
    return Establishment(
        employer=employer,
        name=answers["name"] or employer.name,
        address=answers["address"],
        municipality=answers["municipality"],
        postal_code=answers["postal_code"],
        mrc=mrc(answers["mrc"]),
        is_main=is_main,
    )


def _settle_main(establishment: Establishment) -> None:
    """Leave one main establishment: this one, if it says so."""
    if establishment.is_main:
        for other in establishments_of(establishment.employer):
            other.is_main = other is establishment


def _banner_named(name: str | None) -> Banner | None:
    """Give the banner of this name, written once, however it is typed and by however many at once."""
    if not name:
        return None
    key = name_key(name)
    insert = insert_into(Banner)
    db.session.execute(insert.values(ref=tokens.ref(), name=name, name_key=key).on_conflict_do_nothing(index_elements=[Banner.name_key]))
    return db.session.scalars(select(Banner).where(Banner.name_key == key)).one()


def check_may_edit(employer: Employer, by: Actor) -> None:
    """Let only those who may speak for an employer go on. Refuses: anyone else, a signatory too, who reads and signs only."""
    if not any(membership.user_id == by.user_id and membership.role != MemberRole.SIGNATORY for membership in members_of(employer)):
        raise Refusal(_("Seules les personnes responsables ou membres de l’organisation peuvent la modifier."))
