"""The page where a person clicks through a payment that charges nobody."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from certif.payments.sandbox.store import Thing

_HERE = Path(__file__).parent
_templates = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
STYLE = (_HERE / "checkout.css").read_text()

_WORDS = {
    "fr": {
        "notice": "Bac à sable : aucune carte n’est débitée",
        "explain": "Cette page tient lieu de passerelle de paiement tant que le site n’a pas de clé. Choisissez ce que ferait la carte.",
        "title": "Payer %(amount)s",
        "for": "Pour",
        "amount": "Montant",
        "email": "Courriel",
        "choose": "Que fait la carte ?",
        "pay": "Payer %(amount)s",
        "decline": "Simuler une carte refusée",
        "abandon": "Abandonner et revenir",
        "declined": "La carte a été refusée. Rien n’a été payé : essayez encore, ou revenez.",
        "complete": "Déjà payé",
        "complete_text": "Cette page a servi. Rien ne sera débité une seconde fois.",
        "expired": "Page échue",
        "expired_text": "Cette page de paiement n’est plus valable. Revenez au site pour en ouvrir une autre.",
        "back": "Revenir au site",
    },
    "en": {
        "notice": "Sandbox: no card is ever charged",
        "explain": "This page stands in for the payment gateway’s as long as the site has no key. Choose what the card would do.",
        "title": "Pay %(amount)s",
        "for": "For",
        "amount": "Amount",
        "email": "Email",
        "choose": "What does the card do?",
        "pay": "Pay %(amount)s",
        "decline": "Simulate a declined card",
        "abandon": "Give up and go back",
        "declined": "The card was declined. Nothing was paid: try again, or go back.",
        "complete": "Already paid",
        "complete_text": "This page has been used. Nothing will be charged a second time.",
        "expired": "Page expired",
        "expired_text": "This payment page is no longer valid. Go back to the site to open another one.",
        "back": "Back to the site",
    },
}


def show(session: Thing, name: str, mount: str, token: str, *, was_declined: bool = False) -> Response:
    """Show where a session stands, in the language it was opened in."""
    language = "en" if str(session["locale"]).startswith("en") else "fr"
    amount = _written(session["amount_total"], language)
    words = {key: text % {"amount": amount} if "%(amount)s" in text else text for key, text in _WORDS[language].items()}
    html = _templates.get_template("checkout.html").render(
        language=language,
        words=words,
        session=session,
        name=name,
        amount=amount,
        mount=mount,
        back=back_of(session),
        was_declined=was_declined,
        token=token,
    )
    response = Response(html, 402 if was_declined else 200, content_type="text/html; charset=utf-8")
    sites = " ".join(
        sorted(
            {
                f"{parts.scheme}://{parts.netloc}"
                for parts in map(urlsplit, (session["success_url"], session["cancel_url"] or ""))
                if parts.netloc
            }
        )
    )
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self'; form-action 'self' {sites}; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers.update({"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"})
    return response


def back_of(session: Thing) -> str:
    """Give where the person goes back to: the landing page once paid, else where they came from."""
    landing = str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])
    return landing if session["status"] == "complete" else str(session["cancel_url"] or landing)


def leave(session: Thing) -> Response:
    """Send the person back to the site."""
    return redirect(back_of(session), 303)


def _written(cents: int, language: str) -> str:
    whole, part = divmod(cents, 100)
    if language == "en":
        return f"${whole:,}.{part:02}"
    return f"{whole:,},{part:02}".replace(",", "\N{NO-BREAK SPACE}", f"{whole:,}".count(",")) + "\N{NO-BREAK SPACE}$"
