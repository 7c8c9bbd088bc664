"""What can happen to a jury, in story order: opened, filled, seated, shared out, judged, stood aside of, nudged."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from certif.accounts import folded_email, open_account, user_for
from certif.campaigns import Campaign, Phase, PhaseKind
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l, format_day
from certif.kit.web import absolute_url
from certif.selections import jury_chain
from certif.selections.jury_entries import entries_to_judge
from certif.selections.jury_model import Ballot, Jury, JuryEntry, JuryNudge, JurySeat, Recusal, RecusalKind
from certif.selections.jury_queries import (
    KEEPERS,
    board_of,
    closing_of,
    is_judging,
    jury_at,
    last_ballot_of,
    nudged_today,
    reads,
    recusal_of,
    seats_of,
)
from certif.selections.jury_sharing import share_out

audit.declare("jury_opened", _l("%(by)s a ouvert le jury « %(phase)s »."), "phase")
audit.declare("jury_filled", _l("%(by)s a soumis %(count)s candidatures au jury."), "count")
audit.declare("juror_invited", _l("%(by)s a invité %(to)s au jury."), "to")
audit.declare("jury_seat_ended", _l("%(by)s a mis fin au siège de %(to)s."), "to")
audit.declare(jury_chain.CAST, _l("%(by)s a noté la candidature %(entry)s (bulletin %(position)s)."), "entry", "position", "digest")
audit.declare("juror_recused", _l("%(by)s s’est retiré·e de la candidature %(entry)s."), "entry", "kind")
audit.declare("recusal_taken_back", _l("%(by)s est revenu·e à la candidature %(entry)s."), "entry")
audit.declare("jurors_nudged", _l("%(by)s a relancé %(count)s membres du jury."), "count")

MOST_ENTRIES, MOST_RANKED, MOST_SEATS = 2000, 200, 60
"""Beyond, another phase must come first: nobody reads that much, and the ranking is computed while staff wait."""


def open_jury(campaign: Campaign, phase: Phase, *, by: Actor) -> Jury:
    """Open the jury of a phase: jurors may be invited, and what is ready to be judged comes before it.

    Refuses: someone who does not keep the program's juries; a phase that is no jury, is closed, or whose jury is open already.
    """
    _let_in(campaign, by)
    lock(campaign.program)  # PostgreSQL locks no row that is joined to one that may be missing, as a contest is to its ending
    if phase.kind is not PhaseKind.JURY:
        raise Refusal(_("Cette phase n’a pas de jury."))
    if jury_at(campaign, phase) is not None:
        raise Refusal(_("Ce jury est déjà ouvert."))
    jury = Jury(campaign=campaign, phase_id=phase.id, opened_at=clock.now(), opened_by=by.ref)
    _check_not_closed(jury)
    db.session.add(jury)
    audit.record("jury_opened", jury, by=by, phase=phase.name.fr)
    _fill(jury, by)
    return jury


def fill_jury(jury: Jury, *, by: Actor) -> int:
    """Bring before the jury what is ready and was not there yet. Gives: how many.

    Refuses: someone who does not keep the program's juries; a closed phase; more than two thousand entries.
    """
    _let_in(jury.campaign, by)
    lock(jury)
    _check_not_closed(jury)
    return _fill(jury, by)


def invite_juror(jury: Jury, email: str, *, name: str, language: str, by: Actor) -> JurySeat:
    """Give someone a seat, and write how to come in. An account is opened for an address that has none: its reader signs in by letter.

    Refuses: someone who does not keep the program's juries; a closed phase; an address that sits already, or whose account is closed; a
    sixty-first juror.
    """
    _let_in(jury.campaign, by)
    lock(jury)
    _check_not_closed(jury)
    address, sitting = folded_email(email), seats_of(jury)
    if any(seat.email == address for seat in sitting):
        raise Refusal(_("Cette personne siège déjà à ce jury."))
    if len(sitting) >= MOST_SEATS:
        raise Refusal(_("Un jury a %(most)s sièges au plus.", most=MOST_SEATS))
    known = user_for(address) or open_account(address, name=name, language=language, by=by)
    if known.disabled_at is not None:
        raise Refusal(_("Le compte de cette adresse est fermé. Choisissez-en une autre."))
    seat = JurySeat(jury=jury, email=address, name=name, language=language, invited_at=clock.now(), invited_by=by.ref)
    db.session.add(seat)
    db.session.flush()
    share_out(jury, by=by)
    audit.record("juror_invited", jury, by=by, to=name)
    _write(seat, "selections/juror_invited", by)
    return seat


def end_seat(seat: JurySeat, *, by: Actor) -> None:
    """Let someone sit no more: its ballots count no more, and what it had to read goes to the others.

    Refuses: someone who does not keep the program's juries; a closed phase; a seat that was ended already.
    """
    jury = seat.jury
    _let_in(jury.campaign, by)
    lock(jury)
    _check_not_closed(jury)
    if lock(seat).ended_at is not None:
        raise Refusal(_("Cette personne ne siège plus."))
    seat.ended_at, seat.ended_by = clock.now(), by.ref
    db.session.flush()
    share_out(jury, by=by)
    audit.record("jury_seat_ended", jury, by=by, to=seat.name)


def cast_ballot(seat: JurySeat, entry: JuryEntry, scores: Mapping[str, int], *, comment: str, based_on: int, by: Actor) -> Ballot:
    """Score an entry. Said again, it is another version, and the last one counts.

    Takes: `scores`, a whole number for each criterion; `based_on`, the number of the version that was on the screen, 0 for none.
    Refuses: a day when nothing is judged; an entry the juror does not read, or stands aside of; scores that are missing or out of the
    grid; a version that another tab has replaced meanwhile.
    """
    jury = hold_seat(seat)
    if recusal_of(seat, entry) is not None:
        raise Refusal(_("Vous vous êtes retiré·e de cette candidature. Revenez-y d’abord."))
    _check_reads(seat, entry)
    _check_scores(jury.phase, scores)
    earlier = last_ballot_of(seat, entry)
    number = earlier.number if earlier else 0
    if number != based_on:
        raise Refusal(_("Vous avez noté cette candidature dans un autre onglet. Rouvrez-la pour voir vos notes, puis corrigez-les."))
    ballot = Ballot(
        ref=tokens.ref(), jury_id=jury.id, seat_id=seat.id, entry_id=entry.id, number=number + 1, scores=dict(scores), comment=comment,
        cast_at=clock.now(),
    )  # fmt: skip
    jury_chain.chain(ballot, seat, entry, jury_chain.last_ballot(jury))
    db.session.add(ballot)
    audit.record(jury_chain.CAST, jury, by=by, entry=entry.number, position=ballot.position, digest=ballot.digest)
    return ballot


def recuse(seat: JurySeat, entry: JuryEntry, kind: RecusalKind, reason: str, *, by: Actor) -> Recusal:
    """Stand aside of an entry: what the juror scored of it does not count, and another reads it where not all read all.

    Refuses: a day when nothing is judged; an entry the juror does not read, or stands aside of already.
    """
    jury = hold_seat(seat)
    if recusal_of(seat, entry) is not None:
        raise Refusal(_("Vous vous êtes déjà retiré·e de cette candidature."))
    _check_reads(seat, entry)
    recusal = Recusal(seat_id=seat.id, entry_id=entry.id, kind=kind.value, reason=reason, recused_at=clock.now(), recused_by=by.ref)
    db.session.add(recusal)
    db.session.flush()
    share_out(jury, by=by)
    audit.record("juror_recused", jury, by=by, entry=entry.number, kind=kind.value)
    return recusal


def take_back_recusal(seat: JurySeat, entry: JuryEntry, *, by: Actor) -> None:
    """Come back to an entry: what the juror had scored of it counts again.

    Refuses: a day when nothing is judged; an entry the juror does not stand aside of.
    """
    jury = hold_seat(seat)
    recusal = recusal_of(seat, entry)
    if recusal is None:
        raise Refusal(_("Vous ne vous êtes pas retiré·e de cette candidature."))
    recusal.taken_back_at, recusal.taken_back_by = clock.now(), by.ref
    db.session.flush()
    share_out(jury, by=by, also={(seat.id, entry.id)})
    audit.record("recusal_taken_back", jury, by=by, entry=entry.number)


def nudge_jurors(jury: Jury, *, by: Actor) -> int:
    """Write to each juror for whom entries still wait, at most once a day. Gives: how many letters leave.

    Refuses: someone who does not keep the program's juries; a day when nothing is judged.
    """
    _let_in(jury.campaign, by)
    lock(jury)
    _check_judging(jury)
    board, already = board_of(jury), nudged_today(jury)
    late = [seat for seat in seats_of(jury) if seat.id not in already and board.awaited(seat)]
    row = {"nudged_on": clock.today(), "nudged_at": clock.now(), "nudged_by": by.ref}
    written = [seat for seat in late if insert_new(JuryNudge, [{"seat_id": seat.id, **row}], JuryNudge.seat_id)]
    for seat in written:
        _write(seat, "selections/juror_nudged", by, count=len(board.awaited(seat)))
    if written:
        audit.record("jurors_nudged", jury, by=by, count=len(written))
    return len(written)


def _fill(jury: Jury, by: Actor) -> int:
    known = {(one.boss_id, one.nomination_id) for one in db.session.scalars(select(JuryEntry).where(JuryEntry.jury_id == jury.id))}
    found = [one for one in entries_to_judge(jury.campaign, jury.phase) if (one.boss_id, one.nomination_id) not in known]
    most = MOST_RANKED if jury.phase.is_ranked else MOST_ENTRIES
    if len(known) + len(found) > most:
        raise Refusal(_("Un jury lit %(most)s candidatures au plus. Faites d’abord un premier choix, dans une autre phase.", most=most))
    lots = {one: tokens.digest(f"{jury.ref} {one.boss_id} {one.nomination_id}") for one in found}  # an order that tells nothing
    db.session.flush()
    last = db.session.scalar(select(func.max(JuryEntry.number)).where(JuryEntry.jury_id == jury.id)) or 0
    for number, one in enumerate(sorted(found, key=lambda one: lots[one]), last + 1):
        db.session.add(JuryEntry(jury_id=jury.id, number=number, boss_id=one.boss_id, nomination_id=one.nomination_id, cell=one.cell))
    if found:
        db.session.flush()
        share_out(jury, by=by)
        audit.record("jury_filled", jury, by=by, count=len(found))
    return len(found)


def _write(seat: JurySeat, letter: str, by: Actor, count: int = 0) -> None:
    campaign, phase = seat.jury.campaign, seat.jury.phase
    outbox.queue(
        letter, seat.email, language=seat.language, scope=seat.scope, juror=seat.name, by_name=by.name, program=campaign.program,
        title=campaign.definition.title.said_in(seat.language), until_on=phase.until_on, from_on=phase.from_on,
        link=absolute_url("selections.show_jury", ref=seat.jury.ref, language=seat.language), count=count,
    )  # fmt: skip


def hold_seat(seat: JurySeat) -> Jury:
    """Hold the jury while one of its jurors acts: ballots are chained one after the other.

    Refuses: a seat that was ended; a day when nothing is judged.
    """
    jury = lock(seat.jury)
    if lock(seat).ended_at is not None:
        raise Refusal(_("Vous ne siégez plus à ce jury."))
    _check_judging(jury)
    return jury


def _check_judging(jury: Jury) -> None:
    _check_not_closed(jury)
    if not is_judging(jury):
        days = {"first": format_day(jury.phase.from_on), "last": format_day(jury.phase.until_on)}
        raise Refusal(_("Ce jury note du %(first)s au %(last)s.", **days))


def _check_not_closed(jury: Jury) -> None:
    if closing_of(jury.campaign, jury.phase_id) is not None:
        raise Refusal(_("Cette phase est close : rien n’y change plus."))


def _check_reads(seat: JurySeat, entry: JuryEntry) -> None:
    if not reads(seat, entry):
        raise Refusal(_("Cette candidature a été confiée à quelqu’un d’autre."))


def _check_scores(phase: Phase, scores: Mapping[str, int]) -> None:
    if phase.is_ranked:
        raise Refusal(_("Dans ce jury, on classe les candidatures plutôt que de les noter."))
    asked = {one.id: one.most for one in phase.criteria}
    if scores.keys() != asked.keys() or any(not 0 <= scores[name] <= most for name, most in asked.items()):
        raise Refusal(_("Notez chaque critère, dans les bornes de la grille."))


def _let_in(campaign: Campaign, by: Actor) -> None:
    if not by.holds(campaign.program_id, *KEEPERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de tenir un jury."))
