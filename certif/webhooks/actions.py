"""What can happen to a webhook, in story order: registered, tried, given a new secret, sent again, taken up again, removed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from certif.accounts import seal, unseal
from certif.galas import Gala, gala_of
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import checkpoint, db, lock
from certif.kit.errors import Refusal
from certif.kit.jobs import enqueue
from certif.kit.languages import _, _l
from certif.programs import Program
from certif.webhooks.kinds import OF_GALAS, OF_PROGRAMS, Kind
from certif.webhooks.messages import DELIVER, write_message
from certif.webhooks.model import Webhook, WebhookMessage, WebhookSecret
from certif.webhooks.queries import KEEPERS, count_standing
from certif.webhooks.reaching import check_address
from certif.webhooks.signing import new_secret

MOST = 10
"""How many addresses a gala tells at most, and a program beside its galas."""
OVERLAP = dt.timedelta(days=1)
"""How long the secret before still signs, beside the new one."""

audit.declare("webhook_registered", _l("%(by)s a inscrit une adresse à prévenir : « %(label)s »."), "label")
audit.declare("webhook_secret_made", _l("%(by)s a changé le secret de l’adresse à prévenir « %(label)s »."), "label")
audit.declare("webhook_tried", _l("%(by)s a envoyé un message d’essai à l’adresse « %(label)s »."), "label")
audit.declare("webhook_sent_again", _l("%(by)s a renvoyé un message à l’adresse « %(label)s »."), "label")
audit.declare("webhook_resumed", _l("%(by)s a repris les envois à l’adresse « %(label)s »."), "label")
audit.declare("webhook_ended", _l("%(by)s a retiré l’adresse à prévenir « %(label)s »."), "label")


@dataclass(frozen=True)
class WebhookTerms:
    """What is registered: `url`, where; `kinds`, of what it is told; `sees_embargoed`, of laureates before the embargo is lifted, too."""

    label: str
    url: str
    kinds: tuple[Kind, ...]
    sees_embargoed: bool = False


def register_webhook(program: Program, gala: Gala | None, terms: WebhookTerms, *, by: Actor) -> tuple[Webhook, str]:
    """Register an address to tell: of one gala, or (None) of the program and all its galas.

    Gives: the webhook, and its secret, which is told this once.
    Refuses: someone who keeps neither the gala nor the program; an embargo that only those who decide may look behind; too many addresses;
    what `check_address` refuses.
    """
    if gala is not None:
        gala_of(by, gala.ref)
    if (gala is None and not by.holds(program.id, *KEEPERS)) or (terms.sees_embargoed and not by.holds(program.id, *KEEPERS)):
        raise Refusal(_("Seule la gestion du programme peut le décider."))
    if not set(terms.kinds) <= set(OF_GALAS if gala else OF_PROGRAMS):
        raise Refusal(_("Cette adresse ne peut pas être prévenue de cela."))
    checkpoint()
    check_address(terms.url)
    lock(gala or program)
    if count_standing(program, gala) >= MOST:
        raise Refusal(_("Retirez d’abord une adresse : %(most)s au plus sont prévenues.", most=MOST))
    webhook = Webhook(
        program=program, gala=gala, owner_id=by.user_id, label=terms.label, url=terms.url, kinds=[one.value for one in terms.kinds],
        sees_embargoed=terms.sees_embargoed, registered_at=clock.now(), registered_by=by.ref, secrets=[], halts=[],
    )  # fmt: skip
    db.session.add(webhook)
    db.session.flush()
    audit.record("webhook_registered", webhook, by=by, label=terms.label)
    return webhook, _make_secret(webhook, by)


def try_webhook(webhook: Webhook, *, by: Actor) -> None:
    """Send a message that tells nothing. Refuses: an address removed, or to which nothing is sent."""
    _lock_told(webhook)
    write_message(webhook, Kind.TEST, webhook, {"webhook": webhook.ref}, at=clock.now(), entry=None)
    audit.record("webhook_tried", webhook, by=by, label=webhook.label)


def change_secret(webhook: Webhook, *, by: Actor) -> str:
    """Make a new secret. The one before signs beside it for a day; any other ends now.

    Gives: the secret, which is told this once.
    Refuses: an address removed.
    """
    _lock_standing(webhook)
    for number, one in enumerate(webhook.live_secrets):
        soon = clock.now() + OVERLAP if number == 0 else clock.now()
        one.expires_at = min(soon, one.expires_at or soon)
    audit.record("webhook_secret_made", webhook, by=by, label=webhook.label)
    return _make_secret(webhook, by)


def send_again(message: WebhookMessage, *, by: Actor) -> None:
    """Send a message again, whatever came of it before. Refuses: an address removed, or to which nothing is sent."""
    _lock_told(message.webhook)
    enqueue(DELIVER, once=f"webhook {message.ref} {clock.now().isoformat()}", message=message.ref, by=by.ref)
    audit.record("webhook_sent_again", message.webhook, by=by, label=message.webhook.label)


def resume_webhook(webhook: Webhook, *, by: Actor) -> None:
    """Send again to an address that did not answer for long, beginning with a message of test. Refuses: one that is told already."""
    _lock_standing(webhook)
    halt = webhook.halt
    if halt is None:
        raise Refusal(_("Les envois à cette adresse ne sont pas arrêtés."))
    halt.lifted_at, halt.lifted_by = clock.now(), by.ref
    audit.record("webhook_resumed", webhook, by=by, label=webhook.label)
    write_message(webhook, Kind.TEST, webhook, {"webhook": webhook.ref}, at=clock.now(), entry=None)


def end_webhook(webhook: Webhook, *, by: Actor) -> None:
    """Tell an address nothing any more. Refuses: one removed already."""
    _lock_standing(webhook)
    webhook.ended_at, webhook.ended_by = clock.now(), by.ref
    audit.record("webhook_ended", webhook, by=by, label=webhook.label)


def secrets_of(webhook: Webhook) -> list[str]:
    """Give the secrets that sign today, the newest first. Refuses: what was sealed under another secret of the application."""
    return [unseal(one.sealed, for_=_use(webhook)) for one in webhook.live_secrets]


def _make_secret(webhook: Webhook, by: Actor) -> str:
    secret = new_secret()
    sealed = seal(secret, for_=_use(webhook))
    webhook.secrets.insert(0, WebhookSecret(sealed=sealed, made_at=clock.now(), made_by=by.ref, expires_at=None))
    return secret


def _use(webhook: Webhook) -> str:
    return f"secret of webhook {webhook.ref}"


def _lock_standing(webhook: Webhook) -> None:
    if lock(webhook).ended_at is not None:
        raise Refusal(_("Cette adresse est déjà retirée."))


def _lock_told(webhook: Webhook) -> None:
    _lock_standing(webhook)
    if webhook.halt is not None:
        raise Refusal(_("Les envois à cette adresse sont arrêtés : reprenez-les d’abord."))
