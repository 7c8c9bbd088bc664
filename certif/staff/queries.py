"""Files as staff see them in lists: what awaits me, every file, the next one.

Bounded first, then searched; the same number of statements for 1 row and 20.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, false, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased

from certif.certification import (
    AutomaticReview,
    Certification,
    ContractDecline,
    ContractSignature,
    Decision,
    Resubmission,
    Stage,
    at,
    signature_counts,
    stage_column,
    stage_label,
    stage_look,
    visible_to,
    why_by_hand,
)
from certif.contributions import KEEPERS, Cover, Payment, Waiver
from certif.employers import Employer, Establishment
from certif.kit import clock
from certif.kit.access import STAFF, Actor
from certif.kit.db import db
from certif.kit.languages import folded
from certif.kit.paging import Cursor, Slice, cut, read_cursor
from certif.programs import PaymentMethod, Program, ProgramVersion
from certif.territory import Mrc

NEQ_LENGTH = 10
DECLINES_SHOWN = dt.timedelta(days=30)
"""How long a contract declined asks for someone's attention; the file keeps it for ever."""


@dataclass(frozen=True)
class FileFilter:
    """What narrows a list of files; None or empty where nothing was asked. `mrc` and `program` are slugs."""

    text: str = ""
    stage: Stage | None = None
    program: str | None = None
    mrc: str | None = None


@dataclass(frozen=True)
class FileRow:
    """One file in a list. `since`: the instant from which it waits, or was opened; `by_hand`, what keeps it for a person where the
    program validates automatically."""

    ref: str
    employer: str
    neq: str | None
    place: str
    program: str
    stage: Stage
    since: dt.datetime
    by_hand: tuple[str, ...] = ()

    @property
    def since_on(self) -> dt.date:
        """The day of `since`, in Québec."""
        return self.since.astimezone(clock.TORONTO).date()

    @property
    def label(self) -> str:
        """Where it stands, in the words of staff."""
        return stage_label(self.stage, staff=True)

    @property
    def look(self) -> str:
        """The look of its tag."""
        return stage_look(self.stage, staff=True)


@dataclass(frozen=True)
class Waiting:
    """What waits, counted: files to decide on, contracts declined lately, contributions to record by hand."""

    to_validate: int
    declined: int
    contributions: int


def queue_of(actor: Actor, kind: str, asked: FileFilter, after: str | None) -> Slice[FileRow]:
    """Give what awaits this person, the oldest first.

    Takes: `kind`, `validation`, `declined` or `contributions`; `after`, the cursor of a page.
    """
    since = _SINCE[kind]
    found = _files(actor, asked, since).where(_waits(actor)[kind])
    return _page(found, since, read_cursor(after), newest_first=False)


def files_of(actor: Actor, asked: FileFilter, after: str | None) -> Slice[FileRow]:
    """Give every file that this person may see, the newest first."""
    since: ColumnElement[Any] = Certification.opened_at.expression
    return _page(_files(actor, asked, since), since, read_cursor(after), newest_first=True)


def signed_among(actor: Actor, asked: FileFilter, most: int) -> Sequence[tuple[Certification, ContractSignature]]:
    """Give the files that fit and are signed, each with the signature that counts: the newest signed first, `most` of them."""
    fit = _files(actor, asked, Certification.opened_at.expression).with_only_columns(Certification.id)
    found = select(Certification, ContractSignature).join(ContractSignature, ContractSignature.certification_id == Certification.id)
    here = Certification.id.in_(fit), signature_counts()
    return db.session.execute(found.where(*here).order_by(ContractSignature.id.desc()).limit(most)).tuples().all()


def waiting_for(actor: Actor) -> Waiting:
    """Count what awaits this person, in one statement."""
    waits = _waits(actor)
    counts = (
        select(func.count()).select_from(Certification).where(visible_to(actor), waits[kind]).scalar_subquery()
        for kind in ("validation", "declined", "contributions")
    )
    return Waiting(*db.session.execute(select(*counts)).one())


def next_ref(actor: Actor, after: Certification | None) -> str | None:
    """Give the file to decide on that comes after this one, or the first of the queue at its end; None when no other waits."""
    since = _SINCE["validation"]
    if after is None:
        return db.session.scalar(_undecided(actor).order_by(since, Certification.ref).limit(1))
    here = db.session.scalar(select(since).select_from(Certification).where(Certification.id == after.id))
    waits = _undecided(actor).where(Certification.id != after.id).order_by(since, Certification.ref).limit(1)
    comes_after = tuple_(since, Certification.ref) > tuple_(literal(here, since.type), literal(after.ref))
    return db.session.scalar(waits.where(comes_after)) or db.session.scalar(waits)


def has_any_file(actor: Actor) -> bool:
    """Whether this person may see a file at all."""
    return db.session.scalar(select(Certification.id).where(visible_to(actor)).limit(1)) is not None


def _undecided(actor: Actor) -> Select[tuple[str]]:
    return select(Certification.ref).where(visible_to(actor), _waits(actor)["validation"])


def _waits(actor: Actor) -> dict[str, ColumnElement[bool]]:
    """Give, for each kind, the condition that a `Certification` awaits this person."""
    versions = db.session.scalars(select(ProgramVersion).where(ProgramVersion.published_at.is_not(None))).all()
    held = {version.id: [role for role in STAFF if actor.holds(version.program_id, role)] for version in versions}
    decides = [version.id for version in versions if held[version.id] and version.may_validate(*held[version.id])]
    by_hand = [version.id for version in versions if set(version.rules.instructions) - {PaymentMethod.CARD}]
    keeps = actor.program_ids(*KEEPERS)
    is_kept = Certification.program_id.in_(keeps) if keeps is not None else Certification.id.is_not(None)
    lately = ContractDecline.declined_at > clock.now() - DECLINES_SHOWN
    declined = exists().where(ContractDecline.certification_id == Certification.id, lately)
    return {
        "validation": and_(at(Stage.AWAITING_VALIDATION), Certification.version_id.in_(decides)) if decides else false(),
        "declined": and_(at(Stage.AWAITING_CONTRACT), declined),
        "contributions": and_(at(Stage.AWAITING_CONTRIBUTION), is_kept, Certification.version_id.in_(by_hand)) if by_hand else false(),
    }


def _awaits_decision_since() -> ColumnElement[Any]:
    """Give the instant of the last step that the employer took."""
    answered = select(func.max(Resubmission.resubmitted_at)).join(Decision, Decision.id == Resubmission.decision_id)
    waived = select(Waiver.waived_at).where(Waiver.contribution_id == Certification.contribution_id)
    paid = select(func.max(Payment.recorded_at)).where(Payment.contribution_id == Certification.contribution_id)
    covered = select(Cover.covered_at).where(Cover.contribution_id == Certification.contribution_id, Cover.released_at.is_(None))
    by_employer, by_sponsor = (one.correlate(Certification).scalar_subquery() for one in (paid, covered))
    return func.coalesce(
        answered.where(Decision.certification_id == Certification.id).correlate(Certification).scalar_subquery(),
        waived.correlate(Certification).scalar_subquery(),
        case((by_sponsor > by_employer, by_sponsor), else_=func.coalesce(by_employer, by_sponsor)),
        _signed_since(),
    )


def _signed_since() -> ColumnElement[Any]:
    signed = select(ContractSignature.signed_at).where(ContractSignature.certification_id == Certification.id, signature_counts())
    return func.coalesce(signed.correlate(Certification).scalar_subquery(), Certification.opened_at)


def _declined_since() -> ColumnElement[Any]:
    declined = select(func.max(ContractDecline.declined_at)).where(ContractDecline.certification_id == Certification.id)
    return func.coalesce(declined.correlate(Certification).scalar_subquery(), Certification.opened_at)


_SINCE = {"validation": _awaits_decision_since(), "declined": _declined_since(), "contributions": _signed_since()}


def _files(actor: Actor, asked: FileFilter, since: ColumnElement[Any]) -> Select[Any]:
    main = and_(Establishment.employer_id == Employer.id, Establishment.is_main.is_(True), Establishment.closed_at.is_(None))
    found = (
        select(
            Certification.ref, Employer.trade_name, Employer.legal_name, Employer.neq, Establishment.municipality, Mrc.name.label("mrc"),
            Program.name.label("program"), stage_column(), since.label("since"), AutomaticReview.failed, AutomaticReview.is_drawn,
        )
        .select_from(Certification)
        .join(Employer, Employer.id == Certification.employer_id)
        .join(Program, Program.id == Certification.program_id)
        .outerjoin(Establishment, main)
        .outerjoin(Mrc, Mrc.id == Establishment.mrc_id)
        .outerjoin(AutomaticReview, AutomaticReview.certification_id == Certification.id)
        .where(visible_to(actor), *_narrowed(asked))
    )  # fmt: skip
    return found if asked.stage is None else found.where(at(asked.stage))


def _narrowed(asked: FileFilter) -> list[ColumnElement[bool]]:
    conditions = [is_named(asked.text)] if asked.text else []
    if asked.program:
        conditions.append(Program.slug == asked.program)
    if asked.mrc:
        there = select(Mrc.id).where(Mrc.slug == asked.mrc).scalar_subquery()
        place = aliased(Establishment)
        conditions.append(exists().where(place.employer_id == Employer.id, place.closed_at.is_(None), place.mrc_id == there))
    return conditions


def is_named(text: str) -> ColumnElement[bool]:
    """Give the condition that an `Employer` has this NEQ, or these letters in a name: accents and signs aside in the legal name."""
    digits = "".join(text.split())
    if digits.isdecimal() and len(digits) == NEQ_LENGTH:
        return Employer.neq == digits
    key = folded(text)
    legal = Employer.name_key.contains(key, autoescape=True) if key else false()
    return or_(legal, Employer.trade_name.icontains(text, autoescape=True))


def _page(found: Select[Any], since: ColumnElement[Any], after: Cursor | None, *, newest_first: bool) -> Slice[FileRow]:
    page = cut(found, since, Certification.ref.expression, after, newest_first=newest_first)
    return Slice([_row(row) for row in page.rows], page.next)


def _row(row: Row[Any]) -> FileRow:
    place = ", ".join(dict.fromkeys(filter(None, (row.municipality, row.mrc))))  # many an MRC has the name of its town
    stage, waits = Stage(row.stage), row.failed is not None and row.stage == Stage.AWAITING_VALIDATION.value
    why = tuple(why_by_hand(row.failed, is_drawn=row.is_drawn)) if waits else ()
    return FileRow(row.ref, row.trade_name or row.legal_name, row.neq, place, row.program, stage, row.since, why)
