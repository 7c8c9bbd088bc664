"""What staff do with nominations on paper: type what a student wrote, in the territory they serve."""

from __future__ import annotations

from certif.kit import tokens
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import _, folded
from certif.nominations.model import Way
from certif.nominations.nominate_counting import Nominator, count_nomination, find_spot
from certif.nominations.nominate_keys import RECEIPT_LENGTH, new_code, nominator_key
from certif.nominations.nominate_queries import Area, Door
from certif.nominations.nominate_said import Said, is_child
from certif.territory import Partner, territory_of

WHOLE = (Role.ADMIN, Role.MANAGER, Role.AGENT)
TYPISTS = (*WHOLE, Role.PARTNER)
"""Who types what is on paper; a partner, for bosses of the territory it serves."""


def reach_of(actor: Actor, door: Door) -> list[Area]:
    """Give the MRC of the contest for whose bosses this person may type."""
    program_id = door.program.id
    if actor.holds(program_id, *WHOLE):
        return list(door.areas)
    mine = [one.partner_id for one in actor.grants if one.role is Role.PARTNER and one.program_id in {None, program_id} and one.partner_id]
    served = {mrc.id for one in mine for mrc in territory_of(db.session.get_one(Partner, one))}
    return [area for area in door.areas if area.id in served]


def type_nomination(door: Door, said: Said, *, number: str, parent_signed: bool, by: Actor) -> str:
    """Let a nomination on paper count, as the student wrote it. It is held until it is read, as any other.

    Takes: `number`, the one printed on the form, if any: without it, a first name and a school name one student; `parent_signed`, whether a
    parent signed for a child.
    Gives: the code of its receipt, to be written on the stub: it is kept nowhere.
    Refuses: someone who may not type here; a contest that takes no paper; a boss out of the territory they serve; a child without a
    parent's signature; what `find_spot` and `count_nomination` refuse.
    """
    if not by.holds(door.program.id, *TYPISTS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de taper des nominations."))
    if not door.definition.allows_paper:
        raise Refusal(_("Ce concours ne prend pas de nominations sur papier."))
    spot = find_spot(door, said)
    if spot.mrc_id not in {area.id for area in reach_of(by, door)}:
        raise Refusal(_("Ce lieu de travail est hors du territoire que vous servez."))
    if is_child(said.age) and not parent_signed:
        raise Refusal(_("Avant 14 ans, il faut la signature d’un parent sur le formulaire ; sans elle, n’en gardez rien."))
    who = f"paper {folded(number)}" if number else f"paper {folded(said.first_name)} {folded(said.school)}"
    no_network = tokens.digest(tokens.secret())  # that of the team would say nothing of the student
    receipt = new_code(RECEIPT_LENGTH)
    count_nomination(door, said, spot, Nominator(nominator_key(door.ref, who), Way.PAPER, None, no_network), receipt=receipt, by=by)
    return receipt
