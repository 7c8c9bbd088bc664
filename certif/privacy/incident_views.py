"""The register of confidentiality incidents, for whoever keeps it."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.kit.access import Role, actor, audience
from certif.kit.clock import today
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.settings import settings
from certif.kit.sheets import XLSX, xlsx_workbook
from certif.kit.web import download, go, page, say
from certif.privacy import incident_actions as actions
from certif.privacy import incident_queries as queries
from certif.privacy.incident_forms import AccountForm, IncidentForm, OfficerForm, StepForm
from certif.privacy.incident_model import STAGES, IncidentStage, StepKind
from certif.privacy.incident_queries import KEEPERS, incident_of
from certif.privacy.views import pages
from certif.programs import program_of, programs_of


@pages.route("/personnel/incidents")
@audience(*KEEPERS)
def list_incidents() -> Response:
    """The register, the newest first; who keeps it, program by program."""
    by, keeps_all = actor(), queries.is_admin(actor())
    return page(
        "privacy/list_incidents.html", incidents=queries.incidents_of(by), keeps=keeps_all or bool(queries.kept_by(by)), stages=STAGES,
        programs=programs_of(by, Role.ADMIN) if keeps_all else [], officer_of=queries.officer_of, email=settings().privacy_email,
    )  # fmt: skip


@pages.route("/personnel/incidents/registre.xlsx", methods=["POST"], bilingual=False)
@limiter.limit("60 per minute")
@audience(*KEEPERS)
def take_register() -> Response:
    """The register as a spreadsheet, for the Commission when it asks."""
    incidents = queries.incidents_of(actor())
    actions.note_export(by=actor())
    content = xlsx_workbook((_("Incidents"), queries.register_heads(), queries.register_rows(incidents)))
    return download(content, XLSX, f"registre-des-incidents-{today()}.xlsx")


@pages.route("/personnel/incidents/nouveau", methods=["GET", "POST"])
@audience(*KEEPERS)
def note_incident() -> Response | Answer:
    """An incident that was just found."""
    form = IncidentForm().offer(queries.kept_by(actor()), whole_site=queries.is_admin(actor()))
    if form.validate_on_submit():
        with form.held():
            incident = actions.note_incident(form.chosen, form.known_on.data, form.account, by=actor())
            say(_("L’incident %(number)s est au registre.", number=incident.number))
            return go("privacy.show_incident", ref=incident.ref)
    return page("privacy/note_incident.html", form=form)


@pages.route("/personnel/incidents/<ref>")
@audience(*KEEPERS)
def show_incident(ref: str) -> Response:
    """One incident: what is known, what was done, what remains to be done."""
    incident = incident_of(actor(), ref)
    return page(
        "privacy/show_incident.html", incident=incident, stage=incident.stage, Stage=IncidentStage, stages=STAGES, told=incident.told,
        when=queries.period_said(incident.told), people=queries.people_said(incident.told), risk=queries.risk_said(incident.told),
        officer=settings().privacy_officer, email=settings().privacy_email,
    )  # fmt: skip


@pages.route("/personnel/incidents/<ref>/modification", methods=["GET", "POST"])
@audience(*KEEPERS)
def tell_anew(ref: str) -> Response | Answer:
    """What is known by now; the day it was known stays."""
    incident = incident_of(actor(), ref)
    form = AccountForm().shown(incident.told)
    if form.validate_on_submit():
        with form.held():
            actions.tell_anew(incident, form.account, seen=form.seen_number, by=actor())
            say(_("Le registre est à jour."))
            return go("privacy.show_incident", ref=ref)
    return page("privacy/tell_anew.html", form=form, incident=incident)


@pages.route("/personnel/incidents/<ref>/gestes/nouveau", methods=["GET", "POST"])
@audience(*KEEPERS)
def note_step(ref: str) -> Response | Answer:
    """A measure that was taken, or a notice that was given."""
    incident, form = incident_of(actor(), ref), StepForm()
    if form.validate_on_submit():
        with form.held():
            actions.note_step(incident, StepKind(form.kind.data), form.done_on.data, form.words.data, by=actor())
            say(_("C’est noté au registre."))
            return go("privacy.show_incident", ref=ref)
    return page("privacy/note_step.html", form=form, incident=incident)


@pages.route("/personnel/incidents/<ref>/cloture", methods=["POST"])
@audience(*KEEPERS)
def close_incident(ref: str) -> Answer:
    """Nothing remains to be done."""
    actions.note_step(incident_of(actor(), ref), StepKind.CLOSED, today(), "", by=actor())
    say(_("L’incident est clos. Il reste au registre cinq ans."))
    return go("privacy.show_incident", ref=ref)


@pages.route("/personnel/incidents/responsables/<slug>", methods=["GET", "POST"])
@audience(Role.ADMIN)
def name_officer(slug: str) -> Response | Answer:
    """Who keeps the register of a program."""
    program = program_of(actor(), slug, Role.ADMIN)
    form = OfficerForm().offer(queries.managers_of(program))
    if form.validate_on_submit():
        with form.held():
            actions.name_officer(program, form.chosen, by=actor())
            say(_("C’est cette personne qui tient maintenant le registre."))
            return go("privacy.list_incidents")
    return page("privacy/name_officer.html", form=form, program=program, officer=queries.officer_of(program))
