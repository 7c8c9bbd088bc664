"""What may happen to a contest: it is drafted from a model, a file or another edition, edited, published, ended before its day."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable

from sqlalchemy import update

from certif.campaigns.checks import faults_of
from certif.campaigns.model import Campaign, CampaignEnding
from certif.campaigns.queries import WRITERS
from certif.campaigns.reading import write_definition
from certif.campaigns.values import Definition
from certif.kit import audit, clock
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.programs import Program

audit.declare("campaign_drafted", _l("%(by)s a commencé le concours « %(title)s »."), "title", "model")
audit.declare("campaign_edited", _l("%(by)s a modifié le brouillon du concours « %(title)s »."), "title")
audit.declare("campaign_discarded", _l("%(by)s a jeté le brouillon du concours « %(title)s »."), "title")
audit.declare(
    "campaign_published",
    _l("%(by)s a publié le concours « %(title)s », du %(opens_on)s au %(closes_on)s."),
    "title", "opens_on", "closes_on", "digest",
)  # fmt: skip
audit.declare("campaign_ended", _l("%(by)s a mis fin aux nominations du concours « %(title)s ». Motif : %(reason)s"), "title", "reason")


def draft_campaign(program: Program, definition: Definition, *, model: str | None = None, by: Actor) -> Campaign:
    """Begin a contest of a program.

    Takes: `definition`, what a model or a file holds; `model`, the name of the model.
    Refuses: someone who does not manage the program; days out of order.
    """
    _must_manage(program.id, by)
    draft = Campaign(program=program, model=model, drafted_at=clock.now(), drafted_by=by.ref)
    _hold(draft, definition)
    db.session.add(draft)
    db.session.flush()
    audit.record("campaign_drafted", draft, by=by, title=draft.title_fr, model=model or "")
    return draft


def copy_campaign(campaign: Campaign, program: Program, *, opens_on: dt.date, by: Actor) -> Campaign:
    """Begin, in a program, a contest that decides what another one does, all its days moved with the first.

    Refuses: as `draft_campaign` does.
    """
    return draft_campaign(program, campaign.definition.moved_to(opens_on), model=campaign.model, by=by)


def edit_campaign(draft: Campaign, change: Callable[[Definition], Definition], *, by: Actor) -> Campaign:
    """Let a draft decide otherwise. Nothing is journaled when nothing changes.

    Takes: `change`, what is done to the draft as it is once nobody else may change it, so that two people at once lose nothing.
    Refuses: someone who does not manage the program; what is published; days out of order; what `change` refuses.
    """
    _must_be_my_draft(draft, by)
    definition = change(draft.definition)
    if definition == draft.definition:
        return draft
    _hold(draft, definition)
    audit.record("campaign_edited", draft, by=by, title=draft.title_fr)
    return draft


def discard_campaign(draft: Campaign, *, by: Actor) -> None:
    """Throw a draft away.

    Refuses: someone who does not manage the program; what is published.
    """
    _must_be_my_draft(draft, by)
    audit.record("campaign_discarded", draft, by=by, title=draft.title_fr)
    db.session.delete(draft)


def publish_campaign(draft: Campaign, *, by: Actor) -> Campaign:
    """Publish a draft: from now on the database itself refuses to change it.

    Refuses: someone who does not manage the program; what is published already; all that `checks.faults_of` says.
    """
    _must_be_my_draft(draft, by)
    faults = faults_of(draft.definition, draft.program)
    if faults:
        raise Refusal(" ".join(faults))
    said = json.dumps(draft.definition_json, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    days = {"opens_on": draft.opens_on.isoformat(), "closes_on": draft.closes_on.isoformat()}
    audit.record("campaign_published", draft, by=by, title=draft.title_fr, **days, digest=hashlib.sha256(said.encode()).hexdigest())
    db.session.flush()
    published = update(Campaign).where(Campaign.id == draft.id, Campaign.published_at.is_(None))
    db.session.execute(published.values(published_at=clock.now(), published_by=by.ref))
    db.session.refresh(draft)
    return draft


def end_campaign(campaign: Campaign, reason: str, *, by: Actor) -> CampaignEnding:
    """End the nominations of a contest before its last day; what was received is kept, and the phases go on.

    Refuses: someone who does not manage the program; a draft; nominations that are over already.
    """
    _must_manage(campaign.program_id, by)
    lock(campaign)
    if not campaign.is_published:
        raise Refusal(_("Ce concours n’est qu’un brouillon : jetez-le plutôt."))
    if campaign.is_over:
        raise Refusal(_("Les nominations de ce concours sont déjà finies."))
    campaign.ending = CampaignEnding(reason=reason, ended_at=clock.now(), ended_by=by.ref)
    audit.record("campaign_ended", campaign, by=by, title=campaign.title_fr, reason=reason)
    return campaign.ending


def _hold(draft: Campaign, definition: Definition) -> None:
    if definition.closes_on < definition.opens_on:
        raise Refusal(_("Le dernier jour des nominations vient avant le premier."))
    draft.title_fr, draft.title_en = definition.title.fr, definition.title.en
    draft.opens_on, draft.closes_on, draft.year = definition.opens_on, definition.closes_on, definition.closes_on.year
    draft.definition_json = write_definition(definition)


def _must_be_my_draft(draft: Campaign, by: Actor) -> None:
    _must_manage(draft.program_id, by)
    lock(draft)
    if draft.is_published:
        raise Refusal(_("Ce concours est publié : il ne change plus. Copiez-le pour en faire une autre édition."))


def _must_manage(program_id: int, by: Actor) -> None:
    if by != SYSTEM and not by.holds(program_id, *WRITERS):
        raise Refusal(_("Seule la personne qui gère le programme décide de ses concours."))
