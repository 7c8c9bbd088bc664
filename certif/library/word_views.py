"""What others say, as staff and employers handle it: stories, testimonials, the watch."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.employers import employer_of
from certif.kit.access import STAFF, Role, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _, language
from certif.kit.web import go, page, say
from certif.library import word_actions, word_queries
from certif.library.forms import OF_ALL
from certif.library.handing import WHOLE
from certif.library.model import TOPICS, Topic
from certif.library.queries import STORY, edits
from certif.library.views import pages
from certif.library.word_actions import TESTIMONIAL
from certif.library.word_forms import AsideForm, StoryForm, TestimonialForm, WatchForm
from certif.programs import program_of, programs_of


@pages.route("/mon-espace/bons-coups/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def answer_story(ref: str) -> Response | Answer:
    """A story told of my organisation: I read it, and agree to it or not."""
    version, form = word_queries.story_of(actor(), ref), StoryForm()
    form.ask(STORY, language())
    if form.validate_on_submit():
        with form.held():
            word_actions.agree_to_story(version, consent=form.consent_version, language=language(), by=actor())
            say(_("Merci ! Le bon coup de votre organisation peut paraître."))
            return go("library.answer_story", ref=ref)
    return page("library/answer_story.html", form=form, version=version, state=word_queries.story_state(version))


@pages.route("/mon-espace/bons-coups/<ref>/retrait", methods=["POST"])
@audience(Role.EMPLOYER)
def withdraw_story(ref: str) -> Answer:
    """Take the story of my organisation back."""
    word_actions.withdraw_story(word_queries.story_of(actor(), ref), by=actor())
    say(_("Votre accord est retiré : le bon coup ne paraît plus."))
    return go("library.answer_story", ref=ref)


@pages.route("/mon-espace/temoignages/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def offer_testimonial(ref: str) -> Response | Answer:
    """Where my organisation says what its certification changes, and sees what it said before."""
    employer, form = employer_of(actor(), ref), TestimonialForm()
    certified = {one.slug: one for one in word_queries.certified_in(employer)}
    form.program.choices = [(one.slug, one.name) for one in certified.values()]
    form.ask(TESTIMONIAL, language())
    if form.validate_on_submit():
        with form.held():
            said: dict[str, Any] = {"consent": form.consent_version, "language": language(), "by": actor()}
            word_actions.offer_testimonial(employer, certified[form.program.data], form.words.data, **said)
            say(_("Merci ! L’équipe du programme vous lira avant de publier."))
            return go("library.offer_testimonial", ref=ref)
    return page("library/offer_testimonial.html", form=form, employer=employer, said=word_queries.testimonials_of(employer))


@pages.route("/mon-espace/temoignages/<ref>/<testimonial>/retrait", methods=["POST"])
@audience(Role.EMPLOYER)
def take_testimonial_back(ref: str, testimonial: str) -> Answer:
    """Take a testimonial of my organisation back: its words are forgotten."""
    word_actions.withdraw_testimonial(word_queries.own_testimonial(employer_of(actor(), ref), testimonial), by=actor())
    say(_("Votre témoignage est retiré, et ses mots sont oubliés."))
    return go("library.offer_testimonial", ref=ref)


@pages.route("/personnel/temoignages")
@audience(*WHOLE)
def manage_testimonials() -> Response:
    """The testimonials that wait, the oldest first; or those that were read."""
    waiting = request.args.get("etat") != "lus"
    found = word_queries.testimonials_seen_by(actor(), waiting=waiting, after=request.args.get("suite"))
    return page("library/manage_testimonials.html", found=found, next_url=following(found), waiting=waiting)


@pages.route("/personnel/temoignages/<ref>/publication", methods=["POST"])
@audience(*WHOLE)
def publish_testimonial(ref: str) -> Answer:
    """Publish a testimonial."""
    word_actions.publish_testimonial(word_queries.testimonial_of(actor(), ref), by=actor())
    say(_("Le témoignage est publié, et l’employeur en est averti."))
    return go("library.manage_testimonials")


@pages.route("/personnel/temoignages/<ref>/mise-de-cote", methods=["GET", "POST"])
@audience(*WHOLE)
def set_testimonial_aside(ref: str) -> Response | Answer:
    """Where a testimonial is set aside, and why."""
    offered, form = word_queries.testimonial_of(actor(), ref), AsideForm()
    if form.validate_on_submit():
        with form.held():
            word_actions.set_testimonial_aside(offered, form.reason.data, by=actor())
            say(_("Le témoignage est mis de côté, et l’employeur en est averti."))
            return go("library.manage_testimonials")
    return page("library/set_testimonial_aside.html", form=form, one=offered)


@pages.route("/personnel/temoignages/<ref>/retrait", methods=["GET", "POST"])
@audience(*WHOLE)
def withdraw_testimonial(ref: str) -> Response | Answer:
    """Where a published testimonial is taken back by staff."""
    offered, form = word_queries.testimonial_of(actor(), ref), Form()
    if form.validate_on_submit():
        with form.held():
            word_actions.withdraw_testimonial(offered, by=actor())
            say(_("Le témoignage ne paraît plus, et ses mots sont oubliés."))
            return go("library.manage_testimonials", etat="lus")
    return page("library/withdraw_testimonial.html", form=form, one=offered)


@pages.route("/personnel/veille")
@audience(*STAFF)
def manage_watch() -> Response:
    """What was seen elsewhere, for colleagues and partners."""
    topic = request.args.get("sujet", "")
    topic = topic if topic in set(TOPICS) else ""
    found = word_queries.watch(actor(), topic, request.args.get("suite"))
    return page(
        "library/manage_watch.html", found=found, next_url=following(found), topic=topic, topics=TOPICS,
        writes={one.id for one in programs_of(actor(), *WHOLE)}, writes_for_all=edits(actor(), None),
    )  # fmt: skip


@pages.route("/personnel/veille/nouvelle", methods=["GET", "POST"])
@audience(*WHOLE)
def note_watch() -> Response | Answer:
    """Where something seen elsewhere is noted."""
    form, mine = WatchForm(), programs_of(actor(), *WHOLE)
    form.program.choices = [*((one.slug, one.name) for one in mine), *([(OF_ALL, _("Toute la province"))] if edits(actor(), None) else [])]
    if form.validate_on_submit():
        with form.held():
            program = None if form.program.data == OF_ALL else program_of(actor(), form.program.data, *WHOLE)
            told: dict[str, Any] = {"topic": Topic(form.topic.data), "link": form.link.data or "", "language": form.language.data}
            word_actions.note_watch(program, form.title.data, form.body.data, **told, is_public=form.is_public.data, by=actor())
            say(_("C’est noté dans la veille."))
            return go("library.manage_watch")
    return page("library/note_watch.html", form=form)


@pages.route("/personnel/veille/<ref>/retrait", methods=["GET", "POST"])
@audience(*WHOLE)
def withdraw_watch(ref: str) -> Response | Answer:
    """Where a note of the watch is withdrawn."""
    note, form = word_queries.note_of(actor(), ref), Form()
    if form.validate_on_submit():
        with form.held():
            word_actions.withdraw_watch(note, by=actor())
            say(_("La note est retirée."))
            return go("library.manage_watch")
    return page("library/withdraw_watch.html", form=form, note=note)
