"""Letters: rows that a real post office receives, once committed; nothing that was typed becomes a link or a header."""

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from certif.kit import clock, jobs, outbox
from certif.kit.db import db, transaction
from certif.kit.outbox import Letter, queue
from tests.serving import free_port

NAME = "certification/file_sent_back"


class PostOffice:
    """A real SMTP server. `says`: what it answers to a recipient, when not yes."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.says: str | None = None

    async def handle_RCPT(self, server: object, session: object, envelope: object, address: str, options: list[str]) -> str:
        if self.says:
            return self.says
        envelope.rcpt_tos.append(address)  # type: ignore[attr-defined]
        return "250 OK"

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)  # type: ignore[attr-defined]
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"


@pytest.fixture
def office(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    import dataclasses

    found = PostOffice()
    port = free_port()
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    given = app.config["SETTINGS"]
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(given, smtp_url=f"smtp://127.0.0.1:{port}"))
    yield found
    controller.stop()


class Named:
    """As much of a certification as this letter says."""

    def __init__(self, name: str) -> None:
        self.employer = type("Employer", (), {"name": name, "contact_name": name})()


def write(name: str = "Épicerie & fils", to: str = "a@exemple.com", language: str = "fr") -> Letter:
    with transaction():
        return queue(
            NAME, to, language=language, certification=Named(name), reason=name, url=outbox.Markup("http://127.0.0.1:8000/mon-espace")
        )


def test_a_letter_reaches_a_real_post_office_once(office: PostOffice) -> None:
    letter = write()
    jobs.run_due()
    jobs.run_due()
    assert len(office.received) == 1
    message = office.received[0]
    assert message["To"] == "a@exemple.com"
    assert letter.ref in message["Message-ID"]
    assert "Épicerie & fils" in message.get_content()


def test_nothing_is_sent_when_nothing_is_committed(office: PostOffice) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        queue(NAME, "a@exemple.com", language="fr", certification=Named("x"), reason="x", url="")
        raise ZeroDivisionError
    jobs.run_due()
    assert office.received == []


def test_an_office_that_is_busy_is_asked_again_later(office: PostOffice) -> None:
    office.says = "451 try later"
    write()
    jobs.run_due()
    office.says = None
    jobs.run_due()
    assert office.received == [], "not before its time"
    with clock.frozen(clock.now() + dt.timedelta(hours=1)):
        jobs.run_due()
    assert len(office.received) == 1


def test_an_address_that_refuses_for_good_is_shown_and_not_asked_again(office: PostOffice) -> None:
    office.says = "550 no such person"
    letter = write()
    jobs.run_due()
    office.says = None
    with clock.frozen(clock.now() + dt.timedelta(days=1)):
        jobs.run_due()
    assert office.received == []
    assert "550" in (db.session.scalar(select(Letter.refused).where(Letter.ref == letter.ref)) or "")


HOSTILE = [
    "a\r\nBcc: victim@exemple.com", "www.evil.tld gagnez", "http://evil.tld/x", "<a href='http://evil.tld'>x</a>", "{{ 7*7 }}",
    "{employer.__init__}",
    "%(x)s", "${7*7}", "[clic](http://evil.tld)", "\u202eabc", "x" * 10_000, "ᐃᓄᒃᑎᑐᑦ 🙂",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_stranger_typed_is_only_ever_read(office: PostOffice, name: str) -> None:
    write(name)
    jobs.run_due()
    (message,) = office.received
    body = message.get_content()
    assert message.get_all("Bcc") is None
    assert "\n" not in str(message["Subject"])
    assert "evil.tld" not in body
    assert "49" not in body
    if "evil" not in name and "\r" not in name and len(name) < 100:
        assert name in body.replace("\u2060", "")


def test_the_twin_without_the_fence_lets_a_link_through(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_HOST_LIKE", __import__("re").compile("$^"))
    assert "evil.tld" in write("http://evil.tld/x").body
