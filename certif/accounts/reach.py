"""How far a person's power over the team reaches: an administrator everywhere, a manager in their programs, nobody above themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false, true

from certif.accounts.model import Grant, StaffInvitation
from certif.kit.access import STAFF, SYSTEM, Actor, Role
from certif.kit.errors import Refusal
from certif.kit.languages import _, folded
from certif.programs import Program, programs_of
from certif.territory import Partner, PartnerKind, partners


def check_place(role: Role, program: Program | None, partner: Partner | None) -> None:
    """Let a role be given where it makes sense.

    Refuses: a place for an administrator; no program for anyone else; a partner for another role, or none for that one.
    """
    if role not in STAFF:
        raise Refusal(_("Ce rôle ne se donne pas."))
    if role is Role.ADMIN and (program or partner):
        raise Refusal(_("L’administration provinciale vaut partout : ne choisissez ni région ni partenaire."))
    if role is not Role.ADMIN and program is None:
        raise Refusal(_("Choisissez la région où ce rôle vaut."))
    if (role is Role.PARTNER) != (partner is not None):
        raise Refusal(_("Choisissez un organisme pour un rôle de partenaire, et pour ce rôle seulement."))


def check_power(by: Actor, role: Role, program: Program | None) -> None:
    """Let `by` decide on a role.

    Refuses: a role above or outside those of `by`.
    """
    is_manager = program is not None and role is not Role.ADMIN and by.holds(program.id, Role.MANAGER)
    if not (by is SYSTEM or is_admin(by) or is_manager):
        raise Refusal(_("Vos propres rôles ne permettent pas ce changement."))


def is_admin(by: Actor) -> bool:
    """Whether `by` is an administrator, second factor given."""
    return by.program_ids(Role.ADMIN) is None


def visible(kind: type[Grant] | type[StaffInvitation], by: Actor) -> ColumnElement[bool]:
    """Give the condition that `by` may see a role or an invitation."""
    if is_admin(by):
        return true()
    held = by.program_ids(Role.MANAGER)
    return kind.program_id.in_(held) if held else false()


def is_at(kind: type[Grant] | type[StaffInvitation], program: Program | None, partner: Partner | None) -> ColumnElement[bool]:
    """Give the condition that a role or an invitation is for this very place."""
    is_there = kind.program_id.is_(None) if program is None else kind.program_id == program.id
    return is_there & (kind.partner_id.is_(None) if partner is None else kind.partner_id == partner.id)


def roles_to_give(by: Actor) -> list[Role]:
    """Give the roles that `by` may give."""
    return [role for role in STAFF if role is not Role.ADMIN or is_admin(by)]


def places_to_give(by: Actor) -> tuple[list[Program], list[Partner]]:
    """Give the programs in which `by` may give roles, and the partners who serve their regions, regional bodies apart."""
    programs = programs_of(by, Role.ADMIN, Role.MANAGER)
    regions = {program.region.id: program.region for program in programs}
    found = {body.id: body for region in regions.values() for body in partners(region=region) if body.kind != PartnerKind.IRC}
    return programs, sorted(found.values(), key=lambda body: folded(body.name))


def place_named(by: Actor, *, program: str, partner: str) -> dict[str, Any]:
    """Give the program and the partner of these public names, or nothing for an empty name, among those that `by` may choose."""
    programs, bodies = places_to_give(by)
    return {
        "program": next((each for each in programs if each.ref == program), None),
        "partner": next((each for each in bodies if each.ref == partner), None),
    }
