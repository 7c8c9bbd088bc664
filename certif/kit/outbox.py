"""Letters: rows, rendered and stored in the same transaction as what they speak of, sent later by a job. Never lost, never early."""

from __future__ import annotations

import datetime as dt
import json
import re
import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app
from markupsafe import Markup
from sqlalchemy import Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import NotFound

from certif.kit import clock, evidence, sent_files, tokens
from certif.kit.db import Model, db, transaction
from certif.kit.errors import Refusal, Unavailable
from certif.kit.jobs import enqueue, job, recurring
from certif.kit.languages import _, speaking
from certif.kit.settings import settings

KEPT = dt.timedelta(days=730)

_PERMANENT = 500
_secret: set[str] = set()
_fleeting: set[str] = set()
_listeners: list[Callable[[str], None]] = []
_HOST_LIKE = re.compile(r"(?<=[\w)\]])\.(?=\w)|(?<=\w):(?=//)|(?<=\w)@(?=\w)")
_JOINER = "\u2060"  # invisible, and enough that no mail reader makes a link of what a stranger typed


class Letter(Model):
    """One letter. Keeps: an address and what was written to it, as proof of notice, two years after it was sent; of those that are
    forgotten once sent, neither.

    `calendar`, an invitation that the reader’s calendar understands (iMIP, RFC 6047), forgotten like the text.
    """

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_address", "to_address", "sent_at"), Index("ix_letter_scope", "scope", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    name: Mapped[str]
    to_address: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    attachments: Mapped[str]
    calendar: Mapped[str | None]
    stop_url: Mapped[str | None]
    scope: Mapped[str | None]
    queued_at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]
    refused: Mapped[str | None]

    @property
    def is_secret(self) -> bool:
        """Whether it carries a code or a link that opens something: only its reader may see the text, which is forgotten once sent."""
        return self.name in _secret

    @property
    def is_forgotten(self) -> bool:
        """Whether neither its address nor its text is kept any more."""
        return self.name in _fleeting and not self.to_address


def hide_once_sent(name: str) -> None:
    """Declare a letter that carries a code or a link: the journal of letters never shows its text, which is forgotten once it is sent."""
    _secret.add(name)


def forget_once_sent(name: str) -> None:
    """Declare a letter to somebody whom we do not know otherwise: once it is sent, or refused for good, its address and its text are
    forgotten."""
    _fleeting.add(name)


def when_refused(listener: Callable[[str], None]) -> None:
    """Let a room know each address that refuses a letter for good, in the unit of work that notes it."""
    _listeners.append(listener)


def written(name: str, *, language: str, **context: Any) -> tuple[str, str]:
    """Give the subject and the body of a letter, as `queue` would write them: for whoever looks before it is sent."""
    room, fact = name.split("/")
    template = _letters().get_template(f"{room}/letters/{fact}.txt")
    with speaking(language):
        view = template.new_context({**context, "language": language})
        subject = " ".join("".join(template.blocks["subject"](view)).split())
        return subject, re.sub(r"\n{3,}", "\n\n", "".join(template.root_render_func(view))).strip() + "\n"


def queue(
    name: str,
    to: str,
    *,
    language: str,
    attachments: list[tuple[str, str]] | None = None,
    calendar: str | None = None,
    scope: str | None = None,
    stop_url: str | None = None,
    **context: Any,
) -> Letter:
    """Write a letter, in this unit of work: nothing is sent if nothing is committed.

    Takes: `name`, `room/fact`, a template in `templates/room/letters/fact.txt` with the blocks `subject` and `body`; `to`, one address;
    `language` of the reader,
    `"fr"` or `"en"`; `attachments`, pairs of file name and digest, of evidence or of a file that can be erased; `calendar`, an
    invitation in iCalendar, whose method the reader’s calendar obeys; `scope`, the ref of the program whose staff may see it;
    `stop_url`, for what is not a service: where one press stops such letters, also from the reader's own mail program; `context`, what the
    template says.
    Texts that people typed are fenced, so that no mail reader turns them into links; `Markup` and absolute links of ours pass as they are.
    """
    if stop_url is not None:
        context["stop_url"] = stop_url
    subject, body = written(name, language=language, **context)
    letter = Letter(
        ref=tokens.ref(), name=name, to_address=to, language=language, subject=subject, body=body,
        attachments=json.dumps(attachments or []), calendar=calendar, stop_url=stop_url, scope=scope, queued_at=clock.now(),
    )  # fmt: skip
    db.session.add(letter)
    enqueue("send_letter", once=f"letter {letter.ref}", letter=letter.ref)
    return letter


def send_again(letter: Letter) -> None:
    """Put a letter back in the outbox, as it was written.

    Refuses: a letter that carried a code or a link, which is forgotten: the person asks for a new one; one whose address is forgotten.
    """
    if letter.is_forgotten:
        raise Refusal(_("L’adresse de cette personne n’est plus gardée : ce courriel ne peut pas repartir."))
    if letter.is_secret:
        raise Refusal(_("Ce courriel portait un code ou un lien : la personne en demandera un autre."))
    letter.sent_at = letter.refused = None
    enqueue("send_letter", once=f"letter {letter.ref} {clock.now().isoformat()}", letter=letter.ref)


@job("send_letter")
def send_letter(letter: str) -> None:
    """Send one letter. An address that refuses for good is noted, so that staff see it; anything else is tried again."""
    row = db.session.scalar(select(Letter).where(Letter.ref == letter))
    if row is None:
        raise NotFound
    if row.sent_at is not None or row.is_forgotten:
        return
    earlier = select(Letter.id).where(
        Letter.to_address == row.to_address, Letter.id < row.id, Letter.sent_at.is_(None), Letter.refused.is_(None)
    )
    if db.session.scalar(earlier.limit(1)):
        raise Unavailable("an earlier letter to this person waits")
    message = _message(row)
    db.session.rollback()  # nothing is held while the post office is asked
    refused = _hand_over(message, row)
    with transaction():
        row = db.session.merge(row)
        row.refused, row.sent_at = (refused, None) if refused else (None, clock.now())
        for listener in _listeners if refused else ():
            listener(row.to_address)
        if row.is_secret:
            row.body, row.calendar = "", None
        if row.name in _fleeting:
            row.to_address, row.body, row.calendar, row.attachments = "", "", None, "[]"


@recurring("forget_old_letters", every=dt.timedelta(days=1), retention=True)
def forget_old_letters() -> None:
    """Apply the retention of letters, as their model says."""
    with transaction():
        db.session.execute(delete(Letter).where(Letter.queued_at < clock.now() - KEPT))


def wrote_lately(to: str, *, scope: str, within: dt.timedelta) -> bool:
    """Whether a letter about a program was written to an address within that time: reminders keep apart from it."""
    lately = Letter.to_address == to, Letter.scope == scope, Letter.queued_at > clock.now() - within
    return db.session.scalar(select(Letter.id).where(*lately).limit(1)) is not None


def fence(text: object) -> object:
    """Give text that a person typed so that no mail reader makes a link of it. It reads the same."""
    if isinstance(text, Markup) or not isinstance(text, str) or text.startswith(settings().public_base_url):
        return text
    return _HOST_LIKE.sub(lambda found: found.group() + _JOINER, text)


def reachable(email: str) -> Markup:
    """Give an address that the reader is meant to write to, as it is. Takes: one that a form of ours has checked."""
    return Markup(email)  # noqa: S704 — letters are plain text: it is kept from the fence, not from HTML


def _letters() -> Any:
    environment = current_app.extensions.get("letters")
    if environment is None:
        environment = current_app.jinja_env.overlay(autoescape=False, finalize=fence)
        environment.filters["reachable"] = reachable
        current_app.extensions["letters"] = environment
    return environment


def _message(row: Letter) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    host = settings().host.split(":")[0]
    message["From"], message["To"], message["Subject"] = settings().mail_from, row.to_address, row.subject
    message["Date"], message["Message-ID"] = format_datetime(row.queued_at), f"<{row.ref}@{host}>"
    message["Content-Language"] = row.language
    message["Auto-Submitted"] = "auto-generated"
    if row.stop_url:
        message["List-Unsubscribe"], message["List-Unsubscribe-Post"] = f"<{row.stop_url}>", "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(row.body)
    if row.calendar:
        method = re.search(r"^METHOD:(\w+)", row.calendar, re.MULTILINE)
        message.add_alternative(row.calendar, subtype="calendar", params={"method": method.group(1) if method else "PUBLISH"})
    for file_name, digest in json.loads(row.attachments):
        found = _attached(digest)
        kind, subtype = found.media_type.split("/")
        message.add_attachment(found.content, maintype=kind, subtype=subtype, filename=file_name)
    return message


def _attached(digest: str) -> evidence.Evidence | sent_files.SentFile:
    """Give the file that a letter carries. Not there: `NotFound`."""
    return db.session.get(sent_files.SentFile, digest) or evidence.fetch(digest)


def _hand_over(message: EmailMessage, row: Letter) -> str | None:
    """Give the message to the post office; give the reason when the address refuses for good."""
    url = settings().smtp_url
    if url is None:
        folder = settings().data_dir / "letters"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{row.queued_at:%Y%m%d-%H%M%S}-{row.name.replace('/', '-')}-{row.ref[:6]}.eml").write_bytes(bytes(message))
        return None
    parts = urlsplit(url)
    office = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with office(parts.hostname or "localhost", parts.port or (465 if parts.scheme == "smtps" else 25), timeout=20) as line:
            if parts.scheme == "smtp+starttls":
                line.starttls()
            if parts.username:
                line.login(unquote(parts.username), unquote(parts.password or ""))
            line.send_message(message, from_addr=parseaddr(settings().mail_from)[1], to_addrs=[row.to_address])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, reason = refusal.recipients[row.to_address]
        if code < _PERMANENT:
            raise
        return f"{code} {reason.decode(errors='replace')}"
    return None
