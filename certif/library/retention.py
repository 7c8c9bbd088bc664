"""What is forgotten, and when: the words of a testimonial two years after it was set aside."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import exists, update

from certif.kit import clock
from certif.kit.db import db, transaction
from certif.kit.jobs import recurring
from certif.library.word_model import Testimonial, TestimonialOutcome, TestimonialReading

KEPT = dt.timedelta(days=730)


@recurring("forget_testimonials", every=dt.timedelta(days=1), retention=True)
def forget_testimonials() -> None:
    """Forget what was offered and not published, as its model says; that it was offered stays."""
    is_old = exists().where(
        TestimonialReading.testimonial_id == Testimonial.id, TestimonialReading.outcome == TestimonialOutcome.SET_ASIDE.value,
        TestimonialReading.read_at < clock.now() - KEPT,
    )  # fmt: skip
    with transaction():
        old = update(Testimonial).where(Testimonial.words != "", is_old).values(words="")
        db.session.execute(old, execution_options={"synchronize_session": False})
