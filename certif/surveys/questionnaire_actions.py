"""What may happen to a questionnaire: it ships with the platform, is brought in from a file, copied, edited as a draft, published."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select, update

from certif.kit import audit, clock
from certif.kit.access import SYSTEM, Actor, Role
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.programs import Program
from certif.surveys.definitions import Definition, as_json, digest_of
from certif.surveys.model import Questionnaire
from certif.surveys.queries import definition_of
from certif.surveys.questionnaire_files import digest_of_shipped, shipped
from certif.territory import ReferenceData

audit.declare(
    "questionnaire_drafted", _l("%(by)s a commencé le questionnaire « %(slug)s », version %(number)s."), "slug", "number", "digest"
)
audit.declare("questionnaire_edited", _l("%(by)s a modifié le brouillon du questionnaire « %(slug)s »."), "slug", "digest")
audit.declare("questionnaire_discarded", _l("%(by)s a jeté le brouillon du questionnaire « %(slug)s »."), "slug")
audit.declare(
    "questionnaire_published", _l("%(by)s a publié le questionnaire « %(slug)s », version %(number)s."), "slug", "number", "digest"
)

_NAME = "questionnaires"
_WRITERS = (Role.ADMIN, Role.MANAGER)


def load_shipped() -> int:
    """Bring in, already published, the questionnaires that come with the platform and are not there yet, in a unit of work of its own.

    Gives: how many were brought in. One that has changed since becomes its next number; those of before stay, with their surveys.
    """
    files = digest_of_shipped()
    known = db.session.get(ReferenceData, _NAME, populate_existing=True)
    if known is not None and known.digest == files:
        return 0
    with transaction():
        db.session.merge(ReferenceData(name=_NAME, digest=files))
        shipped_rows = select(Questionnaire.slug, Questionnaire.digest).where(Questionnaire.program_id.is_(None))
        had = [tuple(row) for row in db.session.execute(shipped_rows)]
        missing = [one for slug, one in shipped().items() if (slug, digest_of(one)) not in had]
        counts = Counter(slug for slug, _digest in had)
        rows = [
            {
                "program_id": None, **_held(one), "number": counts[one.slug] + 1, "drafted_at": clock.now(),
                "drafted_by": SYSTEM.ref, "published_at": clock.now(), "published_by": SYSTEM.ref,
            }
            for one in missing
        ]  # fmt: skip
        return len(insert_new(Questionnaire, rows, Questionnaire.id))


def draft_questionnaire(program: Program, definition: Definition, *, by: Actor) -> Questionnaire:
    """Begin a questionnaire of a program from what a file holds, or a new version of the one that has its slug.

    Refuses: someone who does not manage the program; a second draft of the same questionnaire.
    """
    _must_manage(program.id, by)
    lock(program)
    mine = Questionnaire.program_id == program.id, Questionnaire.slug == definition.slug
    if db.session.scalar(select(Questionnaire.id).where(*mine, Questionnaire.published_at.is_(None))) is not None:
        raise Refusal(_("Ce questionnaire a déjà un brouillon. Modifiez-le, ou jetez-le d’abord."))
    last = db.session.scalar(select(func.max(Questionnaire.number)).where(*mine)) or 0
    draft = Questionnaire(program=program, number=last + 1, drafted_at=clock.now(), drafted_by=by.ref, **_held(definition))
    db.session.add(draft)
    db.session.flush()
    audit.record("questionnaire_drafted", draft, by=by, slug=draft.slug, number=draft.number, digest=draft.digest)
    return draft


def copy_questionnaire(questionnaire: Questionnaire, program: Program, *, by: Actor) -> Questionnaire:
    """Begin, in a program, a questionnaire that asks what another one does.

    Refuses: as `draft_questionnaire` does.
    """
    return draft_questionnaire(program, definition_of(questionnaire), by=by)


def edit_questionnaire(draft: Questionnaire, definition: Definition, *, by: Actor) -> Questionnaire:
    """Let a draft ask what a file says.

    Refuses: someone who does not manage the program; what is published; a file that bears another slug.
    """
    _must_be_my_draft(draft, by)
    if definition.slug != draft.slug:
        raise Refusal(_("Ce fichier est celui du questionnaire « %(slug)s » : gardez le même nom.", slug=definition.slug))
    for name, value in _held(definition).items():
        setattr(draft, name, value)
    audit.record("questionnaire_edited", draft, by=by, slug=draft.slug, digest=draft.digest)
    return draft


def discard_questionnaire(draft: Questionnaire, *, by: Actor) -> None:
    """Throw a draft away.

    Refuses: someone who does not manage the program; what is published.
    """
    _must_be_my_draft(draft, by)
    audit.record("questionnaire_discarded", draft, by=by, slug=draft.slug)
    db.session.delete(draft)


def publish_questionnaire(draft: Questionnaire, *, by: Actor) -> Questionnaire:
    """Publish a draft: from now on the database itself refuses to change it.

    Refuses: someone who does not manage the program; what is published already; one that asks what its last version does.
    """
    _must_be_my_draft(draft, by)
    before = select(Questionnaire.digest).where(
        Questionnaire.program_id == draft.program_id, Questionnaire.slug == draft.slug, Questionnaire.number == draft.number - 1
    )
    if db.session.scalar(before) == draft.digest:
        raise Refusal(_("Rien ne change depuis la version publiée."))
    audit.record("questionnaire_published", draft, by=by, slug=draft.slug, number=draft.number, digest=draft.digest)
    db.session.flush()
    published = update(Questionnaire).where(Questionnaire.id == draft.id, Questionnaire.published_at.is_(None))
    db.session.execute(published.values(published_at=clock.now(), published_by=by.ref))
    db.session.refresh(draft)
    return draft


def _held(definition: Definition) -> dict[str, object]:
    return {
        "slug": definition.slug, "audience": definition.audience, "definition": as_json(definition), "digest": digest_of(definition),
    }  # fmt: skip


def _must_be_my_draft(draft: Questionnaire, by: Actor) -> None:
    _must_manage(draft.program_id, by)
    lock(draft)
    if draft.is_published:
        raise Refusal(_("Ce questionnaire est publié : il ne change plus. Commencez une nouvelle version."))


def _must_manage(program_id: int | None, by: Actor) -> None:
    if program_id is None or (by != SYSTEM and not by.holds(program_id, *_WRITERS)):
        raise Refusal(_("Seule la personne qui gère le programme change ses questionnaires."))
