"""The pages where staff order kits for many employers at once, follow how far they have come, and fetch them."""

from __future__ import annotations

from flask import Response, request, send_file
from werkzeug import Response as Answer

from certif.kit.access import actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.programs import programs_of
from certif.visibility import actions
from certif.visibility.forms import OrderKitsForm
from certif.visibility.orders import KIT_MAKERS, order_of, orders_of, part_to_fetch, progress_of
from certif.visibility.views import pages


@pages.route("/personnel/trousses")
@audience(*KIT_MAKERS)
def list_orders() -> Response:
    """The orders of kits of my programs, the newest first."""
    orders, after = orders_of(actor(), request.args.get("suite"))
    return page("visibility/list_orders.html", orders=orders, after=after)


@pages.route("/personnel/trousses/commande", methods=["GET", "POST"])
@audience(*KIT_MAKERS)
def order_kits() -> Response | Answer:
    """Order the kits of a program."""
    form, offered = OrderKitsForm(), programs_of(actor(), *KIT_MAKERS)
    form.offer(offered)
    if form.validate_on_submit():
        with form.held():
            order = actions.order_kits(form.chosen(offered), only_new=form.scope.data == "new", by=actor())
            say(_("La commande est en route. Cette page dit où elle en est."))
            return go("visibility.show_order", ref=order.ref)
    return page("visibility/order_kits.html", form=form)


@pages.route("/personnel/trousses/commandes/<ref>")
@audience(*KIT_MAKERS)
def show_order(ref: str) -> Response:
    """How far an order has come, and its files."""
    order = order_of(actor(), ref)
    return page("visibility/show_order.html", order=order, progress=progress_of(order))


@pages.route("/personnel/trousses/commandes/<ref>/reprise", methods=["POST"])
@audience(*KIT_MAKERS)
def resume_order(ref: str) -> Answer:
    """Make what is missing of an order."""
    actions.resume_order(order_of(actor(), ref), by=actor())
    say(_("La commande reprend là où elle s’était arrêtée."))
    return go("visibility.show_order", ref=ref)


@pages.route("/personnel/trousses/commandes/<ref>/<int:number>.zip", bilingual=False)
@audience(*KIT_MAKERS)
def download_part(ref: str, number: int) -> Response:
    """One file of an order, read from the disk as it leaves."""
    path = part_to_fetch(order_of(actor(), ref), number)
    return send_file(path, mimetype="application/zip", as_attachment=True, download_name=path.name)
