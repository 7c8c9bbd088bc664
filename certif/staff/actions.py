"""The one act of this room: a letter is sent again."""

from __future__ import annotations

from certif.kit import audit, outbox
from certif.kit.access import Actor
from certif.kit.db import lock
from certif.kit.languages import _l
from certif.kit.outbox import Letter

audit.declare("letter_sent_again", _l("%(by)s a renvoyé le courriel « %(title)s »."), "title")


def resend_letter(letter: Letter, *, by: Actor) -> None:
    """Put a letter back in the outbox, as it was written, to the same address.

    Refuses: what `outbox.send_again` refuses.
    """
    outbox.send_again(lock(letter))
    audit.record("letter_sent_again", letter, by=by, title=letter.subject)
