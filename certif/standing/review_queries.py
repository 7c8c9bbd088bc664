"""Questions about reviews asked for: the one of a certification, and those that await staff."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.certification import Certification, visible_to
from certif.kit.access import Actor
from certif.kit.db import db
from certif.standing.review_model import HumanReview

PAGE = 25


def human_review_of(certification: Certification) -> HumanReview | None:
    """Give the review that was asked for of a file, answered or not."""
    return db.session.scalar(select(HumanReview).where(HumanReview.certification_id == certification.id))


def awaiting_reviews(actor: Actor, after: str | None) -> list[HumanReview]:
    """Give a page of the reviews that await an answer and that this person may see, the oldest first; one more tells that others follow.

    Takes: `after`, the ref of the last one seen.
    """
    query = _awaiting(select(HumanReview), actor)
    query = query.options(joinedload(HumanReview.certification).joinedload(Certification.employer))
    query = query.options(joinedload(HumanReview.certification).joinedload(Certification.program))
    if after:
        query = query.where(HumanReview.id > select(HumanReview.id).where(HumanReview.ref == after).scalar_subquery())
    return list(db.session.scalars(query.order_by(HumanReview.id).limit(PAGE + 1)))


def count_reviews(actor: Actor) -> int:
    """Count the reviews that await an answer and that this person may see."""
    return db.session.scalar(_awaiting(select(func.count(HumanReview.id)), actor)) or 0


def asked_review(actor: Actor, ref: str) -> HumanReview:
    """Give a review to staff who may see its file. Refuses (404) any other."""
    found = db.session.scalar(select(HumanReview).join(Certification).where(HumanReview.ref == ref, visible_to(actor)))
    if found is None:
        raise NotFound
    return found


def _awaiting(query: Select[tuple[Any]], actor: Actor) -> Select[tuple[Any]]:
    joined = query.select_from(HumanReview).join(Certification, Certification.id == HumanReview.certification_id)
    return joined.where(visible_to(actor), HumanReview.answered_at.is_(None))
