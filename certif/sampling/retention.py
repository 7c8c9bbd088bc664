"""What is forgotten, and when: what was shown at an examination, two years after its conclusion or the end of the cycle."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import exists, select, update

from certif.kit import clock, sent_files
from certif.kit.db import db, transaction
from certif.kit.jobs import recurring
from certif.sampling.model import Conclusion, EvidenceSent, Examination
from certif.standing import ended_before, kept_since


@recurring("forget_old_examination_evidence", every=dt.timedelta(days=1), retention=True)
def forget_old_examination_evidence() -> None:
    """Erase the words and the files of examinations whose time has come. That something was shown, and what was concluded, stay."""
    concluded = exists().where(Conclusion.examination_id == Examination.id, Conclusion.concluded_at >= clock.midnight(kept_since()))
    over = select(Examination.id).where(~concluded, ended_before(Examination.certification_id, kept_since()))
    with transaction():
        db.session.execute(
            update(EvidenceSent)
            .where(EvidenceSent.examination_id.in_(over), EvidenceSent.words != "")
            .values(words="", piece_digest=None, piece_name=None)
            .execution_options(synchronize_session=False)
        )
        sent_files.erase_unused()
