"""A vote, in story order: a code sent to an address, the code typed, the vote counted once. Nobody votes without a verified address.

A vote is never changed: its receipt lets the voter find it in the list that is published with the results.
"""

from __future__ import annotations

import datetime as dt
import hmac

from sqlalchemy import delete, select, update

from certif.accounts import folded_email
from certif.campaigns import Campaign, Phase
from certif.kit import clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock, reading, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import recurring
from certif.kit.languages import _
from certif.kit.settings import settings
from certif.nominations import network_digest
from certif.sampling import ticket_of
from certif.selections.choosing_model import Vote, VoteProof, VoteTrace
from certif.selections.model import ResultRelease
from certif.selections.phase_recipe import vote_digest
from certif.selections.vote_queries import finalists_of, open_vote, vote_behind

LIFE = dt.timedelta(minutes=15)
MOST_LETTERS, MOST_GUESSES, DAY = 10, 5, dt.timedelta(days=1)
"""Ten letters a day, each guessed five times: one chance in 20 000."""
KEYS_KEPT = dt.timedelta(days=90)

outbox.hide_once_sent("selections/vote_code")
outbox.forget_once_sent("selections/vote_code")


def send_vote_code(campaign: Campaign, entry: str, email: str, *, language: str, by: Actor, network: str = "") -> str:
    """Send six digits to an address that wants to vote for a finalist. Whether it has voted already is told to nobody.

    Must be called before anything is written in the unit of work.
    Takes: `network`, the address of the machine that asks: a digest of it is kept, good for this contest only.
    Gives: the token of the page where the digits are typed.
    Refuses: no vote today; someone who is no finalist; an eleventh letter to one address in a day.
    """
    with reading():  # nobody who votes meanwhile is kept waiting
        phase = _open(campaign)
        is_finalist = entry in {one.ref for one in finalists_of(campaign, phase)}
        key = voter_key(campaign, phase, email)
    if not is_finalist:
        raise Refusal(_("Choisissez parmi les finalistes."))
    token, code, at = tokens.secret(), tokens.six_digits(), clock.now()
    tokens.count_attempt(f"vote letters {key}", limit=MOST_LETTERS, within=DAY)
    proof = VoteProof(
        token_digest=tokens.digest(token), campaign_id=campaign.id, phase=phase.id, voter_key=key, entry=entry, sent_at=at,
        valid_until=at + LIFE, code_digest=_mark(f"vote code {token}", code), domain=folded_email(email).rpartition("@")[2],
        network_digest=network_digest(campaign.ref, network) if network else "",
    )  # fmt: skip
    db.session.add(proof)
    outbox.queue("selections/vote_code", folded_email(email), language=language, code=code)
    return token


def confirm_vote(token: str, code: str, *, by: Actor) -> Vote:
    """Count a vote, once its digits are typed. The same page sent again gives the same vote.

    Must be called before anything is written in the unit of work.
    Refuses: a wrong or old code; too many guesses; an address that has voted; a vote that is over.
    """
    known = vote_behind(receipt_of(token))
    if known is not None:
        return known
    proof = db.session.scalar(select(VoteProof).where(VoteProof.token_digest == tokens.digest(token)))
    tokens.count_attempt(f"vote code {token}", limit=MOST_GUESSES, within=LIFE)
    if proof is None or clock.now() >= proof.valid_until or not hmac.compare_digest(_mark(f"vote code {token}", code), proof.code_digest):
        raise Refusal(_("Ce code n’est pas le bon, ou il n’est plus valide. Vérifiez-le, ou recommencez."))
    lock(proof.campaign)
    phase = _open(proof.campaign)
    if phase.id != proof.phase:
        raise Refusal(_("Ce vote est terminé."))
    return vote_behind(receipt_of(token)) or _count(proof, token)


def receipt_of(token: str) -> str:
    """Give the receipt of a vote, drawn from its page's token: twelve signs, which nobody else can guess."""
    mac = hmac.digest(settings().secret_key.encode(), f"vote receipt {token}".encode(), "sha256")
    number, signs = int.from_bytes(mac, "big"), ""
    for _each in range(12):
        number, place = divmod(number, len(tokens.ALPHABET))
        signs += tokens.ALPHABET[place]
    return signs


def voter_key(campaign: Campaign, phase: Phase, email: str) -> str:
    """Give what tells that two votes come of one address, and not which: keyed by the site, the contest and the phase.

    What follows a plus sign in an address is left out, and points where the mailbox ignores them.
    """
    name, _at, domain = folded_email(email).rpartition("@")
    name = name.split("+")[0]
    if domain in {"gmail.com", "googlemail.com"}:
        name, domain = name.replace(".", ""), "gmail.com"
    return _mark(f"voter {campaign.ref} {phase.id}", f"{name}@{domain}")


@recurring("forget_vote_proofs", every=dt.timedelta(hours=6), retention=True)
def forget_vote_proofs() -> None:
    """Forget the codes sent more than a day ago; who voted, and how each vote came, 90 days after the results."""
    released = select(ResultRelease.campaign_id).where(ResultRelease.released_at < clock.now() - KEYS_KEPT)
    with transaction():
        db.session.execute(delete(VoteProof).where(VoteProof.sent_at < clock.now() - DAY))
        old = select(Vote.id).where(Vote.campaign_id.in_(released))
        db.session.execute(delete(VoteTrace).where(VoteTrace.vote_id.in_(old)), execution_options={"synchronize_session": False})
        db.session.execute(
            update(Vote)
            .where(Vote.campaign_id.in_(released), Vote.voter_key.is_not(None))
            .values(voter_key=None)
            .execution_options(synchronize_session=False)
        )


def _count(proof: VoteProof, token: str) -> Vote:
    mine = Vote.campaign_id == proof.campaign_id, Vote.phase == proof.phase
    if db.session.scalar(select(Vote.id).where(*mine, Vote.voter_key == proof.voter_key)) is not None:
        raise Refusal(_("Un vote est déjà compté pour cette adresse : on vote une fois."))
    last = db.session.scalar(select(Vote).where(*mine).order_by(Vote.number.desc()).limit(1))
    number, previous = (last.number + 1, last.digest) if last else (1, "")
    receipt = tokens.digest(receipt_of(token))
    vote = Vote(
        campaign_id=proof.campaign_id, phase=proof.phase, number=number, entry=proof.entry, voter_key=proof.voter_key,
        receipt_digest=receipt, previous=previous, digest=vote_digest(previous, number, ticket_of(proof.entry), receipt),
        cast_at=clock.now(),
    )  # fmt: skip
    db.session.add(vote)
    db.session.flush()
    db.session.add(VoteTrace(vote_id=vote.id, domain=proof.domain or "", network_digest=proof.network_digest or ""))
    db.session.flush()
    return vote


def _open(campaign: Campaign) -> Phase:
    phase = open_vote(campaign)
    if phase is None:
        raise Refusal(_("On ne vote pas en ce moment."))
    return phase


def _mark(use: str, text: str) -> str:
    return hmac.digest(settings().secret_key.encode(), f"{use} {text}".encode(), "sha256").hex()
