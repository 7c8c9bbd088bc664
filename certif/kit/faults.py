"""When things go wrong: one page for each kind, with a sentence, a way back, and for our own faults a number that is in the log."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from certif.kit import db
from certif.kit.access import VISITOR
from certif.kit.errors import Refusal, Unavailable
from certif.kit.languages import _l

_SENTENCES = {
    400: (_l("Cette demande n’a pas pu être lue"), _l("Revenez à la page précédente, rechargez-la, puis recommencez.")),
    401: (_l("Une clé est demandée"), _l("Montrez une clé en vigueur.")),
    403: (
        _l("Cette page ne vous est pas destinée"),
        _l("Elle est réservée à d’autres personnes. Si vous pensez que c’est une erreur, écrivez-nous."),
    ),
    404: (_l("Page introuvable"), _l("L’adresse est inexacte, ou ce qu’elle montrait n’est plus là.")),
    405: (_l("Page introuvable"), _l("L’adresse est inexacte, ou ce qu’elle montrait n’est plus là.")),
    409: (_l("Cette étape ne peut pas être faite"), _l("Cette étape vient d’être faite, peut-être dans un autre onglet.")),
    413: (_l("C’est trop lourd"), _l("Envoyez un fichier plus léger : le formulaire dit combien il peut peser.")),
    429: (_l("Trop de demandes"), _l("Attendez une minute, puis recommencez. Rien n’a été perdu.")),
    500: (_l("Une erreur de notre part"), _l("Nous en sommes désolés. Donnez-nous ce numéro et nous chercherons\u00a0:")),
    503: (_l("Indisponible pour le moment"), _l("Réessayez dans un instant. Rien n’a été perdu.")),
}

FOR_PROGRAMS = "/api/"
"""Where what went wrong is said to programs rather than to people."""

_log = logging.getLogger("certif.faults")


def conflict(error: IntegrityError) -> Response:
    """Answer that two clicks raced, and that the other one won."""
    db.give_up()
    _log.info("a constraint had the last word: %s", error.orig)
    return _page(409)


def outage(error: DBAPIError) -> Response:
    """Answer that the database is away or busy: the page is given without asking it who reads."""
    g.actor = VISITOR
    _log.warning("the database is away: %s", error.orig)
    return _page(503)


def problem(status: int, detail: str, **more: object) -> Response:
    """Answer a program with what went wrong (RFC 9457). Takes: `more`, what else it is told, such as `errors`."""
    title, _usual = _SENTENCES.get(status, _SENTENCES[400])
    said = {"type": "about:blank", "title": str(title), "status": status, "detail": detail, **more}
    response = jsonify(said)
    response.status_code, response.mimetype = status, "application/problem+json"
    return response


def install(app: Flask) -> None:
    """Answer each kind of error with its page. Whatever was being written is given up first."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(IntegrityError, conflict)
    app.register_error_handler(DBAPIError, _away)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _usual)
    app.register_error_handler(Exception, _our_fault)


def _refused(refusal: Refusal) -> Response:
    db.give_up()
    return _page(409, str(refusal))


def _unavailable(problem: Unavailable) -> Response:
    db.give_up()
    _log.warning("unavailable: %s", problem)
    return _page(503, str(problem), retry_after=problem.retry_after)


def _away(error: DBAPIError) -> Response:
    is_outage = db.is_outage(error)
    db.give_up()
    return outage(error) if is_outage else _our_fault(error)


def _forged(_error: CSRFError) -> Response:
    db.give_up()
    return _page(400)


def _usual(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    db.give_up()
    if isinstance(error, SecurityError):
        return error  # another host's name: no address of ours can be made for a page
    response = _page(error.code)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _our_fault(error: Exception) -> Response:
    db.give_up()
    number = secrets.token_hex(4)
    _log.exception("fault %s on %s", number, request.path, exc_info=error)
    return _page(500, number=number)


def _page(status: int, sentence: str | None = None, *, number: str | None = None, retry_after: int = 30) -> Response:
    title, usual = _SENTENCES.get(status, _SENTENCES[400])
    if request.path.startswith(FOR_PROGRAMS):
        response = problem(status, str(sentence or usual), **({"number": number} if number else {}))
        return _to_come_back(response, retry_after)
    back = request.path if status in {409, 422} and request.endpoint and "GET" in _methods_here() else None
    text = render_template("_layout/error.html", status=status, title=title, sentence=sentence or usual, number=number, back=back)
    return _to_come_back(make_response(text, status), retry_after)


def _to_come_back(response: Response, seconds: int) -> Response:
    if response.status_code in {429, 503}:
        response.headers["Retry-After"] = str(seconds)
    return response


def _methods_here() -> set[str]:
    return (request.url_rule.methods if request.url_rule else None) or set()
