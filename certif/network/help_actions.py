"""What employers are and do beside their certification: a distinction is offered, accepted, declined, ended; ways to help are offered and
taken back."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import exists, select

from certif.certification import Certification, Stage
from certif.employers import is_member
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.network.actions import let_work
from certif.network.help_model import HELP_KINDS, Distinction, DistinctionKind, HelpKind, HelpOffer
from certif.network.help_queries import offers_by
from certif.network.queries import mrcs_of
from certif.territory import Mrc

audit.declare("distinction_offered", _l("%(by)s a offert une distinction à « %(employer)s »."), "employer", "kind", "mrc")
audit.declare(
    "distinction_accepted", _l("%(by)s a accepté, pour « %(employer)s », la distinction et qu’elle soit publique."), "employer", "kind"
)
audit.declare("distinction_ended", _l("%(by)s a mis fin à la distinction de « %(employer)s »."), "employer", "kind")
audit.declare(
    "help_offered",
    _l("%(by)s a mis à jour les coups de main de « %(employer)s » : %(kinds)s."),
    "employer",
    "kinds",
    words={"kinds": HELP_KINDS},
)


def offer_distinction(certification: Certification, kind: DistinctionKind, *, mrc: Mrc | None, by: Actor) -> Distinction:
    """Offer a distinction to a certified employer, and tell it by letter. Nothing is public until it accepts.

    Takes: `mrc`, where an ambassador speaks for the program; None for a founder.
    Refuses: someone who does not work for the program; an employer that is not certified, or has that distinction already; an ambassador
    without an MRC of the program.
    """
    program, employer = certification.program, certification.employer
    let_work(by, program)
    if certification.stage is not Stage.CERTIFIED:
        raise Refusal(_("Une distinction s’offre à un employeur certifié."))
    is_ambassador = kind is DistinctionKind.AMBASSADOR
    if is_ambassador and (mrc is None or mrc.id not in {each.id for each in mrcs_of(program)}):
        raise Refusal(_("Choisissez la MRC où cet employeur est ambassadeur."))
    mine = Distinction.program_id == program.id, Distinction.employer_id == employer.id, Distinction.kind == kind.value
    if db.session.scalar(select(exists().where(*mine, Distinction.ended_at.is_(None)))):
        raise Refusal(_("Cet employeur a déjà cette distinction, ou on la lui a déjà offerte."))
    distinction = Distinction(
        program=program, employer=employer, kind=kind.value, mrc=mrc if is_ambassador else None, offered_at=clock.now(), offered_by=by.ref
    )
    db.session.add(distinction)
    db.session.flush()
    place = distinction.mrc.name if distinction.mrc else ""
    audit.record("distinction_offered", distinction, by=by, employer=employer.name, kind=kind.value, mrc=place)
    outbox.queue(
        "network/distinction_offered", employer.contact_email, language=employer.language, scope=program.ref, distinction=distinction,
        url=absolute_url("network.answer_distinction", ref=distinction.ref, language=employer.language),
    )  # fmt: skip
    return distinction


def accept_distinction(distinction: Distinction, *, by: Actor) -> None:
    """Accept a distinction, and that the public page says it.

    Refuses: someone who does not act for the employer; one accepted already, or that ended.
    """
    _let_answer(distinction, by)
    if distinction.accepted_at is not None:
        raise Refusal(_("Cette distinction est déjà acceptée."))
    distinction.accepted_at, distinction.accepted_by = clock.now(), by.ref
    audit.record("distinction_accepted", distinction, by=by, employer=distinction.employer.name, kind=distinction.kind)


def decline_distinction(distinction: Distinction, *, by: Actor) -> None:
    """Decline a distinction, or give it up: nothing says it any more.

    Refuses: someone who does not act for the employer; one that ended already.
    """
    _let_answer(distinction, by)
    _end(distinction, by)


def end_distinction(distinction: Distinction, *, by: Actor) -> None:
    """Take a distinction back. Refuses: someone who does not work for the program; one that ended already."""
    let_work(by, distinction.program)
    _lock_standing(distinction)
    _end(distinction, by)


def offer_help(certification: Certification, kinds: Collection[HelpKind], note: str, *, by: Actor) -> None:
    """Say which ways to help an employer offers: what is left out is taken back today, and what is new is offered today.

    Takes: `note`, what to know of it, in the employer’s own words; the same for all.
    Refuses: someone who does not act for the employer; an employer that is not certified, unless it takes everything back.
    """
    program, employer = certification.program, certification.employer
    if not is_member(by.user_id, employer):
        raise Refusal(_("Seules les personnes de cet employeur offrent ses coups de main."))
    if kinds and certification.stage is not Stage.CERTIFIED:
        raise Refusal(_("Les coups de main s’offrent une fois certifié."))
    lock(certification)
    standing = offers_by(employer, program)
    for offer in standing:
        if offer.kind not in {kind.value for kind in kinds} or offer.note != note:
            offer.withdrawn_at, offer.withdrawn_by = clock.now(), by.ref
    db.session.flush()
    kept = {offer.kind for offer in standing if offer.withdrawn_at is None}
    plain = {"program_id": program.id, "employer_id": employer.id, "note": note, "offered_at": clock.now(), "offered_by": by.ref}
    rows = [{**plain, "ref": tokens.ref(), "kind": kind.value} for kind in HelpKind if kind in kinds and kind.value not in kept]
    insert_new(HelpOffer, rows, HelpOffer.id)
    audit.record("help_offered", certification, by=by, employer=employer.name, kinds=", ".join(kind.value for kind in kinds) or "–")


def _let_answer(distinction: Distinction, by: Actor) -> None:
    if not is_member(by.user_id, distinction.employer):
        raise Refusal(_("Seules les personnes de cet employeur répondent."))
    _lock_standing(distinction)


def _lock_standing(distinction: Distinction) -> None:
    if lock(distinction).ended_at is not None:
        raise Refusal(_("Cette distinction a pris fin."))


def _end(distinction: Distinction, by: Actor) -> None:
    distinction.ended_at, distinction.ended_by = clock.now(), by.ref
    audit.record("distinction_ended", distinction, by=by, employer=distinction.employer.name, kind=distinction.kind)
