"""Which tables hold the address of a person, what else they keep of them, why, and what erasing does there.

Every column that may hold an address is here or in `NOT_OF_PERSONS`: a test of the house reads the tables and names what is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from certif.kit.languages import _l


class End(StrEnum):
    """What erasing does: the person leaves the row, the row goes, the account is emptied, or nothing, and `why` says so."""

    BLANK = "blank"
    DELETE = "delete"
    ACCOUNT = "account"
    KEPT = "kept"


@dataclass(frozen=True)
class Holding:
    """One table that knows people by their address. `told`: the columns that are about them, the address first."""

    table: str
    label: Any
    told: tuple[str, ...]
    end: End
    why: Any

    @property
    def address(self) -> str:
        """The column that holds the address."""
        return self.told[0]


_TO_INVITE = _l("Pour inviter une organisation à s’inscrire ; deux ans après les dernières nouvelles.")
_TO_LET_IN = _l("Pour laisser entrer la personne invitée, et elle seule ; trente jours.")
_PROOF = _l("Preuve d’un engagement signé : elle reste tant que le certificat peut être contesté.")
_MONEY = _l("Pièce comptable : elle reste six ans.")
_CONTACT = _l("Pour joindre la personne-ressource ; elle se change dans «\u00a0Mon espace\u00a0», tant que l’organisation est inscrite.")
_EVENING = _l("Pour préparer la soirée ; effacé ensuite.")
_STUDENT = _l("Pour confirmer une nomination, puis annoncer les résultats ; effacé ensuite.")
_SHOWN = _l("Affiché par l’employeur, qui peut le changer.")
_MEETING = _l("Pour convenir d’un rendez-vous ; effacé 90 jours après.")
_TO_ANSWER = _l("Pour répondre ; effacé ensuite.")
_NETWORK = _l("Pour joindre les partenaires ; effacé un an après que la personne n’y est plus.")
_AGREEMENT = _l("Entente en vigueur : chaque partie peut y mettre fin par son lien ; effacé 90 jours après la fin.")

HOLDINGS = (
    Holding("user", _l("Compte"), ("email", "name", "language", "created_at"), End.ACCOUNT, _l("Pour savoir qui agit.")),
    Holding("sign_in_link", _l("Liens de connexion"), ("email", "sent_at"), End.DELETE, _l("Pour borner les envois ; sept jours.")),
    Holding("staff_invitation", _l("Invitation dans une équipe"), ("email", "name", "invited_at"), End.BLANK, _TO_LET_IN),
    Holding("member_invitation", _l("Invitation d’un employeur"), ("email", "name", "invited_at"), End.BLANK, _TO_LET_IN),
    Holding("join_request", _l("Demande d’accès à un employeur"), ("email", "name", "message", "asked_at"), End.DELETE, _TO_LET_IN),
    Holding(
        "employer",
        _l("Personne-ressource d’un employeur"),
        ("contact_email", "contact_name", "contact_role", "contact_phone"),
        End.KEPT,
        _CONTACT,
    ),
    Holding(
        "employer_profile",
        _l("Fiche publique d’un employeur"),
        ("shown_email", "shown_contact", "shown_phone"),
        End.BLANK,
        _l("Affiché à la demande de l’employeur, tant qu’il le laisse."),
    ),
    Holding("prospect", _l("Prospect"), ("contact_email", "contact_name", "contact_phone", "contact_source"), End.BLANK, _TO_INVITE),
    Holding("prospect_invitation", _l("Invitation à s’inscrire"), ("email", "invited_at"), End.BLANK, _TO_INVITE),
    Holding("signing_code", _l("Code de signature"), ("email", "valid_until"), End.DELETE, _l("Pour signer ; quelques minutes.")),
    Holding("contract_signature", _l("Signature d’un contrat"), ("email", "signatory", "signed_at"), End.KEPT, _PROOF),
    Holding("checkout_attempt", _l("Paiement par carte"), ("email", "opened_at"), End.KEPT, _MONEY),
    Holding("sponsorship", _l("Commanditaire"), ("contact_email", "contact_name"), End.BLANK, _l("Pour joindre qui commandite.")),
    Holding("program_question", _l("Question posée"), ("email", "asked_at"), End.BLANK, _l("Pour répondre ; jusqu’à la réponse.")),
    Holding("mailing_recipient", _l("Envoi groupé"), ("email",), End.KEPT, _l("Pour ne pas écrire deux fois ; effacé par l’échéancier.")),
    Holding("letter", _l("Courriels envoyés"), ("to_address", "subject", "queued_at"), End.KEPT, _l("Effacés par l’échéancier.")),
    Holding("survey_door", _l("Personne-ressource d’une école"), ("contact_email",), End.BLANK, _l("Pour relancer l’école.")),
    Holding("school_letter", _l("Courriel à une école"), ("email",), End.DELETE, _l("Pour ne pas écrire deux fois.")),
    Holding("nominator_contact", _l("Nomination"), ("email",), End.DELETE, _STUDENT),
    Holding("nomination_draft", _l("Nomination à confirmer"), ("email",), End.DELETE, _STUDENT),
    Holding("jury_seat", _l("Membre d’un jury"), ("email", "name"), End.KEPT, _l("Pour dire qui a jugé ; le temps du concours.")),
    Holding("gala_organiser", _l("Organisation d’un gala"), ("email",), End.KEPT, _EVENING),
    Holding("visit_invitation", _l("Invitation à un rendez-vous"), ("email", "name", "invited_at"), End.KEPT, _MEETING),
    Holding("slot_offer", _l("Plages offertes pour un rendez-vous"), ("contact_email", "contact_name", "opened_at"), End.BLANK, _MEETING),
    Holding("workshop_request", _l("Demande d’atelier"), ("contact_email", "contact_name", "contact_phone"), End.BLANK, _TO_ANSWER),
    Holding("support_request", _l("Demande d’accompagnement"), ("email", "name", "phone", "asked_at"), End.BLANK, _TO_ANSWER),
    Holding("body_contact", _l("Personne à joindre d’un partenaire"), ("email", "name", "role", "phone"), End.BLANK, _NETWORK),
    Holding("agreement_party", _l("Entente"), ("email", "name"), End.KEPT, _AGREEMENT),
    Holding("bulletin_subscriber", _l("Bulletin par courriel"), ("email", "asked_at", "confirmed_at"), End.BLANK, _l("Pour l’envoyer.")),
    Holding(
        "job_offer", _l("Offre d’emploi"), ("apply_email", "apply_phone"), End.KEPT, _l("Affiché par l’employeur, qui peut le changer.")
    ),
    Holding("guest", _l("Personne invitée à un gala"), ("email", "name"), End.BLANK, _EVENING),
)

NOT_OF_PERSONS = {"program.email": "of a regional body"}
"""Columns that hold an address which is none of a person, and whose it is."""

WORDS = {
    "name": _l("Nom"), "signatory": _l("Nom"), "shown_contact": _l("Nom"), "shown_phone": _l("Téléphone"),
    "contact_name": _l("Nom"), "contact_role": _l("Fonction"), "contact_phone": _l("Téléphone"),
    "contact_source": _l("Provenance"), "language": _l("Langue"), "message": _l("Message"), "subject": _l("Objet"),
    "created_at": _l("Depuis le"), "sent_at": _l("Envoyé le"), "invited_at": _l("Invité le"), "asked_at": _l("Demandé le"),
    "confirmed_at": _l("Confirmé le"),
    "phone": _l("Téléphone"), "apply_phone": _l("Téléphone"), "role": _l("Fonction"),
    "valid_until": _l("Valable jusqu’au"), "signed_at": _l("Signé le"), "opened_at": _l("Ouvert le"), "queued_at": _l("Écrit le"),
}  # fmt: skip
"""What people call the columns that are told."""
