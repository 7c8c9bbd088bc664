"""Credentials are given: with each badge, and where a program shows it, to a path under way. Signed once, and kept byte for byte."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from certif import badges
from certif.certification.credentials import ISSUER, Credential, CredentialKind, did, issuer_keys, list_addresses, next_place
from certif.certification.model import Badge, Certification, Decision, Revocation, Verification
from certif.employers import Establishment, Membership
from certif.kit import audit, clock, evidence
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l, speaking
from certif.kit.settings import settings
from certif.kit.web import absolute_url
from certif.programs import ProgramVersion, criteria_of, promise_and_floor

IN_PROGRESS_DAYS = 180
"""How long a path under way may show its credential: a yellow sticker must not stay on a door for years."""

_BATCH, _BATCHES = 50, 20

audit.declare("issuer_key_rotated", _l("%(by)s a changé la clé qui signe les badges : la clé no %(number)s signe désormais."), "number")


def issue_badge_credential(certification: Certification, badge: Badge, *, by: Actor) -> Credential:
    """Sign the credential of a badge, in this unit of work."""
    until = clock.midnight(badge.valid_until + dt.timedelta(days=1)) - dt.timedelta(seconds=1)
    return _issue(certification, badge.verification, badge, until, by)


def issue_progress_credentials(certification: Certification, verifications: list[Verification], *, by: Actor) -> list[Credential]:
    """Sign a credential for each place of a path under way, where its program shows it; it ends by itself."""
    if not certification.version.rules.shows_in_progress:
        return []
    until = clock.midnight(certification.opened_at.astimezone(clock.TORONTO).date() + dt.timedelta(days=IN_PROGRESS_DAYS))
    return [_issue(certification, one, None, until - dt.timedelta(seconds=1), by) for one in verifications]


def rotate_issuer_key(*, by: Actor) -> badges.IssuerKey:
    """Make a new key, which signs from now on. What was signed before still verifies.

    Refuses: another key made at the same moment.
    """
    key = badges.add_issuer_key(settings().data_dir, settings().secret_key)
    if key is None:
        raise Refusal(_("Une autre clé vient d’être faite."))
    audit.record("issuer_key_rotated", key, by=by, number=key.number)
    return key


@recurring("issue_missing_credentials", every=dt.timedelta(minutes=10))
def issue_missing_credentials() -> None:
    """Give their credential to badges and paths that have none yet: those of before there were any, and new places of a path."""
    for _batch in range(_BATCHES):
        with transaction():
            given = _issue_missing_badges() + _issue_missing_progress()
        if not given:
            return


def is_sure() -> ColumnElement[bool]:
    """Give the condition that a `Certification` was decided here, or that somebody acts for its employer.

    What an import entered can be taken back until then: no credential is signed for it, which never could be, and nobody is written to.
    """
    return or_(
        exists().where(Decision.certification_id == Certification.id),
        exists().where(Membership.employer_id == Certification.employer_id, Membership.ended_at.is_(None)),
    )


def _issue_missing_badges() -> int:
    is_its = and_(
        Credential.certification_id == Badge.certification_id,
        Credential.verification_id == Badge.verification_id,
        Credential.kind == CredentialKind.BADGE.value,
        Credential.issue == Badge.issue,
    )
    query = select(Badge, Certification).join(Certification).outerjoin(Credential, is_its).where(Credential.id.is_(None), is_sure())
    found = db.session.execute(query.order_by(Badge.id.desc()).limit(_BATCH)).all()
    for badge, certification in found:
        issue_badge_credential(certification, badge, by=SYSTEM)
    return len(found)


def _issue_missing_progress() -> int:
    versions = db.session.scalars(select(ProgramVersion).where(ProgramVersion.published_at.is_not(None)))
    shown = [version.id for version in versions if version.rules.shows_in_progress]
    is_its = and_(Credential.certification_id == Certification.id, Credential.verification_id == Verification.id)
    query = (
        select(Certification, Verification)
        .join(Establishment, Establishment.employer_id == Certification.employer_id)
        .join(Verification, and_(Verification.establishment_id == Establishment.id, Verification.program_id == Certification.program_id))
        .outerjoin(Credential, is_its)
        .where(Credential.id.is_(None), Certification.version_id.in_(shown), Establishment.closed_at.is_(None))
        .where(Certification.opened_at > clock.now() - dt.timedelta(days=IN_PROGRESS_DAYS))
        .where(
            ~exists().where(Badge.certification_id == Certification.id), ~exists().where(Revocation.certification_id == Certification.id)
        )
    )
    found = db.session.execute(query.order_by(Certification.id).limit(_BATCH)).all()
    for certification, verification in found:
        issue_progress_credentials(certification, [verification], by=SYSTEM)
    return len(found)


def _issue(certification: Certification, verification: Verification, badge: Badge | None, until: dt.datetime, by: Actor) -> Credential:
    number, index = next_place()
    begins = clock.midnight(badge.valid_from) if badge else certification.opened_at
    address = str(absolute_url("public.verify", code=verification.code, language="fr"))
    with speaking("fr"):
        claim = badges.Claim(
            id=f"{address}#{badge.number if badge else f'demarche-{certification.cycle}'}",
            recipient=_recipient(certification, verification, address),
            achievement=_achievement(certification, verification, badge),
            valid_from=begins.astimezone(clock.TORONTO),
            valid_until=until.astimezone(clock.TORONTO),
            status_lists=list_addresses(number),
            index=index,
            refresh=str(absolute_url("public.credential_json", code=verification.code)),
        )
        if badge:
            claim = replace(claim, endorsement=_endorsement(certification, claim))
    document = badges.open_badge(claim, did=did(), issuer=ISSUER, base_url=settings().public_base_url)
    text = badges.as_text(badges.signed(document, issuer_keys()[-1], did(), clock.now()))
    kind = CredentialKind.BADGE if badge else CredentialKind.IN_PROGRESS
    credential = Credential(
        certification_id=certification.id,
        verification_id=verification.id,
        kind=kind.value,
        issue=badge.issue if badge else 0,
        list_number=number,
        list_index=index,
        valid_until=until,
        digest=evidence.keep(text.encode(), badges.MEDIA_TYPE),
        issued_at=clock.now(),
        issued_by=by.ref,
    )
    db.session.add(credential)
    db.session.flush()
    return credential


def _endorsement(certification: Certification, claim: badges.Claim) -> dict[str, Any]:
    """Give the word of the body that answers for the program, signed as the badge is: it holds no key of its own."""
    body = certification.program.body.name
    comment = _("%(body)s répond de cette certification, accordée selon les règles du programme.", body=body)
    endorser = _("%(body)s, par %(site)s", body=body, site=ISSUER)
    base = settings().public_base_url
    document = badges.endorsement(claim.id, str(comment), claim.valid_from, did=did(), endorser=str(endorser), base_url=base)
    return badges.signed(document, issuer_keys()[-1], did(), clock.now())


def _recipient(certification: Certification, verification: Verification, address: str) -> badges.Recipient:
    employer, place = certification.employer, verification.establishment
    identifiers = {"name": employer.name}  # as the public page names it
    if employer.neq and employer.kind != "self_employed":  # there it would lead to the name of a person
        identifiers["ext:neq"] = employer.neq
    return badges.Recipient(address, employer.name, identifiers, place.municipality, certification.program.region.name)


def _achievement(certification: Certification, verification: Verification, badge: Badge | None) -> badges.Achievement:
    program, version = certification.program, certification.version
    level = version.level(badge.level) if badge else None
    page = str(absolute_url("programs.show_program", slug=program.slug, language="fr"))
    name = _("%(program)s, en démarche", program=program.name) if badge is None else program.name
    return badges.Achievement(
        id=f"{page}#{'en-demarche' if badge is None else level.code if level else 'certification'}",
        kind="ext:EnDemarche" if badge is None else "Certification",
        name=f"{name}, {level.name}" if level else name,
        description=_description(badge is None, is_supporter=level is not None and level.is_supporter),
        criteria=_criteria(version, badge, str(level.name) if level else None),
        criteria_url=f"{page}#criteres",
        image=str(absolute_url("public.badge_png", code=verification.code)),
        body=program.body.name,
        body_id=f"{page}#organisme",
        level=str(level.name) if level else "",
        levels=tuple(str(one.name) for one in version.levels),
    )


def _description(is_in_progress: bool, *, is_supporter: bool) -> str:
    if is_in_progress:
        return str(_("Cet employeur a entrepris sa certification. Elle n’est pas encore accordée."))
    if is_supporter:
        return str(_("Cette organisation n’embauche aucun élève et appuie publiquement la conciliation études-travail."))
    return str(_("Cet employeur s’est engagé envers la réussite des élèves à son emploi, et un programme régional l’a validé."))


def _criteria(version: ProgramVersion, badge: Badge | None, level: str | None) -> str:
    """Give what is asked, one sentence a line: what everyone promises, then what the level asks."""
    if badge is None:
        return str(_("S’être inscrit au programme. Rien n’est encore promis ni validé."))
    asked = [] if level is None else dict(criteria_of(version.rules))[level]
    is_supporter = (found := version.level(badge.level)) is not None and found.is_supporter
    promised = [] if is_supporter else promise_and_floor(version).promise
    return "\n".join((*promised, *asked)) or str(_("Les engagements du programme, publiés à cette adresse."))
