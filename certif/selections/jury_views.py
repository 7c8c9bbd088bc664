"""What a juror sees: its juries, what it reads in each, and the grid of one entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.certification import SpaceLink, offer_in_space
from certif.kit import clock
from certif.kit.access import Actor, Role, actor, audience
from certif.kit.languages import _, language
from certif.kit.web import go, page, say
from certif.selections import jury_actions
from certif.selections import jury_queries as queries
from certif.selections.jury_forms import RecusalForm, ballot_form
from certif.selections.jury_model import JuryEntry, JurySeat, RecusalKind
from certif.selections.jury_queries import Board
from certif.selections.jury_words import comment_of, sheet_of, title_of
from certif.selections.stv_queries import ranks_of
from certif.selections.views import pages

PAGE = 25


@pages.route("/jury")
@audience(Role.EMPLOYER)
def list_juries() -> Response:
    """The juries I sit on."""
    return page("selections/list_juries.html", seats=queries.my_seats(actor()), today=clock.today())


@pages.route("/jury/<ref>")
@audience(Role.EMPLOYER)
def show_jury(ref: str) -> Response:
    """What I have to read in one jury, and how far I am."""
    seat = queries.seat_of(actor(), ref)
    board = queries.board_of(seat.jury, seat)
    theirs = board.theirs(seat) if clock.today() >= seat.jury.phase.from_on else []
    after = request.args.get("suite", default=0, type=int)
    following = [one for one in theirs if one.number > after]
    return page(
        "selections/show_jury.html", seat=seat, phase=seat.jury.phase, board=board, shown=following[:PAGE], after=after, title_of=title_of,
        next_number=following[PAGE - 1].number if len(following) > PAGE else None, progress=board.progress(seat), all=theirs,
        first=next(iter(board.awaited(seat) if theirs else []), None), is_judging=queries.is_judging(seat.jury),
        ranks=ranks_of(seat) if seat.jury.phase.is_ranked else {},
    )  # fmt: skip


@pages.route("/jury/<ref>/<entry>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def cast_ballot(ref: str, entry: str) -> Response | Answer:
    """One entry: what students say, and my grid."""
    seat = queries.seat_of(actor(), ref)
    board = queries.board_of(seat.jury, seat)
    read = queries.entry_of(seat, board, entry)
    form = ballot_form(seat.jury.phase, queries.last_ballot_of(seat, read))
    if form.validate_on_submit():
        with form.held():
            jury_actions.cast_ballot(seat, read, form.scores, comment=form.comment.data or "", based_on=form.version, by=actor())
            return _on_to(seat, queries.next_awaited(seat, board, read))
    return _grid(seat, board, read, form)


def _grid(seat: JurySeat, board: Board, read: JuryEntry, form: Any) -> Response:
    ballot = queries.last_ballot_of(seat, read)
    return page(
        "selections/cast_ballot.html", form=form, seat=seat, entry=read, phase=seat.jury.phase, ballot=ballot,
        recusal=board.recusals.get((seat.id, read.id)), others=queries.ballots_of_others(seat, read, board),
        sheet=sheet_of(read, after=min(request.args.get("suite", default=0, type=int), 10_000), language=language()),
        acts_for=queries.acts_for(actor(), read), is_judging=queries.is_judging(seat.jury),
        following=queries.next_awaited(seat, board, read), comment_of=comment_of,
    )  # fmt: skip


@pages.route("/jury/<ref>/<entry>/retrait", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def recuse(ref: str, entry: str) -> Response | Answer:
    """Where a juror stands aside of an entry."""
    seat = queries.seat_of(actor(), ref)
    read = queries.entry_of(seat, queries.board_of(seat.jury, seat), entry)
    form = RecusalForm(kind=RecusalKind.CONFLICT.value if queries.acts_for(actor(), read) else None)
    if form.validate_on_submit():
        with form.held():
            jury_actions.recuse(seat, read, RecusalKind(form.kind.data), form.reason.data or "", by=actor())
            say(_("C’est noté : cette candidature sera jugée sans vous."))
            return go("selections.show_jury", ref=ref)
    return page("selections/recuse.html", form=form, seat=seat, entry=read, title=title_of(read))


@pages.route("/jury/<ref>/<entry>/retour", methods=["POST"])
@audience(Role.EMPLOYER)
def take_back_recusal(ref: str, entry: str) -> Answer:
    """Come back to an entry."""
    seat = queries.seat_of(actor(), ref)
    read = queries.entry_of(seat, queries.board_of(seat.jury, seat), entry)
    jury_actions.take_back_recusal(seat, read, by=actor())
    return go("selections.cast_ballot", ref=ref, entry=entry)


def _on_to(seat: JurySeat, following: JuryEntry | None) -> Answer:
    if following is None:
        say(_("C’est gardé. Vous avez tout noté : merci !"))
        return go("selections.show_jury", ref=seat.jury.ref)
    say(_("C’est gardé. Voici la suivante."))
    return go("selections.cast_ballot", ref=seat.jury.ref, entry=following.ref)


@offer_in_space
def my_juries(actor: Actor) -> Iterator[SpaceLink]:
    """Lead jurors to their juries from their own space."""
    if queries.my_seats(actor):
        yield SpaceLink(_("Mes jurys"), "selections.list_juries")
