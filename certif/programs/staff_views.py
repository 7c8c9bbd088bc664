"""The programs staff look after: what decides now, what decided before, what is being prepared, and who may change it."""

from __future__ import annotations

from typing import Any

from flask import Response
from werkzeug import Response as Answer

from certif.kit import audit
from certif.kit.access import STAFF, Role, actor, audience
from certif.kit.clock import today
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.programs import actions, queries
from certif.programs.catalogue import load_model, model_names
from certif.programs.contracts import parts_of
from certif.programs.forms import CoordinatesForm, CreateProgramForm, PauseForm, PublishForm, StartDraftForm, TerritoryForm
from certif.programs.model import Program, ProgramVersion
from certif.programs.publication import faults_of
from certif.programs.views import pages
from certif.programs.wording import criteria_of, differences, facts_of, promise_and_floor
from certif.territory import mrc, mrcs, partner, partners, region, regions

MANAGERS = (Role.ADMIN, Role.MANAGER)


@pages.route("/personnel/programmes")
@audience(*STAFF)
def manage_programs() -> Response:
    """The programs in which I hold a role."""
    return page("programs/manage_programs.html", offers=queries.offers(actor()), may_create=Role.ADMIN in actor().roles)


@pages.route("/personnel/programmes/nouveau", methods=["GET", "POST"])
@audience(Role.ADMIN)
def create_program() -> Response | Answer:
    """Where a program begins, from a model."""
    form = CreateProgramForm().offer(regions=_regions(), bodies=[(one.ref, one.name) for one in partners()], models=_models())
    if form.validate_on_submit():
        with form.held():
            where, body = region(form.region.data), partner(form.body.data)
            program = actions.create_program(form.name.data, region=where, body=body, model=form.model.data, by=actor())
            return go("programs.manage_program", slug=program.slug)
    return page("programs/create_program.html", form=form)


@pages.route("/personnel/programmes/<slug>")
@audience(*STAFF)
def manage_program(slug: str) -> Response:
    """One program: the version in force, the promise and the floor, the draft, the history."""
    program = queries.program_of(actor(), slug)
    version, form = queries.version_in_force(program), StartDraftForm().offer([("", _("La dernière version")), *_models()])
    words = _in_words(version) if version else {}
    return page("programs/manage_program.html", program=program, form=form, version=version, **words, **_around(program))


@pages.route("/personnel/programmes/<slug>/territoire", methods=["GET", "POST"])
@audience(*MANAGERS)
def limit_program(slug: str) -> Response | Answer:
    """Where the program is limited to some MRC."""
    program = queries.program_of(actor(), slug, *MANAGERS)
    form = TerritoryForm(data={"mrcs": [one.slug for one in program.mrcs]}).offer([(one.slug, one.name) for one in mrcs(program.region)])
    if form.validate_on_submit():
        actions.limit_program(program, [mrc(name) for name in form.mrcs.data], by=actor())
        say(_("Le territoire est changé."))
        return go("programs.manage_program", slug=slug)
    return page("programs/limit_program.html", program=program, form=form)


@pages.route("/personnel/programmes/<slug>/coordonnees", methods=["GET", "POST"])
@audience(*MANAGERS)
def give_coordinates(slug: str) -> Response | Answer:
    """Where the team says how it is written to."""
    program = queries.program_of(actor(), slug, *MANAGERS)
    form = CoordinatesForm(obj=program)
    if form.validate_on_submit():
        more = {name: form[name].data or None for name in ("email", "phone", "website")}
        actions.give_coordinates(program, postal_address=form.postal_address.data, **more, by=actor())
        say(_("Les coordonnées sont enregistrées."))
        return go("programs.manage_program", slug=slug)
    return page("programs/give_coordinates.html", program=program, form=form)


@pages.route("/personnel/programmes/<slug>/versions/<int:number>")
@audience(*STAFF)
def show_version(slug: str, number: int) -> Response:
    """One version, published or not: what it decides, its contract, what it changes."""
    program = queries.program_of(actor(), slug)
    version = queries.version_numbered(program, number)
    return page("programs/show_version.html", program=program, version=version, **_in_words(version), **_changes(version))


@pages.route("/personnel/programmes/<slug>/versions/<int:number>/contrat")
@audience(*STAFF)
def preview_contract(slug: str, number: int) -> Response:
    """The contract of a version as it will be read, in both languages."""
    program = queries.program_of(actor(), slug)
    version = queries.version_numbered(program, number)
    both = [parts_of(version.rules, name) for name in ("fr", "en")]
    return page("programs/preview_contract.html", program=program, version=version, both=both, contract=queries.contract_of(version))


@pages.route("/personnel/programmes/<slug>/versions/<int:old>/<int:new>")
@audience(*STAFF)
def compare_versions(slug: str, old: int, new: int) -> Response:
    """What changed between two versions, in words."""
    program = queries.program_of(actor(), slug)
    before, after = queries.version_numbered(program, old), queries.version_numbered(program, new)
    return page("programs/compare_versions.html", program=program, before=before, after=after, changes=differences(before, after))


@pages.route("/personnel/programmes/<slug>/brouillon/debut", methods=["POST"])
@audience(*MANAGERS)
def start_draft(slug: str) -> Answer:
    """Start the next version."""
    program = queries.program_of(actor(), slug, *MANAGERS)
    form = StartDraftForm().offer([("", ""), *_models()])
    model = form.model.data if form.validate_on_submit() else None
    actions.draft_version(program, model=model or None, by=actor())
    return go("programs.edit_draft", slug=slug)


@pages.route("/personnel/programmes/<slug>/brouillon/rejet", methods=["POST"])
@audience(*MANAGERS)
def discard_draft(slug: str) -> Answer:
    """Throw the draft away."""
    actions.discard_draft(queries.draft_to_edit(actor(), slug), by=actor())
    say(_("Le brouillon est jeté."))
    return go("programs.manage_program", slug=slug)


@pages.route("/personnel/programmes/<slug>/publication", methods=["GET", "POST"])
@audience(*MANAGERS)
def publish_version(slug: str) -> Response | Answer:
    """Where the draft is published, after a last look at what it changes and at what the law says of it."""
    draft, form = queries.draft_to_edit(actor(), slug), PublishForm(data={"effective_on": today()})
    if form.validate_on_submit():
        with form.held():
            actions.publish_version(draft, effective_on=form.effective_on.data, by=actor())
            say(_("La version %(number)s est publiée.", number=draft.number))
            return go("programs.manage_program", slug=slug)
    return page("programs/publish_version.html", form=form, program=draft.program, draft=draft, **_before_publication(draft))


@pages.route("/personnel/programmes/<slug>/pause", methods=["GET", "POST"])
@audience(*MANAGERS)
def pause_program(slug: str) -> Response | Answer:
    """Where the program stops taking new employers."""
    program, form = queries.program_of(actor(), slug, *MANAGERS), PauseForm()
    if form.validate_on_submit():
        with form.held():
            actions.pause_program(program, reason=form.reason.data, by=actor())
            say(_("Le programme est en pause."))
            return go("programs.manage_program", slug=slug)
    return page("programs/pause_program.html", program=program, form=form)


@pages.route("/personnel/programmes/<slug>/reprise", methods=["POST"])
@audience(*MANAGERS)
def resume_program(slug: str) -> Answer:
    """Take employers again."""
    actions.resume_program(queries.program_of(actor(), slug, *MANAGERS), by=actor())
    say(_("Le programme est rouvert."))
    return go("programs.manage_program", slug=slug)


def _models() -> list[tuple[str, str]]:
    return [(name, str(load_model(name).title)) for name in model_names()]


def _regions() -> list[tuple[str, str]]:
    return [(one.code, f"{one.code} – {one.name}") for one in regions()]


def _around(program: Program) -> dict[str, Any]:
    """Give what stands around the version in force."""
    return {
        "may_edit": actor().holds(program.id, *MANAGERS),
        "versions": queries.versions_of(program),
        "draft": queries.draft_of(program),
        "pause": queries.open_pause(program),
        "history": audit.history(program),
    }


def _in_words(version: ProgramVersion) -> dict[str, Any]:
    rules = version.rules
    sides = promise_and_floor(version, version.effective_on)
    return {"facts": facts_of(version.terms, rules), "promise": sides, "criteria": criteria_of(rules)}


def _changes(version: ProgramVersion) -> dict[str, Any]:
    before = queries.version_before(version)
    return {"before": before, "changes": differences(before, version) if before else []}


def _before_publication(draft: ProgramVersion) -> dict[str, Any]:
    return {"faults": faults_of(draft.terms, draft.rules, today()), "promise": promise_and_floor(draft), **_changes(draft)}
