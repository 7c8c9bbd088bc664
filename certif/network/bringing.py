"""The register brought in as a file: a body a line, and whom to reach there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import exists, select

from certif.imports import (
    EMAIL,
    LANGUAGE,
    PHONE,
    Column,
    Entered,
    FileKind,
    Misread,
    also_brings,
    mrcs_cell,
    plain_cell,
    text_cell,
    word_cell,
)
from certif.kit import audit
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l, folded, speaking
from certif.network.actions import note_body, note_contact
from certif.network.committee_model import CommitteeSeat
from certif.network.model import BODY_KINDS, BodyContact, BodyKind, BodyPlace, NetworkBody
from certif.network.queries import categories_of, mrcs_of
from certif.network.terms import BodyTerms, ContactTerms
from certif.programs import Program


def _link(text: str) -> str:
    if not text.startswith("https://") or " " in text:
        raise Misread("link")
    return text


_COLUMNS = (
    Column(
        "name",
        ("Organisme", "Body"),
        _l("Le nom de l’organisme, comme il sera au registre."),
        text_cell(160),
        True,
        ("nom", "name", "organisation", "partenaire", "partner"),
        "Carrefour jeunesse-emploi des Cascades",
    ),
    Column(
        "kind",
        ("Genre", "Kind"),
        _l(
            "Milieu scolaire, Chambre de commerce, MRC, ville, municipalité, Instance régionale, Autre organisme, "
            "ou un autre genre du registre."
        ),
        word_cell("kind"),
        True,
        ("type", "sorte"),
        "Carrefour jeunesse-emploi, employabilité",
    ),
    Column(
        "category",
        ("Catégorie", "Category"),
        _l("Une catégorie de membre du programme, déjà ajoutée."),
        word_cell("category"),
        also=("categorie de membre", "membre", "member category"),
    ),
    Column(
        "mrcs",
        ("MRC", "MRC"),
        _l("Les MRC où l’organisme travaille, séparées par des virgules."),
        mrcs_cell,
        also=("territoire", "territory"),
        example="Joliette, Montcalm",
    ),
    Column(
        "goal",
        ("Plan ou but contre le décrochage", "Plan or goal against dropping out"),
        _l("Ce par quoi l’organisme agit contre le décrochage."),
        text_cell(1000),
        also=("plan", "but", "goal"),
    ),
    Column(
        "website",
        ("Site", "Website"),
        _l("Une adresse qui commence par https://."),
        plain_cell(_link),
        also=("site web", "url"),
        example="https://exemple.com",
    ),
    Column(
        "contact_name",
        ("Personne à joindre", "Contact"),
        _l("Une personne par ligne ; les autres s’inscrivent ensuite sur la page de l’organisme."),
        text_cell(120),
        also=("contact", "personne ressource", "contact name"),
        example="Camille Exemple",
    ),
    Column(
        "contact_role",
        ("Fonction", "Role"),
        _l("Ce que cette personne fait dans l’organisme."),
        text_cell(120),
        also=("poste", "titre"),
        example="Direction",
    ),
    EMAIL,
    PHONE,
    LANGUAGE,
    Column(
        "expertise", ("Expertise", "Expertise"), _l("En quoi cette personne conseille d’autres organismes, s’il y a lieu."), text_cell(200)
    ),
)


def _key(values: Mapping[str, Any]) -> str:
    return folded(values["name"])


def _known(program: Program, keys: set[str]) -> set[str]:
    return keys & {folded(name) for name in db.session.scalars(select(NetworkBody.name).where(NetworkBody.program_id == program.id))}


def _words(program: Program) -> dict[str, dict[str, str]]:
    kinds = {str(kind): str(kind) for kind in BodyKind}
    for language in ("fr", "en"):
        with speaking(language):
            kinds |= {folded(str(label)): str(kind) for kind, label in BODY_KINDS.items()}
    return {"kind": kinds, "category": {folded(one.name): one.ref for one in categories_of(program)}}


def _misfits(values: Mapping[str, Any]) -> list[list[str]]:
    if not values.get("contact_name"):
        told = [key for key in ("contact_role", "contact_email", "contact_phone", "expertise") if values.get(key)]
        return [["contact_name", "nobody"]] if told else []
    return [["contact_email", "expert"]] if values.get("expertise") and not values.get("contact_email") else []


def _enter(program: Program, _file_name: str, values: Mapping[str, Any], by: Actor) -> str:
    categories = {one.ref: one for one in categories_of(program)}
    here = [mrc for mrc in mrcs_of(program) if mrc.slug in values.get("mrcs", ())]
    category = categories.get(values.get("category", ""))
    terms = BodyTerms(values["name"], BodyKind(values["kind"]), here, category, None, values.get("website", ""), values.get("goal", ""))
    body = note_body(program, terms, by=by)
    if values.get("contact_name"):
        note_contact(
            body,
            ContactTerms(
                values["contact_name"], values.get("contact_role") or _("Personne à joindre"), values.get("contact_email"),
                values.get("contact_phone"), values.get("language", "fr"), values.get("expertise", ""),
            ),
            by=by,
        )  # fmt: skip
    return body.ref


def _why_kept(body: NetworkBody) -> str:
    """Say what has happened to a body since it was brought in: its journal knows each act."""
    if body.archived_at is not None:
        return _("L’organisme est archivé.")
    if db.session.scalar(select(exists().where(CommitteeSeat.body_id == body.id))):
        return _("L’organisme siège à un comité.")
    noted = [entry.event for entry in audit.history(body)]
    if len(noted) > 2 or noted[1:] not in ([], ["contact_noted"]):
        return _("Sa fiche a changé, ou un apport y a été noté.")
    return ""


def _take_back(ref: str) -> None:
    body = db.session.scalars(select(NetworkBody).where(NetworkBody.ref == ref)).one()
    why = _why_kept(body)
    if why:
        raise Refusal(why)
    for one in (BodyContact, BodyPlace):
        for row in db.session.scalars(select(one).where(one.body_id == body.id)):
            db.session.delete(row)
    db.session.flush()
    db.session.delete(body)
    db.session.flush()


def _found(refs: Sequence[str]) -> list[Entered]:
    bodies = db.session.scalars(select(NetworkBody).where(NetworkBody.ref.in_(refs)))
    return [Entered(body.name, body.ref, _why_kept(body) or _("Autre chose s’y rattache depuis.")) for body in bodies]


REGISTER_FILE = also_brings(
    FileKind(
        "bodies", _l("Des organismes du registre des partenaires"), _l("Le modèle du registre des partenaires"), "partenaires", _COLUMNS,
        ("contact_name", "contact_email"), "network.list_bodies", "network.show_body", _l("Voir le registre des partenaires"),
        _key, _known, _words, _misfits, _enter, _take_back, _found,
    )
)  # fmt: skip
