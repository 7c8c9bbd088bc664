"""What others say: an employer agrees to its story or takes it back, offers a testimonial; staff read it; the watch is written."""

from __future__ import annotations

from certif.certification import Stage, latest
from certif.consents import give_consent, withdraw_consent
from certif.employers import Employer
from certif.kit import audit, clock, outbox
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.library.handing import WHOLE
from certif.library.model import Topic
from certif.library.queries import STORY, edits, newest_of
from certif.library.versions import ToolVersion
from certif.library.word_model import Testimonial, TestimonialOutcome, TestimonialReading, TestimonialWithdrawal, WatchNote
from certif.library.word_queries import waiting_of
from certif.programs import Program, french

TESTIMONIAL = "testimonial"

audit.declare("testimonial_offered", _l("%(by)s a proposé un témoignage au nom de « %(employer)s »."), "employer")
audit.declare("testimonial_published", _l("%(by)s a publié le témoignage de « %(employer)s »."), "employer")
audit.declare(
    "testimonial_set_aside", _l("%(by)s a mis de côté le témoignage de « %(employer)s ». Motif : %(reason)s"), "employer", "reason"
)
audit.declare("testimonial_withdrawn", _l("%(by)s a retiré le témoignage de « %(employer)s »."), "employer")
audit.declare("watch_noted", _l("%(by)s a noté « %(title)s » dans la veille."), "title")
audit.declare("watch_withdrawn", _l("%(by)s a retiré « %(title)s » de la veille."), "title")


def agree_to_story(version: ToolVersion, *, consent: int, language: str, by: Actor) -> None:
    """Let an employer agree that its story, as this version tells it, be published.

    Takes: `consent`, the version of the text that was agreed to, and its `language`.
    Refuses: a story told otherwise since; a consent whose text has changed.
    """
    newest = newest_of(version.tool)
    if newest is None or newest.id != version.id:
        raise Refusal(_("Ce bon coup vient d’être réécrit. Lisez la nouvelle version avant d’accepter."))
    give_consent(lock(version), STORY, version=consent, language=language, by=by)


def withdraw_story(version: ToolVersion, *, by: Actor) -> None:
    """Let an employer take its story back: nobody is shown it any more, whatever was agreed to before."""
    withdraw_consent(lock(version), STORY, by=by)


def offer_testimonial(employer: Employer, program: Program, words: str, *, consent: int, language: str, by: Actor) -> Testimonial:
    """Offer what an employer says of its certification. Staff read it before anyone else does.

    Takes: `consent`, the version of the text that was agreed to, and its `language`, which is that of the words too.
    Refuses: an employer that is not certified in this program; one whose last testimonial awaits an answer; a consent whose text has
    changed.
    """
    lock(employer)
    path = latest(employer, program)
    if path is None or path.stage is not Stage.CERTIFIED:
        raise Refusal(_("Seuls les employeurs certifiés peuvent témoigner de leur certification."))
    if waiting_of(employer, program) is not None:
        raise Refusal(_("Votre dernier témoignage attend encore d’être lu."))
    offered = Testimonial(
        program=program, employer=employer, language=language, words=french(words) if language == "fr" else words,
        offered_at=clock.now(), offered_by=by.ref,
    )  # fmt: skip
    db.session.add(offered)
    db.session.flush()
    give_consent(offered, TESTIMONIAL, version=consent, language=language, by=by)
    audit.record("testimonial_offered", offered, by=by, employer=employer.name)
    return offered


def publish_testimonial(offered: Testimonial, *, by: Actor) -> TestimonialReading:
    """Let anyone read a testimonial, for as long as its employer agrees. Refuses: someone who does not work for the program; one that
    was read, or taken back."""
    reading = _read(offered, TestimonialOutcome.PUBLISHED, "", by)
    audit.record("testimonial_published", offered, by=by, employer=offered.employer.name)
    _tell(offered, "library/testimonial_published")
    return reading


def set_testimonial_aside(offered: Testimonial, reason: str, *, by: Actor) -> TestimonialReading:
    """Do not publish a testimonial, and tell its employer why. Refuses: someone who does not work for the program; one that was read,
    or taken back."""
    reading = _read(offered, TestimonialOutcome.SET_ASIDE, french(reason), by)
    audit.record("testimonial_set_aside", offered, by=by, employer=offered.employer.name, reason=reading.reason)
    _tell(offered, "library/testimonial_set_aside")
    return reading


def withdraw_testimonial(offered: Testimonial, *, by: Actor) -> TestimonialWithdrawal:
    """Take a testimonial back: its words are forgotten at once. Who may do so is asked by the caller: its employer, or staff of its
    program. Refuses: one that was taken back already."""
    lock(offered)
    if offered.withdrawal is not None:
        raise Refusal(_("Ce témoignage est déjà retiré."))
    offered.withdrawal = withdrawal = TestimonialWithdrawal(withdrawn_at=clock.now(), withdrawn_by=by.ref)
    offered.words = ""
    withdraw_consent(offered, TESTIMONIAL, by=by)
    db.session.flush()
    audit.record("testimonial_withdrawn", offered, by=by, employer=offered.employer.name)
    return withdrawal


def note_watch(
    program: Program | None, title: str, body: str, *, topic: Topic, link: str, language: str, is_public: bool, by: Actor
) -> WatchNote:
    """Note something seen elsewhere. Takes: `program`, None for all; `link`, an address that begins with https, or nothing.

    Refuses: someone who does not work for the program, or, for all, is no administrator; an address of another kind.
    """
    if not (edits(by, None) if program is None else by.holds(program.id, *WHOLE)):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de tenir la veille."))
    if link and not link.startswith("https://"):
        raise Refusal(_("Donnez une adresse qui commence par https://."))
    set_as = french if language == "fr" else str
    note = WatchNote(
        program=program, topic=topic.value, language=language, title=set_as(title), body=set_as(body), link=link, is_public=is_public,
        seen_at=clock.now(), seen_by=by.ref, author=by.name,
    )  # fmt: skip
    db.session.add(note)
    db.session.flush()
    audit.record("watch_noted", note, by=by, title=note.title)
    return note


def withdraw_watch(note: WatchNote, *, by: Actor) -> WatchNote:
    """Show a note no longer. Refuses: someone who may not write in its place; a note withdrawn already."""
    lock(note)
    if not (edits(by, None) if note.program is None else by.holds(note.program.id, *WHOLE)):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de tenir la veille."))
    if note.withdrawn_at is not None:
        raise Refusal(_("Cette note est déjà retirée."))
    note.withdrawn_at, note.withdrawn_by = clock.now(), by.ref
    db.session.flush()
    audit.record("watch_withdrawn", note, by=by, title=note.title)
    return note


def _read(offered: Testimonial, outcome: TestimonialOutcome, reason: str, by: Actor) -> TestimonialReading:
    lock(offered)
    if not by.holds(offered.program_id, *WHOLE):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de parler au public."))
    if offered.reading is not None or offered.withdrawal is not None:
        raise Refusal(_("Ce témoignage a déjà été lu, ou retiré."))
    offered.reading = reading = TestimonialReading(outcome=outcome.value, reason=reason, read_at=clock.now(), read_by=by.ref)
    db.session.flush()
    return reading


def _tell(offered: Testimonial, letter: str) -> None:
    employer = offered.employer
    outbox.queue(
        letter, employer.contact_email, language=employer.language, scope=offered.scope, testimonial=offered,
        url=absolute_url("library.offer_testimonial", ref=employer.ref, language=employer.language),
    )  # fmt: skip
