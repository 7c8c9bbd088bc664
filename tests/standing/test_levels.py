"""A higher level is asked for criterion by criterion, and decided so; the first level of a program that caps it must be left in time."""

from __future__ import annotations

import io
import json
import re
import struct
import zlib

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from certif import standing
from certif.certification import Certification, Credential, CredentialKind, Stage
from certif.kit import audit, clock, sent_files
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.sent_files import SentFile
from certif.programs import months_after, pause_program
from certif.public.documents import judge as judge_document
from certif.public.queries import shown_at
from certif.standing import Found, LevelRequest, Said, Upload, keep_piece
from tests.conftest import Mailbox
from tests.credentials.test_credentials import REVOKED, is_set
from tests.credentials.verifying import read
from tests.factories import Person, decide, make_certification, make_person, make_program, make_staff, owner_of, unit
from tests.pages import Visitor
from tests.public.codes import code_of
from tests.standing.years import days, on, owner, renew
from tests.statements import statements

PICTURE = io.BytesIO()
Image.new("RGB", (30, 20), "green").save(PICTURE, "PNG")


def bronze() -> Certification:
    """Give an employer at the first of three levels."""
    return make_certification(program=make_program("oser-jeunes"))


def asked(certification: Certification) -> LevelRequest:
    """Ask for the next level, of two criteria."""
    with unit():
        return standing.ask_for_level(
            certification, [Said("Chaque horaire respecte l’école."), Said("Deux de plus.")], by=owner(certification)
        )


def judge(request: LevelRequest, *found: Found) -> None:
    """Let a manager decide."""
    by = make_staff(Role.MANAGER, request.certification.program).actor
    with unit():
        standing.decide_on_level(request, list(found), by=by)


def test_granted_every_place_has_a_new_badge_to_the_same_day_and_the_code_says_it(app: object, letters: Mailbox) -> None:
    certification = bronze()
    first = certification.badges[0]
    with on(first.valid_from + days(100)):
        request = asked(certification)
        judge(request, Found(True), Found(True))
        new = certification.current_badges[0]
        assert (new.level, new.issue, new.valid_until) == ("argent", 2, first.valid_until)
        assert new.valid_from == first.valid_from + days(100)
        assert new.certificate_digest != first.certificate_digest
        shown = shown_at(code_of(certification))
        assert shown.level is not None
        assert (shown.level.code, shown.since, shown.valid_until) == ("argent", first.valid_from, first.valid_until)
        assert certification.level == "argent"
    letter = letters.last(certification.employer.contact_email)
    assert letter.name == "standing/level_granted"
    assert new.certificate_digest in letter.attachments
    assert [entry.event for entry in audit.history(certification)][-2:] == ["level_requested", "level_granted"]


def test_the_credential_of_the_lower_level_is_withdrawn_and_leads_to_the_new_one(visitor: Visitor) -> None:
    certification = bronze()
    path = f"/v/{code_of(certification)}/credential.json"
    (before,) = places_in_list(certification)
    old = json.loads(read(visitor, path))
    assert not is_set(read(visitor, REVOKED), before)
    judge(asked(certification), Found(True), Found(True))
    same, after = places_in_list(certification)
    assert same == before
    withdrawn = read(visitor, REVOKED)
    assert (is_set(withdrawn, before), is_set(withdrawn, after)) == (True, False)
    assert old["refreshService"]["id"].endswith(path)
    new = json.loads(read(visitor, path))
    assert (old["credentialSubject"]["result"][0]["value"], new["credentialSubject"]["result"][0]["value"]) == ("Bronze", "Argent")


def places_in_list(certification: Certification) -> list[int]:
    """Give the places of its credentials in their list, the oldest first."""
    found = select(Credential.list_index).where(
        Credential.certification_id == certification.id, Credential.kind == CredentialKind.BADGE.value
    )
    return list(db.session.scalars(found.order_by(Credential.issue)))


def test_refused_the_reasons_are_written_nothing_changes_and_it_may_be_asked_again(app: object, letters: Mailbox) -> None:
    certification = bronze()
    judge(asked(certification), Found(True), Found(False, "Un seul engagement au choix est tenu."))
    letter = letters.last(certification.employer.contact_email)
    assert letter.name == "standing/level_refused"
    assert "Un seul engagement au choix est tenu." in letter.body
    assert certification.level == "bronze"
    judge(asked(certification), Found(True), Found(True))
    assert certification.level == "argent"


def test_what_a_decision_must_say_and_who_may_take_it(app: object) -> None:
    certification = bronze()
    request = asked(certification)
    with pytest.raises(Refusal, match="déjà entre les mains"):
        asked(certification)
    for found in ([Found(True)], [Found(True), Found(False)]):
        with pytest.raises(Refusal, match="Décidez de chaque critère"):
            judge(request, *found)
    member = make_staff(Role.MANAGER, certification.program, user=owner_of(certification.employer)).actor
    with unit(), pytest.raises(Refusal, match="membre"):
        standing.decide_on_level(request, [Found(True), Found(True)], by=member)
    judge(request, Found(True), Found(True))
    with pytest.raises(Refusal, match="déjà décidé"):
        judge(request, Found(True), Found(True))


@pytest.mark.parametrize("stage", [Stage.SUSPENDED, Stage.AWAITING_VALIDATION])
def test_only_what_is_in_force_changes_level(app: object, stage: Stage) -> None:
    certification = make_certification(stage, make_program("oser-jeunes"))
    with pytest.raises(Refusal, match="en vigueur"):
        asked(certification)


def test_a_suspension_or_a_pause_in_the_meantime_grants_nothing(app: object) -> None:
    certification, other = bronze(), bronze()
    request = asked(certification)
    with unit():
        standing.suspend(certification, "Vérification.", by=make_staff(Role.MANAGER, certification.program).actor)
        pause_program(other.program, reason="Financement.", by=SYSTEM)
    with pytest.raises(Refusal, match="en vigueur"):
        judge(request, Found(True), Found(True))
    assert certification.level == "bronze"
    with pytest.raises(Refusal, match="pause"):
        asked(other)


def test_a_level_is_asked_for_in_the_cycle_that_runs(app: object) -> None:
    certification = bronze()
    with on(certification.badges[0].valid_until - days(20)):
        following = renew(certification, Stage.CERTIFIED)
        for one in (certification, following):
            with pytest.raises(Refusal, match="premier jour"):
                asked(one)
    with on(following.badges[0].valid_from):
        judge(asked(following), Found(True), Found(True))
        assert following.level == "argent"


def test_the_list_of_staff_costs_the_same_for_one_request_and_six(app: object) -> None:
    program = make_program("oser-jeunes")
    staff, costs = make_staff(Role.AGENT, program), []
    for more in (1, 5):
        for _each in range(more):
            asked(make_certification(program=program))
        with statements() as said:
            assert staff.open("/personnel/niveaux").status == 200
        costs.append(len(said))
    assert costs[0] == costs[1]


class TestPieces:
    """What supports what is said."""

    def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(self, unit: None) -> None:
        for side in (4001, 20_000):
            head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
            bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + PICTURE.getvalue()[33:]
            with pytest.raises(Refusal, match="ni un PDF"):
                keep_piece(Upload("bombe.png", bomb))

    def test_a_name_holds_no_sign_that_breaks_a_header_or_a_database(self, unit: None) -> None:
        kept = keep_piece(Upload("a\r\nSet-Cookie: b\0\u202efdp.pdf", b"%PDF-1.7"))
        assert kept.name == "aSet-Cookie: bfdp.pdf"
        assert keep_piece(Upload("\0.pdf", b"%PDF-1.7")).name == "piece.pdf"

    def test_a_picture_is_drawn_again_and_a_pdf_is_kept_byte_for_byte(self, unit: None) -> None:
        pdf = b"%PDF-1.7\n1 0 obj"
        assert sent_files.fetch(keep_piece(Upload("grille.pdf", pdf)).digest).content == pdf
        piece = keep_piece(Upload("horaire.png", PICTURE.getvalue() + b"<script>"))
        assert piece.name == "horaire.jpg"
        assert b"<script>" not in sent_files.fetch(piece.digest).content

    @pytest.mark.parametrize("content", [b"<html>", b"", b"%PDF-" + b"0" * (2 * 1024 * 1024), b"GIF89a"])
    def test_anything_else_is_refused(self, unit: None, content: bytes) -> None:
        with pytest.raises(Refusal):
            keep_piece(Upload("x.pdf", content))


class TestPages:
    """Both sides, through the browser."""

    def test_from_the_space_to_the_new_badge(self, app: object) -> None:
        certification = bronze()
        person, staff = make_person(owner_of(certification.employer)), make_staff(Role.AGENT, certification.program)
        page = person.open("/mon-espace").follow("Demander ce niveau")
        assert page.fill("Demander ce niveau").status == 422
        data = _typed(page.soup, words_0="Oui, partout.", words_1="Oui, deux.")
        data["file_1"] = (io.BytesIO(PICTURE.getvalue()), "preuve.png")
        answer = person.client.post(page.path, data=data, base_url=person.base, content_type="multipart/form-data")
        assert answer.status_code == 303
        assert "entre les mains" in person.open(page.path).text
        page = staff.open("/personnel/niveaux").follow(certification.employer.name)
        assert "Oui, deux." in page.text
        assert self._takes(staff, page.soup.find("a", string="preuve.jpg")["href"]) == 200
        assert self._takes(make_person(), page.soup.find("a", string="preuve.jpg")["href"]) == 404
        page = page.fill("Décider", met_0="yes", met_1="no", reason_1="Il en manque un.")
        assert "Non accordé par" in page.text
        assert "Il en manque un." in person.open(f"/certification/{certification.ref}/niveau").text
        english = person.open(f"/en/certification/{certification.ref}/niveau")
        assert "Ask for the “Silver” level" in english.h1

    def _takes(self, person: Person, path: str) -> int:
        from tests.pages import _let_go

        _let_go()
        return person.client.get(path, base_url=person.base).status_code


class TestTheFirstLevelIsLeftInTime:
    """A program may cap the time at its first level."""

    def test_the_last_term_is_cut_short_and_no_other_is_granted_there(self, app: object) -> None:
        certification = make_certification(program=make_program("oser-jeunes", validity_months=12, entry_level_months=18))
        first = certification.badges[0]
        assert first.valid_until == months_after(first.valid_from, 12), "a term that fits is whole"
        with on(first.valid_until - days(20)):
            second = renew(certification, Stage.CERTIFIED)
            assert second.badges[0].valid_until == months_after(first.valid_from, 18)
        with on(second.badges[0].valid_until - days(20)):
            third = renew(second, Stage.AWAITING_VALIDATION)
            with pytest.raises(Refusal, match="niveau plus haut"):
                decide(third, Stage.CERTIFIED, "bronze")
            decide(third, Stage.CERTIFIED, "argent")
            assert third.badges[0].valid_until == months_after(third.badges[0].valid_from, 12)

    def test_without_a_cap_one_may_stay(self, app: object) -> None:
        certification = make_certification(program=make_program("oser-jeunes", validity_months=12))
        for _cycle in range(2):
            with on(certification.badges[0].valid_until - days(20)):
                certification = renew(certification, Stage.CERTIFIED)
        assert certification.level == "bronze"


def _typed(soup: object, **words: str) -> MultiDict[str, object]:
    data: MultiDict[str, object] = MultiDict(words)
    for name in ("csrf_token", "once"):
        found = soup.main.find("input", attrs={"name": name})  # type: ignore[attr-defined]
        data[name] = re.sub(r"\s", "", found["value"])
    return data


def test_what_supported_a_request_is_erased_two_years_after_the_decision_and_the_end_of_the_cycle(app: object) -> None:
    certification = bronze()
    with unit():
        pieces = [Said("Voyez.", Upload("grille.png", PICTURE.getvalue())), Said("Deux de plus.")]
        request = standing.ask_for_level(certification, pieces, by=owner(certification))
    judge(request, Found(True), Found(False, "Un seul."))
    piece, last_day = str(request.evidence[0].piece_digest), certification.badges[0].valid_until
    for day, is_kept in (
        (clock.today() + days(800), True),
        (months_after(last_day, 24), True),
        (months_after(last_day, 24) + days(2), False),
    ):
        with on(day):
            standing.forget_old_level_evidence()
        db.session.expire_all()
        assert [bool(one.words) for one in request.evidence] == [is_kept, is_kept]
        assert (db.session.get(SentFile, piece) is not None) is is_kept
    assert request.decision is not None
    assert request.decision.findings[1].reason == "Un seul.", "the reasons stay"
    page = make_staff(Role.MANAGER, certification.program).open(f"/personnel/niveaux/{request.ref}")
    assert "Effacé, deux ans après" in page.text


def test_a_document_that_was_sent_is_not_vouched_for(app: object) -> None:
    pdf = b"%PDF-1.7 what an employer made up"
    with unit():
        keep_piece(Upload("faux.pdf", pdf))
    assert judge_document(pdf).kind == "foreign"
