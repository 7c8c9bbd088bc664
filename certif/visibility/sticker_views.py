"""The pages of printed stickers: lots, sheets to print, who holds them, where they hang, and what is to be replaced."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.accounts import staff_of
from certif.certification import file_of, verifications_of
from certif.kit.access import actor, audience
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import go, page, say
from certif.programs import programs_of
from certif.visibility import sticker_actions, stock
from certif.visibility.lots import sheets_of
from certif.visibility.orders import KIT_MAKERS
from certif.visibility.sheets import PAPERS
from certif.visibility.sticker_forms import AssignStickerForm, HandOverForm, PrintLotForm, RetireStickerForm
from certif.visibility.views import as_file, pages


@pages.route("/personnel/vignettes")
@audience(*KIT_MAKERS)
def list_lots() -> Response:
    """The lots of my programs, who holds what, and what hangs and no longer says what is true."""
    lots, after = stock.lots_of(actor(), request.args.get("suite"))
    return page("visibility/list_lots.html", lots=lots, after=after, holders=stock.stock_of(actor()), stale=stock.to_replace(actor()))


@pages.route("/personnel/vignettes/recherche")
@audience(*KIT_MAKERS)
def find_sticker() -> Answer:
    """From what is printed on a sticker to its page."""
    found = stock.find_sticker(actor(), request.args.get("numero", ""))
    if found is None:
        say(_("Aucune vignette de vos programmes ne porte ce numéro."))
        return go("visibility.list_lots")
    return go("visibility.show_sticker", serial=found.ref)


@pages.route("/personnel/vignettes/impression", methods=["GET", "POST"])
@audience(*KIT_MAKERS)
def print_lot() -> Response | Answer:
    """Print a lot: how many, for which program."""
    form, offered = PrintLotForm(), programs_of(actor(), *KIT_MAKERS)
    form.offer(offered)
    if form.validate_on_submit():
        with form.held():
            lot = sticker_actions.print_lot(form.chosen(offered), look=form.look.data, quantity=form.quantity.data, by=actor())
            return go("visibility.show_lot", ref=lot.ref)
    return page("visibility/print_lot.html", form=form)


@pages.route("/personnel/vignettes/lots/<ref>")
@audience(*KIT_MAKERS)
def show_lot(ref: str) -> Response:
    """One lot: its sheets, and each of its stickers."""
    lot = stock.lot_of(actor(), ref)
    return page("visibility/show_lot.html", lot=lot, stickers=stock.stickers_of(lot), scanned=stock.last_scans(lot))


@pages.route("/personnel/vignettes/lots/<ref>/feuilles-<paper>.pdf", bilingual=False)
@limiter.limit("30 per minute")
@audience(*KIT_MAKERS)
def download_lot(ref: str, paper: str) -> Response:
    """The sheets of a lot, for the printer."""
    lot = stock.lot_of(actor(), ref)
    if paper not in PAPERS:
        raise NotFound
    return as_file(sheets_of(lot, paper), "application/pdf", f"vignettes-lot-{lot.number:04d}-{paper}.pdf")


@pages.route("/personnel/vignettes/lots/<ref>/remise", methods=["GET", "POST"])
@audience(*KIT_MAKERS)
def hand_over(ref: str) -> Response | Answer:
    """Hand stickers to someone of the team."""
    lot = stock.lot_of(actor(), ref)
    team, form = staff_of(lot.program, KIT_MAKERS), HandOverForm(first=1, last=lot.quantity)
    form.offer(team)
    if form.validate_on_submit():
        with form.held():
            sticker_actions.hand_over(lot, form.chosen(team), first=form.first.data, last=form.last.data, by=actor())
            say(_("La remise est notée."))
            return go("visibility.show_lot", ref=ref)
    return page("visibility/hand_over.html", form=form, lot=lot)


@pages.route("/personnel/vignettes/<serial>")
@audience(*KIT_MAKERS)
def show_sticker(serial: str) -> Response:
    """One sticker: who holds it, where it hangs, when it was scanned."""
    sticker = stock.sticker_of(actor(), serial)
    return page("visibility/show_sticker.html", sticker=sticker, scans=stock.scans_of(sticker))


@pages.route("/personnel/vignettes/<serial>/retrait", methods=["GET", "POST"])
@audience(*KIT_MAKERS)
def retire_sticker(serial: str) -> Response | Answer:
    """Retire a sticker, or replace it by another."""
    sticker, form = stock.sticker_of(actor(), serial), RetireStickerForm()
    if form.validate_on_submit():
        replacement = stock.find_sticker(actor(), form.replacement.data) if form.replacement.data else None
        if form.must_exist(replacement):
            with form.held():
                sticker_actions.retire_sticker(sticker, form.reason.data, replacement=replacement, by=actor())
                return go("visibility.show_sticker", serial=serial)
    return page("visibility/retire_sticker.html", form=form, sticker=sticker)


@pages.route("/personnel/dossiers/<ref>/vignette", methods=["GET", "POST"])
@audience(*KIT_MAKERS)
def assign_sticker(ref: str) -> Response | Answer:
    """From a file: say which sticker hangs at which of its establishments."""
    certification, form = file_of(actor(), ref), AssignStickerForm(number=request.args.get("numero"))
    codes = verifications_of(certification)
    form.offer(codes)
    if form.validate_on_submit():
        sticker = stock.find_sticker(actor(), form.number.data)
        if form.must_exist(sticker):
            with form.held():
                sticker_actions.assign_sticker(sticker, form.chosen(codes), form.hangs_at.data, by=actor())
                return go("visibility.show_sticker", serial=sticker.ref)
    return page("visibility/assign_sticker.html", form=form, certification=certification)
