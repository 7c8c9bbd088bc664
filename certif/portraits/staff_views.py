"""Staff see a portrait before anyone, release it, withdraw it, and say how many students there are."""

from __future__ import annotations

import re

from flask import Response
from flask_babel import format_decimal
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.certification import file_of
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.portraits import actions, queries
from certif.portraits.beside import weeks_of
from certif.portraits.forms import TotalsForm, WithdrawalForm
from certif.portraits.gathering import preview, totals_of
from certif.portraits.queries import RELEASERS, TEAM
from certif.portraits.reading import Reading
from certif.portraits.views import pages
from certif.portraits.voices import answered, name_of, others_in
from certif.programs import Program, program_of
from certif.surveys import aside_in

_YEAR = re.compile(r"20\d\d-20\d\d")


@pages.route("/personnel/portraits")
@audience(*TEAM)
def list_portraits() -> Response:
    """The portraits of my programs, released or not."""
    return page("portraits/list_portraits.html", seasons=queries.seasons_of(actor()))


@pages.route("/personnel/portraits/<slug>/<year>")
@audience(*TEAM)
def preview_portrait(slug: str, year: str) -> Response:
    """A portrait as the team sees it now, and all its releases."""
    program = _program(slug, year, *TEAM)
    told = preview(program, year)
    reading = Reading(told, (), is_preview=True) if told else None
    views = [reading.view(cut) for cut in reading.views] if reading else []
    others = [(name_of(one), answered(one, format_decimal(one.answers or 0)), one) for one in others_in(reading)] if reading else []
    releases, manages = queries.history_of(program, year), actor().holds(program.id, *RELEASERS)
    return page(
        "portraits/preview_portrait.html", program=program, year=year, reading=reading, views=views, others=others, releases=releases,
        manages=manages, asides=aside_in(program, year, actor()),
    )  # fmt: skip


@pages.route("/personnel/portraits/<slug>/<year>/parution", methods=["POST"])
@audience(*RELEASERS)
def release_portrait(slug: str, year: str) -> Answer:
    """Release the portrait of a year."""
    released = actions.release_portrait(_program(slug, year, *RELEASERS), year, by=actor())
    say(_("Le portrait est diffusé : parution %(number)s.", number=released.number))
    return go("portraits.preview_portrait", slug=slug, year=year)


@pages.route("/personnel/portraits/<slug>/<year>/effectifs", methods=["GET", "POST"])
@audience(*RELEASERS)
def enter_student_totals(slug: str, year: str) -> Response | Answer:
    """Where the region says how many students there are of each level."""
    program = _program(slug, year, *RELEASERS)
    form = TotalsForm(data=totals_of(program, year))
    if form.validate_on_submit():
        actions.enter_student_totals(program, year, form.totals, by=actor())
        say(_("C’est noté. La prochaine parution en tiendra compte."))
        return go("portraits.preview_portrait", slug=slug, year=year)
    return page("portraits/enter_student_totals.html", form=form, program=program, year=year)


@pages.route("/personnel/portraits/parutions/<ref>/retrait", methods=["GET", "POST"])
@audience(*RELEASERS)
def withdraw_portrait(ref: str) -> Response | Answer:
    """Where a release is withdrawn, and why."""
    release, form = queries.release_of(actor(), ref), WithdrawalForm()
    if form.validate_on_submit():
        with form.held():
            actions.withdraw_portrait(release, form.reason.data or "", by=actor())
            say(_("La parution est retirée. Celle d’avant se lit de nouveau, s’il y en a une."))
            return go("portraits.preview_portrait", slug=release.program.slug, year=release.school_year)
    return page("portraits/withdraw_portrait.html", form=form, release=release)


@pages.route("/personnel/dossiers/<ref>/semaines")
@audience(*TEAM)
def show_weeks_of_file(ref: str) -> Response:
    """The weeks of an employer's students, as its file may weigh them: broad figures, above the threshold only."""
    certification = file_of(actor(), ref)
    return page("portraits/show_weeks_of_file.html", certification=certification, weeks=weeks_of(certification))


def _program(slug: str, year: str, *roles: Role) -> Program:
    if not _YEAR.fullmatch(year):
        raise NotFound
    return program_of(actor(), slug, *roles)
