"""Staff look after contests: begin one, read it, compare it, take its file away, publish it, end it."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.campaigns import actions, queries
from certif.campaigns.beside import tools_of
from certif.campaigns.checks import faults_of
from certif.campaigns.comparing import differences
from certif.campaigns.contest_views import nominate_url
from certif.campaigns.files import load_model, model_names, read_campaign, write_campaign
from certif.campaigns.forms import (
    CompareCampaignsForm,
    CopyCampaignForm,
    DraftCampaignForm,
    EndCampaignForm,
    ImportCampaignForm,
    next_year,
)
from certif.campaigns.queries import LOOKS, READERS, STATES, WRITERS
from certif.campaigns.telling import mrc_names, told
from certif.campaigns.views import pages
from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import download, go, page, say
from certif.programs import program_of, programs_of

_ONE = "/personnel/concours/<ref>"


@pages.route("/personnel/concours")
@audience(*READERS)
def list_campaigns() -> Response:
    """The contests of my programs, drafts among them."""
    found = queries.campaigns_of(actor(), request.args.get("suite"))
    return page(
        "campaigns/list_campaigns.html", found=found, next_url=following(found), state_of=queries.state_of, title_of=queries.title_of,
        states=STATES, looks=LOOKS, writes=bool(programs_of(actor(), *WRITERS)),
    )  # fmt: skip


@pages.route("/personnel/concours/nouveau", methods=["GET", "POST"])
@audience(*WRITERS)
def draft_campaign() -> Response | Answer:
    """Begin a contest from a model."""
    form = DraftCampaignForm().offer(programs_of(actor(), *WRITERS), [load_model(name) for name in model_names()])
    if form.validate_on_submit():
        with form.held():
            definition = load_model(form.model.data).definition
            definition = definition.moved_to(form.opens_on.data or definition.opens_on)
            program = program_of(actor(), form.program.data, *WRITERS)
            draft = actions.draft_campaign(program, definition, model=form.model.data, by=actor())
            return go("campaigns.show_campaign", ref=draft.ref)
    return page("campaigns/draft_campaign.html", form=form)


@pages.route("/personnel/concours/importation", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(*WRITERS)
def import_campaign() -> Response | Answer:
    """Begin a contest from a file; its faults are said line by line."""
    form = ImportCampaignForm().offer(programs_of(actor(), *WRITERS))
    if form.validate_on_submit():
        with form.held():
            program = program_of(actor(), form.program.data, *WRITERS)
            draft = actions.draft_campaign(program, read_campaign(form.given()).definition, by=actor())
            return go("campaigns.show_campaign", ref=draft.ref)
    return page("campaigns/import_campaign.html", form=form)


@pages.route(_ONE)
@audience(*READERS)
def show_campaign(ref: str) -> Response:
    """Everything that was decided of a contest, and what can be done with it."""
    found = queries.campaign_of(actor(), ref)
    faults = [] if found.is_published else faults_of(found.definition, found.program)
    return page(
        "campaigns/show_campaign.html", told=told(found), faults=faults, tools=tools_of(found, actor()), states=STATES, looks=LOOKS,
        writes=actor().holds(found.program_id, *WRITERS), copies=bool(programs_of(actor(), *WRITERS)), form=Form(),
    )  # fmt: skip


@pages.route(f"{_ONE}/apercu")
@audience(*READERS)
def preview_campaign(ref: str) -> Response:
    """The public page, as it would be."""
    return page("campaigns/preview_campaign.html", told=told(queries.campaign_of(actor(), ref)), nominate_url=nominate_url(ref))


@pages.route(f"{_ONE}/fichier.yaml", bilingual=False)
@audience(*READERS)
def export_campaign(ref: str) -> Response:
    """The file of a contest."""
    found = queries.campaign_of(actor(), ref)
    return download(write_campaign(found.definition), "application/yaml", f"concours-{found.program.slug}-{found.year}.yaml")


@pages.route(f"{_ONE}/copie", methods=["GET", "POST"])
@audience(*WRITERS)
def copy_campaign(ref: str) -> Response | Answer:
    """Begin another edition from this one."""
    found = queries.campaign_of(actor(), ref)
    form = CopyCampaignForm(program=found.program.slug, opens_on=next_year(found.opens_on)).offer(programs_of(actor(), *WRITERS))
    if form.validate_on_submit():
        with form.held():
            program = program_of(actor(), form.program.data, *WRITERS)
            draft = actions.copy_campaign(found, program, opens_on=form.opens_on.data, by=actor())
            return go("campaigns.show_campaign", ref=draft.ref)
    return page("campaigns/copy_campaign.html", form=form, campaign=found, name=queries.name_of(found))


@pages.route(f"{_ONE}/comparaison")
@audience(*READERS)
def compare_campaigns(ref: str) -> Response:
    """What changes from another edition to this one."""
    found = queries.campaign_of(actor(), ref)
    others = queries.other_editions(actor(), found)
    form = CompareCampaignsForm().offer(others)
    other = next((one for one in others if one.ref == form.asked("other")), None)
    names = queries.name_of(found), queries.name_of(other) if other else ""
    said = differences(other.definition, found.definition, mrc_names(found.program)) if other else None
    return page("campaigns/compare_campaigns.html", form=form, campaign=found, other=other, said=said, names=names)


@pages.route(f"{_ONE}/publication", methods=["POST"])
@audience(*WRITERS)
def publish_campaign(ref: str) -> Answer:
    """Publish what was read."""
    actions.publish_campaign(queries.campaign_of(actor(), ref, *WRITERS), by=actor())
    say(_("Le concours est publié : il ne changera plus."))
    return go("campaigns.show_campaign", ref=ref)


@pages.route(f"{_ONE}/abandon", methods=["POST"])
@audience(*WRITERS)
def discard_campaign(ref: str) -> Answer:
    """Throw a draft away."""
    actions.discard_campaign(queries.campaign_of(actor(), ref, *WRITERS), by=actor())
    say(_("Le brouillon est jeté."))
    return go("campaigns.list_campaigns")


@pages.route(f"{_ONE}/fin", methods=["GET", "POST"])
@audience(*WRITERS)
def end_campaign(ref: str) -> Response | Answer:
    """End nominations before their day."""
    found, form = queries.campaign_of(actor(), ref, *WRITERS), EndCampaignForm()
    if form.validate_on_submit():
        with form.held():
            actions.end_campaign(found, form.reason.data, by=actor())
            say(_("Les nominations sont finies."))
            return go("campaigns.show_campaign", ref=ref)
    return page("campaigns/end_campaign.html", form=form, campaign=found, name=queries.name_of(found))
