"""The API: what a program reads with a key. It reads no cookie, and a key is heard in its header only."""

from __future__ import annotations

from flask import Response, jsonify, request
from pydantic import ValidationError
from werkzeug.exceptions import NotFound

from certif.api.descriptions import description
from certif.api.shapes import GalaShape, LaureatesAsked
from certif.galas import Gala, LaureateList, ListToken, csv_of, laureates_of, note_use, token_behind, xlsx_of
from certif.kit import sheets
from certif.kit.access import ANYONE, audience
from certif.kit.faults import problem
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import Pages, anonymous

pages = Pages("api", __name__)

_WRONG_KEYS = "120 per minute"
"""How often one network may come with a key that opens nothing."""
_SECRETS = ("token", "access_token", "key", "api_key", "bearer")
"""How a key might be put in an address, where browsers and networks would keep it."""
_is_wrong = limiter.shared_limit(_WRONG_KEYS, scope="wrong keys", deduct_when=lambda response: response.status_code == 401)


@pages.route("/api/v1/openapi.json", bilingual=False)
@audience(ANYONE)
@anonymous
def describe() -> Response:
    """What this API promises (OpenAPI 3.1)."""
    response = jsonify(description())
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@pages.route("/api/v1/galas/<ref>", bilingual=False)
@_is_wrong
@audience(ANYONE)
@anonymous
def read_gala(ref: str) -> Response:
    """The gala that a key opens."""
    found = _opened(ref)
    if isinstance(found, Response):
        return found
    gala = found.gala
    shape = GalaShape(
        id=gala.ref, name_fr=gala.name_fr, name_en=gala.name_en, organiser=gala.organiser, held_on=gala.held_on, starts_at=gala.starts_at,
        place=gala.place, address=gala.address, embargo=gala.is_under_embargo,
    )  # fmt: skip
    return _answered(Response(shape.model_dump_json(), mimetype="application/json"), None)


@pages.route("/api/v1/galas/<ref>/laureates", bilingual=False)
@_is_wrong
@audience(ANYONE)
@anonymous
def read_laureates(ref: str) -> Response:
    """A page of the laureates of the gala that a key opens."""
    return _list(ref, "json")


@pages.route("/api/v1/galas/<ref>/laureates.<any(csv, xlsx):form>", bilingual=False)
@_is_wrong
@audience(ANYONE)
@anonymous
def read_laureate_file(ref: str, form: str) -> Response:
    """The same rows as a file."""
    return _list(ref, form)


def _list(ref: str, form: str) -> Response:
    found = _opened(ref)
    if isinstance(found, Response):
        return found
    if found.gala.is_under_embargo and not found.sees_embargoed:
        return problem(403, _("La liste est sous embargo : cette clé la lira une fois l’embargo levé."))
    try:
        asked = LaureatesAsked.from_query(request.args.to_dict(flat=False))
    except ValidationError as error:
        said = [{"field": ".".join(map(str, one["loc"])), "message": one["msg"]} for one in error.errors()]
        return problem(400, _("Cette question n’est pas comprise : voyez « errors »."), errors=said)
    told = laureates_of(found.gala, asked.filter, fields=asked.chosen, after=asked.after, most=asked.limit)
    note_use(found, form)
    return _answered(_written(found.gala, told, asked.chosen, form), f"{told.digest}-{form}-{int(found.gala.is_under_embargo)}")


def _written(gala: Gala, told: LaureateList, fields: tuple[str, ...], form: str) -> Response:
    if form == "csv":
        return Response(csv_of(told.rows, fields), mimetype=sheets.CSV)
    if form == "xlsx":
        return Response(xlsx_of(told.rows, fields), mimetype=sheets.XLSX)
    return jsonify({"gala": gala.ref, "embargo": gala.is_under_embargo, "laureates": told.rows, "next": told.next})


def _opened(ref: str) -> ListToken | Response:
    """Give the key that was shown, when it opens this gala; else what to answer."""
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    token = token_behind(secret.strip()) if kind.lower() == "bearer" else None
    if token is None or any(name in request.args for name in _SECRETS):
        response = problem(401, _("Montrez une clé en vigueur dans l’en-tête Authorization, jamais dans l’adresse."))
        response.headers["WWW-Authenticate"] = 'Bearer realm="Certif"'
        return response
    if token.gala.ref != ref:
        raise NotFound
    return token


def _answered(response: Response, etag: str | None) -> Response:
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization"
    if etag:
        response.set_etag(etag)
    else:
        response.add_etag()
    response.make_conditional(request)
    return response
