"""The addresses that a gala or a program tells: registered, tried, followed, removed by those who keep them."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.galas import decides, gala_of, name_of
from certif.kit.access import Role, actor, audience
from certif.kit.filters import following
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import Pages, go, page, say
from certif.programs import program_of, programs_of
from certif.webhooks import actions, queries
from certif.webhooks.forms import WebhookForm
from certif.webhooks.kinds import LABELS, OF_GALAS, OF_PROGRAMS, Kind
from certif.webhooks.queries import KEEPERS
from certif.webhooks.wording import ENDS, halted

pages = Pages("webhooks", __name__)


@pages.route("/personnel/adresses-a-prevenir")
@audience(*KEEPERS)
def list_webhooks() -> Response:
    """The addresses that my programs and their galas tell."""
    found = queries.webhooks_kept_by(actor(), request.args.get("suite"))
    programs = programs_of(actor(), *KEEPERS)
    return page("webhooks/list_webhooks.html", found=found, next_url=following(found), programs=programs, name_of=name_of)


@pages.route("/personnel/adresses-a-prevenir/nouvelle/<slug>", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@audience(*KEEPERS)
def register_for_program(slug: str) -> Response:
    """An address that a whole program tells."""
    program = program_of(actor(), slug, *KEEPERS)
    form = WebhookForm().offer(OF_PROGRAMS, decides=True)
    if form.validate_on_submit():
        with form.held():
            webhook, secret = actions.register_webhook(program, None, form.terms, by=actor())
            return page("webhooks/show_secret.html", webhook=webhook, secret=secret)
    return page("webhooks/register_for_program.html", form=form, program=program)


@pages.route("/mes-galas/<ref>/adresses-a-prevenir")
@audience(Role.EMPLOYER)
def list_of_gala(ref: str) -> Response:
    """The addresses that a gala tells."""
    gala = gala_of(actor(), ref)
    return page("webhooks/list_of_gala.html", gala=gala, name=name_of(gala), found=queries.webhooks_of_gala(gala))


@pages.route("/mes-galas/<ref>/adresses-a-prevenir/nouvelle", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@audience(Role.EMPLOYER)
def register_for_gala(ref: str) -> Response:
    """An address that a gala tells."""
    gala = gala_of(actor(), ref)
    form = WebhookForm().offer(OF_GALAS, decides=decides(actor(), gala))
    if form.validate_on_submit():
        with form.held():
            webhook, secret = actions.register_webhook(gala.program, gala, form.terms, by=actor())
            return page("webhooks/show_secret.html", webhook=webhook, secret=secret)
    return page("webhooks/register_for_gala.html", form=form, gala=gala, name=name_of(gala))


@pages.route("/adresses-a-prevenir/<ref>")
@audience(Role.EMPLOYER)
def show_webhook(ref: str) -> Response:
    """One address: whether it answers, and every attempt."""
    webhook = queries.webhook_of(actor(), ref)
    found = queries.messages_of(webhook, request.args.get("suite"))
    kinds = [LABELS[Kind(one)] for one in webhook.kinds]
    return page(
        "webhooks/show_webhook.html", webhook=webhook, found=found, next_url=following(found), kinds=kinds, labels=LABELS, ends=ENDS,
        halted=halted(webhook), is_theirs=queries.is_still_theirs(webhook), name_of=name_of,
    )  # fmt: skip


@pages.route("/adresses-a-prevenir/<ref>/essai", methods=["POST"])
@limiter.limit("60 per hour")
@audience(Role.EMPLOYER)
def try_webhook(ref: str) -> Answer:
    """Send a message that tells nothing."""
    actions.try_webhook(queries.webhook_of(actor(), ref), by=actor())
    say(_("Le message d’essai part dans quelques secondes. Rechargez la page pour voir ce qu’il en est."))
    return go("webhooks.show_webhook", ref=ref)


@pages.route("/adresses-a-prevenir/<ref>/secret", methods=["POST"])
@audience(Role.EMPLOYER)
def change_secret(ref: str) -> Response:
    """A new secret, shown this once."""
    webhook = queries.webhook_of(actor(), ref)
    return page("webhooks/change_secret.html", webhook=webhook, secret=actions.change_secret(webhook, by=actor()))


@pages.route("/adresses-a-prevenir/<ref>/reprise", methods=["POST"])
@audience(Role.EMPLOYER)
def resume_webhook(ref: str) -> Answer:
    """Send to it again."""
    actions.resume_webhook(queries.webhook_of(actor(), ref), by=actor())
    say(_("Les envois reprennent, par un message d’essai."))
    return go("webhooks.show_webhook", ref=ref)


@pages.route("/adresses-a-prevenir/<ref>/retrait", methods=["POST"])
@audience(Role.EMPLOYER)
def end_webhook(ref: str) -> Answer:
    """Tell it nothing any more."""
    webhook = queries.webhook_of(actor(), ref)
    actions.end_webhook(webhook, by=actor())
    say(_("L’adresse « %(label)s » n’est plus prévenue.", label=webhook.label))
    return go("webhooks.list_of_gala", ref=webhook.gala.ref) if webhook.gala else go("webhooks.list_webhooks")


@pages.route("/adresses-a-prevenir/messages/<ref>/renvoi", methods=["POST"])
@limiter.limit("60 per hour")
@audience(Role.EMPLOYER)
def send_again(ref: str) -> Answer:
    """Send a message again."""
    message = queries.message_of(actor(), ref)
    actions.send_again(message, by=actor())
    say(_("Le message repart dans quelques secondes. Rechargez la page pour voir ce qu’il en est."))
    return go("webhooks.show_webhook", ref=message.webhook.ref)
