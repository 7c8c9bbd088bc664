"""Between whom agreements are, on whose behalf people sign, and where an agreement may stand; each in words."""

from __future__ import annotations

from enum import StrEnum

from certif.kit.languages import _l


class AgreementKind(StrEnum):
    """Between whom: an employer and a student; an employer and a school or a regional body; all three, for an internship."""

    STUDENT = "student"
    SCHOOL = "school"
    INTERNSHIP = "internship"


class Side(StrEnum):
    """On whose behalf someone signs. A parent signs for a child under 14, of whom nothing is known before."""

    EMPLOYER = "employer"
    STUDENT = "student"
    PARENT = "parent"
    SCHOOL = "school"


class AgreementState(StrEnum):
    """Where an agreement stands, as its rows and the day say."""

    AWAITING = "awaiting"
    IN_FORCE = "in_force"
    OVER = "over"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


KINDS = {
    AgreementKind.STUDENT: _l("Entente avec une ou un élève"),
    AgreementKind.SCHOOL: _l("Entente avec un milieu scolaire"),
    AgreementKind.INTERNSHIP: _l("Entente de stage"),
}
SIDES = {
    Side.EMPLOYER: _l("Employeur"),
    Side.STUDENT: _l("Élève"),
    Side.PARENT: _l("Parent"),
    Side.SCHOOL: _l("Milieu scolaire"),
}
STATES = {
    AgreementState.AWAITING: _l("À signer"),
    AgreementState.IN_FORCE: _l("En vigueur"),
    AgreementState.OVER: _l("Terminée"),
    AgreementState.WITHDRAWN: _l("Retirée avant d’être signée"),
    AgreementState.REVOKED: _l("Révoquée"),
}
LOOKS = {
    AgreementState.AWAITING: "waiting",
    AgreementState.IN_FORCE: "certified",
    AgreementState.OVER: "expired",
    AgreementState.WITHDRAWN: "paused",
    AgreementState.REVOKED: "revoked",
}
