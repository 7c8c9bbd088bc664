"""What a sponsor gives in the place of an employer: covered, and released. Who sponsors, and what is left, is another room's business."""

from __future__ import annotations

from certif.contributions.cover_model import Cover
from certif.contributions.model import Contribution
from certif.contributions.receipts import issue_receipt
from certif.contributions.receiving import close_pages, figures, send_receipt
from certif.employers import is_member
from certif.kit import audit, clock, outbox
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.money import Money

audit.declare(
    "contribution_covered",
    _l("%(by)s a fait prendre en charge %(dollars)s,%(cents)s $ par une commandite (reçu %(number)s)."),
    "dollars",
    "cents",
    "number",
)
audit.declare(
    "cover_released",
    _l("%(by)s a retiré la prise en charge de %(dollars)s,%(cents)s $ par une commandite. Motif : %(reason)s"),
    "dollars",
    "cents",
    "reason",
)


def check_may_be_covered(contribution: Contribution) -> None:
    """Let a sponsor's cover be given where something is due, and none stands.

    Takes: `contribution`, held by `lock`.
    Refuses: a contribution already settled, or covered in part.
    """
    if contribution.is_settled:
        raise Refusal(_("Cette contribution est déjà réglée."))
    if contribution.cover is not None:
        raise Refusal(_("Une commandite couvre déjà une part de cette contribution. Versez ce qui reste."))


def cover_contribution(contribution: Contribution, most: Money, *, payer: str | None, by: Actor) -> Cover:
    """Give in the place of the employer at most so much of what is due: the row, its receipt, the journal and the letter, all at once.

    Takes: `contribution`, held by `lock`; `payer`, who is named on documents, None for nobody.
    Refuses: what `check_may_be_covered` refuses.
    """
    check_may_be_covered(contribution)
    cover = Cover(cents=min(most, contribution.due).cents, payer=payer, covered_at=clock.now(), covered_by=by.ref)
    contribution.covers.append(cover)
    db.session.flush()
    cover.receipt = issue_receipt(cover)
    db.session.flush()
    audit.record("contribution_covered", contribution, by=by, number=cover.receipt.number, **figures(cover.cents))
    send_receipt(cover.receipt)
    close_pages(contribution)
    return cover


def release_cover(cover: Cover, reason: str, *, by: Actor) -> None:
    """Take back what a sponsor gave: the contribution is due again, and the employer is told why.

    Refuses: a cover already released; someone who is a member of the employer.
    """
    contribution = lock(cover.contribution)
    lock(cover)
    if is_member(by.user_id, contribution.employer):
        raise Refusal(_("Vous êtes membre de cette organisation : une autre personne doit décider."))
    if not cover.stands:
        raise Refusal(_("Cette prise en charge est déjà retirée."))
    cover.released_at, cover.released_by, cover.release_reason = clock.now(), by.ref, reason
    audit.record("cover_released", contribution, by=by, reason=reason, **figures(cover.cents))
    employer = contribution.employer
    outbox.queue(
        "contributions/cover_released", employer.contact_email, language=employer.language, scope=contribution.scope,
        contribution=contribution, cover=cover,
    )  # fmt: skip
