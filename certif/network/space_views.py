"""What an employer does in its own space: answer a distinction, and say how it can help."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response
from werkzeug import Response as Answer

from certif.certification import Certification, Word, certification_of, latest, say_in_space
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.network import help_actions
from certif.network.asking_forms import AnswerDistinctionForm, HelpForm
from certif.network.help_queries import distinction_offered_to, offers_by, standing_distinctions
from certif.network.views import pages


@pages.route("/mon-espace/distinctions/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def answer_distinction(ref: str) -> Response | Answer:
    """A distinction that is offered, or that we hold."""
    distinction, form = distinction_offered_to(actor(), ref), AnswerDistinctionForm()
    if form.validate_on_submit():
        with form.held():
            if form.answer.data == "yes":
                help_actions.accept_distinction(distinction, by=actor())
                say(_("Merci ! Votre page publique le dit à partir de maintenant."))
            else:
                help_actions.decline_distinction(distinction, by=actor())
                say(_("C’est noté : rien ne le dit."))
            return go("certification.show")
    return page("network/answer_distinction.html", form=form, distinction=distinction)


@pages.route("/mon-espace/coups-de-main/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def offer_help(ref: str) -> Response | Answer:
    """How we can help young people, beside our commitments."""
    certification = certification_of(actor(), ref)
    standing = offers_by(certification.employer, certification.program)
    form = HelpForm(kinds=[one.kind for one in standing], note=standing[0].note if standing else "")
    if form.validate_on_submit():
        with form.held():
            help_actions.offer_help(certification, form.chosen, form.note.data or "", by=actor())
            say(_("Merci ! Les écoles et les organismes de votre MRC voient ce que vous offrez.") if form.chosen else _("C’est noté."))
            return go("network.offer_help", ref=ref)
    held = standing_distinctions(certification.employer, certification.program)
    return page("network/offer_help.html", form=form, certification=certification, held=held)


def distinction_words(certification: Certification) -> Iterator[Word]:
    """Say in the panel of the newest cycle that a distinction awaits an answer."""
    if not certification.badges or latest(certification.employer, certification.program) is not certification:
        return
    for one in standing_distinctions(certification.employer, certification.program):
        if one.accepted_at is None:
            said = _("L’équipe de la région vous l’offre : « %(name)s ». Rien n’est public avant votre réponse.", name=one.kind_label)
            yield Word("info", _("Une distinction vous est offerte"), said, _("Répondre"), "network.answer_distinction", one.ref, asks=True)


say_in_space(distinction_words)
