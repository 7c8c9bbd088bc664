"""Staff look after questionnaires: see them, bring a file in, take one away, copy, change, compare, publish."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.kit.access import Role, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import download, go, page, say
from certif.programs import program_of, programs_of
from certif.surveys import questionnaire_actions as actions
from certif.surveys import questionnaire_queries as queries
from certif.surveys.queries import definition_of, questionnaire_of
from certif.surveys.questionnaire_files import read_questionnaire, write_questionnaire
from certif.surveys.questionnaire_forms import (
    CompareForm,
    CopyQuestionnaireForm,
    EditQuestionnaireForm,
    ImportQuestionnaireForm,
)
from certif.surveys.running_queries import READERS, programs_by_slug
from certif.surveys.views import pages
from certif.surveys.wording import differences

WRITERS = (Role.ADMIN, Role.MANAGER)
"""Who decides what is asked."""


@pages.route("/personnel/questionnaires")
@audience(*READERS)
def list_questionnaires() -> Response:
    """The questionnaires that come with the platform, and those of my programs."""
    return page(
        "surveys/list_questionnaires.html", found=queries.questionnaires_of(actor()), name_of=queries.name_of,
        audience_label=queries.audience_label, writes=bool(programs_of(actor(), *WRITERS)),
    )  # fmt: skip


@pages.route("/personnel/questionnaires/importation", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(*WRITERS)
def import_questionnaire() -> Response | Answer:
    """Bring in the file of a questionnaire; its faults are said line by line."""
    form = ImportQuestionnaireForm().offer(programs_by_slug(programs_of(actor(), *WRITERS)))
    if form.validate_on_submit():
        with form.held():
            program = program_of(actor(), form.program.data, *WRITERS)
            draft = actions.draft_questionnaire(program, read_questionnaire(form.given()), by=actor())
            return go("surveys.show_questionnaire", ref=draft.ref)
    return page("surveys/import_questionnaire.html", form=form)


@pages.route("/personnel/questionnaires/<ref>")
@audience(*READERS)
def show_questionnaire(ref: str) -> Response:
    """What it asks, question by question, and what can be done with it."""
    found = questionnaire_of(actor(), ref)
    definition = definition_of(found)
    return page(
        "surveys/show_questionnaire.html", questionnaire=found, definition=definition, lines=queries.lines_of(definition),
        name=queries.name_of(found), audience_label=queries.audience_label(found), level=queries.level_of(definition),
        writes=_writes(found.program_id), copies=bool(programs_of(actor(), *WRITERS)), form=Form(),
    )  # fmt: skip


@pages.route("/personnel/questionnaires/<ref>/fichier.yaml", bilingual=False)
@audience(*READERS)
def export_questionnaire(ref: str) -> Response:
    """The file of a questionnaire."""
    found = questionnaire_of(actor(), ref)
    content = write_questionnaire(definition_of(found))
    return download(content, "application/yaml", f"{found.slug}-{found.number}.yaml")


@pages.route("/personnel/questionnaires/<ref>/copie", methods=["GET", "POST"])
@audience(*WRITERS)
def copy_questionnaire(ref: str) -> Response | Answer:
    """Copy it to one of my programs, to change it there."""
    found = questionnaire_of(actor(), ref)
    form = CopyQuestionnaireForm().offer(programs_by_slug(programs_of(actor(), *WRITERS)))
    if form.validate_on_submit():
        with form.held():
            program = program_of(actor(), form.program.data, *WRITERS)
            draft = actions.copy_questionnaire(found, program, by=actor())
            return go("surveys.show_questionnaire", ref=draft.ref)
    return page("surveys/copy_questionnaire.html", form=form, questionnaire=found, name=queries.name_of(found))


@pages.route("/personnel/questionnaires/<ref>/modification", methods=["GET", "POST"])
@audience(*WRITERS)
def edit_questionnaire(ref: str) -> Response | Answer:
    """Change a draft, as a file."""
    found = questionnaire_of(actor(), ref)
    form = EditQuestionnaireForm(content=write_questionnaire(definition_of(found)))
    if form.validate_on_submit():
        with form.held():
            actions.edit_questionnaire(found, read_questionnaire(form.content.data or ""), by=actor())
            return go("surveys.show_questionnaire", ref=ref)
    return page("surveys/edit_questionnaire.html", form=form, questionnaire=found, name=queries.name_of(found))


@pages.route("/personnel/questionnaires/<ref>/comparaison")
@audience(*READERS)
def compare_questionnaires(ref: str) -> Response:
    """What changes from another one to this one."""
    found, form = questionnaire_of(actor(), ref), CompareForm()
    others = [one for one in queries.questionnaires_of(actor()) if one.id != found.id]
    form.offer([(one.ref, queries.name_of(one)) for one in others])
    other = next((one for one in others if one.ref == form.asked("other")), None)
    said = differences(definition_of(other), definition_of(found)) if other else None
    names = queries.name_of(found), queries.name_of(other) if other else ""
    return page("surveys/compare_questionnaires.html", form=form, questionnaire=found, other=other, said=said, names=names)


@pages.route("/personnel/questionnaires/<ref>/publication", methods=["POST"])
@audience(*WRITERS)
def publish_questionnaire(ref: str) -> Answer:
    """Publish what was read."""
    actions.publish_questionnaire(questionnaire_of(actor(), ref), by=actor())
    say(_("Le questionnaire est publié : il ne changera plus."))
    return go("surveys.show_questionnaire", ref=ref)


@pages.route("/personnel/questionnaires/<ref>/abandon", methods=["POST"])
@audience(*WRITERS)
def discard_questionnaire(ref: str) -> Answer:
    """Throw a draft away."""
    actions.discard_questionnaire(questionnaire_of(actor(), ref), by=actor())
    say(_("Le brouillon est jeté."))
    return go("surveys.list_questionnaires")


def _writes(program_id: int | None) -> bool:
    return program_id is not None and actor().holds(program_id, *WRITERS)
