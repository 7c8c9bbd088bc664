"""Staff announce and make the draw of the year, follow the examinations, and conclude them."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit import clock
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.programs import program_of, programs_of, version_in_force
from certif.sampling import actions, queries
from certif.sampling.actions import DRAWERS, EXAMINERS
from certif.sampling.forms import JudgementForm
from certif.sampling.model import Outcome
from certif.sampling.views import pages


@pages.route("/personnel/tirages")
@audience(*EXAMINERS)
def manage_draws() -> Response:
    """The draws of my programs, and those that may be announced."""
    draws, year = queries.draws_of(actor()), clock.today().year
    announced = {draw.program_id for draw in draws if draw.year == year}
    mine = [one for one in programs_of(actor(), *DRAWERS) if one.id not in announced]
    versions = {one: version_in_force(one) for one in mine}
    waiting = [one for one, version in versions.items() if version is not None and version.rules.sample_percent]
    return page("sampling/manage_draws.html", draws=draws, waiting=waiting, year=year)


@pages.route("/personnel/tirages/<slug>/annonce", methods=["POST"])
@audience(*DRAWERS)
def announce_draw(slug: str) -> Answer:
    """Announce the draw of the year of a program."""
    draw = actions.announce_draw(program_of(actor(), slug, *DRAWERS), by=actor())
    say(_("Le tirage est annoncé, et l’empreinte de sa graine est publique. Vous pourrez tirer dès demain."))
    return go("sampling.manage_draw", ref=draw.ref)


@pages.route("/personnel/tirages/<ref>")
@audience(*EXAMINERS)
def manage_draw(ref: str) -> Response:
    """One draw: whom it fell on, and where each examination stands."""
    draw = queries.draw_of(actor(), ref)
    found = queries.examinations_in(draw, request.args.get("suite"))
    following = found[queries.PAGE - 1].ref if len(found) > queries.PAGE else None
    may_draw = actor().holds(draw.program_id, *DRAWERS)
    return page("sampling/manage_draw.html", draw=draw, found=found[: queries.PAGE], following=following, may_draw=may_draw)


@pages.route("/personnel/tirages/<ref>/tirage", methods=["POST"])
@audience(*DRAWERS)
def draw_sample(ref: str) -> Answer:
    """Draw."""
    found = actions.draw_sample(queries.draw_of(actor(), ref), by=actor())
    say(_("Le tirage est fait : %(count)s employeurs sont prévenus.", count=len(found)))
    return go("sampling.manage_draw", ref=ref)


@pages.route("/personnel/examens/<ref>")
@audience(*EXAMINERS)
def show_examination(ref: str) -> Response:
    """One examination: what the employer shows, what was found, what it replied, what was concluded."""
    examination = queries.examination_of(actor(), ref)
    manages = actor().holds(examination.certification.program_id, Role.ADMIN, Role.MANAGER)
    return page("sampling/show_examination.html", examination=examination, manages=manages)


@pages.route("/personnel/examens/<ref>/constat", methods=["GET", "POST"])
@audience(*EXAMINERS)
def note_finding(ref: str) -> Response | Answer:
    """Where staff say what they find."""
    examination, form = queries.examination_of(actor(), ref), JudgementForm().offer()
    if form.validate_on_submit():
        with form.held():
            actions.note_finding(examination, Outcome(form.outcome.data), form.reason.data or "", by=actor())
            say(_("C’est noté, et l’employeur en est prévenu."))
            return go("sampling.show_examination", ref=ref)
    return page("sampling/note_finding.html", form=form, examination=examination)


@pages.route("/personnel/examens/<ref>/conclusion", methods=["GET", "POST"])
@audience(*EXAMINERS)
def conclude(ref: str) -> Response | Answer:
    """Where staff conclude, after the reply."""
    examination, form = queries.examination_of(actor(), ref), JudgementForm().offer()
    if form.validate_on_submit():
        with form.held():
            actions.conclude(examination, Outcome(form.outcome.data), form.reason.data or "", by=actor())
            say(_("L’examen est conclu, et l’employeur en est prévenu."))
            return go("sampling.show_examination", ref=ref)
    return page("sampling/conclude.html", form=form, examination=examination)
