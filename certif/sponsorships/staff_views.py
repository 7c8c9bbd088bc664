"""What staff do with sponsorships: see them, record one, note what was paid, hand the code out, take a cover back, stop."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.contributions import APPROVERS, KEEPERS, contribution_for
from certif.kit import audit, clock
from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.languages import _, language
from certif.kit.money import Money
from certif.kit.web import absolute_url, download, go, page, say
from certif.programs import program_of, programs_of
from certif.sponsorships import actions, papers, queries
from certif.sponsorships.forms import ApplyCodeForm, ReasonForm, ReturnSeatForm, SponsorPaymentForm, SponsorshipForm
from certif.sponsorships.kinds import SponsorMethod
from certif.sponsorships.views import pages
from certif.territory import mrcs


@pages.route("/personnel/commandites")
@audience(*KEEPERS)
def list_sponsorships() -> Response:
    """The sponsorships of my programs, and how much of each is left."""
    found = queries.sponsorships_of(actor(), request.args.get("suite"))
    return page("sponsorships/list_sponsorships.html", found=found, next_url=following(found), programs=programs_of(actor(), *APPROVERS))


@pages.route("/personnel/commandites/nouvelle/<slug>", methods=["GET", "POST"])
@audience(*APPROVERS)
def record_sponsorship(slug: str) -> Response | Answer:
    """What a sponsor gives to the employers of a program."""
    program = program_of(actor(), slug, *APPROVERS)
    form = SponsorshipForm(percent=100, valid_from=clock.today(), language="fr").offer(program.mrcs or mrcs(program.region))
    if form.validate_on_submit():
        with form.held():
            sponsorship = actions.record_sponsorship(program, form.terms, by=actor())
            say(_("La commandite est inscrite. Voici son code, à remettre."))
            return go("sponsorships.show_sponsorship", ref=sponsorship.ref)
    return page("sponsorships/record_sponsorship.html", form=form, program=program)


@pages.route("/personnel/commandites/<ref>")
@audience(*KEEPERS)
def show_sponsorship(ref: str) -> Response:
    """The code to hand out, what was paid, whom it helped, and the history."""
    sponsorship = queries.sponsorship_for(actor(), ref)
    return page(
        "sponsorships/show_sponsorship.html", sponsorship=sponsorship, usage=queries.usage_of(sponsorship),
        covered=queries.covered_by(sponsorship), history=audit.history(sponsorship),
        may_approve=actor().holds(sponsorship.program_id, *APPROVERS), code_url=actions.code_url(sponsorship, language()),
        sight_url=absolute_url("sponsorships.show_uptake", sight=sponsorship.sight, language=sponsorship.language),
    )  # fmt: skip


@pages.route("/personnel/commandites/<ref>/versement", methods=["GET", "POST"])
@audience(*KEEPERS)
def note_payment(ref: str) -> Response | Answer:
    """Money has come from the sponsor."""
    sponsorship, form = queries.sponsorship_for(actor(), ref), SponsorPaymentForm()
    if form.validate_on_submit():
        with form.held():
            amount, method, day = Money.typed(form.amount.data) or Money(0), SponsorMethod(form.method.data), form.received_on.data
            actions.note_sponsor_payment(sponsorship, amount, method=method, received_on=day, reference=form.reference.data, by=actor())
            say(_("Le versement est inscrit."))
            return go("sponsorships.show_sponsorship", ref=ref)
    return page("sponsorships/note_payment.html", form=form, sponsorship=sponsorship)


@pages.route("/personnel/commandites/<ref>/arret", methods=["GET", "POST"])
@audience(*APPROVERS)
def stop_sponsorship(ref: str) -> Response | Answer:
    """Cover nobody else."""
    sponsorship, form = queries.sponsorship_for(actor(), ref, *APPROVERS), ReasonForm()
    if form.validate_on_submit():
        with form.held():
            actions.stop_sponsorship(sponsorship, form.reason.data, by=actor())
            say(_("La commandite est arrêtée. Ce qu’elle a déjà couvert demeure."))
            return go("sponsorships.show_sponsorship", ref=ref)
    return page("sponsorships/stop_sponsorship.html", form=form, sponsorship=sponsorship)


@pages.route("/personnel/commandites/prises-en-charge/<ref>/retrait", methods=["GET", "POST"])
@audience(*APPROVERS)
def return_seat(ref: str) -> Response | Answer:
    """Take a cover back, so that another employer may have it."""
    seat, form = queries.seat_for(actor(), ref), ReturnSeatForm()
    if form.validate_on_submit():
        with form.held():
            actions.return_seat(seat, form.reason.data, by=actor())
            say(_("La prise en charge est retirée, et la place rendue à la commandite."))
            return go("sponsorships.show_sponsorship", ref=seat.sponsorship.ref)
    return page("sponsorships/return_seat.html", form=form, seat=seat, contribution=seat.cover.contribution)


@pages.route("/personnel/contributions/<ref>/commandite", methods=["GET", "POST"])
@audience(*KEEPERS)
def apply_code(ref: str) -> Response | Answer:
    """Use a sponsorship in the place of an employer."""
    contribution = contribution_for(actor(), ref)
    usages = queries.open_sponsorships(contribution.program)
    form = ApplyCodeForm().offer(usages)
    if form.validate_on_submit():
        with form.held():
            actions.apply_code(contribution, form.chosen, form.reason.data, by=actor())
            say(_("La commandite prend en charge la contribution. Le reçu est en route."))
            return go("contributions.show_contribution", ref=ref)
    return page("sponsorships/apply_code.html", form=form, contribution=contribution, usages=usages)


@pages.route("/personnel/commandites/<ref>/feuille.pdf", bilingual=False)
@audience(*KEEPERS)
def download_sheet(ref: str) -> Response:
    """The sheet to print and hand out."""
    sponsorship = queries.sponsorship_for(actor(), ref)
    return download(papers.sheet_pdf(sponsorship), "application/pdf", f"commandite-{sponsorship.shown_code}.pdf")


@pages.route("/personnel/commandites/<ref>/code-<any(fr, en):spoken>.svg", bilingual=False)
@audience(*KEEPERS)
def draw_code(ref: str, spoken: str) -> Response:
    """The QR of the code."""
    return Response(papers.qr_picture(queries.sponsorship_for(actor(), ref), spoken), mimetype="image/svg+xml")
