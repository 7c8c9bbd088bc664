"""What can be done with beats: their dates are noted, year by year; pieces of their packs are written, and dropped."""

from __future__ import annotations

import datetime as dt

from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.library.beat_model import Beat, BeatDate, PackPiece, PieceKind
from certif.library.beat_queries import date_in
from certif.library.queries import edits
from certif.programs import Program, Text, english, french

LONGEST = dt.timedelta(days=92)

audit.declare("beat_dated", _l("%(by)s a noté les dates de « %(name)s » : du %(from_on)s au %(until_on)s."), "name", "from_on", "until_on")
audit.declare("piece_written", _l("%(by)s a ajouté « %(title)s » à la trousse de « %(beat)s »."), "title", "beat")
audit.declare("piece_dropped", _l("%(by)s a retiré « %(title)s » de la trousse de « %(beat)s »."), "title", "beat")


def date_beat(beat: Beat, from_on: dt.date, until_on: dt.date, source: str, *, by: Actor) -> BeatDate:
    """Note when a beat is, for everyone; noted anew, the earlier dates of that year are replaced, and the journal remembers.

    Takes: `source`, who announced them.
    Refuses: someone who is no administrator; an end before the beginning; more than three months.
    """
    lock(beat)
    if not edits(by, None):
        raise Refusal(_("Seule l’administration note les dates des temps forts."))
    if until_on < from_on:
        raise Refusal(_("Le dernier jour vient avant le premier : inversez-les."))
    if until_on - from_on > LONGEST:
        raise Refusal(_("Un temps fort dure trois mois au plus : vérifiez les deux dates."))
    noted = date_in(beat, from_on.year)
    if noted is None:
        noted = BeatDate(beat=beat, year=from_on.year)
        db.session.add(noted)
    noted.from_on, noted.until_on, noted.source = from_on, until_on, source
    noted.noted_at, noted.noted_by = clock.now(), by.ref
    db.session.flush()
    audit.record("beat_dated", beat, by=by, name=beat.name_fr, from_on=from_on.isoformat(), until_on=until_on.isoformat())
    return noted


def write_piece(beat: Beat, program: Program, kind: PieceKind, title: Text, text: Text, *, by: Actor) -> PackPiece:
    """Add a piece to the pack of a beat, for a program.

    Refuses: someone who does not decide for the program; what is missing in French; half a translation.
    """
    if not edits(by, program):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de modifier les outils."))
    said = [Text(french(one.fr).strip(), english(one.en).strip()) for one in (title, text)]
    if not all(one.fr for one in said):
        raise Refusal(_("Écrivez les deux parties en français."))
    if bool(said[0].en) != bool(said[1].en):
        raise Refusal(_("En anglais, écrivez les deux parties, ou aucune."))
    piece = PackPiece(
        beat=beat, program=program, kind=kind.value, title_fr=said[0].fr, title_en=said[0].en, text_fr=said[1].fr, text_en=said[1].en,
        written_at=clock.now(), written_by=by.ref,
    )  # fmt: skip
    db.session.add(piece)
    db.session.flush()
    audit.record("piece_written", piece, by=by, title=piece.title_fr, beat=beat.name_fr)
    return piece


def drop_piece(piece: PackPiece, *, by: Actor) -> PackPiece:
    """Take a piece out of its pack. Refuses: someone who does not decide for its program; a piece of all, to anyone but an
    administrator; a piece dropped already."""
    lock(piece)
    if not edits(by, piece.program):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de modifier les outils."))
    if piece.dropped_at is not None:
        raise Refusal(_("Cette pièce est déjà retirée."))
    piece.dropped_at, piece.dropped_by = clock.now(), by.ref
    db.session.flush()
    audit.record("piece_dropped", piece, by=by, title=piece.title_fr, beat=piece.beat.name_fr)
    return piece
