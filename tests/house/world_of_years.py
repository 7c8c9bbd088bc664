"""What the years bring behind the doors: a level asked for, a review, a draw and its examination."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif import accounts, programs, sampling, standing
from certif.certification import AutomaticReview, Certification
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.programs import Program
from tests.factories import make_staff, owner_of, unit


def over_the_years(program: Program, certification: Certification, secret: str) -> dict[str, dict[str, Any]]:
    """Ask for a level, and let the draw of the year fall on the employer, each with a file."""
    owner, manager = accounts.actor_of(owner_of(certification.employer)), make_staff(Role.MANAGER, program).actor
    file = standing.Upload("preuve.pdf", b"%PDF-1.7")
    level = certification.version.rules.earned_levels[1]
    said = [standing.Said("Oui.", file) for _line in programs.criteria_lines(level, certification.version.rules)]
    with unit():
        draw = sampling.announce_draw(program, by=manager)
        asked = standing.ask_for_level(certification, said, by=owner)
        checked = {"certification_id": certification.id, "held": ["signed"], "failed": [], "is_drawn": False, "checked_at": clock.now()}
        db.session.add(AutomaticReview(**checked))
        db.session.flush()
        review = standing.ask_for_review(certification, secret, by=owner)
    with clock.frozen(clock.now() + dt.timedelta(days=1)), unit():
        [examination] = sampling.draw_sample(draw, by=manager)
        sampling.answer(examination, "Oui.", file, by=owner)
    drawn = {"ref": draw.ref, "slug": program.slug}
    return {
        "standing.decide_on_level": {"ref": asked.ref},
        "standing.download_piece": {"ref": asked.ref, "position": 0},
        "standing.answer_review": {"ref": review.ref},
        "sampling.*": {"ref": examination.ref, "number": 1},
        **{f"sampling.{name}": drawn for name in ("show_draw", "list_tickets", "manage_draw", "announce_draw", "draw_sample")},
    }
