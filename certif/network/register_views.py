"""The register of staff: its bodies, whom to reach, what each gave, and the sheets to take away."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.languages import _
from certif.kit.sheets import CSV, XLSX, csv_sheet, xlsx_workbook
from certif.kit.web import download, go, page, say
from certif.network import actions, papers, queries
from certif.network.forms import BodyFilterForm, BodyForm, CategoryForm, ContactForm, PeriodForm, ProvisionForm
from certif.network.model import NetworkBody
from certif.network.queries import WORKERS, body_of
from certif.network.views import pages
from certif.programs import program_of, programs_of


@pages.route("/personnel/reseau")
@audience(*WORKERS)
def list_bodies() -> Response:
    """The bodies of my programs."""
    programs = programs_of(actor(), *WORKERS)
    mrcs = [mrc for _program, found in queries.territories_of(actor()) for mrc in found]
    form = BodyFilterForm().offer(mrcs, queries.categories_seen(actor()))
    found = queries.bodies_of(actor(), form.wanted, request.args.get("suite"))
    return page("network/list_bodies.html", found=found, next_url=following(found), form=form, programs=programs)


@pages.route("/personnel/reseau/nouveau/<slug>", methods=["GET", "POST"])
@audience(*WORKERS)
def note_body(slug: str) -> Response | Answer:
    """A body that joins the register."""
    program = program_of(actor(), slug, *WORKERS)
    form = BodyForm().offer(queries.mrcs_of(program), queries.categories_of(program), queries.partners_of(program))
    if form.validate_on_submit():
        with form.held():
            body = actions.note_body(program, form.terms, by=actor())
            say(_("L’organisme est au registre. Inscrivez maintenant qui joindre."))
            return go("network.show_body", ref=body.ref)
    return page("network/note_body.html", form=form, program=program)


@pages.route("/personnel/reseau/organismes/<ref>")
@audience(*WORKERS)
def show_body(ref: str) -> Response:
    """One body: where it works, whom to reach, where it sits, what it gave."""
    body = body_of(actor(), ref)
    return page(
        "network/show_body.html", body=body, places=queries.places_of(body), contacts=queries.contacts_of(body),
        seats=queries.seats_of_body(body), provisions=queries.provisions_of(body),
    )  # fmt: skip


@pages.route("/personnel/reseau/organismes/<ref>/modification", methods=["GET", "POST"])
@audience(*WORKERS)
def edit_body(ref: str) -> Response | Answer:
    """What it is, said anew."""
    body = body_of(actor(), ref)
    form = BodyForm(data=_as_typed(body)).offer(
        queries.mrcs_of(body.program), queries.categories_of(body.program), queries.partners_of(body.program)
    )
    if form.validate_on_submit():
        with form.held():
            actions.edit_body(body, form.terms, by=actor())
            say(_("La fiche est à jour."))
            return go("network.show_body", ref=ref)
    return page("network/edit_body.html", form=form, body=body)


@pages.route("/personnel/reseau/organismes/<ref>/archivage", methods=["POST"])
@audience(*WORKERS)
def archive_body(ref: str) -> Answer:
    """It is no longer of the network."""
    actions.archive_body(body_of(actor(), ref), by=actor())
    say(_("L’organisme est archivé. Ses apports et ses sièges restent."))
    return go("network.list_bodies")


@pages.route("/personnel/reseau/organismes/<ref>/personnes/nouvelle", methods=["GET", "POST"])
@audience(*WORKERS)
def note_contact(ref: str) -> Response | Answer:
    """Whom to reach."""
    body, form = body_of(actor(), ref), ContactForm()
    if form.validate_on_submit():
        with form.held():
            actions.note_contact(body, form.terms, by=actor())
            say(_("La personne est inscrite."))
            return go("network.show_body", ref=ref)
    return page("network/note_contact.html", form=form, body=body)


@pages.route("/personnel/reseau/organismes/<ref>/personnes/<contact>/retrait", methods=["POST"])
@audience(*WORKERS)
def end_contact(ref: str, contact: str) -> Answer:
    """They are no longer the one to reach."""
    actions.end_contact(queries.contact_in(body_of(actor(), ref), contact), by=actor())
    say(_("Cette personne n’est plus à joindre. Son nom sera effacé dans un an."))
    return go("network.show_body", ref=ref)


@pages.route("/personnel/reseau/organismes/<ref>/apports/nouveau", methods=["GET", "POST"])
@audience(*WORKERS)
def note_provision(ref: str) -> Response | Answer:
    """What it gave."""
    body, form = body_of(actor(), ref), ProvisionForm()
    if form.validate_on_submit():
        with form.held():
            actions.note_provision(body, form.terms, by=actor())
            say(_("L’apport est noté."))
            return go("network.show_body", ref=ref)
    return page("network/note_provision.html", form=form, body=body)


@pages.route("/personnel/reseau/organismes/<ref>/apports/<provision>/rature", methods=["POST"])
@audience(*WORKERS)
def strike_provision(ref: str, provision: str) -> Answer:
    """It was noted by mistake."""
    actions.strike_provision(queries.provision_in(body_of(actor(), ref), provision), by=actor())
    say(_("L’apport est rayé : il ne compte plus."))
    return go("network.show_body", ref=ref)


@pages.route("/personnel/reseau/categories/<slug>", methods=["GET", "POST"])
@audience(*WORKERS)
def add_category(slug: str) -> Response | Answer:
    """The categories of members of a program, and another."""
    program, form = program_of(actor(), slug, *WORKERS), CategoryForm()
    if form.validate_on_submit():
        with form.held():
            actions.add_category(program, form.name.data, by=actor())
            say(_("La catégorie est ajoutée."))
            return go("network.add_category", slug=slug)
    return page("network/add_category.html", form=form, program=program, categories=queries.categories_of(program))


@pages.route("/personnel/reseau/apports/<slug>")
@audience(*WORKERS)
def show_provisions(slug: str) -> Response:
    """What each body gave in a period."""
    program, form = program_of(actor(), slug, *WORKERS), PeriodForm()
    first, last = form.period
    given = queries.given_between(program, first, last)
    return page("network/show_provisions.html", program=program, form=form, given=given, first=first, last=last)


@pages.route("/personnel/reseau/apports/<slug>/apports.xlsx", bilingual=False)
@audience(*WORKERS)
def download_provisions(slug: str) -> Response:
    """The same, as a sheet."""
    program = program_of(actor(), slug, *WORKERS)
    first, last = PeriodForm().period
    return download(xlsx_workbook(papers.given_table(queries.given_between(program, first, last), first, last)), XLSX, "apports.xlsx")


@pages.route("/personnel/reseau/registre/<slug>/registre.<any(csv, xlsx):form>", bilingual=False)
@audience(*WORKERS)
def download_register(slug: str, form: str) -> Response:
    """The register of a program, as a sheet."""
    name, heads, rows = papers.register_table(program_of(actor(), slug, *WORKERS))
    if form == "csv":
        return download(csv_sheet(heads, rows), CSV, "registre.csv")
    return download(xlsx_workbook((name, heads, rows)), XLSX, "registre.xlsx")


@pages.route("/personnel/cartographie")
@audience(*STAFF)
def show_map() -> Response:
    """Who works in each MRC, and who sits where; for a partner, in those that it serves."""
    seen = queries.territories_of(actor())
    asked = request.args.get("mrc", "")
    shown = [queries.place_shown(program, mrc) for program, mrcs in seen for mrc in mrcs if mrc.slug == asked]
    rows = [(program, mrcs, queries.counts_by_mrc(program)) for program, mrcs in seen]
    return page("network/show_map.html", rows=rows, shown=shown, asked=asked)


def _as_typed(body: NetworkBody) -> dict[str, object]:
    return {
        "name": body.name, "kind": body.kind, "goal": body.goal, "website": body.website,
        "category": body.category.ref if body.category else "", "partner": body.partner.ref if body.partner else "",
        "mrcs": [place.mrc.slug for place in queries.places_of(body) if place.until_on is None],
    }  # fmt: skip
