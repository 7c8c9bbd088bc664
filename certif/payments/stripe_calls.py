"""A call to Stripe through its own library, which nothing else imports. Whatever becomes of the call, it ends soon and in our words."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import requests
import stripe
from werkzeug.exceptions import NotFound

from certif.kit.errors import Refusal, Unavailable
from certif.kit.languages import _

stripe.enable_telemetry = False  # nothing about this machine leaves it
logging.getLogger("stripe").setLevel(logging.WARNING)  # it tells every request, and what it was about
Answer = TypeVar("Answer")
Call = Callable[[stripe.StripeClient], Answer]
_log = logging.getLogger("certif.payments")

LONGEST_ANSWER_S = 9.0
_CONNECT_S, _READ_S = 3.0, 8.0
_GARBAGE = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError)
"""What reading an answer of another shape raises: what answered is not the gateway."""


def ask(call: Call[Answer], key: str, api_base: str | None, *, trusts_environment: bool) -> Answer:
    """Call the gateway in a thread of its own: however it hangs or drips, the person gets an answer.

    Takes: `api_base`, another address than Stripe's; `trusts_environment`, whether the machine's proxy stands on the way.
    Refuses: what the gateway refuses; `NotFound` for what it does not know. `Unavailable` when it is out of order.
    """
    answer: Future[Answer] = Future()
    given = (call, key, api_base, trusts_environment, answer)
    threading.Thread(target=_call, args=given, name="certif-payments", daemon=True).start()
    try:
        return answer.result(timeout=LONGEST_ANSWER_S)
    except TimeoutError:
        _log.warning("gateway did not answer in %s s", LONGEST_ANSWER_S)
    except stripe.StripeError as error:
        _raise_our_own(error)
    except _GARBAGE:
        _log.warning("gateway answered something else", exc_info=True)
    raise _unavailable()


def _call(call: Call[Answer], key: str, api_base: str | None, trusts_environment: bool, answer: Future[Answer]) -> None:
    try:
        with requests.Session() as session:
            session.max_redirects = 0  # money does not follow redirects
            session.trust_env = trusts_environment  # a proxy for the outside is not one for this machine
            client = stripe.StripeClient(
                key,
                base_addresses={"api": api_base} if api_base else None,
                max_network_retries=2,
                http_client=stripe.RequestsClient(timeout=(_CONNECT_S, _READ_S), session=session),
            )
            answer.set_result(call(client))
    except (stripe.StripeError, *_GARBAGE) as error:
        answer.set_exception(error)  # told apart by the thread that waits


def _raise_our_own(error: stripe.StripeError) -> None:
    """Say in our words what the gateway refused; stay silent when it is only out of order."""
    _log.warning("gateway: %s", error.user_message, extra={"status": error.http_status, "code": error.code, "request_id": error.request_id})
    if error.http_status == 404:
        raise NotFound from error
    if isinstance(error, stripe.CardError | stripe.InvalidRequestError):
        raise Refusal(_("La passerelle de paiement a refusé cette demande. Aucun montant n’a bougé.")) from error


def _unavailable() -> Unavailable:
    return Unavailable(_("Le paiement par carte ne répond pas en ce moment. Réessayez dans quelques minutes : rien n’est perdu."))
