"""What anyone may read of the programs: who offers what, the promise, and the legal floor beside it."""

from __future__ import annotations

from flask import Response
from werkzeug.exceptions import NotFound

from certif.kit import evidence
from certif.kit.access import ANYONE, audience
from certif.kit.web import Pages, page
from certif.programs import queries
from certif.programs.wording import bare_level, criteria_of, prices_of, promise_and_floor
from certif.programs.words import words_of

pages = Pages("programs", __name__)
pages.add_app_template_filter(bare_level)


@pages.route("/programmes")
@audience(ANYONE)
def list_programs() -> Response:
    """Every program that may be joined, or is paused."""
    return page("programs/list_programs.html", offers=queries.offers())


@pages.route("/programmes/<slug>")
@audience(ANYONE)
def show_program(slug: str) -> Response:
    """One program: what is promised, what the law already demands, the levels, how to join."""
    program = queries.program_by_slug(slug)
    version = queries.version_in_force(program)
    if version is None:
        raise NotFound
    sides, criteria = promise_and_floor(version), criteria_of(version.rules)
    is_paused = queries.is_paused(program)
    return page(
        "programs/show_program.html", program=program, version=version, promise=sides, criteria=criteria, is_paused=is_paused,
        prices=prices_of(version), words=words_of(program),
    )  # fmt: skip


@pages.route("/programmes/<slug>/logo.png", bilingual=False)
@audience(ANYONE)
def show_logo(slug: str) -> Response:
    """The program’s logo, as it was redrawn."""
    version = queries.version_in_force(queries.program_by_slug(slug))
    if version is None or version.rules.logo is None:
        raise NotFound
    kept = evidence.fetch(version.rules.logo)
    return Response(kept.content, mimetype=kept.media_type)
