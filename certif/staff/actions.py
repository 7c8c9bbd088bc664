"""The acts of this room: a letter is sent again; signed contracts are taken away together."""

from __future__ import annotations

from certif.accounts import User
from certif.certification import contract_file_name
from certif.kit import audit, evidence, outbox
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.outbox import Letter
from certif.staff.queries import FileFilter, signed_among
from certif.visibility import zipped

MOST_CONTRACTS = 100
"""How many contracts are taken away at once."""

audit.declare("contracts_taken", _l("%(by)s a téléchargé %(count)s contrats signés."), "count")
audit.declare("letter_sent_again", _l("%(by)s a renvoyé le courriel « %(title)s »."), "title")


def resend_letter(letter: Letter, *, by: Actor) -> None:
    """Put a letter back in the outbox, as it was written, to the same address.

    Refuses: what `outbox.send_again` refuses.
    """
    outbox.send_again(lock(letter))
    audit.record("letter_sent_again", letter, by=by, title=letter.subject)


def take_contracts(asked: FileFilter, *, by: Actor) -> bytes:
    """Put the sealed contracts of the files that fit into one ZIP, a hundred at most, the newest; that they were taken is in the journal.

    Refuses: where no file that fits is signed.
    """
    signed = signed_among(by, asked, MOST_CONTRACTS)
    if not signed:
        raise Refusal(_("Aucun de ces dossiers n’a de contrat signé."))
    audit.record("contracts_taken", db.session.get_one(User, by.user_id), by=by, count=len(signed))
    return zipped((f"{file.ref[:8]}-{contract_file_name(file)}", evidence.fetch(one.pdf_digest).content) for file, one in signed)
