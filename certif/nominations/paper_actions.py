"""What staff do with nominations on paper: type what a student wrote, in the territory they serve."""

from __future__ import annotations

from certif.campaigns import Campaign, UnderAge
from certif.kit import tokens
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import _, folded
from certif.nominations.model import Way
from certif.nominations.nominate_counting import Nominator, Receipt, check_said, count_nomination
from certif.nominations.nominate_keys import nominator_key
from certif.nominations.nominate_queries import Door
from certif.nominations.nominate_said import Said, is_child
from certif.territory import Mrc, Partner, territory_of

WHOLE = (Role.ADMIN, Role.MANAGER, Role.AGENT)
TYPISTS = (*WHOLE, Role.PARTNER)
"""Who types what is on paper; a partner, for bosses of the territory it serves."""


def reach_of(actor: Actor, door: Door) -> list[Mrc]:
    """Give the MRC of the contest for whose bosses this person may type."""
    territory, program_id = door.territory(), door.campaign.program_id
    if actor.holds(program_id, *WHOLE):
        return territory
    mine = [one for one in actor.grants if one.role is Role.PARTNER and one.program_id in {None, program_id} and one.partner_id is not None]
    served = {mrc.id for one in mine for mrc in territory_of(db.session.get_one(Partner, one.partner_id))}
    return [mrc for mrc in territory if mrc.id in served]


def type_nomination(door: Door, said: Said, *, number: str, parent_signed: bool, by: Actor) -> Receipt:
    """Let a nomination on paper count, as the student wrote it. It is held until it is read, as any other.

    Takes: `number`, the one printed on the form, if any: without it, a first name and a school name one student; `parent_signed`, whether a
    parent signed for a child.
    Refuses: someone who may not type here; a contest that takes no paper; a boss out of the territory they serve; a child without a
    parent's signature; what `count_nomination` refuses.
    """
    _let_type(door.campaign, by)
    if not door.definition.allows_paper:
        raise Refusal(_("Ce concours ne prend pas de nominations sur papier."))
    mrc, _establishment = check_said(door, said)
    if mrc not in reach_of(by, door):
        raise Refusal(_("Ce lieu de travail est hors du territoire que vous servez."))
    if is_child(said.age) and not (door.definition.eligibility.under_age is UnderAge.PARENT and parent_signed):
        raise Refusal(_("Avant 14 ans, il faut la signature d’un parent sur le formulaire ; sans elle, n’en gardez rien."))
    who = f"paper {folded(number)}" if number else f"paper {folded(said.first_name)} {folded(said.school)}"
    no_network = tokens.digest(tokens.secret())  # that of the team would say nothing of the student
    return count_nomination(door, said, Nominator(nominator_key(door.campaign, who), Way.PAPER, None, no_network), by=by)


def _let_type(campaign: Campaign, by: Actor) -> None:
    if not by.holds(campaign.program_id, *TYPISTS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de taper des nominations."))
