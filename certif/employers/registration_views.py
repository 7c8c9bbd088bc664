"""The pages on which an organisation registers: one thing each, kept as soon as it is answered."""

from __future__ import annotations

from flask import request, url_for
from werkzeug import Response
from werkzeug.exceptions import NotFound

from certif import territory
from certif.employers import draft_reminders, drafts, people
from certif.employers.arrivals import RegistrationDraft
from certif.employers.entry_views import draft_token, open_draft, pages, remember, with_draft
from certif.employers.forms import ContactForm, DescribeForm, PlaceForm, SaveForm, StartForm
from certif.employers.people_forms import JoinForm
from certif.employers.summary_views import answers_shown, describe_answers, step_labels
from certif.kit.access import ANYONE, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _, language
from certif.kit.limits import limiter
from certif.kit.web import foreign_posts, go, page, say


@pages.route("/inscription", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def start() -> Response:
    """What registering takes, and which organisation it is."""
    token, draft = draft_token(), open_draft()
    known = draft.data if draft else {}
    form = StartForm(data={**known, "has_no_neq": known.get("neq", "unasked") is None})
    if form.validate_on_submit():
        with form.held():
            return remember(_onward(drafts.keep_first_answers(token, form.answers())), token)
    return remember(page("employers/start.html", steps=step_labels(), form=form, draft=draft), token)


@pages.route("/inscription/deja-inscrite", methods=["GET", "POST"])
@audience(ANYONE)
@with_draft
def show_similar(draft: RegistrationDraft) -> Response:
    """An organisation that may be the same is registered: join it, or say that it is another."""
    form, found = Form(), drafts.similar_to(draft)
    if form.validate_on_submit():
        with form.held():
            return _onward(drafts.say_different(draft))
    if found is None:
        return go(f"employers.{draft.step}")
    return page("employers/show_similar.html", form=form, same_neq=drafts.has_same_neq(found, draft))


@pages.route("/inscription/se-joindre", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
@audience(ANYONE)
@with_draft
def ask_to_join(draft: RegistrationDraft) -> Response:
    """Ask those who answer for an organisation already registered to be let in."""
    employer, form = drafts.similar_to(draft), JoinForm()
    if employer is None:
        raise NotFound
    if form.validate_on_submit():
        with form.held():
            people.ask_to_join(employer, **form.answers(), language=language(), by=actor())
            return go("employers.join_requested")
    return page("employers/ask_to_join.html", form=form)


@pages.route("/inscription/demande-envoyee")
@audience(ANYONE)
def join_requested() -> Response:
    """The request to join has left."""
    return page("employers/join_requested.html")


@pages.route("/inscription/organisation", methods=["GET", "POST"])
@audience(ANYONE)
@with_draft
def describe(draft: RegistrationDraft) -> Response:
    """What the organisation is."""
    form = DescribeForm(data=describe_answers(draft.data))
    if form.validate_on_submit():
        with form.held():
            return _onward(drafts.keep_answers(draft, form.answers()))
    return page("employers/describe.html", steps=step_labels(), form=form)


@pages.route("/inscription/etablissements", methods=["GET", "POST"])
@audience(ANYONE)
@with_draft
def list_places(draft: RegistrationDraft) -> Response:
    """The places of work given so far."""
    form = Form()
    if not draft.establishments:
        return go("employers.add_place")
    if form.validate_on_submit():
        return _onward(draft)
    return page("employers/list_places.html", steps=step_labels(), form=form, places=draft.establishments, name=draft.name)


@pages.route("/inscription/etablissements/ajout", methods=["GET", "POST"])
@audience(ANYONE)
@with_draft
def add_place(draft: RegistrationDraft) -> Response:
    """One more place of work."""
    is_first = not draft.establishments
    form = PlaceForm(mrcs=territory.mrc_choices(), data={"postal_code": draft.answer("postal_code")} if is_first else None)
    if form.validate_on_submit():
        with form.held():
            drafts.keep_establishment(draft, form.answers())
            return go("employers.save_for_later" if _wants_later() else "employers.list_places")
    return page("employers/add_place.html", steps=step_labels(), form=form, is_first=is_first)


@pages.route("/inscription/etablissements/<key>", methods=["GET", "POST"])
@audience(ANYONE)
@with_draft
def edit_place(draft: RegistrationDraft, key: str) -> Response:
    """One place of work, to be corrected."""
    form = PlaceForm(mrcs=territory.mrc_choices(), data=drafts.place_of(draft, key))
    if form.validate_on_submit():
        with form.held():
            drafts.keep_establishment(draft, form.answers(), key)
            return go("employers.save_for_later" if _wants_later() else "employers.list_places")
    return page("employers/edit_place.html", steps=step_labels(), form=form)


@pages.route("/inscription/etablissements/<key>/retrait", methods=["POST"])
@audience(ANYONE)
@with_draft
def remove_place(draft: RegistrationDraft, key: str) -> Response:
    """Take a place of work out."""
    drafts.remove_establishment(draft, key)
    return go("employers.list_places")


@pages.route("/inscription/personne-ressource", methods=["GET", "POST"])
@audience(ANYONE)
@with_draft
def give_contact(draft: RegistrationDraft) -> Response:
    """Who is reached for the organisation."""
    form = ContactForm(data={"language": language(), **draft.data})
    if form.validate_on_submit():
        with form.held():
            return _onward(drafts.keep_answers(draft, form.answers()))
    return page("employers/give_contact.html", steps=step_labels(), form=form)


@pages.route("/inscription/verification")
@audience(ANYONE)
@with_draft
def check_answers(draft: RegistrationDraft) -> Response:
    """Everything that was answered, each line with a way to change it."""
    if not draft.is_complete:
        return go(f"employers.{draft.step}")
    if drafts.similar_to(draft) is not None:
        return go("employers.show_similar")
    return page(
        "employers/check_answers.html",
        steps=step_labels(),
        sections=answers_shown(draft),
        confirm_url=url_for("certification.confirm_registration"),
    )


@pages.route("/inscription/plus-tard", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
@audience(ANYONE)
@with_draft
def save_for_later(draft: RegistrationDraft) -> Response:
    """Where to send the link that finds the registration again."""
    form = SaveForm(data={"email": draft.contact_email})
    if form.validate_on_submit():
        with form.held():
            drafts.send_resume_link(draft, str(form.email.data))
            say(_("Le lien est en route. Il fonctionne pendant trente jours, sur n’importe quel appareil."))
            return go("employers.save_for_later")
    return page("employers/save_for_later.html", form=form, continue_url=url_for(f"employers.{draft.step}"))


@pages.route("/inscription/reprise/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour")
@audience(ANYONE)
def resume(token: str) -> Response:
    """The link of the letter: the button finds the registration again; opening the page changes nothing."""
    draft, form = drafts.draft_of(token), Form()
    if form.validate_on_submit():
        if draft.employer_id is not None:
            return go("certification.show")
        drafts.prove_link(draft)
        return remember(go(f"employers.{draft.step}"), token)
    return page("employers/resume.html", form=form, draft=draft)


@pages.route("/inscription/reprise/<token>/arret", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@foreign_posts
@audience(ANYONE)
def stop_reminders(token: str) -> Response:
    """One button stops the reminders of a registration; mail programs press it too (RFC 8058), which the token alone allows."""
    draft, form = drafts.draft_of(token), Form()
    if form.is_submitted():
        draft_reminders.stop_draft_reminders(draft)
        return go("employers.stop_reminders", token=token)
    return page("employers/stop_reminders.html", form=form, draft=draft)


def _onward(draft: RegistrationDraft) -> Response:
    """Lead to the first page that lacks its answers, by way of the organisation it looks like, if any."""
    if _wants_later():
        return go("employers.save_for_later")
    return go("employers.show_similar" if drafts.similar_to(draft) is not None else f"employers.{draft.step}")


def _wants_later() -> bool:
    return "later" in request.form
