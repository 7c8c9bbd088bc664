"""How a party signs: from its own link, with six digits sent to its own address. When all have signed, the PDF is sealed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from certif.agreements import papers
from certif.agreements.actions import write_link
from certif.agreements.kinds import SIDES, AgreementState, Side
from certif.agreements.model import Agreement, AgreementCode, AgreementParty, AgreementSeal, AgreementSignature
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l

CODE_LIFE = dt.timedelta(minutes=15)
MOST_CODES = 5
MOST_GUESSES = 5

audit.declare("agreement_code_sent", _l("Un code de signature a été envoyé à une partie (%(side)s)."), "side", words={"side": SIDES})
audit.declare("agreement_signed", _l("Une partie (%(side)s) a signé une entente."), "side", words={"side": SIDES})
audit.declare("agreement_sealed", _l("Une entente est signée par toutes les parties."))

for _letter in ("code_sent", "agreement_sealed"):
    outbox.hide_once_sent(f"agreements/{_letter}")
    outbox.forget_once_sent(f"agreements/{_letter}")


@dataclass(frozen=True)
class Consent:
    """What a party typed: `digest`, SHA-256 (hex) of the French text on the screen; `code`, six digits; `signatory`, its name, or the first
    name alone of a student; `child_name`, the first name of a child under 14, which only its parent gives; `language`, that of the
    page, chosen after the French text."""

    digest: str
    code: str
    signatory: str
    language: str
    child_name: str = ""


def send_code(party: AgreementParty, *, by: Actor) -> None:
    """Send six digits to a party’s own address, good for fifteen minutes; the last ones count.

    Refuses: an agreement that no longer awaits this party; a sixth code within an hour.
    """
    tokens.count_attempt(f"agreement code {party.ref}", limit=MOST_CODES, within=dt.timedelta(hours=1))
    agreement = _awaiting(party)
    code, now = tokens.six_digits(), clock.now()
    party.codes.append(AgreementCode(digest=tokens.digest(f"{party.id} {code}"), sent_at=now, valid_until=now + CODE_LIFE))
    audit.record("agreement_code_sent", agreement, by=by, side=party.side)
    outbox.queue("agreements/code_sent", party.email, language=party.language, code=code, agreement=agreement)


def sign_agreement(party: AgreementParty, consent: Consent, *, by: Actor) -> AgreementSignature:
    """Sign on behalf of one side. The last to sign has it sealed, and each party receives its copy.

    Refuses: an agreement that no longer awaits this party; a text that is not the one on the screen; a wrong or expired code; a sixth
    guess; a parent who does not say the child’s first name.
    """
    tokens.count_attempt(f"agreement {party.ref}", limit=MOST_GUESSES, within=CODE_LIFE)
    agreement = _awaiting(party)
    if consent.digest != agreement.french_digest:
        raise Refusal(_("Ce texte n’est plus celui de l’entente. Relisez-le avant de signer."))
    if not party.codes or not party.codes[-1].fits(consent.code):
        raise Refusal(_("Ce code n’est pas le bon, ou il est échu. Vérifiez-le, ou demandez-en un autre."))
    if party.side == Side.PARENT and not consent.child_name:
        raise Refusal(_("Écrivez le prénom de votre enfant."))
    signature = AgreementSignature(
        french_digest=agreement.french_digest, language=consent.language, signatory=consent.signatory,
        child_name=consent.child_name if party.side == Side.PARENT else "", signed_at=clock.now(), signed_by=by.ref,
    )  # fmt: skip
    party.signature, party.name = signature, consent.signatory
    db.session.flush()
    tokens.forget_attempts(f"agreement {party.ref}")
    audit.record("agreement_signed", agreement, by=by, side=party.side)
    if _is_signed_by_all(agreement):
        _seal(agreement, by)
    return signature


def _awaiting(party: AgreementParty) -> Agreement:
    """Hold the agreement that awaits this party."""
    agreement = lock(party.agreement)
    lock(party)
    if agreement.state is not AgreementState.AWAITING or party.signature is not None:
        raise Refusal(_("Cette entente n’attend pas votre signature : elle est déjà signée, ou terminée."))
    return agreement


def _is_signed_by_all(agreement: Agreement) -> bool:
    theirs = AgreementParty.agreement_id == agreement.id
    signed = select(func.count()).select_from(AgreementSignature).join(AgreementParty).where(theirs)
    return db.session.scalar(signed) == db.session.scalar(select(func.count()).select_from(AgreementParty).where(theirs))


def _seal(agreement: Agreement, by: Actor) -> None:
    for party in agreement.parties:
        db.session.refresh(party)
    now = clock.now()
    digest = papers.sealed_agreement(agreement, sealed_at=now)
    agreement.seal = AgreementSeal(pdf_digest=digest, sealed_at=now)
    audit.record("agreement_sealed", agreement, by=by)
    copy = (papers.file_name(agreement), digest)
    for party in agreement.parties:
        write_link(party, "sign", "agreements/agreement_sealed", attachments=[copy], by=by)
