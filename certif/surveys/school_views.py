"""What the contact of a school sees, from the link of a letter: its own ways in and their counts; and one press that stops reminders."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.kit import clock
from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import foreign_posts, go, page, say
from certif.surveys import boards, school_actions, school_queries
from certif.surveys.door_actions import shown_code
from certif.surveys.running_queries import LOOKS, STATES, last_day_of, state_of, title_of
from certif.surveys.school_queries import door_address, letter_with
from certif.surveys.views import pages


@pages.route("/sondages/ecole/<token>")
@limiter.limit("120 per minute")
@audience(ANYONE)
def show_school_board(token: str) -> Response:
    """How many answers came by the ways in of this contact, as of now; never what they say."""
    letter = letter_with(token)
    survey = letter.survey
    schools = boards.board_for(survey, letter.email)
    return page(
        "surveys/show_school_board.html", survey=survey, title=title_of(survey), schools=schools, token=token, at=clock.now(),
        last_day=last_day_of(survey), label=STATES[state_of(survey)], look=LOOKS[state_of(survey)], address_of=door_address,
        shown_code=shown_code,
    )  # fmt: skip


@pages.route("/sondages/ecole/<token>/arret", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@foreign_posts
@audience(ANYONE)
def stop_school_letters(token: str) -> Response | Answer:
    """One button stops the reminders; mail programs press it too (RFC 8058), which the token alone allows."""
    letter, form = letter_with(token), Form()
    if form.is_submitted():
        school_actions.stop_school_letters(letter, by=VISITOR)
        say(_("C’est fait : plus aucun rappel ne partira vers cette adresse."))
        return go("surveys.stop_school_letters", token=token)
    return page("surveys/stop_school_letters.html", form=form, letter=letter, has_stopped=school_queries.has_stopped(letter.email))
