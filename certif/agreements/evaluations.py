"""How an internship goes: the questions, who answers them and when, and the letters that ask. Each side answers once, half-way and at the
end, from its own link."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import select

from certif.agreements.actions import write_link
from certif.agreements.kinds import SIDES, AgreementKind, AgreementState, Side
from certif.agreements.model import Agreement, AgreementParty, InternshipEvaluation
from certif.kit import audit, clock, outbox
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l

ASKED_BEFORE = dt.timedelta(days=3)
ASKED_AFTER = dt.timedelta(days=30)

outbox.hide_once_sent("agreements/evaluation_asked")
outbox.forget_once_sent("agreements/evaluation_asked")


class Moment(StrEnum):
    """When an internship is looked at: half-way, or at its end."""

    MIDTERM = "midterm"
    FINAL = "final"


MOMENTS = {Moment.MIDTERM: _l("Bilan de mi-parcours"), Moment.FINAL: _l("Bilan de fin de stage")}
MARKS = {4: _l("Très bien"), 3: _l("Bien"), 2: _l("À améliorer"), 1: _l("Ça ne va pas")}
QUESTIONS: dict[Side, dict[str, object]] = {
    Side.EMPLOYER: {
        "attendance": _l("Assiduité et ponctualité"),
        "work": _l("Qualité du travail"),
        "learning": _l("Apprentissages"),
        "team": _l("Relations avec l’équipe"),
    },
    Side.STUDENT: {
        "welcome": _l("Accueil et encadrement"),
        "tasks": _l("Tâches liées à mes études"),
        "learning": _l("Ce que j’apprends"),
        "studies": _l("Conciliation avec mes cours"),
    },
}
"""What each side is asked. The school reads both."""

audit.declare("evaluation_asked", _l("%(by)s a demandé le bilan d’un stage (%(moment)s)."), "moment", words={"moment": MOMENTS})
audit.declare(
    "evaluation_given", _l("Une partie (%(side)s) a donné le bilan d’un stage (%(moment)s)."), "side", "moment",
    words={"side": SIDES, "moment": MOMENTS},
)  # fmt: skip


def moments_open_to(party: AgreementParty) -> list[Moment]:
    """Give the evaluations that a party may give today, and has not given."""
    agreement = party.agreement
    if not agreement.is_internship or Side(party.side) not in QUESTIONS or agreement.seal is None:
        return []
    if agreement.state not in {AgreementState.IN_FORCE, AgreementState.OVER}:
        return []
    given = {one.moment for one in agreement.evaluations if one.side == party.side}
    since = {Moment.MIDTERM: agreement.first_day, Moment.FINAL: agreement.middle}
    return [moment for moment, day in since.items() if day <= clock.today() and moment not in given]


def give_evaluation(party: AgreementParty, moment: Moment, answers: dict[str, int], words: str, *, by: Actor) -> InternshipEvaluation:
    """Say how the internship goes, on behalf of one side.

    Takes: `answers`, a mark from 1 to 4 for each question of the side.
    Refuses: an internship that is not signed by all, or that ended early; one given already; the final one before the middle.
    """
    agreement = lock(party.agreement)
    db.session.expire(agreement, ["evaluations"])
    if moment not in moments_open_to(party):
        raise Refusal(_("Ce bilan est déjà donné, ou ne peut pas encore l’être."))
    found = InternshipEvaluation(
        side=party.side, moment=moment.value, answers=answers, words=words, given_at=clock.now(), given_by=by.ref
    )  # fmt: skip
    agreement.evaluations.append(found)
    audit.record("evaluation_given", agreement, by=by, side=party.side, moment=moment.value)
    return found


@recurring("ask_for_evaluations", every=dt.timedelta(days=1))
def ask_for_evaluations() -> None:
    """Write to the employer and the intern half-way through an internship, and as it ends: once each."""
    today = clock.today()
    running = Agreement.kind == AgreementKind.INTERNSHIP, Agreement.erased_at.is_(None), Agreement.last_day >= today - ASKED_AFTER
    with transaction():
        for agreement in db.session.scalars(select(Agreement).where(*running, Agreement.first_day <= today)).unique():
            for moment in _due(agreement, today):
                _ask(agreement, moment, by=SYSTEM)


def _due(agreement: Agreement, today: dt.date) -> list[Moment]:
    if agreement.seal is None or agreement.end is not None:
        return []
    if today >= agreement.last_day - ASKED_BEFORE:
        return [Moment.FINAL]
    return [Moment.MIDTERM] if today >= agreement.middle else []


def _ask(agreement: Agreement, moment: Moment, *, by: Actor) -> None:
    waiting = [party for party in agreement.parties if moment in moments_open_to(party)]
    unasked = [party for party in waiting if all(link.purpose != moment for link in party.links)]
    for party in unasked:
        write_link(party, moment.value, "agreements/evaluation_asked", by=by)
    if unasked:
        audit.record("evaluation_asked", agreement, by=by, moment=moment.value)
