"""Every combination of facts a certification can have, as rows written directly: impossible ones too, which no act would build."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Insert, insert, select
from sqlalchemy.orm import selectinload

from certif.certification import (
    Badge,
    Certification,
    ContractSignature,
    Decision,
    Reinstatement,
    Resubmission,
    Revocation,
    Stage,
    Suspension,
    verifications_of,
)
from certif.contributions import Contribution, Cover, Payment, Refund, Waiver
from certif.kit import clock, evidence
from certif.kit.db import db
from certif.programs import ProgramVersion
from tests.factories import make_certification, make_program, publish, unit

DAY = dt.timedelta(days=1)

SIGNATURES = {"nothing to sign": (False, False), "signed for nothing": (False, True), "to sign": (True, False), "signed": (True, True)}
CONTRIBUTIONS = ("none", "due", "paid", "waived")
FINER_CONTRIBUTIONS = ("free", "part", "refunded", "refund failed", "covered", "covered in part", "covered no more", "covered and paid")
PAID = {"part": 4999, "covered and paid": 4000}
_STANDING = {"released_at": None, "released_by": None, "release_reason": None}
DECISIONS = ("", "b", "br", "brb", "g")
FINER_DECISIONS = ("brbr", "brg")
"""The decisions in order: sent back (b) and answered (r), granted (g)."""
BADGES = ("none", "valid", "expired")
FINER_BADGES = ("last day", "grace", "last day of grace", "one of two expired", "both expired")
SUSPENSIONS = ("", "s", "sl", "sls")
"""The suspensions in order: suspended (s), lifted (l)."""


@dataclass(frozen=True)
class Facts:
    """One combination."""

    signature: str
    contribution: str
    decisions: str
    badges: str
    suspensions: str
    is_revoked: bool

    @property
    def stage(self) -> Stage:
        """Where a certification with these facts stands: the first line of the design that fits, worked out from the words above."""
        if self.is_revoked:
            return Stage.REVOKED
        if self.badges in {"expired", "both expired"}:
            return Stage.EXPIRED
        if self.badges != "none":
            return Stage.SUSPENDED if self.suspensions.endswith("s") else Stage.CERTIFIED
        if self.signature == "to sign":
            return Stage.AWAITING_CONTRACT
        if self.contribution in {"due", "part", "refunded", "covered in part", "covered no more"}:
            return Stage.AWAITING_CONTRIBUTION
        if self.decisions and not self.decisions.endswith("r"):
            return Stage.SENT_BACK
        return Stage.AWAITING_VALIDATION


def every_combination() -> list[Facts]:
    """Give every combination of the facts above; the finer ones with every other on which they could lean."""
    found = itertools.chain(
        itertools.product(SIGNATURES, CONTRIBUTIONS, DECISIONS, BADGES, SUSPENSIONS, (False, True)),
        itertools.product(SIGNATURES, FINER_CONTRIBUTIONS, DECISIONS, BADGES, ("",), (False,)),
        itertools.product(SIGNATURES, CONTRIBUTIONS, FINER_DECISIONS, BADGES, ("",), (False,)),
        itertools.product(("to sign", "signed"), ("none", "due"), ("", "b", "g"), FINER_BADGES, SUSPENSIONS, (False, True)),
    )
    return [Facts(*facts) for facts in found]


class Writer:
    """Writes combinations as rows. Everything of one kind goes in one statement."""

    def __init__(self) -> None:
        found = make_certification(Stage.AWAITING_VALIDATION, make_program(price_cents=0, requires_contribution=False))
        self.employer_id, self.program = found.employer_id, found.program
        self.signed_by = found.signature
        self.signs, self.signs_nothing = found.version, publish(found.program, requires_signature=False)
        self.verifications = [verifications_of(found)[0].id, verifications_of(self._elsewhere())[0].id]
        self.now, self.today = clock.now(), clock.today()
        self.rows: dict[type, list[dict[str, Any]]] = {}
        self.number = itertools.count(1)

    def _elsewhere(self) -> Certification:
        return make_certification(Stage.AWAITING_VALIDATION, make_program(price_cents=0, requires_contribution=False))

    def write(self, combinations: list[Facts]) -> dict[int, Facts]:
        """Write them; give the facts of each certification by its id."""
        with unit():
            self.digest = evidence.keep(b"any", "application/pdf")
            self.contract_id = self.signed_by.contract_id if self.signed_by else 0
            written = {1_000_000 + cycle: facts for cycle, facts in enumerate(combinations, 2)}
            for number, facts in written.items():
                self._describe(number, facts)
            for model in (Contribution, Certification, *(one for one in self.rows if one not in {Contribution, Certification})):
                self._insert(insert(model), self.rows[model])
        return written

    def _insert(self, statement: Insert, rows: list[dict[str, Any]]) -> None:
        for start in range(0, len(rows), 5000):
            db.session.execute(statement, rows[start : start + 5000])

    def _add(self, model: type, **facts: Any) -> int:
        facts["id"] = 1_000_000 + next(self.number) if "id" not in facts else facts["id"]
        self.rows.setdefault(model, []).append(facts)
        return int(facts["id"])

    def _describe(self, number: int, facts: Facts) -> None:
        requires, is_signed = SIGNATURES[facts.signature]
        version = self.signs if requires else self.signs_nothing
        contribution = None if facts.contribution == "none" else self._contribution(version, facts.contribution)
        self._add(
            Certification, id=number, employer_id=self.employer_id, program_id=self.program.id, version_id=version.id,
            contribution_id=contribution, cycle=number, opened_at=self.now, opened_by="x",
        )  # fmt: skip
        if is_signed:
            self._sign(number)
        self._decide(number, facts.decisions)
        self._give_badges(number, facts.badges)
        self._suspend(number, facts.suspensions)
        if facts.is_revoked:
            self._add(Revocation, certification_id=number, reason="x", revoked_at=self.now, revoked_by="x")

    def _contribution(self, version: ProgramVersion, kind: str) -> int:
        found = self._add(
            Contribution, employer_id=self.employer_id, program_id=self.program.id, version_id=version.id,
            amount_cents=0 if kind == "free" else 5000, document_language="fr", opened_at=self.now, opened_by="x",
        )  # fmt: skip
        if kind == "waived":
            about = {"program_id": self.program.id, "year": 2026, "number": found, "reason": "x"}
            self._add(Waiver, contribution_id=found, **about, waived_at=self.now, approved_by="x", approver="x")
        if kind.startswith("covered"):
            cents = 5000 if kind in {"covered", "covered no more"} else 1000
            gone = {"released_at": self.now, "released_by": "x", "release_reason": "x"} if kind == "covered no more" else _STANDING
            self._add(Cover, ref=f"c{found}", contribution_id=found, cents=cents, payer=None, covered_at=self.now, covered_by="x", **gone)
        if kind in {"part", "paid", "refunded", "refund failed", "covered and paid"}:
            paid = self._add(
                Payment, contribution_id=found, method="cheque", cents=PAID.get(kind, 5000), currency="cad", is_test=False,
                reference="1", received_on=self.today, recorded_at=self.now, recorded_by="x",
            )  # fmt: skip
            if kind.startswith("refund"):
                failed = self.now if kind == "refund failed" else None
                about = {"reason": "x", "asked_at": self.now, "asked_by": "x", "refunded_at": None, "failed_at": failed}
                self._add(Refund, payment_id=paid, cents=1, **about)
        return found

    def _sign(self, number: int) -> None:
        words = ("french_digest", "english_digest", "signatory", "signatory_role", "email", "network_address", "agent")
        self._add(
            ContractSignature, certification_id=number, contract_id=self.contract_id, **dict.fromkeys(words, "x"), language="fr",
            french_shown_at=self.now, language_chosen_at=None, commitments=[], signed_at=self.now, signed_by="x", pdf_digest=self.digest,
        )  # fmt: skip

    def _decide(self, number: int, decisions: str) -> None:
        about = {"level": None, "visited_on": None, "reason": "x", "decided_at": self.now, "decided_by": "x", "decider": "x"}
        made: list[int] = []
        for act in decisions:
            if act == "r":
                self._add(Resubmission, decision_id=made[-1], note="x", resubmitted_at=self.now, resubmitted_by="x")
            else:
                made.append(self._add(Decision, certification_id=number, number=len(made) + 1, is_granted=act == "g", **about))

    def _give_badges(self, number: int, kind: str) -> None:
        for verification, (until, grace) in zip(self.verifications, _terms(kind, self.today), strict=False):
            self._add(
                Badge, certification_id=number, verification_id=verification, number=f"x-{next(self.number)}", level=None,
                valid_from=until - 700 * DAY, valid_until=until, expires_on=grace, certificate_digest=self.digest,
            )  # fmt: skip

    def _suspend(self, number: int, suspensions: str) -> None:
        made: list[int] = []
        for act in suspensions:
            if act == "l":
                self._add(Reinstatement, suspension_id=made[-1], reason="x", reinstated_at=self.now, reinstated_by="x")
            else:
                made.append(self._add(Suspension, certification_id=number, reason="x", suspended_at=self.now, suspended_by="x"))


def _terms(kind: str, today: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Give, for each badge, the day until which it is good and the last day of its grace."""
    terms = {
        "valid": (today + 300 * DAY, today + 360 * DAY),
        "last day": (today, today + 60 * DAY),
        "grace": (today - DAY, today + 59 * DAY),
        "last day of grace": (today - 60 * DAY, today),
        "expired": (today - 61 * DAY, today - DAY),
    }
    if kind == "one of two expired":
        yield from (terms["expired"], terms["valid"])
    elif kind == "both expired":
        yield from (terms["expired"], terms["expired"])
    elif kind != "none":
        yield terms[kind]


def stages_in_python() -> dict[int, Stage]:
    """Give the stage that each written certification says it is at, one object after the other."""
    everything = select(Certification).where(Certification.id > 1_000_000).options(
        selectinload(Certification.version), selectinload(Certification.signature), selectinload(Certification.revocation),
        selectinload(Certification.badges), selectinload(Certification.decisions).selectinload(Decision.resubmission),
        selectinload(Certification.suspensions).selectinload(Suspension.reinstatement),
        selectinload(Certification.contribution).options(
            selectinload(Contribution.waiver), selectinload(Contribution.covers),
            selectinload(Contribution.payments).selectinload(Payment.refunds),
        ),
    )  # fmt: skip
    return {one.id: one.stage for one in db.session.scalars(everything)}
