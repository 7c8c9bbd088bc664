"""The library as staff keep it: what there is, what is out of date, what is published, hidden, adapted, retired."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.library import actions, queries, word_queries
from certif.library.forms import OF_ALL, AddToolForm, FilingForm, ProgramForm, ReviewForm, ToolFilterForm, VersionForm, filing_of, words_of
from certif.library.queries import EDITORS, edits
from certif.library.views import file_of, pages, sheet_of
from certif.programs import program_of, programs_of

STATES = ("a-revoir", "retires")


@pages.route("/personnel/bibliotheque")
@audience(*STAFF)
def manage_tools() -> Response:
    """Every tool I see: those of all, and those of my programs."""
    state = request.args.get("etat")
    state = state if state in STATES else None
    form = ToolFilterForm().offer(programs_of(actor()))
    found = queries.tools_seen_by(actor(), form.filter(state), request.args.get("suite"))
    said: dict[str, Any] = {"state": state, "due": queries.tools_to_review(actor()), "may_edit": bool(actor().roles & set(EDITORS))}
    return page("library/manage_tools.html", form=form, found=found, next_url=following(found), **said)


@pages.route("/personnel/bibliotheque/nouveau", methods=["GET", "POST"])
@audience(*EDITORS)
def add_tool() -> Response | Answer:
    """Where a tool is added; what it says is written next."""
    form = AddToolForm()
    form.program.choices = _places()
    if form.validate_on_submit():
        with form.held():
            program = None if form.program.data == OF_ALL else program_of(actor(), form.program.data, *EDITORS)
            filing = form.filing(word_queries.employer_named(actor(), form.employer.data))
            tool = actions.add_tool(program, form.title_fr.data, filing, by=actor())
            return go("library.publish_version", slug=tool.slug)
    return page("library/add_tool.html", form=form)


@pages.route("/personnel/bibliotheque/outils/<slug>")
@audience(*STAFF)
def open_tool(slug: str) -> Response:
    """One tool, as it reads today or read in an earlier version (`?version=`), and what can be done with it."""
    tool = queries.tool_of(actor(), slug)
    asked = request.args.get("version", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() else None
    version = queries.version_to_read(tool, number) if number is not None else queries.newest_of(tool)
    mine = [one for one in programs_of(actor(), *EDITORS) if tool.program_id is None]
    said: dict[str, Any] = {
        "versions": queries.versions_of(tool), "may_edit": edits(actor(), tool.program), "mine": mine, "hidden": queries.hidden_in(tool),
        "adaptations": {one.program_id: one for one in queries.adaptations_of(tool)},
    }  # fmt: skip
    return page("library/open_tool.html", tool=tool, version=version, story=word_queries.story_state(version), **said)


@pages.route("/personnel/bibliotheque/outils/<slug>/fiche.pdf")
@audience(*STAFF)
def print_sheet(slug: str) -> Response:
    """One tool to print, in the look of my program where I have only one."""
    tool, mine = queries.tool_of(actor(), slug), programs_of(actor())
    return sheet_of(queries.version_to_read(tool, None), tool.program or (mine[0] if len(mine) == 1 else None))


@pages.route("/personnel/bibliotheque/outils/<slug>/fichiers/<name>", bilingual=False)
@audience(*STAFF)
def open_file(slug: str, name: str) -> Response:
    """A file that goes with a tool."""
    return file_of(queries.version_to_read(queries.tool_of(actor(), slug), None), name)


@pages.route("/personnel/bibliotheque/outils/<slug>/classement", methods=["GET", "POST"])
@audience(*EDITORS)
def edit_tool(slug: str) -> Response | Answer:
    """Where a tool is filed elsewhere."""
    tool = queries.tool_to_edit(actor(), slug)
    form = FilingForm(data=filing_of(tool))
    if form.validate_on_submit():
        with form.held():
            employer = word_queries.employer_named(actor(), form.employer.data)
            actions.edit_tool(tool, form.filing(employer), by=actor())
            say(_("Le classement est enregistré."))
            return go("library.open_tool", slug=slug)
    return page("library/edit_tool.html", form=form, tool=tool)


@pages.route("/personnel/bibliotheque/outils/<slug>/version", methods=["GET", "POST"])
@audience(*EDITORS)
def publish_version(slug: str) -> Response | Answer:
    """Where the next version is written, from the one that speaks, and published."""
    tool = queries.tool_to_edit(actor(), slug)
    before = queries.newest_of(tool)
    form = VersionForm(data=words_of(tool, before)).offer(before)
    if form.validate_on_submit():
        with form.held():
            version = actions.publish_version(tool, form.wording, seen=form.number_seen, by=actor())
            say(_("La version %(number)s est publiée.", number=version.number))
            return go("library.open_tool", slug=slug)
    return page("library/publish_version.html", form=form, tool=tool, before=before)


@pages.route("/personnel/bibliotheque/outils/<slug>/revision", methods=["GET", "POST"])
@audience(*EDITORS)
def review_tool(slug: str) -> Response | Answer:
    """Where somebody says that a tool is still right."""
    tool = queries.tool_to_edit(actor(), slug)
    version = queries.version_to_read(tool, None)
    form = ReviewForm(data={"seen": str(version.number)})
    if form.validate_on_submit():
        with form.held():
            actions.review_tool(tool, form.next_on.data, seen=form.number_seen, by=actor())
            say(_("C’est noté : cet outil est encore juste."))
            return go("library.open_tool", slug=slug)
    return page("library/review_tool.html", form=form, tool=tool, version=version)


@pages.route("/personnel/bibliotheque/outils/<slug>/retrait", methods=["GET", "POST"])
@audience(*EDITORS)
def retire_tool(slug: str) -> Response | Answer:
    """Where a tool is retired."""
    tool, form = queries.tool_to_edit(actor(), slug), Form()
    if form.validate_on_submit():
        with form.held():
            actions.retire_tool(tool, by=actor())
            say(_("L’outil est retiré. Ce qui en a été remis reste compté."))
            return go("library.manage_tools")
    return page("library/retire_tool.html", form=form, tool=tool)


@pages.route("/personnel/bibliotheque/outils/<slug>/masque", methods=["POST"])
@audience(*EDITORS)
def hide_tool(slug: str) -> Answer:
    """Show a tool of all in a program no longer, or again (`again`)."""
    tool = queries.tool_of(actor(), slug)
    program = program_of(actor(), request.form.get("program", ""), *EDITORS)
    if request.form.get("again"):
        actions.show_tool_again(tool, program, by=actor())
    else:
        actions.hide_tool(tool, program, by=actor())
    return go("library.open_tool", slug=slug)


@pages.route("/personnel/bibliotheque/outils/<slug>/adaptation", methods=["GET", "POST"])
@audience(*EDITORS)
def adapt_tool(slug: str) -> Response | Answer:
    """Where a program makes a tool of all its own."""
    tool, form = queries.tool_of(actor(), slug), ProgramForm()
    form.program.choices = [(one.slug, one.name) for one in programs_of(actor(), *EDITORS)]
    if form.validate_on_submit():
        with form.held():
            copy = actions.adapt_tool(tool, program_of(actor(), form.program.data, *EDITORS), by=actor())
            say(_("La copie est à vous : changez-y ce que vous voulez, puis publiez."))
            return go("library.publish_version", slug=copy.slug)
    return page("library/adapt_tool.html", form=form, tool=tool)


def _places() -> list[tuple[str, str]]:
    mine = [(one.slug, one.name) for one in programs_of(actor(), *EDITORS)]
    return [*mine, (OF_ALL, str(_("Toute la province")))] if edits(actor(), None) else mine
