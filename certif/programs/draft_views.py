"""The pages of a draft: one page for each thing that a region decides. Published versions have none of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.kit import tokens
from certif.kit.access import Role, actor, audience
from certif.kit.clock import today
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.programs import actions, editing, queries
from certif.programs.draft_forms import AutomaticForm, CommitmentForm, ContractForm, HoursForm, LevelForm, TermsForm, TextsForm
from certif.programs.forms import LogoForm
from certif.programs.model import ProgramVersion
from certif.programs.publication import faults_of
from certif.programs.values import Commitment, Level, Rules
from certif.programs.views import pages
from certif.programs.wording import facts_of, promise_and_floor

MANAGERS = (Role.ADMIN, Role.MANAGER)
_DRAFT = "/personnel/programmes/<slug>/brouillon"


@pages.route(_DRAFT)
@audience(*MANAGERS)
def edit_draft(slug: str) -> Response:
    """The draft: everything it decides, and what still prevents its publication."""
    draft = _draft(slug)
    faults, facts = faults_of(draft.terms, draft.rules, today()), facts_of(draft.terms, draft.rules)
    return page(
        "programs/edit_draft.html", draft=draft, program=draft.program, faults=faults, facts=facts, promise=promise_and_floor(draft)
    )


@pages.route(f"{_DRAFT}/modalites", methods=["GET", "POST"])
@audience(*MANAGERS)
def edit_terms(slug: str) -> Response | Answer:
    """Price, requirements, durations; who receives and who decides."""
    draft = _draft(slug)
    form = TermsForm(data=TermsForm.showing(draft.terms, draft.rules))
    if form.validate_on_submit():
        with form.held():
            actions.edit_draft(draft, terms=form.terms, rules=form.applied_to(draft.rules), by=actor())
            return _saved(slug)
    return page("programs/edit_terms.html", form=form, program=draft.program)


@pages.route(f"{_DRAFT}/automatisme", methods=["GET", "POST"])
@audience(*MANAGERS)
def edit_automatic(slug: str) -> Response | Answer:
    """When a file is validated without a person looking at it."""
    draft = _draft(slug)
    form = AutomaticForm(data=AutomaticForm.showing(draft.rules))
    if form.validate_on_submit():
        actions.edit_draft(draft, rules=form.applied_to(draft.rules), by=actor())
        return _saved(slug)
    return page("programs/edit_automatic.html", form=form, program=draft.program)


@pages.route(f"{_DRAFT}/heures", methods=["GET", "POST"])
@audience(*MANAGERS)
def edit_hours(slug: str) -> Response | Answer:
    """The hours of each group of students, beside the legal floor."""
    draft = _draft(slug)
    form = HoursForm(data=HoursForm.showing(draft.rules))
    if form.validate_on_submit():
        actions.edit_draft(draft, rules=form.applied_to(draft.rules), by=actor())
        return _saved(slug)
    return page("programs/edit_hours.html", form=form, program=draft.program, floor=promise_and_floor(draft).floor)


@pages.route(f"{_DRAFT}/textes", methods=["GET", "POST"])
@audience(*MANAGERS)
def edit_texts(slug: str) -> Response | Answer:
    """Slogan, presentation, ways to contribute, colours."""
    draft = _draft(slug)
    form = TextsForm(data=TextsForm.showing(draft.rules))
    if form.validate_on_submit():
        actions.edit_draft(draft, rules=form.applied_to(draft.rules), by=actor())
        return _saved(slug)
    return page("programs/edit_texts.html", form=form, program=draft.program, methods=draft.rules.instructions)


@pages.route(f"{_DRAFT}/contrat", methods=["GET", "POST"])
@audience(*MANAGERS)
def edit_contract(slug: str) -> Response | Answer:
    """The words around the commitments."""
    draft = _draft(slug)
    form = ContractForm(data=ContractForm.showing(draft.rules))
    if form.validate_on_submit():
        actions.edit_draft(draft, rules=form.applied_to(draft.rules), by=actor())
        return _saved(slug)
    return page("programs/edit_contract.html", form=form, program=draft.program, draft=draft)


@pages.route(f"{_DRAFT}/engagements")
@audience(*MANAGERS)
def list_commitments(slug: str) -> Response:
    """The commitments, in order."""
    draft = _draft(slug)
    return page("programs/list_commitments.html", program=draft.program, commitments=draft.rules.commitments)


@pages.route(f"{_DRAFT}/engagements/nouveau", methods=["GET", "POST"], endpoint="add_commitment")
@pages.route(f"{_DRAFT}/engagements/<name>", methods=["GET", "POST"])
@audience(*MANAGERS)
def edit_commitment(slug: str, name: str | None = None) -> Response | Answer:
    """One commitment, new or not."""
    draft = _draft(slug)
    form = CommitmentForm(data=_commitment_answers(draft.rules, name))
    if form.validate_on_submit():
        one = form.commitment(name or tokens.ref()[:8].lower())
        actions.edit_draft(draft, rules=editing.with_commitment(draft.rules, one, form.position.data), by=actor())
        return _saved(slug, "programs.list_commitments")
    return page("programs/edit_commitment.html", form=form, program=draft.program, name=name)


@pages.route(f"{_DRAFT}/engagements/<name>/retrait", methods=["POST"])
@audience(*MANAGERS)
def remove_commitment(slug: str, name: str) -> Answer:
    """Take a commitment out of the draft."""
    draft = _draft(slug)
    actions.edit_draft(draft, rules=editing.without_commitment(draft.rules, name), by=actor())
    return _saved(slug, "programs.list_commitments")


@pages.route(f"{_DRAFT}/niveaux")
@audience(*MANAGERS)
def list_levels(slug: str) -> Response:
    """The levels, from the first to the last."""
    draft = _draft(slug)
    return page("programs/list_levels.html", program=draft.program, levels=draft.rules.levels)


@pages.route(f"{_DRAFT}/niveaux/nouveau", methods=["GET", "POST"], endpoint="add_level")
@pages.route(f"{_DRAFT}/niveaux/<code>", methods=["GET", "POST"])
@audience(*MANAGERS)
def edit_level(slug: str, code: str | None = None) -> Response | Answer:
    """One level, new or not."""
    draft = _draft(slug)
    form = LevelForm(data=_level_answers(draft.rules, code))
    if form.validate_on_submit():
        one = form.level(code or tokens.ref()[:8].lower())
        actions.edit_draft(draft, rules=editing.with_level(draft.rules, one, form.position.data), by=actor())
        return _saved(slug, "programs.list_levels")
    return page("programs/edit_level.html", form=form, program=draft.program, code=code)


@pages.route(f"{_DRAFT}/niveaux/<code>/retrait", methods=["POST"])
@audience(*MANAGERS)
def remove_level(slug: str, code: str) -> Answer:
    """Take a level out of the draft."""
    draft = _draft(slug)
    actions.edit_draft(draft, rules=editing.without_level(draft.rules, code), by=actor())
    return _saved(slug, "programs.list_levels")


@pages.route(f"{_DRAFT}/logo", methods=["GET", "POST"])
@audience(*MANAGERS)
def set_logo(slug: str) -> Response | Answer:
    """Where the program’s logo is given."""
    draft, form = _draft(slug), LogoForm()
    if form.validate_on_submit():
        with form.held():
            actions.set_logo(draft, form.picture.data.read(), by=actor())
            return _saved(slug)
    return page("programs/set_logo.html", form=form, program=draft.program, has_logo=draft.rules.logo is not None)


@pages.route(f"{_DRAFT}/logo/retrait", methods=["POST"])
@audience(*MANAGERS)
def remove_logo(slug: str) -> Answer:
    """Take the logo out of the draft."""
    draft = _draft(slug)
    actions.edit_draft(draft, rules=replace(draft.rules, logo=None), by=actor())
    return _saved(slug)


def _draft(slug: str) -> ProgramVersion:
    return queries.draft_to_edit(actor(), slug)


def _saved(slug: str, endpoint: str = "programs.edit_draft") -> Answer:
    say(_("Le brouillon est enregistré."))
    return go(endpoint, slug=slug)


def _commitment_answers(rules: Rules, name: str | None) -> dict[str, Any]:
    if name is None:
        return {"is_required": True}
    for position, one in enumerate(rules.commitments, 1):
        if one.id == name:
            return _answers_of(one, position)
    raise NotFound


def _answers_of(one: Commitment, position: int) -> dict[str, Any]:
    texts = {"promise_fr": one.text.fr, "promise_en": one.text.en}
    return {**texts, "is_required": one.is_required, "within_months": one.within_months, "position": position}


def _level_answers(rules: Rules, code: str | None) -> dict[str, Any]:
    if code is None:
        return {"colour": Level.colour}
    for position, one in enumerate(rules.levels, 1):
        if one.code == code:
            texts = {"name_fr": one.name.fr, "name_en": one.name.en, "criteria_fr": one.criteria.fr, "criteria_en": one.criteria.en}
            return {**texts, "colour": one.colour, "is_supporter": one.is_supporter, "position": position}
    raise NotFound
