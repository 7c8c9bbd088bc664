"""Questions about bosses as staff see them: who may see which, the ranking of a contest, who stands for whom, who is fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, select, tuple_
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.campaigns import Campaign, Category
from certif.certification import Certification, Stage, at
from certif.employers import Establishment
from certif.kit.access import STAFF, Actor, Role
from certif.kit.db import db
from certif.kit.languages import language
from certif.kit.paging import PAGE, Slice
from certif.nominations.desk_model import BossCheck, BossMerge, BossMergeUndoing, BossRuling, BossSign
from certif.nominations.model import Boss, BossTally, Nomination, ReadingOutcome
from certif.programs import english, french
from certif.territory import Mrc, Partner, territory_of

KEEPERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
RULERS = (Role.ADMIN, Role.MANAGER)
"""Who sees every boss of a contest, and who decides where reviewers do not agree. A partner has a say in the MRC that it serves."""


@dataclass(frozen=True)
class BossFilter:
    """What narrows the ranking: it stays one ranking. `mrc`, a slug."""

    mrc: str | None = None
    category: Category | None = None


def contest_of(actor: Actor, ref: str) -> Campaign:
    """Give the published contest named `ref` to staff of its program, partners included. Refuses (404) any other."""
    found = db.session.scalar(select(Campaign).where(Campaign.ref == ref, Campaign.published_at.is_not(None)))
    if found is None or not actor.holds(found.program_id, *STAFF):
        raise NotFound
    return found


def title_of(campaign: Campaign) -> str:
    """Give the title of a contest as it is printed, in the language being spoken."""
    return french(campaign.title_fr) if language() == "fr" or not campaign.title_en else english(campaign.title_en)


def seen_mrcs(actor: Actor, program_id: int) -> frozenset[int] | None:
    """Give the MRC in which this person sees nominations of a program: None for all of them; for a partner, those that it serves."""
    if actor.holds(program_id, *KEEPERS):
        return None
    partners = [one.partner_id for one in actor.grants if one.role is Role.PARTNER and one.program_id == program_id and one.partner_id]
    return frozenset(mrc.id for one in partners for mrc in territory_of(db.session.get_one(Partner, one)))


def sees(actor: Actor, boss: Boss) -> bool:
    """Whether this person sees what is said of a boss."""
    mrcs = seen_mrcs(actor, boss.campaign.program_id)
    return mrcs is None or boss.mrc_id in mrcs


def boss_of(actor: Actor, ref: str) -> Boss:
    """Give the boss named `ref` to staff who may see it. Refuses (404) any other."""
    found = db.session.scalar(select(Boss).where(Boss.ref == ref))
    if found is None or not sees(actor, found):
        raise NotFound
    return found


def among(mrcs: frozenset[int] | None) -> list[ColumnElement[bool]]:
    """Give the condition that a `Boss` is in one of these MRC; none for all of them."""
    return [] if mrcs is None else [Boss.mrc_id.in_(mrcs) if mrcs else false()]


def ranking_of(campaign: Campaign, actor: Actor, asked: BossFilter, after: str | None) -> Slice[Any]:
    """Give the bosses of a contest, the most named first. `after`: the cursor of the page before.

    Gives: rows of a `Boss`, how often it is `named`, the name of its `mrc`, `is_certified`, its `verdict`, whether it shows `signs`.
    """
    found = _ranked(campaign, actor, asked)
    here = _read_place(campaign, after)
    if here is not None:
        found = found.where(tuple_(BossTally.count, BossTally.boss_id) < here)
    rows = db.session.execute(found.limit(PAGE + 1)).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Slice(rows[:PAGE], f"{last.named}.{last.Boss.ref}" if last is not None else None)


def _ranked(campaign: Campaign, actor: Actor, asked: BossFilter) -> Select[Any]:
    signs = exists().where(BossSign.boss_id == Boss.id).label("signs")
    columns = BossTally.count.label("named"), Mrc.name.label("mrc"), is_certified().label("is_certified"), verdict().label("verdict"), signs
    found = (
        select(Boss, *columns)
        .select_from(BossTally)
        .join(Boss, Boss.id == BossTally.boss_id)
        .join(Mrc, Mrc.id == BossTally.mrc_id)
        .where(BossTally.campaign_id == campaign.id, BossTally.count > 0, *_narrowed(asked))
        .order_by(BossTally.count.desc(), BossTally.boss_id.desc())
    )
    mrcs = seen_mrcs(actor, campaign.program_id)
    return found if mrcs is None else found.where(BossTally.mrc_id.in_(mrcs) if mrcs else false())


def _narrowed(asked: BossFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.mrc:
        conditions.append(BossTally.mrc_id == select(Mrc.id).where(Mrc.slug == asked.mrc).scalar_subquery())
    if asked.category:
        conditions += in_category(asked.category)
    return conditions


def in_category(category: Category) -> list[ColumnElement[bool]]:
    """Give the conditions under which a `Boss` may be honoured in a category."""
    conditions: list[ColumnElement[bool]] = []
    if category.mrcs:
        conditions.append(Boss.mrc_id.in_(select(Mrc.id).where(Mrc.slug.in_(category.mrcs))))
    if category.sectors:
        conditions.append(Boss.sector.in_(category.sectors))
    if category.levels:
        conditions.append(exists().where(Nomination.boss_id == Boss.id, Nomination.level.in_(category.levels), _stands()))
    return conditions


def is_merged() -> ColumnElement[bool]:
    """Give the condition that a `Boss` was merged into another, and still is."""
    undone = exists().where(BossMergeUndoing.merge_id == BossMerge.id).correlate(BossMerge)
    return exists().where(BossMerge.merged_id == Boss.id, ~undone).correlate(Boss)


def is_certified() -> ColumnElement[bool]:
    """Give the condition that the employer of a `Boss` has a certification in force."""
    employer = select(Establishment.employer_id).where(Establishment.id == Boss.establishment_id).correlate(Boss).scalar_subquery()
    return exists().where(Certification.employer_id == employer, at(Stage.CERTIFIED)).correlate(Boss)


def verdict() -> ColumnElement[str | None]:
    """Give what is thought of whether a `Boss` may be kept, as a column: `fit`, `unfit`, `split` (reviewers do not agree), or None."""
    last = select(BossRuling.is_fit).where(BossRuling.boss_id == Boss.id).order_by(BossRuling.number.desc()).limit(1)
    ruled = last.correlate(Boss).scalar_subquery()
    fit, unfit = _said(True), _said(False)
    return case(
        (ruled.is_(True), "fit"), (ruled.is_(False), "unfit"), (and_(fit, unfit), "split"), (fit, "fit"), (unfit, "unfit"), else_=None
    )  # fmt: skip


def fit_bosses(campaign: Campaign) -> ColumnElement[bool]:
    """Give the condition that a `Boss` of a contest may be kept: somebody checked it, and all who did, or a manager, said it is fit."""
    return and_(Boss.campaign_id == campaign.id, ~is_merged(), verdict() == "fit")


def unfit_bosses(campaign: Campaign) -> ColumnElement[bool]:
    """Give the condition that a `Boss` of a contest was said not to be fit, and by nobody that it is, or by a manager."""
    return and_(Boss.campaign_id == campaign.id, verdict() == "unfit")


def merge_of(boss: Boss) -> BossMerge | None:
    """Give the merge by which a boss stands for another, or None."""
    last = select(BossMerge).where(BossMerge.merged_id == boss.id).order_by(BossMerge.number.desc()).limit(1)
    found = db.session.scalar(last.options(joinedload(BossMerge.kept)))
    return found if found is not None and found.undoing is None else None


def standing_boss(boss: Boss) -> Boss:
    """Give the boss for which one counts today: itself, or the one that it was merged into, however often."""
    merge = merge_of(boss)
    return boss if merge is None else standing_boss(merge.kept)


def merged_into(boss: Boss) -> Sequence[BossMerge]:
    """Give the merges that brought others into a boss, the last first, a hundred at most."""
    undone = exists().where(BossMergeUndoing.merge_id == BossMerge.id)
    found = select(BossMerge).where(BossMerge.kept_id == boss.id, ~undone).order_by(BossMerge.id.desc()).limit(100)
    return db.session.scalars(found.options(joinedload(BossMerge.merged))).all()


def checks_of(boss: Boss) -> tuple[Sequence[BossCheck], BossRuling | None]:
    """Give what reviewers say of a boss, the first first, and what a manager decided last."""
    checks = db.session.scalars(select(BossCheck).where(BossCheck.boss_id == boss.id).order_by(BossCheck.checked_at, BossCheck.id)).all()
    ruling = db.session.scalar(select(BossRuling).where(BossRuling.boss_id == boss.id).order_by(BossRuling.number.desc()).limit(1))
    return checks, ruling


def verdict_of(boss: Boss) -> str | None:
    """Give what is thought of one boss, as `verdict` says."""
    return db.session.scalar(select(verdict()).where(Boss.id == boss.id))


def count_of(boss: Boss) -> int:
    """Give how many nominations stand for a boss."""
    return db.session.scalar(select(BossTally.count).where(BossTally.boss_id == boss.id)) or 0


def _stands() -> ColumnElement[bool]:
    return func.coalesce(Nomination.outcome, "") != ReadingOutcome.SET_ASIDE


def _said(is_fit: bool) -> ColumnElement[bool]:
    return exists().where(BossCheck.boss_id == Boss.id, BossCheck.is_fit.is_(is_fit)).correlate(Boss)


def _read_place(campaign: Campaign, after: str | None) -> tuple[int, int] | None:
    count, _dot, ref = (after or "").partition(".")
    if not count.isdigit() or len(count) > 9:
        return None
    found = db.session.scalar(select(Boss.id).where(Boss.ref == ref, Boss.campaign_id == campaign.id))
    return (int(count), found) if found is not None else None
