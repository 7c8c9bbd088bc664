"""Laureates, in story order: named after the last phase, prepared for the evening, released, replaced where one steps down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, select

from certif.badges import redrawn
from certif.campaigns import Campaign
from certif.kit import audit, clock, sent_files
from certif.kit.access import SYSTEM, Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l, format_day
from certif.nominations import say_released, thank_after_results
from certif.selections.laureate_queries import HONOURERS, candidates_in, laureates_in, next_in_line
from certif.selections.model import Laureate, LaureateWithdrawal, Pick, ResultRelease
from certif.selections.phase_entries import is_released
from certif.selections.phase_recipe import honoured

NAMERS = (Role.ADMIN, Role.MANAGER)


def _released_before(day: dt.date) -> Select[tuple[int]]:
    return select(ResultRelease.campaign_id).where(ResultRelease.released_at < clock.midnight(day))


say_released(_released_before)

audit.declare("laureates_named", _l("%(by)s a nommé les lauréats du concours (%(count)s)."), "count")
audit.declare("laureate_prepared", _l("%(by)s a préparé ce qui se dit d’un lauréat."))
audit.declare("laureate_withdrawn", _l("%(by)s a retiré un lauréat : « %(reason)s »"), "reason")
audit.declare("laureate_replaced", _l("%(by)s a nommé le suivant du classement."), "replacement")
audit.declare("results_released", _l("%(by)s a dévoilé les résultats du concours."), "count")

_holds: list[Callable[[Campaign], str | None]] = []


@dataclass(frozen=True)
class Words:
    """What is printed and read aloud of a laureate: names, how they are pronounced, a citation."""

    boss_name: str
    boss_said: str
    student_name: str
    student_said: str
    citation: str


def hold_release(check: Callable[[Campaign], str | None]) -> Callable[[Campaign], str | None]:
    """Let another room keep results under embargo: it gives a sentence that says why, or None."""
    _holds.append(check)
    return check


def why_held(campaign: Campaign) -> str | None:
    """Say why the results of a contest may not be told yet; None where another room keeps none."""
    return next((sentence for check in _holds if (sentence := check(campaign))), None)


def name_laureates(campaign: Campaign, *, by: Actor) -> list[Laureate]:
    """Name the laureates that come of the last phase, under the categories of the contest.

    Refuses: someone who does not manage the program; a last phase not closed; laureates already named; nobody to name.
    """
    _let_name(campaign, by)
    if laureates_in(campaign):
        raise Refusal(_("Les lauréats sont déjà nommés."))
    found, phases = candidates_in(campaign), campaign.definition.phases
    if not found:
        raise Refusal(_("Clôturez d’abord la dernière phase."))
    chosen = honoured([one for one, _pick in found.values()], campaign.definition.categories, has_limit=phases[-1].keeps is not None)
    if not chosen:
        raise Refusal(_("La dernière phase n’a gardé personne : il n’y a aucun lauréat à nommer."))
    named = [_laureate(campaign, found[one.entry][1], category, number, by) for number, (category, one) in enumerate(chosen, 1)]
    db.session.add_all(named)
    db.session.flush()
    audit.record("laureates_named", campaign, by=by, count=len(named))
    return named


def prepare_laureate(laureate: Laureate, words: Words, photo: bytes | None = None, *, by: Actor) -> None:
    """Write what is printed and read aloud of a laureate, and keep a photo, drawn again from its pixels.

    Refuses: someone who has no part in the program; what `redrawn` refuses.
    """
    _let_honour(laureate, by)
    picture = redrawn(photo) if photo else None
    for name in ("boss_name", "boss_said", "student_name", "student_said", "citation"):
        setattr(laureate, name, getattr(words, name))
    if picture is not None:
        laureate.photo_digest = sent_files.keep(picture, "image/png")
    db.session.flush()
    audit.record("laureate_prepared", laureate, by=by)


def withdraw_laureate(laureate: Laureate, reason: str, *, by: Actor) -> LaureateWithdrawal:
    """Say that a laureate is one no more, and why.

    Refuses: someone who does not manage the program; a laureate already withdrawn.
    """
    _let_name(laureate.campaign, by)
    lock(laureate)
    if laureate.standing_down is not None:
        raise Refusal(_("Ce lauréat est déjà retiré."))
    found = LaureateWithdrawal(laureate=laureate, reason=reason, withdrawn_at=clock.now(), withdrawn_by=by.ref)
    db.session.add(found)
    db.session.flush()
    audit.record("laureate_withdrawn", laureate, by=by, reason=reason)
    return found


def replace_laureate(laureate: Laureate, entry: Pick | None = None, *, by: Actor) -> Laureate:
    """Name the next of the ranking in the place of a laureate that was withdrawn.

    Takes: `entry`, which one, where several are equal.
    Refuses: someone who does not manage the program; a laureate that was not withdrawn, or is replaced already; the end of the ranking;
    equals among whom nobody chose.
    """
    _let_name(laureate.campaign, by)
    stepped = lock(laureate).standing_down
    if stepped is None:
        raise Refusal(_("Ce lauréat n’est pas retiré."))
    if lock(stepped).replacement_id is not None:
        raise Refusal(_("Ce lauréat est déjà remplacé."))
    following = next_in_line(laureate)
    if not following:
        raise Refusal(_("Il n’y a plus personne dans le classement."))
    pick = entry if entry in following else following[0] if len(following) == 1 else None
    if pick is None:
        raise Refusal(_("Plusieurs sont à égalité : choisissez parmi eux."))
    named = _laureate(laureate.campaign, pick, laureate.category, laureate.position, by)
    stepped.replacement = named
    db.session.add(named)
    db.session.flush()
    audit.record("laureate_replaced", laureate, by=by, replacement=named.ref)
    return named


def release_results(campaign: Campaign, *, by: Actor) -> ResultRelease:
    """Tell the results to everyone from now on. Those who were not chosen are thanked afterwards.

    Refuses: someone who does not manage the program; laureates not named; results released already; a day before the last of the last
    phase; what a gala keeps under embargo.
    """
    _let_name(campaign, by)
    named, last = laureates_in(campaign), max((one.until_on for one in campaign.definition.phases), default=campaign.closes_on)
    if is_released(campaign):
        raise Refusal(_("Les résultats sont déjà dévoilés."))
    if not named:
        raise Refusal(_("Nommez d’abord les lauréats."))
    if clock.today() < last:
        raise Refusal(_("Les résultats se dévoilent à partir du %(day)s.", day=format_day(last)))
    held = why_held(campaign)
    if held is not None:
        raise Refusal(held)
    tell_results(campaign, by=by)
    return db.session.scalars(select(ResultRelease).where(ResultRelease.campaign_id == campaign.id)).one()


def tell_results(campaign: Campaign, *, by: Actor) -> None:
    """Tell the results to everyone, once, as when a gala lifts its embargo; those who were not chosen are thanked. Told already, nothing
    changes."""
    told = {"campaign_id": campaign.id, "released_at": clock.now(), "released_by": by.ref}
    if insert_new(ResultRelease, [told], ResultRelease.id):
        named = laureates_in(campaign)
        audit.record("results_released", campaign, by=by, count=len(named))
        thank_after_results(campaign, {one.boss_id for one in named}, by=SYSTEM)


def _let_name(campaign: Campaign, by: Actor) -> None:
    lock(campaign)
    if not by.holds(campaign.program_id, *NAMERS):
        raise Refusal(_("Seule la gestion du programme nomme les lauréats."))


def _let_honour(laureate: Laureate, by: Actor) -> None:
    lock(laureate)
    if not by.holds(laureate.campaign.program_id, *HONOURERS):
        raise Refusal(_("Votre rôle ne permet pas de préparer ce lauréat."))


def _laureate(campaign: Campaign, pick: Pick, category: str, position: int, by: Actor) -> Laureate:
    boss = pick.boss
    return Laureate(
        campaign=campaign, boss=boss, nomination=pick.nomination, category=category, cell=pick.cell, mrc=boss.mrc, year=campaign.year,
        position=position, employer_name=boss.establishment.employer.name if boss.establishment else boss.name,
        municipality=boss.municipality, boss_name=boss.person, boss_said="", student_said="", citation="", photo_digest=None,
        student_name=pick.nomination.first_name if pick.nomination else "", named_at=clock.now(), named_by=by.ref,
    )  # fmt: skip
