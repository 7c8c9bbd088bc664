"""What the pages of prospects read of their address and of their forms, before they ask or act."""

from __future__ import annotations

from certif.accounts import User
from certif.kit.access import Actor
from certif.kit.errors import Refusal
from certif.kit.languages import _
from certif.programs import programs_of
from certif.visits.pursuit_actions import SightingTerms
from certif.visits.pursuit_forms import PursuitFilterForm, SightingForm
from certif.visits.pursuit_model import PursuitStage
from certif.visits.pursuit_queries import PursuitFilter, employer_named, places_of, program_asked, team_of


def asked_of(actor: Actor) -> tuple[PursuitFilterForm, PursuitFilter]:
    """Give the filters of this address, and what they ask: always of one program, the first where none is named."""
    form, programs = PursuitFilterForm(), programs_of(actor)
    slugs = {one.slug for one in programs}
    program = program_asked(actor, form.program.data if form.program.data in slugs else None)
    team, places = team_of(program), places_of(actor, program)
    form.offer(programs, team, places)
    stage = form.asked("stage")
    asked = PursuitFilter(
        program, PursuitStage(stage) if stage else None, next((one for one in team if one.ref == form.asked("agent")), None),
        next((one for one in places if one.slug == form.asked("mrc")), None), form.asked("origin"), form.asked("due"),
    )  # fmt: skip
    return form, asked


def chosen(user: User | None) -> User:
    """Give whoever was chosen. Refuses: nobody."""
    if user is None:
        raise Refusal(_("Choisissez à qui confier ces prospects."))
    return user


def sighting_of(actor: Actor, form: SightingForm) -> SightingTerms:
    """Give what was typed of an organisation. Refuses: an employer who named it and whom nobody knows."""
    employer = employer_named(actor, form.named_by.data) if form.named_by.data else None
    if form.named_by.data and employer is None:
        raise Refusal(_("Aucun employeur inscrit ne porte ce nom ou ce NEQ : corrigez-le, ou laissez le champ vide."))
    return SightingTerms(form.name.data or "", form.municipality.data or "", form.place, form.note.data or "", employer)
