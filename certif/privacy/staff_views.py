"""What is known of a person, for whoever answers for it: found by an address, taken away, erased; and what people asked."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, request, url_for
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.kit.access import Role, actor, audience
from certif.kit.clock import today
from certif.kit.languages import _
from certif.kit.web import download, go, go_to, page, say
from certif.privacy import actions, queries
from certif.privacy.forms import AnswerForm, PersonForm
from certif.privacy.holdings import HOLDINGS, WORDS
from certif.privacy.views import JSON, pages


@pages.route("/personnel/renseignements")
@audience(Role.ADMIN)
def find_person() -> Response:
    """What is known of the person at an address; the requests that wait."""
    form = PersonForm()
    email = form.asked("email") or ""
    found = queries.held_of(email) if email else []
    return page("privacy/find_person.html", form=form, email=email, found=found, waiting=queries.waiting_requests(), words=WORDS)


@pages.route("/personnel/renseignements/copie", methods=["POST"], bilingual=False)
@audience(Role.ADMIN)
def take_copy() -> Response:
    """Everything that is known of a person, as a file to give them."""
    email = request.form.get("email", "")
    return download(actions.take_copy(email, by=actor()), JSON, f"renseignements-{today()}.json")


@pages.route("/personnel/renseignements/<table>/effacement", methods=["POST"])
@audience(Role.ADMIN)
def erase(table: str) -> Answer:
    """Erase what one table knows of a person."""
    holding = next((one for one in HOLDINGS if one.table == table), None)
    if holding is None:
        raise NotFound
    email = request.form.get("email", "")
    count = actions.erase_held(holding, email, by=actor())
    say(_("C’est effacé.") if count else _("Il n’y avait plus rien à effacer."))
    return go_to(f"{url_for('privacy.find_person')}?{urlencode({'courriel': email})}")


@pages.route("/personnel/renseignements/demandes/<ref>", methods=["GET", "POST"])
@audience(Role.ADMIN)
def answer(ref: str) -> Response | Answer:
    """What somebody asked, and answering it."""
    asked, form = queries.request_named(ref), AnswerForm()
    if form.validate_on_submit():
        with form.held():
            actions.answer_request(asked, form.answer.data, by=actor())
            say(_("La réponse est en route."))
            return go("privacy.find_person")
    return page("privacy/answer.html", form=form, asked=asked, found=queries.held_of(asked.user.email), words=WORDS)
