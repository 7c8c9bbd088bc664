"""What can be done with a file, in story order: sent (a job looks at it), confirmed (a job brings it in), undone; its retention."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, or_, select, update

from certif.imports import hearing, writing
from certif.imports.layouts import columns_of, mapped
from certif.imports.model import Intake, IntakeFile, IntakeLine, Prospect, ProspectInvitation, Step
from certif.imports.queries import counts_of
from certif.imports.reading import take_step
from certif.imports.sheets import rows_of
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import enqueue, recurring
from certif.kit.languages import _, _l, language
from certif.programs import Program

audit.declare("intake_uploaded", _l("%(by)s a déposé « %(file)s » (%(lines)s lignes)."), "file", "lines")
audit.declare("intake_confirmed", _l("%(by)s a confirmé l’importation de « %(file)s » (%(lines)s lignes nouvelles)."), "file", "lines")
audit.declare("intake_undo_asked", _l("%(by)s a demandé d’annuler l’importation de « %(file)s »."), "file")

KEPT = dt.timedelta(days=90)
CONTACT_KEPT = dt.timedelta(days=730)


def upload_file(program: Program, kind: str, file_name: str, content: bytes, *, by: Actor) -> Intake:
    """Take in a file of rows: it is opened now, and looked at line by line by a job. Nothing reaches the register.

    Takes: `kind`, one of `Kind`, or one that another room added; `content`, CSV or XLSX.
    Refuses: what `rows_of` refuses; a file without the columns that must be there.
    """
    sheet = rows_of(content)
    found = mapped(sheet.headings, kind).values()
    missing = [column.said_in(language()) for column in columns_of(kind) if column.is_required and column not in found]
    if missing:
        raise Refusal(_("Il manque des colonnes : %(names)s. Reprenez les titres du modèle.", names=", ".join(missing)))
    intake = Intake(
        program=program, kind=kind, file_name=file_name, headings=sheet.headings, lines=len(sheet.rows), uploaded_at=clock.now(),
        uploaded_by=by.ref, uploader=by.name,
    )  # fmt: skip
    db.session.add(intake)
    db.session.flush()
    db.session.add(IntakeFile(intake_id=intake.id, content=content))
    audit.record("intake_uploaded", intake, by=by, file=file_name, lines=intake.lines)
    enqueue("read_intake", once=f"read_intake {intake.ref}", intake=intake.ref)
    return intake


def confirm_intake(intake: Intake, *, by: Actor) -> None:
    """Agree to what was seen: a job brings the new lines in.

    Refuses: a file that is still being looked at, or was confirmed already; one with nothing new.
    """
    lock(intake)
    if intake.step(Step.READ) is None:
        raise Refusal(_("Ce fichier est encore en cours de lecture. Revenez dans un instant."))
    if intake.step(Step.CONFIRMED) is not None:
        raise Refusal(_("Cette importation est déjà confirmée."))
    fit = counts_of(intake).fit
    if not fit:
        raise Refusal(_("Ce fichier n’apporte aucune ligne nouvelle."))
    take_step(intake, Step.CONFIRMED, by=by)
    audit.record("intake_confirmed", intake, by=by, file=intake.file_name, lines=fit)
    enqueue("write_intake", once=f"write_intake {intake.ref} 0", intake=intake.ref)


def undo_intake(intake: Intake, *, by: Actor) -> None:
    """Take back what a file brought: a job removes it, except where something has happened since.

    Refuses: a file that is not all in, or is undone already.
    """
    lock(intake)
    if intake.step(Step.WRITTEN) is None:
        raise Refusal(_("Cette importation n’est pas terminée : elle ne peut pas encore être annulée."))
    if intake.step(Step.UNDO_ASKED) is not None:
        raise Refusal(_("Cette importation est déjà annulée."))
    take_step(intake, Step.UNDO_ASKED, by=by)
    audit.record("intake_undo_asked", intake, by=by, file=intake.file_name)
    enqueue("undo_intake", once=f"undo_intake {intake.ref}", intake=intake.ref)


@recurring("forget_old_imports", every=dt.timedelta(days=1), retention=True)
def forget_old_imports() -> None:
    """Apply the retention of lines and of the contacts of prospects, as their models say."""
    old = select(Intake.id).where(Intake.uploaded_at < clock.now() - KEPT)
    limit = clock.now() - CONTACT_KEPT
    news = select(ProspectInvitation.prospect_id).where(ProspectInvitation.invited_at >= limit)
    nobody = dict.fromkeys(("contact_name", "contact_email", "contact_phone", "contact_ground", "contact_source"))
    with transaction():
        db.session.execute(delete(IntakeLine).where(IntakeLine.intake_id.in_(old)))
        db.session.execute(delete(IntakeFile).where(IntakeFile.intake_id.in_(old)))
        told = [Prospect.id.not_in(found) for found in (news, *hearing.news_since(limit))]
        somebody = or_(*(getattr(Prospect, name).is_not(None) for name in ("contact_email", "contact_phone", "contact_name")))
        db.session.execute(update(Prospect).where(Prospect.noted_at < limit, *told, somebody).values(**nobody))


__all__ = ["confirm_intake", "forget_old_imports", "undo_intake", "upload_file", "writing"]
