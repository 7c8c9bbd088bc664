"""Staff open ways in, print them, give links that serve once, shut and replace them; and a tablet begins here."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.kit.access import actor, audience
from certif.kit.db import let_go, reading
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _, _n
from certif.kit.limits import limiter
from certif.kit.sheets import CSV
from certif.kit.web import download, go, page, say
from certif.surveys import door_actions, door_papers
from certif.surveys import running_queries as queries
from certif.surveys.boards import count_of
from certif.surveys.door_forms import KIND_LABELS, EraseForm, HoldForm, LinksForm, OpenDoorsForm, VouchForm
from certif.surveys.levels import level_label
from certif.surveys.model import DoorKind, SurveyDoor
from certif.surveys.questionnaire_queries import levels_of
from certif.surveys.running_queries import READERS, RUNNERS, door_of, plan_of, state_of, survey_of, title_of
from certif.surveys.school_queries import door_address
from certif.surveys.views import pages
from certif.territory import PartnerKind, mrcs, partners


@pages.route("/personnel/sondages/<ref>/portes")
@audience(*READERS)
def list_doors(ref: str) -> Response:
    """The ways in of a survey."""
    survey = survey_of(actor(), ref)
    found = queries.doors_of(survey, actor(), request.args.get("suite"))
    plan, is_over = plan_of(survey), state_of(survey) is queries.SurveyState.OVER
    return page(
        "surveys/list_doors.html", survey=survey, title=title_of(survey), found=found, next_url=following(found), kinds=KIND_LABELS,
        runs=actor().holds(survey.program_id, *RUNNERS) and not is_over, follows=plan.follows if plan else None, title_of=title_of,
        shown_code=door_actions.shown_code, level_label=level_label,
    )  # fmt: skip


@pages.route("/personnel/sondages/<ref>/portes/nouvelles", methods=["GET", "POST"])
@audience(*RUNNERS)
def open_doors(ref: str) -> Response | Answer:
    """Open ways in, one a line."""
    survey = survey_of(actor(), ref, *RUNNERS)
    form = OpenDoorsForm(kind=request.args.get("sorte", DoorKind.CLASS.value))
    places = partners(PartnerKind.SCHOOL_BODY, survey.program.region), survey.program.mrcs or mrcs(survey.program.region)
    form.offer(*places)
    lines = form.read(levels_of(survey.questionnaire)) if form.validate_on_submit() else None
    if lines:
        with form.held():
            doors = door_actions.open_doors(survey, DoorKind(form.kind.data), lines, **form.chosen(*places), by=actor())
            say(_n("%(num)s porte est ouverte.", "%(num)s portes sont ouvertes.", len(doors)))
            return go("surveys.list_doors", ref=ref) if len(doors) > 1 else go("surveys.show_door", ref=doors[0].ref)
    return page("surveys/open_doors.html", form=form, survey=survey, title=title_of(survey))


@pages.route("/personnel/sondages/<ref>/portes/reprise", methods=["POST"])
@audience(*RUNNERS)
def copy_doors(ref: str) -> Answer:
    """Take over the ways in of the survey that this one follows."""
    doors = door_actions.copy_doors(survey_of(actor(), ref, *RUNNERS), by=actor())
    say(_n("%(num)s porte est reprise, avec un nouveau code.", "%(num)s portes sont reprises, avec de nouveaux codes.", len(doors)))
    return go("surveys.list_doors", ref=ref)


@pages.route("/personnel/portes/<ref>")
@audience(*READERS)
def show_door(ref: str) -> Response:
    """One way in: its code, what to print, what came by it."""
    door = door_of(actor(), ref)
    (made, used), (counted, boxed) = queries.links_of(door), queries.answers_by(door)
    return page(
        "surveys/show_door.html", door=door, survey=door.survey, title=title_of(door.survey), place=door_papers.place_of(door),
        kind=KIND_LABELS[DoorKind(door.kind)], level=level_label(door.level), code=door_actions.shown_code(door.code), made=made, used=used,
        address=door_address(door.code), count=count_of(door), counted=counted, boxed=boxed,
        form=Form(), runs=actor().holds(door.survey.program_id, *RUNNERS), is_over=state_of(door.survey) is queries.SurveyState.OVER,
    )  # fmt: skip


@pages.route("/personnel/portes/<ref>/affiche-<spoken>-<paper>.pdf", bilingual=False)
@limiter.limit("60 per minute")
@audience(*READERS)
def download_door(ref: str, spoken: str, paper: str) -> Response:
    """The sheet for the board."""
    door = door_of(actor(), ref)
    if paper not in door_papers.PAPERS or spoken not in {"fr", "en"} or door.kind == DoorKind.INVITATIONS:
        raise NotFound
    return download(door_papers.sheet_of(door, paper, is_bilingual=spoken == "en"), "application/pdf", f"sondage-{door.code}.pdf")


@pages.route("/personnel/portes/<ref>/code.svg", bilingual=False)
@audience(*READERS)
def draw_door_code(ref: str) -> Response:
    """The code to scan, as the page shows it."""
    return Response(door_papers.picture_of(door_of(actor(), ref)), mimetype="image/svg+xml")


@pages.route("/personnel/portes/<ref>/liens", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(*RUNNERS)
def give_links(ref: str) -> Response | Answer:
    """Make links that serve once, and give them at once: they are not kept."""
    door, form = door_of(actor(), ref, *RUNNERS), LinksForm(look="lettre", spoken="fr")
    if door.kind != DoorKind.INVITATIONS:
        raise NotFound
    if form.validate_on_submit():
        with form.held():
            links = door_actions.draw_links(form.count.data)
            let_go()  # nobody who writes waits while hundreds of slips are typeset
            with reading():
                made = _links_file(door, links, form)
            door_actions.give_links(door, links, by=actor())
            return made
    return page("surveys/give_links.html", form=form, door=door, place=door_papers.place_of(door), links=queries.links_of(door))


def _links_file(door: SurveyDoor, links: list[str], form: LinksForm) -> Response:
    if form.look.data == "csv":
        return download(door_papers.list_of(links), CSV, f"liens-{door.code}.csv")
    slips = door_papers.slips_of(door, links, form.look.data, is_bilingual=form.spoken.data == "en")
    return download(slips, "application/pdf", f"coupons-{door.code}.pdf")


@pages.route("/personnel/portes/<ref>/fermeture", methods=["POST"])
@audience(*RUNNERS)
def shut_door(ref: str) -> Answer:
    """Shut it: its code answers no more."""
    door_actions.shut_door(door_of(actor(), ref, *RUNNERS), by=actor())
    say(_("Cette porte est fermée : son code ne répond plus."))
    return go("surveys.show_door", ref=ref)


@pages.route("/personnel/portes/<ref>/personnes", methods=["GET", "POST"])
@audience(*RUNNERS)
def vouch(ref: str) -> Response | Answer:
    """Say how many people it was handed to: what was put aside counts."""
    door = door_of(actor(), ref, *RUNNERS)
    form = VouchForm(people=door.expected)
    if form.validate_on_submit():
        with form.held():
            door_actions.vouch(door, form.people.data, form.reason.data or "", by=actor())
            say(_("C’est noté. Les réponses se comptent dans la minute, si elles ne sont pas de trop."))
            return go("surveys.show_door", ref=ref)
    return page("surveys/vouch.html", form=form, door=door, place=door_papers.place_of(door), count=count_of(door))


@pages.route("/personnel/portes/<ref>/mise-de-cote", methods=["GET", "POST"])
@audience(*RUNNERS)
def hold_answers(ref: str) -> Response | Answer:
    """Put its answers aside, before they count."""
    door, form = door_of(actor(), ref, *RUNNERS), HoldForm()
    if form.validate_on_submit():
        with form.held():
            door_actions.hold_answers(door, form.reason.data or "", by=actor())
            say(_("Les réponses de cette porte sont mises de côté."))
            return go("surveys.show_door", ref=ref)
    counted, boxed = queries.answers_by(door)
    return page("surveys/hold_answers.html", form=form, door=door, place=door_papers.place_of(door), counted=counted, boxed=boxed)


@pages.route("/personnel/portes/<ref>/reprise", methods=["POST"])
@audience(*RUNNERS)
def let_count(ref: str) -> Answer:
    """Let its answers count again."""
    door_actions.let_count(door_of(actor(), ref, *RUNNERS), by=actor())
    say(_("Les réponses de cette porte comptent de nouveau."))
    return go("surveys.show_door", ref=ref)


@pages.route("/personnel/portes/<ref>/reponses/retrait", methods=["GET", "POST"])
@audience(*RUNNERS)
def erase_answers(ref: str) -> Response | Answer:
    """Erase what came by it and is still in the box."""
    door, form = door_of(actor(), ref, *RUNNERS), EraseForm()
    if form.validate_on_submit():
        with form.held():
            count = door_actions.erase_answers(door, form.reason.data or "", by=actor())
            say(_n("%(num)s réponse est effacée.", "%(num)s réponses sont effacées.", count))
            return go("surveys.show_door", ref=ref)
    counted, boxed = queries.answers_by(door)
    return page("surveys/erase_answers.html", form=form, door=door, place=door_papers.place_of(door), counted=counted, boxed=boxed)


@pages.route("/personnel/portes/<ref>/remplacement", methods=["POST"])
@audience(*RUNNERS)
def replace_door(ref: str) -> Answer:
    """Open another in its place, with a new code."""
    new = door_actions.replace_door(door_of(actor(), ref, *RUNNERS), by=actor())
    say(_("Voici la nouvelle porte, avec son nouveau code."))
    return go("surveys.show_door", ref=new.ref)
