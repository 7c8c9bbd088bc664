"""Staff compose bulletins, see them as they will be read, make them leave, and look after the addresses."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.bulletins import actions, queries, subscribing
from certif.bulletins.forms import BLOCK_FORMS, BulletinForm, DraftBulletinForm, RefusedAddressesForm, WithdrawBulletinForm
from certif.bulletins.model import BLOCK_KINDS, BlockKind
from certif.bulletins.parts import parts_of
from certif.bulletins.sending import seen_letters
from certif.bulletins.views import pages
from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _, _n, language
from certif.kit.web import go, page, say
from certif.mailings import FOUR_EYES_ABOVE, SENDERS
from certif.programs import program_of, programs_of

_KINDS = {
    "texte": BlockKind.TEXT,
    "outil": BlockKind.TOOL,
    "histoire": BlockKind.STORY,
    "temoignage": BlockKind.TESTIMONIAL,
    "laureats": BlockKind.LAUREATES,
    "date": BlockKind.DATE,
}


@pages.route("/personnel/bulletins")
@audience(*SENDERS)
def list_bulletins() -> Response:
    """The bulletins of my programs."""
    found = queries.bulletins_of(actor(), request.args.get("suite"))
    return page("bulletins/list_bulletins.html", found=found, next_url=following(found), is_open=actions.is_open)


@pages.route("/personnel/bulletins/nouveau", methods=["GET", "POST"])
@audience(*SENDERS)
def draft_bulletin() -> Response | Answer:
    """Begin a bulletin."""
    form = DraftBulletinForm().offer(_programs())
    if form.validate_on_submit():
        with form.held():
            program = program_of(actor(), form.program.data, *SENDERS)
            bulletin = actions.draft_bulletin(program, form.title, form.lead, by=actor())
            return go("bulletins.show_bulletin", ref=bulletin.ref)
    return page("bulletins/draft_bulletin.html", form=form)


@pages.route("/personnel/bulletins/<ref>")
@audience(*SENDERS)
def show_bulletin(ref: str) -> Response:
    """A bulletin: its blocks, the letter in both languages, how many receive it."""
    bulletin = queries.bulletin_of(actor(), ref)
    return page(
        "bulletins/show_bulletin.html", bulletin=bulletin, is_open=actions.is_open(bulletin), reach=queries.reach_of(bulletin.program),
        letters=seen_letters(bulletin), kinds=[(path, BLOCK_KINDS[kind]) for path, kind in _KINDS.items()], bound=FOUR_EYES_ABOVE,
        form=Form(),
    )  # fmt: skip


@pages.route("/personnel/bulletins/<ref>/modification", methods=["GET", "POST"])
@audience(*SENDERS)
def edit_bulletin(ref: str) -> Response | Answer:
    """The title and the first words."""
    bulletin = queries.bulletin_of(actor(), ref)
    form = BulletinForm(**{name: getattr(bulletin, name) for name in ("title_fr", "lead_fr", "title_en", "lead_en")})
    if form.validate_on_submit():
        with form.held():
            actions.edit_bulletin(bulletin, form.title, form.lead, by=actor())
            return go("bulletins.show_bulletin", ref=ref)
    return page("bulletins/edit_bulletin.html", form=form, bulletin=bulletin)


@pages.route("/personnel/bulletins/<ref>/blocs/nouveau/<kind>", methods=["GET", "POST"])
@audience(*SENDERS)
def add_block(ref: str, kind: str) -> Response | Answer:
    """One more block."""
    bulletin, chosen = queries.bulletin_of(actor(), ref), _kind(kind)
    form = BLOCK_FORMS[chosen]().offer(bulletin)
    if form.validate_on_submit():
        with form.held():
            actions.add_block(bulletin, chosen, form.terms, by=actor())
            return go("bulletins.show_bulletin", ref=ref)
    return page("bulletins/add_block.html", form=form, bulletin=bulletin, label=chosen.label)


@pages.route("/personnel/bulletins/<ref>/blocs/<block>", methods=["GET", "POST"])
@audience(*SENDERS)
def edit_block(ref: str, block: str) -> Response | Answer:
    """One block."""
    bulletin = queries.bulletin_of(actor(), ref)
    found = queries.block_in(bulletin, block)
    form = BLOCK_FORMS[BlockKind(found.kind)]().offer(bulletin).show(found)
    if form.validate_on_submit():
        with form.held():
            actions.edit_block(found, form.terms, by=actor())
            return go("bulletins.show_bulletin", ref=ref)
    return page("bulletins/edit_block.html", form=form, bulletin=bulletin, block=found)


@pages.route("/personnel/bulletins/<ref>/blocs/<block>/place", methods=["POST"])
@audience(*SENDERS)
def move_block(ref: str, block: str) -> Answer:
    """Up, or down."""
    found = queries.block_in(queries.bulletin_of(actor(), ref), block)
    actions.move_block(found, is_up=request.form.get("vers") == "haut", by=actor())
    return go("bulletins.show_bulletin", ref=ref)


@pages.route("/personnel/bulletins/<ref>/blocs/<block>/retrait", methods=["POST"])
@audience(*SENDERS)
def drop_block(ref: str, block: str) -> Answer:
    """Out."""
    actions.drop_block(queries.block_in(queries.bulletin_of(actor(), ref), block), by=actor())
    return go("bulletins.show_bulletin", ref=ref)


@pages.route("/personnel/bulletins/<ref>/apercu")
@audience(*SENDERS)
def preview_bulletin(ref: str) -> Response:
    """The page as anyone will read it."""
    bulletin = queries.bulletin_of(actor(), ref)
    return page("bulletins/preview_bulletin.html", bulletin=bulletin, parts=parts_of(bulletin, language()))


@pages.route("/personnel/bulletins/<ref>/envoi", methods=["POST"])
@audience(*SENDERS)
def prepare_bulletin(ref: str) -> Answer:
    """Make it ready to leave; it is confirmed where every mailing is."""
    mailing = actions.prepare_bulletin(queries.bulletin_of(actor(), ref), by=actor())
    say(_("L’envoi est prêt : relisez, puis confirmez. Rien n’est encore parti."))
    return go("mailings.show_mailing", ref=mailing.ref)


@pages.route("/personnel/bulletins/<ref>/retrait", methods=["GET", "POST"])
@audience(*SENDERS)
def withdraw_bulletin(ref: str) -> Response | Answer:
    """Where a bulletin leaves the public archive."""
    bulletin, form = queries.bulletin_of(actor(), ref), WithdrawBulletinForm()
    if form.validate_on_submit():
        with form.held():
            actions.withdraw_bulletin(bulletin, form.reason.data, by=actor())
            say(_("Le bulletin est retiré des archives."))
            return go("bulletins.show_bulletin", ref=ref)
    return page("bulletins/withdraw_bulletin.html", form=form, bulletin=bulletin)


@pages.route("/personnel/bulletins/abonnements", methods=["GET", "POST"])
@audience(*SENDERS)
def show_subscribers() -> Response | Answer:
    """How many receive the bulletins of my programs; and where addresses that refuse letters are taken out."""
    form = RefusedAddressesForm().offer(_programs())
    if form.validate_on_submit():
        with form.held():
            program = program_of(actor(), form.program.data, *SENDERS)
            count = subscribing.suppress_addresses(program, form.found, by=actor())
            say(
                _n("%(num)s adresse retirée.", "%(num)s adresses retirées.", count) if count else _("Aucune de ces adresses n’est abonnée.")
            )
            return go("bulletins.show_subscribers")
    reaches = [(one, queries.reach_of(one)) for one in programs_of(actor(), *SENDERS)]
    return page("bulletins/show_subscribers.html", form=form, reaches=reaches)


def _programs() -> list[tuple[str, str]]:
    return [(one.slug, one.name) for one in programs_of(actor(), *SENDERS)]


def _kind(path: str) -> BlockKind:
    if path not in _KINDS:
        raise NotFound
    return _KINDS[path]
