"""What can happen in the register, in story order: a body is noted, edited, reached through somebody, gives, is archived."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select

from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.network.model import BodyContact, BodyPlace, MemberCategory, NetworkBody, Provision, ProvisionKind
from certif.network.queries import WORKERS, mrcs_of
from certif.network.terms import BodyTerms, ContactTerms, ProvisionTerms
from certif.programs import Program
from certif.territory import Mrc

audit.declare("category_added", _l("%(by)s a ajouté une catégorie de membres : %(name)s."), "name")
audit.declare("body_noted", _l("%(by)s a inscrit « %(name)s » au registre des partenaires."), "name", "kind")
audit.declare("body_edited", _l("%(by)s a modifié « %(name)s » au registre. MRC : %(mrcs)s."), "name", "mrcs")
audit.declare("body_archived", _l("%(by)s a archivé « %(name)s » : l’organisme n’est plus du réseau."), "name")
audit.declare("contact_noted", _l("%(by)s a inscrit une personne à joindre : %(role)s."), "role")
audit.declare("contact_ended", _l("%(by)s a retiré une personne à joindre : %(role)s."), "role")
audit.declare("provision_noted", _l("%(by)s a noté un apport du %(given_on)s : %(what)s."), "given_on", "what", "kind", "cents", "quantity")
audit.declare("provision_struck", _l("%(by)s a rayé un apport noté par erreur : %(what)s."), "what")


def let_work(by: Actor, program: Program) -> None:
    """Let somebody work in the network of a program. Refuses: someone who does not work for it."""
    if not by.holds(program.id, *WORKERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas ce changement."))


def add_category(program: Program, name: str, *, by: Actor) -> MemberCategory:
    """Name a category of members. Refuses: someone who does not work for the program; a name that is taken."""
    let_work(by, program)
    if db.session.scalar(select(exists().where(MemberCategory.program_id == program.id, MemberCategory.name == name))):
        raise Refusal(_("Cette catégorie existe déjà."))
    category = MemberCategory(program_id=program.id, name=name, added_at=clock.now(), added_by=by.ref)
    db.session.add(category)
    db.session.flush()
    audit.record("category_added", program, by=by, name=name)
    return category


def note_body(program: Program, terms: BodyTerms, *, by: Actor) -> NetworkBody:
    """Note a body in the register, with the MRC where it works from today.

    Refuses: someone who does not work for the program; a name that is taken, or a partner that is there already; an MRC outside the
    program.
    """
    let_work(by, program)
    _check(program, terms, None)
    body = NetworkBody(program=program, noted_at=clock.now(), noted_by=by.ref, **_plain(terms))
    db.session.add(body)
    db.session.flush()
    _place(body, terms.mrcs, by)
    audit.record("body_noted", body, by=by, name=body.name, kind=body.kind)
    return body


def edit_body(body: NetworkBody, terms: BodyTerms, *, by: Actor) -> None:
    """Say anew what a body is and where it works: an MRC that is left out ends today, and one that is new begins today.

    Refuses: someone who does not work for the program; an archived body; what `note_body` refuses.
    """
    let_work(by, body.program)
    _lock_standing(body)
    _check(body.program, terms, body)
    for name, value in _plain(terms).items():
        setattr(body, name, value)
    _place(body, terms.mrcs, by)
    audit.record("body_edited", body, by=by, name=body.name, mrcs=", ".join(mrc.name for mrc in terms.mrcs) or "–")


def archive_body(body: NetworkBody, *, by: Actor) -> None:
    """Say that a body is gone. What it gave and where it sat stay; whom to reach there ends, and is forgotten in time.

    Refuses: someone who does not work for the program; a body archived already.
    """
    let_work(by, body.program)
    _lock_standing(body)
    body.archived_at, body.archived_by = clock.now(), by.ref
    for contact in db.session.scalars(select(BodyContact).where(BodyContact.body_id == body.id, BodyContact.ended_at.is_(None))):
        contact.ended_at, contact.ended_by = clock.now(), by.ref
    audit.record("body_archived", body, by=by, name=body.name)


def note_contact(body: NetworkBody, terms: ContactTerms, *, by: Actor) -> BodyContact:
    """Note whom to reach in a body. Refuses: someone who does not work for the program; an archived body; an expert without an address."""
    let_work(by, body.program)
    _lock_standing(body)
    if terms.expertise and not terms.email:
        raise Refusal(_("Une personne experte reçoit des demandes par courriel : donnez son adresse."))
    contact = BodyContact(
        body=body, name=terms.name, role=terms.role, email=terms.email or None, phone=terms.phone or None, language=terms.language,
        expertise=terms.expertise, noted_at=clock.now(), noted_by=by.ref,
    )  # fmt: skip
    db.session.add(contact)
    db.session.flush()
    audit.record("contact_noted", body, by=by, role=terms.role)
    return contact


def end_contact(contact: BodyContact, *, by: Actor) -> None:
    """Say that somebody is no longer the one to reach. Refuses: someone who does not work for the program; one who was ended already."""
    let_work(by, contact.body.program)
    if lock(contact).ended_at is not None:
        raise Refusal(_("Cette personne n’est déjà plus à joindre."))
    contact.ended_at, contact.ended_by = clock.now(), by.ref
    audit.record("contact_ended", contact.body, by=by, role=contact.role)


def note_provision(body: NetworkBody, terms: ProvisionTerms, *, by: Actor) -> Provision:
    """Note what a body gave on a day.

    Refuses: someone who does not work for the program; a day to come; money without an amount, or hours, rooms or prizes without a
    number.
    """
    let_work(by, body.program)
    if terms.given_on > clock.today():
        raise Refusal(_("Un apport se note une fois donné : choisissez aujourd’hui ou un jour passé."))
    is_money = terms.kind is ProvisionKind.MONEY
    if is_money and (terms.amount is None or terms.amount.is_zero):
        raise Refusal(_("Écrivez le montant qui a été donné."))
    if not is_money and not terms.quantity:
        raise Refusal(_("Écrivez combien d’heures, de salles ou de prix ont été donnés."))
    is_worth = terms.kind in {ProvisionKind.MONEY, ProvisionKind.PRIZES}
    cents = terms.amount.cents if terms.amount is not None and is_worth else 0
    provision = Provision(
        body=body, kind=terms.kind.value, cents=cents, quantity=0 if is_money else terms.quantity, given_on=terms.given_on,
        what=terms.what, noted_at=clock.now(), noted_by=by.ref,
    )  # fmt: skip
    db.session.add(provision)
    db.session.flush()
    said = {"given_on": terms.given_on.isoformat(), "what": terms.what, "kind": provision.kind}
    audit.record("provision_noted", body, by=by, cents=cents, quantity=provision.quantity, **said)
    return provision


def strike_provision(provision: Provision, *, by: Actor) -> None:
    """Strike out what was noted by mistake. Refuses: someone who does not work for the program; what was struck out already."""
    let_work(by, provision.body.program)
    if lock(provision).struck_at is not None:
        raise Refusal(_("Cet apport est déjà rayé."))
    provision.struck_at, provision.struck_by = clock.now(), by.ref
    audit.record("provision_struck", provision.body, by=by, what=provision.what)


def _check(program: Program, terms: BodyTerms, known: NetworkBody | None) -> None:
    others = NetworkBody.program_id == program.id, NetworkBody.id != (known.id if known else 0)
    if db.session.scalar(select(exists().where(NetworkBody.name == terms.name, *others))):
        raise Refusal(_("Un organisme porte déjà ce nom au registre."))
    if terms.partner is not None and db.session.scalar(select(exists().where(NetworkBody.partner_id == terms.partner.id, *others))):
        raise Refusal(_("Ce partenaire est déjà au registre, sous un autre nom."))
    if {mrc.id for mrc in terms.mrcs} - {mrc.id for mrc in mrcs_of(program)}:
        raise Refusal(_("Choisissez des MRC de la région du programme."))


def _plain(terms: BodyTerms) -> dict[str, object]:
    return {
        "name": terms.name, "kind": terms.kind.value, "category": terms.category, "partner": terms.partner, "website": terms.website,
        "goal": terms.goal,
    }  # fmt: skip


def _place(body: NetworkBody, wanted: Sequence[Mrc], by: Actor) -> None:
    here = {mrc.id: mrc for mrc in wanted}
    standing = db.session.scalars(select(BodyPlace).where(BodyPlace.body_id == body.id, BodyPlace.until_on.is_(None))).all()
    for place in standing:
        if place.mrc_id not in here:
            place.until_on = clock.today()
    known = {place.mrc_id for place in standing}
    new = [mrc_id for mrc_id in here if mrc_id not in known]
    db.session.add_all(BodyPlace(body_id=body.id, mrc_id=mrc_id, from_on=clock.today(), noted_by=by.ref) for mrc_id in new)
    db.session.flush()


def _lock_standing(body: NetworkBody) -> None:
    if lock(body).archived_at is not None:
        raise Refusal(_("Cet organisme est archivé."))
