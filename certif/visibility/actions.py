"""What can happen to the visibility kit: an employer gives its logo, or takes it back; staff order kits for many employers at once."""

from __future__ import annotations

from certif.badges import redrawn
from certif.employers import Employer, is_member
from certif.kit import audit, clock, sent_files
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.programs import Program
from certif.visibility import batches
from certif.visibility.kits import last_logo, logo_of
from certif.visibility.model import EmployerLogo, KitOrder, OrderedKit
from certif.visibility.orders import KIT_MAKERS, certified_in, withdrawn_parts

MOST_KITS = 2000
"""How many kits are typeset at most for one order: some four minutes of work."""

audit.declare("logo_given", _l("%(by)s a donné le logo de l’organisation."), "digest")
audit.declare("kits_ordered", _l("%(by)s a commandé des trousses de visibilité (%(count)s)."), "count")
audit.declare("kits_resumed", _l("%(by)s a relancé une commande de trousses, à la partie %(part)s."), "part")
audit.declare("logo_removed", _l("%(by)s a retiré le logo de l’organisation."))


def give_logo(employer: Employer, content: bytes, *, by: Actor) -> EmployerLogo:
    """Give an employer its logo; it stands on its sheets from now on. The very same picture given again changes nothing.

    Takes: `content`, a picture as it was sent.
    Refuses: someone who does not act for this employer; what `redrawn` refuses.
    """
    _let_in(employer, by)
    picture = redrawn(content)
    lock(employer)
    current = logo_of(employer)
    digest = sent_files.keep(picture, "image/png")
    if current is not None and current.digest == digest:
        return current
    given = _next(employer, digest, by)
    audit.record("logo_given", employer, by=by, digest=digest)
    return given


def remove_logo(employer: Employer, *, by: Actor) -> None:
    """Take the logo of an employer back; without one, nothing happens.

    Refuses: someone who does not act for this employer.
    """
    _let_in(employer, by)
    lock(employer)
    if logo_of(employer) is not None:
        _next(employer, None, by)
        audit.record("logo_removed", employer, by=by)


def order_kits(program: Program, *, only_new: bool, by: Actor) -> KitOrder:
    """Order the kits of the certified establishments of a program; a job typesets them, part by part.

    Takes: `only_new`, leave out the establishments whose kit was ordered before.
    Refuses: someone who has no part in the program; when there is nothing to typeset; more than `MOST_KITS` at once.
    """
    if not by.holds(program.id, *KIT_MAKERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de commander des trousses."))
    found = certified_in(program, only_new=only_new)
    if not found:
        raise Refusal(_("Aucun établissement certifié n’attend de trousse dans ce programme."))
    if len(found) > MOST_KITS:
        raise Refusal(_("C’est trop d’un coup : %(count)s trousses. Commandez seulement les nouvelles.", count=len(found)))
    parts = -(-len(found) // batches.PER_PART)
    order = KitOrder(program=program, parts=parts, ordered_at=clock.now(), ordered_by=by.ref, ordered_by_name=by.name)
    db.session.add(order)
    db.session.flush()
    db.session.add_all(
        OrderedKit(order_id=order.id, verification_id=one, part=place // batches.PER_PART + 1) for place, one in enumerate(found)
    )
    audit.record("kits_ordered", order, by=by, count=len(found))
    batches.begin(order.ref, 1)
    return order


def resume_order(order: KitOrder, *, by: Actor) -> None:
    """Make the parts of an order that are not on the disk, interrupted for good or removed since, and those of what was revoked since.

    Refuses: someone who has no part in the program; an order whose parts are all there.
    """
    if not by.holds(order.program_id, *KIT_MAKERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de commander des trousses."))
    withdrawn = withdrawn_parts(order)
    missing = [part for part in range(1, order.parts + 1) if part in withdrawn or not batches.path_of(order, part).exists()]
    if not missing:
        raise Refusal(_("Toutes les trousses de cette commande sont prêtes."))
    for part in withdrawn:
        batches.path_of(order, part).unlink(missing_ok=True)
    audit.record("kits_resumed", order, by=by, part=missing[0])
    batches.begin(order.ref, missing[0], again=True)


def _let_in(employer: Employer, by: Actor) -> None:
    if not is_member(by.user_id, employer):
        raise Refusal(_("Seules les personnes de cette organisation peuvent changer son logo."))


def _next(employer: Employer, digest: str | None, by: Actor) -> EmployerLogo:
    last = last_logo(employer)
    given = EmployerLogo(
        employer=employer, number=last.number + 1 if last else 1, digest=digest, given_at=clock.now(), given_by=by.ref
    )  # fmt: skip
    db.session.add(given)
    db.session.flush()
    return given
