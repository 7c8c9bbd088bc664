"""What can happen to a gala, in story order: planned, edited, given contests, organised, announced, cancelled, told to everyone."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, select

from certif.accounts import folded_email, open_account, user_for
from certif.campaigns import Campaign
from certif.galas.evening_model import GalaAnnouncement, GalaCancellation, GalaOrganiser
from certif.galas.guest_letters import moved, tell_cancelled, tell_moved
from certif.galas.model import EmbargoLift, Gala, GalaCampaign
from certif.galas.queries import DECIDERS, contests_of, gala_to_come, is_announced, may_lift
from certif.galas.standing import lock_standing
from certif.galas.terms import GalaTerms
from certif.kit import audit, clock, outbox
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.programs import Program
from certif.selections import hold_release, tell_results

audit.declare("gala_planned", _l("%(by)s a prévu un gala : %(name)s, le %(held_on)s."), "name", "held_on")
audit.declare("gala_edited", _l("%(by)s a modifié le gala : %(name)s, le %(held_on)s."), "name", "held_on")
audit.declare("gala_contests_chosen", _l("%(by)s a choisi les concours que le gala honore : %(titles)s."), "titles")
audit.declare("gala_cancelled", _l("%(by)s a annulé le gala. Motif : %(reason)s"), "reason")
audit.declare("gala_announced", _l("%(by)s a rendu publics la date et le lieu du gala."))
audit.declare("organiser_invited", _l("%(by)s a confié l’organisation du gala à %(name)s."), "name")
audit.declare("organiser_removed", _l("%(by)s a retiré l’organisation du gala à %(name)s."), "name")
audit.declare("embargo_lifted", _l("%(by)s a levé l’embargo : les lauréats du gala sont connus de tous."))


def plan_gala(program: Program, terms: GalaTerms, *, by: Actor) -> Gala:
    """Plan an evening at which laureates are honoured.

    Refuses: someone who does not decide in the program; a day that is past.
    """
    if not by.holds(program.id, *DECIDERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de prévoir un gala."))
    _check_day(terms.held_on)
    gala = Gala(program=program, planned_at=clock.now(), planned_by=by.ref, **dataclasses.asdict(terms))
    db.session.add(gala)
    db.session.flush()
    audit.record("gala_planned", gala, by=by, name=gala.name_fr, held_on=gala.held_on.isoformat())
    return gala


def edit_gala(gala: Gala, terms: GalaTerms, *, by: Actor) -> int:
    """Say anew what a gala is. Where its day, its hour or its place moves, whoever has an invitation is written to,
    and so are the laureates who know and have none yet.

    Gives: to how many guests.
    Refuses: a cancelled gala; a day that is past, unless it was that day already.
    """
    lock_standing(gala)
    if terms.held_on != gala.held_on:
        _check_day(terms.held_on)
    before = moved(gala, terms)
    for name, value in dataclasses.asdict(terms).items():
        setattr(gala, name, value)
    audit.record("gala_edited", gala, by=by, name=gala.name_fr, held_on=gala.held_on.isoformat())
    return tell_moved(gala, before, by=by) if before and gala.held_on >= clock.today() else 0


def choose_contests(gala: Gala, campaigns: Sequence[Campaign], *, by: Actor) -> None:
    """Choose the contests whose laureates a gala honours.

    Refuses: a cancelled gala; a contest of another program, or one not published; any change once the embargo is lifted.
    """
    lock_standing(gala)
    if gala.lift is not None:
        raise Refusal(_("L’embargo est levé : les concours du gala ne changent plus."))
    if any(one.program_id != gala.program_id or not one.is_published for one in campaigns):
        raise Refusal(_("Choisissez des concours publiés du même programme."))
    wanted = {one.id for one in campaigns}
    known = {one.id for one in contests_of(gala)}
    db.session.execute(delete(GalaCampaign).where(GalaCampaign.gala_id == gala.id, GalaCampaign.campaign_id.in_(known - wanted)))
    new = [{"gala_id": gala.id, "campaign_id": one, "added_at": clock.now(), "added_by": by.ref} for one in sorted(wanted - known)]
    insert_new(GalaCampaign, new, GalaCampaign.id)
    audit.record("gala_contests_chosen", gala, by=by, titles=", ".join(one.title_fr for one in campaigns) or "–")


def invite_organiser(gala: Gala, *, name: str, email: str, language: str, by: Actor) -> GalaOrganiser:
    """Let someone of the body that holds a gala prepare it. They sign in with this address, like anyone; the letter says so.

    Refuses: a cancelled gala; someone who organises it already.
    """
    lock_standing(gala)
    address = folded_email(email)
    mine = GalaOrganiser.gala_id == gala.id, GalaOrganiser.email == address, GalaOrganiser.ended_at.is_(None)
    if db.session.scalar(select(GalaOrganiser.id).where(*mine)):
        raise Refusal(_("Cette personne organise déjà ce gala."))
    organiser = GalaOrganiser(gala=gala, email=address, name=name, invited_at=clock.now(), invited_by=by.ref)
    db.session.add(organiser)
    if user_for(address) is None:
        open_account(address, name=name, language=language)
    db.session.flush()
    audit.record("organiser_invited", gala, by=by, name=name)
    outbox.queue(
        "galas/organiser_invited", address, language=language, scope=gala.scope, gala=gala, person=name, email=address,
        gala_name=gala.name_en if language == "en" else gala.name_fr, body_name=gala.program.body.name,
        gala_url=absolute_url("galas.show_evening", ref=gala.ref, language=language),
    )  # fmt: skip
    return organiser


def remove_organiser(organiser: GalaOrganiser, *, by: Actor) -> None:
    """Let someone prepare a gala no more. Refuses: someone who was removed already."""
    lock(organiser)
    if organiser.ended_at is not None:
        raise Refusal(_("Cette personne n’organise plus ce gala."))
    organiser.ended_at, organiser.ended_by = clock.now(), by.ref
    audit.record("organiser_removed", organiser.gala, by=by, name=organiser.name)


def announce_gala(gala: Gala, *, by: Actor) -> None:
    """Let anyone read when and where a gala is held, and nothing of who is honoured. Refuses: a cancelled gala; one announced already."""
    lock_standing(gala)
    if is_announced(gala):
        raise Refusal(_("La date et le lieu sont déjà publics."))
    db.session.add(GalaAnnouncement(gala_id=gala.id, announced_at=clock.now(), announced_by=by.ref))
    audit.record("gala_announced", gala, by=by)


def cancel_gala(gala: Gala, reason: str, *, by: Actor) -> int:
    """Say that a gala will not be held: whoever has an invitation and did not say no is written to, so are laureates who
    know and have none yet, and whoever organises it.

    Gives: to how many guests.
    Refuses: a gala cancelled already; one whose laureates were told to everyone.
    """
    lock_standing(gala)
    if gala.lift is not None:
        raise Refusal(_("Les lauréats de ce gala sont déjà connus de tous : il ne s’annule plus."))
    db.session.add(GalaCancellation(gala_id=gala.id, reason=reason, cancelled_at=clock.now(), cancelled_by=by.ref))
    audit.record("gala_cancelled", gala, by=by, reason=reason)
    return tell_cancelled(gala, reason, by=by) if gala.held_on >= clock.today() else 0


def lift_embargo(gala: Gala, *, by: Actor) -> EmbargoLift:
    """Tell everyone who the laureates are, once: the results of the gala's contests are released with it.

    Refuses: someone who neither decides of the gala nor organises it; a cancelled gala; one that honours no contest; an embargo lifted
    already.
    """
    if not may_lift(by, gala):
        raise Refusal(_("L’embargo est levé par la direction du programme ou par qui organise le gala."))
    lock_standing(gala)
    if gala.lift is not None:
        raise Refusal(_("L’embargo de ce gala est déjà levé."))
    campaigns = contests_of(gala)
    if not campaigns:
        raise Refusal(_("Ce gala n’honore encore aucun concours : il n’y a rien à annoncer."))
    gala.lift = EmbargoLift(lifted_at=clock.now(), lifted_by=by.ref)
    for campaign in campaigns:
        tell_results(campaign, by=by)
    audit.record("embargo_lifted", gala, by=by)
    return gala.lift


@hold_release
def keeps_quiet(campaign: Campaign) -> str | None:
    """Say that a gala keeps the results of a contest to itself until its embargo is lifted; None where none does."""
    gala = gala_to_come(campaign)
    return None if gala is None else _("Le gala « %(name)s » les garde sous embargo : levez-le pour les dévoiler.", name=gala.name_fr)


def _check_day(day: dt.date) -> None:
    if day < clock.today():
        raise Refusal(_("Choisissez un jour à venir."))
