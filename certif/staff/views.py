"""The pages of staff that compose several rooms: what awaits me, every file, the registers."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.certification import file_of
from certif.kit.access import STAFF, actor, audience
from certif.kit.clock import today
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import Pages, download, go, page, question, say
from certif.library import coming_soon
from certif.milestones import count_overdue
from certif.programs import programs_of
from certif.staff import actions
from certif.staff.exports import contributions_csv, journal_csv
from certif.staff.forms import ContributionFilterForm, FileFilterForm, JournalFilterForm, LetterFilterForm
from certif.staff.nav_views import StaffNav, first_steps, sheet
from certif.staff.queries import FileFilter, files_of, has_any_file, next_ref, queue_of, waiting_for
from certif.staff.registers import (
    READERS,
    JournalFilter,
    contributions_listed,
    every_contribution,
    journal_of,
    letter_of,
    letters_of,
    totals_of,
    whole_journal_of,
)
from certif.standing import count_level_requests, count_reviews
from certif.territory import mrc_choices

pages = Pages("staff", __name__)
pages.app_context_processor(lambda: {"staff_nav": StaffNav()})

KINDS = ("validation", "declined", "contributions")


@pages.route("/personnel")
@audience(*STAFF)
def queue() -> Response:
    """What awaits me, the oldest first."""
    kind = request.args.get("attente", "")
    kind = kind if kind in KINDS else KINDS[0]
    form, asked = _file_filter()
    found = queue_of(actor(), kind, asked, request.args.get("suite"))
    steps = [] if found.rows or has_any_file(actor()) else first_steps(actor())
    return page(
        "staff/queue.html", form=form, kind=kind, found=found, next_url=following(found), waiting=waiting_for(actor()), steps=steps,
        may_remind=_may_remind(), overdue=count_overdue(actor()), reviews=count_reviews(actor()),
        levels=count_level_requests(actor()), beats=coming_soon()[:3],
    )  # fmt: skip


@pages.route("/personnel/suivant")
@audience(*STAFF)
def next_file() -> Answer:
    """The file that awaits me after the one named by `after`; the first of the queue where none is named."""
    after = request.args.get("after")
    found = next_ref(actor(), file_of(actor(), after) if after else None)
    if found is None:
        say(_("Aucun autre dossier ne vous attend."))
        return go("staff.queue")
    return go("certification.show_file", ref=found)


@pages.route("/personnel/employeurs")
@audience(*STAFF)
def list_files() -> Response:
    """Every file I may see, at every stage."""
    form, asked = _file_filter()
    found = files_of(actor(), asked, request.args.get("suite"))
    return page("staff/list_files.html", form=form, found=found, next_url=following(found), may_remind=_may_remind())


@pages.route("/personnel/employeurs/contrats.zip", methods=["POST"], bilingual=False)
@audience(*STAFF)
def take_contracts() -> Response:
    """The signed contracts of the files that the list shows, as filtered."""
    _form, asked = _file_filter()
    return download(actions.take_contracts(asked, by=actor()), "application/zip", f"contrats-signes-{today()}.zip")


@pages.route("/personnel/journal")
@audience(*READERS)
def show_journal() -> Response:
    """What happened in my programs, in sentences."""
    form = JournalFilterForm()
    found = journal_of(actor(), _journal_filter(form), request.args.get("suite"))
    return page("staff/show_journal.html", form=form, found=found, next_url=following(found), question=question())


@pages.route("/personnel/journal.csv", bilingual=False)
@audience(*READERS)
def export_journal() -> Response:
    """The same, to be taken away."""
    return sheet(journal_csv(whole_journal_of(actor(), _journal_filter(JournalFilterForm()))), f"journal-{today()}.csv")


@pages.route("/personnel/lettres")
@audience(*READERS)
def show_letters() -> Response:
    """What was written to people, what left, and what their post office refused."""
    form = LetterFilterForm()
    found = letters_of(actor(), form.asked("text") or "", form.asked("state"), request.args.get("suite"))
    return page("staff/show_letters.html", form=form, found=found, next_url=following(found))


@pages.route("/personnel/lettres/<ref>", methods=["GET", "POST"])
@audience(*READERS)
def show_letter(ref: str) -> Response | Answer:
    """One letter, and the button that sends it again."""
    letter, form = letter_of(actor(), ref), Form()
    if form.validate_on_submit():
        with form.held():
            actions.resend_letter(letter, by=actor())
            say(_("Le courriel repart vers %(address)s.", address=letter.to_address))
            return go("staff.show_letters")
    return page("staff/show_letter.html", form=form, letter=letter)


@pages.route("/personnel/contributions")
@audience(*READERS)
def show_contributions() -> Response:
    """What is due, received, waived and given back in my programs."""
    form, asked = _contribution_filter()
    found, totals = contributions_listed(actor(), *asked, request.args.get("suite")), totals_of(actor(), *asked)
    return page("staff/show_contributions.html", form=form, found=found, totals=totals, next_url=following(found), question=question())


@pages.route("/personnel/contributions.csv", bilingual=False)
@audience(*READERS)
def export_contributions() -> Response:
    """The same, to be taken away."""
    _form, asked = _contribution_filter()
    return sheet(contributions_csv(every_contribution(actor(), *asked)), f"contributions-{today()}.csv")


def _may_remind() -> bool:
    """Whether this person may write to those who are awaited."""
    return bool(actor().roles & set(READERS))


def _file_filter() -> tuple[FileFilterForm, FileFilter]:
    form, mine = FileFilterForm(), programs_of(actor())
    form.offer([(program.slug, program.name) for program in mine], mrc_choices(inside={program.region.code for program in mine}))
    return form, FileFilter(form.asked("text") or "", form.asked_stage(), form.asked("program"), form.asked("mrc"))


def _journal_filter(form: JournalFilterForm) -> JournalFilter:
    return JournalFilter(form.asked("text") or "", form.asked("event"), form.asked("since"), form.asked("until"))


def _contribution_filter() -> tuple[ContributionFilterForm, tuple[str, str | None, str | None]]:
    form = ContributionFilterForm()
    form.offer([(program.slug, program.name) for program in programs_of(actor(), *READERS)])
    return form, (form.asked("text") or "", form.asked("state"), form.asked("program"))
