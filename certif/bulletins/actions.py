"""What can be done with a bulletin, in story order: drafted, filled with blocks, made ready to leave, withdrawn from the archive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from certif.bulletins import sending, subscribing
from certif.bulletins.model import BlockKind, Bulletin, BulletinBlock
from certif.bulletins.parts import code_of
from certif.bulletins.sending import recipients_of
from certif.campaigns import Campaign
from certif.employers import Employer
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.library import Testimonial, Tool, is_told
from certif.mailings import Audience, Mailing, Step, draft_mailing_to
from certif.programs import Program, Text, english, french

MOST_BLOCKS = 20

audit.declare("bulletin_drafted", _l("%(by)s a commencé le bulletin « %(title)s »."), "title")
audit.declare("bulletin_edited", _l("%(by)s a modifié le bulletin « %(title)s »."), "title")
audit.declare("bulletin_prepared", _l("%(by)s a préparé l’envoi du bulletin « %(title)s »."), "title")
audit.declare("bulletin_withdrawn", _l("%(by)s a retiré des archives le bulletin « %(title)s ». Motif : %(reason)s"), "title", "reason")


@dataclass(frozen=True)
class BlockTerms:
    """What a block says, and what it points at, according to its kind."""

    title: Text
    body: Text
    tool: Tool | None = None
    employer: Employer | None = None
    testimonial: Testimonial | None = None
    campaign: Campaign | None = None
    held_on: dt.date | None = None


def draft_bulletin(program: Program, title: Text, lead: Text, *, by: Actor) -> Bulletin:
    """Begin a bulletin of a program. Nothing leaves."""
    bulletin = Bulletin(program=program, drafted_at=clock.now(), drafted_by=by.ref, drafter=by.name, **_words("title", title, "lead", lead))
    db.session.add(bulletin)
    db.session.flush()
    audit.record("bulletin_drafted", bulletin, by=by, title=bulletin.title_fr)
    return bulletin


def edit_bulletin(bulletin: Bulletin, title: Text, lead: Text, *, by: Actor) -> None:
    """Say its title and its first words anew. Refuses: a bulletin that is ready to leave, or left."""
    lock_open(bulletin)
    for name, value in _words("title", title, "lead", lead).items():
        setattr(bulletin, name, value)
    audit.record("bulletin_edited", bulletin, by=by, title=bulletin.title_fr)


def add_block(bulletin: Bulletin, kind: BlockKind, terms: BlockTerms, *, by: Actor) -> BulletinBlock:
    """Add a block at the end.

    Refuses: a bulletin that is ready to leave, or left; more than twenty blocks; the story of an employer that is not certified; a
    testimonial of another program, or that is not published.
    """
    lock_open(bulletin)
    last = _in_order(bulletin)
    if len(last) >= MOST_BLOCKS:
        raise Refusal(_("Un bulletin a au plus %(most)s blocs. Retirez-en un.", most=MOST_BLOCKS))
    block = BulletinBlock(
        bulletin=bulletin, position=last[-1].position + 1 if last else 1, kind=kind.value, added_at=clock.now(), added_by=by.ref,
    )  # fmt: skip
    db.session.add(block)
    _say(block, terms)
    audit.record("bulletin_edited", bulletin, by=by, title=bulletin.title_fr)
    return block


def edit_block(block: BulletinBlock, terms: BlockTerms, *, by: Actor) -> None:
    """Say a block anew. Refuses: what `add_block` refuses."""
    bulletin = lock_open(block.bulletin)
    lock(block)
    _say(block, terms)
    audit.record("bulletin_edited", bulletin, by=by, title=bulletin.title_fr)


def move_block(block: BulletinBlock, *, is_up: bool, by: Actor) -> None:
    """Let a block and its neighbour change places. Refuses: a bulletin that is ready to leave, or left; no neighbour on that side."""
    bulletin = lock_open(block.bulletin)
    blocks = _in_order(bulletin)
    here = blocks.index(block)
    there = here - 1 if is_up else here + 1
    if not 0 <= there < len(blocks):
        raise Refusal(_("Ce bloc est déjà le premier.") if is_up else _("Ce bloc est déjà le dernier."))
    blocks[here], blocks[there] = blocks[there], blocks[here]
    for position, one in enumerate(blocks, 1):
        one.position = position
    audit.record("bulletin_edited", bulletin, by=by, title=bulletin.title_fr)


def drop_block(block: BulletinBlock, *, by: Actor) -> None:
    """Take a block out. Refuses: a bulletin that is ready to leave, or left."""
    bulletin = lock_open(block.bulletin)
    lock(block)
    db.session.delete(block)
    audit.record("bulletin_edited", bulletin, by=by, title=bulletin.title_fr)


def prepare_bulletin(bulletin: Bulletin, *, by: Actor) -> Mailing:
    """Make a bulletin ready to leave: those who receive it are those of this instant. It leaves once it is confirmed, like any mailing.

    Refuses: a bulletin that is ready to leave, or left; one without blocks; nobody who asked for it; the story of an employer
    certified no longer, or words taken back; a body that has not given its postal address.
    """
    lock_open(bulletin)
    blocks = _in_order(bulletin)
    if not blocks:
        raise Refusal(_("Ajoutez au moins un bloc avant de préparer l’envoi."))
    lapsed = next((one for one in blocks if one.kind == BlockKind.STORY and code_of(one) is None), None)
    if lapsed is not None and lapsed.employer is not None:
        raise Refusal(_("« %(name)s » n’est plus un employeur certifié : retirez son histoire.", name=lapsed.employer.name))
    silent = next((one.testimonial for one in blocks if one.testimonial and not _may_say(one, one.testimonial)), None)
    if silent is not None:
        raise Refusal(_("Le témoignage de « %(name)s » n’est plus publié : retirez-le.", name=silent.employer.name))
    members = recipients_of(bulletin.program)
    if not members:
        raise Refusal(_("Personne n’est encore abonné. Faites connaître la page d’abonnement avant d’envoyer un bulletin."))
    mailing = draft_mailing_to(bulletin.program, Audience.BULLETIN, members, by=by)
    bulletin.mailing = mailing
    audit.record("bulletin_prepared", bulletin, by=by, title=bulletin.title_fr)
    return mailing


def withdraw_bulletin(bulletin: Bulletin, reason: str, *, by: Actor) -> None:
    """Show a bulletin no longer in the archive. What left has left. Refuses: one that is not published, or withdrawn already."""
    publication = bulletin.publication
    if publication is None:
        raise Refusal(_("Ce bulletin n’est pas publié."))
    lock(publication)
    if publication.withdrawn_at is not None:
        raise Refusal(_("Ce bulletin est déjà retiré des archives."))
    publication.withdrawn_at, publication.withdrawn_by, publication.withdrawn_why = clock.now(), by.ref, reason
    audit.record("bulletin_withdrawn", bulletin, by=by, title=bulletin.title_fr, reason=reason)


def is_open(bulletin: Bulletin) -> bool:
    """Whether a bulletin may still be changed: nothing takes it away, or what should have was stopped before it was agreed to."""
    mailing = bulletin.mailing
    return mailing is None or (mailing.step(Step.STOPPED) is not None and bulletin.publication is None)


def lock_open(bulletin: Bulletin) -> Bulletin:
    """Hold a bulletin. Refuses: one that is ready to leave, or left."""
    lock(bulletin)
    if not is_open(bulletin):
        raise Refusal(_("Ce bulletin est prêt à partir, ou parti : il ne change plus. Arrêtez d’abord son envoi s’il attend encore."))
    return bulletin


def _say(block: BulletinBlock, terms: BlockTerms) -> None:
    for name, value in _words("title", terms.title, "body", terms.body).items():
        setattr(block, name, value)
    block.tool, block.employer, block.campaign, block.held_on = terms.tool, terms.employer, terms.campaign, terms.held_on
    block.testimonial = terms.testimonial
    db.session.flush()
    if block.kind == BlockKind.STORY and code_of(block) is None:
        raise Refusal(_("Cet employeur n’est pas certifié par le programme : choisissez-en un autre."))
    if block.testimonial is not None and not _may_say(block, block.testimonial):
        raise Refusal(_("Ce témoignage n’est plus publié : choisissez-en un autre."))


def _may_say(block: BulletinBlock, testimonial: Testimonial) -> bool:
    return testimonial.program_id == block.bulletin.program_id and is_told(testimonial)


def _words(head: str, title: Text, rest: str, body: Text) -> dict[str, str]:
    return {
        f"{head}_fr": french(title.fr).strip(), f"{head}_en": english(title.en).strip(), f"{rest}_fr": french(body.fr).strip(),
        f"{rest}_en": english(body.en).strip(),
    }  # fmt: skip


def _in_order(bulletin: Bulletin) -> list[BulletinBlock]:
    db.session.flush()
    wanted = select(BulletinBlock).where(BulletinBlock.bulletin_id == bulletin.id)
    return list(db.session.scalars(wanted.order_by(BulletinBlock.position, BulletinBlock.id)))


__all__ = [
    "BlockTerms", "add_block", "draft_bulletin", "drop_block", "edit_block", "edit_bulletin", "is_open", "move_block", "prepare_bulletin",
    "sending", "subscribing", "withdraw_bulletin",
]  # fmt: skip
