"""What a credential is worth, in plain words. Nothing is kept, and nobody is asked: keys, lists and records are those of this house."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from werkzeug.exceptions import NotFound

from certif import badges
from certif.certification import did, issuer_keys, originals_at, purposes_against
from certif.kit import clock
from certif.kit.languages import _, format_day
from certif.public import Shown, shown_at
from certif.trust.model import TrustedIssuer
from certif.trust.queries import issuer_called
from certif.trust.said import Change, Said, changes_between, instant, said_in

_MOST_ENDORSEMENTS = 3


class Answer(StrEnum):
    """The whole in one word."""

    GOOD = "good"
    ENDED = "ended"
    CHANGED = "changed"
    STRANGER = "stranger"


@dataclass(frozen=True)
class Finding:
    """One question, and what was found. `kind`: `success`, `warning` or `danger`, as a notice has it."""

    kind: str
    label: str
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """What a credential is worth. `changes`: what is not as we signed it; `live`: what its code says today, where we know it."""

    answer: Answer
    said: Said
    findings: list[Finding]
    changes: list[Change]
    live: Shown | None


@dataclass(frozen=True)
class _Signature:
    """Who signed, and whether it holds. `is_good`: None where the key is not known."""

    signer: badges.Signer
    is_ours: bool
    claims_us: bool
    trusted: TrustedIssuer | None
    is_good: bool | None

    @property
    def counts(self) -> bool:
        """Whether somebody we know signed it, at a time when we trusted it."""
        at = instant(self.signer.created)
        day = at.date() if at else clock.today()
        return bool(self.is_good) and (self.is_ours or (self.trusted is not None and self.trusted.is_trusted_on(day)))


def judge(document: dict[str, Any]) -> Verdict:
    """Say what a credential is worth. Takes: `document`, as `badges.read_credential` gives it.

    Refuses: one whose signature cannot be read, with the reason.
    """
    said, signature = said_in(document), _signature_of(document)
    live = _live(said) if signature.is_ours or signature.claims_us else None
    findings = [_signature(signature), _issuer(signature), *([_period(said)] if signature.is_good is not False else [])]
    changes: list[Change] = []
    if signature.is_good and signature.is_ours:
        findings += [_withdrawal(said), _record(said, live), *_endorsements(document)]
    elif signature.is_good:
        findings.append(
            Finding("warning", _("Retrait"), _("Nous n’interrogeons aucun autre site : demandez à l’émetteur si elle vaut toujours."))
        )
    elif live is not None:
        changes = _changes(said, document)
    return Verdict(_answer(signature, findings), said, findings, changes, live)


def _signature_of(document: dict[str, Any]) -> _Signature:
    signer, ours = badges.signer_of(document), {key.ref for key in issuer_keys()}
    is_ours, claims_us = signer.key in ours, signer.did == did()
    trusted = None if is_ours or claims_us else issuer_called(signer.did)
    names = [signer.key] if is_ours else trusted.key_list if trusted else [signer.did.removeprefix("did:key:")]
    keys = [key for name in names if (key := badges.public_key(name)) is not None]
    is_good = badges.is_signed_with(document, keys) if keys else False if claims_us else None
    return _Signature(signer, is_ours, claims_us, trusted, is_good)


def _answer(signature: _Signature, findings: list[Finding]) -> Answer:
    if signature.is_good is False:
        return Answer.CHANGED
    if not signature.counts:
        return Answer.STRANGER
    return Answer.ENDED if any(one.kind == "danger" for one in findings) else Answer.GOOD


def _signature(signature: _Signature) -> Finding:
    label = _("Signature")
    if signature.is_good:
        return Finding("success", label, _("La signature est bonne : pas un mot n’a changé depuis."))
    if signature.is_good is None:
        return Finding("warning", label, _("La signature n’a pas été vérifiée : nous ne connaissons pas la clé de cet émetteur."))
    return Finding("danger", label, _("La signature n’est pas celle de ce texte : il a été changé, ou n’a jamais été signé ainsi."))


def _issuer(signature: _Signature) -> Finding:
    label, one = _("Émetteur"), signature.trusted
    if signature.claims_us and not signature.is_ours:
        return Finding("danger", label, _("Elle se réclame de ce site avec une clé que nous n’avons jamais eue : c’est un faux."))
    if signature.is_ours and not signature.is_good:
        return Finding("warning", label, _("Elle se réclame de ce site, mais nous n’avons pas signé ces mots."))
    if signature.is_ours:
        numbers = {key.ref: key.number for key in issuer_keys()}
        return Finding("success", label, _("Ce site, avec sa clé no %(number)s.", number=numbers[signature.signer.key]))
    if one is None:
        said = _("Personne que nous connaissions : n’importe qui peut se donner le nom %(named)s.", named=signature.signer.did)
        return Finding("warning", label, said)
    return _neighbour(signature, one)


def _neighbour(signature: _Signature, one: TrustedIssuer) -> Finding:
    label, facts = _("Émetteur"), {"name": one.name, "territory": one.territory, "since": format_day(one.since)}
    if signature.is_good is False:
        return Finding("warning", label, _("Elle se réclame de %(name)s (%(territory)s), dont la clé n’a pas signé ces mots.", **facts))
    if signature.counts:
        return Finding("success", label, _("%(name)s (%(territory)s), reconnu ici depuis le %(since)s.", **facts))
    return Finding(
        "warning", label, _("%(name)s (%(territory)s) : elle a été signée un jour où nous ne reconnaissions pas cet émetteur.", **facts)
    )


def _period(said: Said) -> Finding:
    label, now = _("Période"), clock.now()
    if said.valid_from and now < said.valid_from:
        return Finding("danger", label, _("Elle ne vaut pas encore : elle commence le %(day)s.", day=format_day(said.valid_from.date())))
    if said.valid_until and said.valid_until < now:
        return Finding("danger", label, _("Elle est échue depuis le %(day)s.", day=format_day(said.valid_until.date())))
    if said.valid_until:
        return Finding("success", label, _("Elle court jusqu’au %(day)s.", day=format_day(said.valid_until.date())))
    return Finding("warning", label, _("Elle ne dit pas jusqu’à quand elle vaut."))


def _withdrawal(said: Said) -> Finding:
    label = _("Retrait")
    against = {purpose for number, index in said.places for purpose in purposes_against(number, index)}
    if badges.REVOCATION in against:
        return Finding("danger", label, _("Elle a été retirée pour de bon : elle ne vaut plus rien."))
    if badges.SUSPENSION in against:
        return Finding("danger", label, _("Elle est suspendue : elle ne compte pas aujourd’hui."))
    if not said.places:
        return Finding("warning", label, _("Elle ne dit pas dans quelle liste lire si elle a été retirée."))
    return Finding("success", label, _("Elle n’est ni retirée ni suspendue."))


def _record(said: Said, live: Shown | None) -> Finding:
    label = _("Fiche publique")
    if live is None:
        return Finding("warning", label, _("Aucune fiche publique ne lui répond aujourd’hui."))
    until = said.valid_until.date() if said.valid_until else None
    pairs = [(said.name, live.employer), (said.municipality, live.municipality)]
    if live.level and said.level:
        pairs.append((said.level, str(live.level.name)))
    if live.valid_until and live.number:
        pairs.append((format_day(until) if until else "", format_day(live.valid_until)))
    different = [_("« %(now)s » au lieu de « %(was)s »", now=now, was=was) for was, now in pairs if was != now]
    if different:
        return Finding("warning", label, _("La fiche dit maintenant %(different)s.", different=", ".join(different)))
    kind = "success" if live.status.is_held or not live.number else "danger"
    return Finding(kind, label, _("La fiche du jour dit la même chose. Statut : %(status)s.", status=live.status.label))


def _endorsements(document: dict[str, Any]) -> Iterator[Finding]:
    found = document.get("endorsement")
    for one in (found if isinstance(found, list) else [])[:_MOST_ENDORSEMENTS]:
        if isinstance(one, dict) and "@context" in one:
            name = said_in(one).issuer
            if _signature_of(one).counts:
                yield Finding("success", _("Appui"), _("%(name)s : la signature est bonne.", name=name))
            else:
                yield Finding("warning", _("Appui"), _("%(name)s : cette signature ne tient pas.", name=name))


def _changes(said: Said, document: dict[str, Any]) -> list[Change]:
    """Give what differs from the credential that we signed under the same name, or from the newest of the same code."""
    originals = [json.loads(text) for text in originals_at(said.code or "")]
    same = [one for one in originals if one["id"] == document.get("id")] or originals
    return changes_between(same[0], document) if same else []


def _live(said: Said) -> Shown | None:
    try:
        return shown_at(said.code) if said.code else None
    except NotFound:
        return None
