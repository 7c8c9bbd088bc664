"""Staff bring a file in: the model to fill in, the file, what it would do, the lines to correct, and a way back."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.certification import file_of
from certif.employers import invite_to_take_over
from certif.imports import actions, papers, past, queries
from certif.imports.forms import UploadForm
from certif.imports.kinds import kind_of
from certif.imports.model import Kind
from certif.imports.queries import KEEPERS, intake_of
from certif.imports.sheets import MOST_BYTES
from certif.imports.views import pages
from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _, language
from certif.kit.limits import limiter
from certif.kit.sheets import CSV, XLSX
from certif.kit.web import download, go, page, say
from certif.programs import program_of, programs_of


@pages.route("/personnel/importations")
@audience(*KEEPERS)
def list_intakes() -> Response:
    """The files brought into my programs."""
    found = queries.intakes_of(actor(), request.args.get("suite"))
    return page("imports/list_intakes.html", found=found, next_url=following(found))


@pages.url_value_preprocessor
def let_files_weigh(endpoint: str | None, _values: object) -> None:
    """Let a file of rows weigh more than what others send: said before anything of the request is read."""
    if endpoint == "imports.upload_file":
        request.max_content_length = MOST_BYTES + 1024 * 1024


@pages.route("/personnel/importations/nouvelle", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(*KEEPERS)
def upload_file() -> Response | Answer:
    """Send a file of rows; it is looked at before anything is written."""
    form = UploadForm(data={"kind": _kind()} if request.args.get("genre") else None).offer(
        [(one.slug, one.name) for one in programs_of(actor(), *KEEPERS)]
    )
    if form.validate_on_submit():
        with form.held():
            program = program_of(actor(), form.program.data, *KEEPERS)
            intake = actions.upload_file(program, form.kind.data, form.file_name, form.content, by=actor())
            return go("imports.show_intake", ref=intake.ref)
    return page("imports/upload_file.html", form=form, explained=papers.explained())


@pages.route("/personnel/importations/modele.csv")
@audience(*KEEPERS)
def download_model() -> Response:
    """The model to fill in, as CSV."""
    kind = _kind()
    return download(papers.model_csv(kind, language()), CSV, papers.model_name(kind, "csv"))


@pages.route("/personnel/importations/modele.xlsx")
@audience(*KEEPERS)
def download_workbook() -> Response:
    """The model to fill in, as a workbook whose second sheet explains the columns."""
    kind = _kind()
    return download(papers.model_xlsx(kind, language()), XLSX, papers.model_name(kind, "xlsx"))


@pages.route("/personnel/importations/<ref>")
@audience(*KEEPERS)
def show_intake(ref: str) -> Response:
    """What a file would do, or what it did."""
    intake = intake_of(actor(), ref)
    return page("imports/show_intake.html", intake=intake, form=Form(), **papers.seen_of(intake))


@pages.route("/personnel/importations/<ref>/lignes.csv")
@audience(*KEEPERS)
def download_faults(ref: str) -> Response:
    """The lines to correct, as they were, with what is wrong in each."""
    intake = intake_of(actor(), ref)
    return download(papers.faults_csv(intake), CSV, papers.faults_name(intake))


@pages.route("/personnel/importations/<ref>/confirmation", methods=["POST"])
@audience(*KEEPERS)
def confirm_intake(ref: str) -> Answer:
    """Agree: the new lines are brought in."""
    actions.confirm_intake(intake_of(actor(), ref), by=actor())
    say(_("L’importation est confirmée. Les lignes sont ajoutées peu à peu."))
    return go("imports.show_intake", ref=ref)


@pages.route("/personnel/importations/<ref>/annulation", methods=["GET", "POST"])
@audience(*KEEPERS)
def undo_intake(ref: str) -> Response | Answer:
    """Take back what a file brought."""
    intake, form = intake_of(actor(), ref), Form()
    if form.validate_on_submit():
        with form.held():
            actions.undo_intake(intake, by=actor())
            say(_("L’annulation est en cours. Ce à quoi il s’est passé quelque chose est gardé."))
            return go("imports.show_intake", ref=ref)
    return page("imports/undo_intake.html", form=form, intake=intake, **papers.undoing(intake))


@pages.route("/personnel/importations/<ref>/reprises", methods=["POST"])
@audience(*KEEPERS)
def invite_contacts(ref: str) -> Answer:
    """Write to the contacts of employers certified before, so that they take their files over."""
    past.invite_contacts(intake_of(actor(), ref), by=actor())
    say(_("Les courriels partent peu à peu."))
    return go("imports.show_intake", ref=ref)


@pages.route("/personnel/dossiers/<ref>/reprise", methods=["POST"])
@audience(*KEEPERS)
def invite_contact(ref: str) -> Answer:
    """Write to the contact of one file that nobody has taken over."""
    certification = file_of(actor(), ref)
    invite_to_take_over(certification.employer, by=actor())
    say(_("Le courriel est en route vers %(email)s.", email=certification.employer.contact_email))
    return go("certification.show_file", ref=ref)


def _kind() -> str:
    """Give the kind of file that was asked: prospects by default."""
    asked = request.args.get("genre", "")
    return asked if asked == Kind.CERTIFIED or kind_of(asked) is not None else Kind.PROSPECTS
