"""WHO IS TOLD. Addresses of others’ programs, told with a signature when something may be read anew; never of a person or an answer."""

from certif.webhooks.actions import WebhookTerms, register_webhook
from certif.webhooks.delivering import deliver
from certif.webhooks.folding import fold
from certif.webhooks.kinds import OF_PROGRAMS, Kind
from certif.webhooks.model import Webhook, WebhookAttempt, WebhookHalt, WebhookMessage, WebhookSecret

__all__ = [
    "OF_PROGRAMS",
    "Kind",
    "Webhook",
    "WebhookAttempt",
    "WebhookHalt",
    "WebhookMessage",
    "WebhookSecret",
    "WebhookTerms",
    "deliver",
    "fold",
    "register_webhook",
]
