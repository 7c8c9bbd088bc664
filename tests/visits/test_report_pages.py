"""The pages of the road: an ordinary form without a script, the queue of a phone, two versions side by side, what is to be done."""

from __future__ import annotations

import io
import json
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from certif.imports import note_prospect
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.territory import PartnerKind, add_partner, mrcs, region
from certif.visits import FollowUp, ReportConflict, Visit, VisitReport
from tests.factories import Person, make_certification, make_employer, make_program, make_staff, unit
from tests.pages import _forget_the_request
from tests.statements import statements
from tests.visits.making_reports import cancel, make_conflict, make_report, make_tool, make_visit
from tests.visits.test_reports import picture_from_a_phone

PAGE = "/personnel/terrain/compte-rendu"


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def synced(person: Person, *, token: str | None = None, photo: bytes | None = None, **fields: str) -> tuple[int, dict[str, Any]]:
    """Send what waited on a phone, as its script does."""
    db.session.rollback()
    _forget_the_request()
    pack = person.client.get(f"{PAGE}/trousse.json", base_url=person.base)
    header = {"X-CSRFToken": (pack.get_json() or {}).get("token", "") if token is None else token} if pack.status_code == 200 else {}
    _forget_the_request()
    plain = {"outcome": "interested", "met_on": "2026-01-15", "people_met": "1", "minutes": "20", "kilometres": "0", "kind": "visit"}
    files = {"photo": (io.BytesIO(photo), "photo.jpg")} if photo else {}
    data = {**plain, "audience": "employers", **fields, **files}
    answer = person.client.post(f"{PAGE}/envoi", data=data, headers=header, base_url=person.base, buffered=True)
    return answer.status_code, json.loads(answer.get_data()) if answer.mimetype == "application/json" else {}


def test_a_planned_meeting_is_told_in_a_few_answers(app: Flask) -> None:
    program = make_program()
    agent, visit, tool = make_staff(Role.AGENT, program), make_visit(program), make_tool(program)
    page = agent.open(f"{PAGE}?visite={visit.ref}").fill("Enregistrer", outcome="thinking", **{f"tool-{tool.slug}": "4"})
    assert page.status == 200
    assert "Épicerie du Coin" in page.h1
    assert "Trousse de l’employeur (4)" in page.text
    assert "Reprendre contact" in page.text


def test_a_meeting_without_a_plan_is_made_by_its_report(app: Flask) -> None:
    program = make_program()
    agent = make_staff(Role.AGENT, program)
    place = agent.open(PAGE).soup.select_one("#mrc option[value]:not([value=''])")
    assert place is not None
    agent.open(PAGE).fill("Enregistrer", title="Quincaillerie Roy", mrc=place["value"], outcome="refused")
    visit = db.session.scalars(select(Visit)).one()
    assert (visit.title, visit.ends_at > visit.starts_at, visit.report is not None) == ("Quincaillerie Roy", True, True)


def test_what_is_missing_is_said_and_what_was_typed_is_kept(app: Flask) -> None:
    agent = make_staff(Role.AGENT, make_program())
    page = agent.open(PAGE).fill("Enregistrer", outcome="refused", note="Fermé le lundi.")
    assert page.status == 422
    assert any("chez qui" in line for line in page.errors())
    assert page.soup.find("textarea").get_text().strip() == "Fermé le lundi."
    assert count(VisitReport) == 0


def test_a_report_about_an_employer_is_tied_to_it(app: Flask) -> None:
    certification = make_certification()
    agent = make_staff(Role.AGENT, certification.program)
    page = agent.open(f"{PAGE}?employeur={certification.employer.ref}")
    page.fill("Enregistrer", outcome="interested", mrc=page.soup.select_one("#mrc option[value]:not([value=''])")["value"])
    assert db.session.scalars(select(Visit.employer_id)).one() == certification.employer_id
    stranger = make_employer()
    assert stranger.name not in str(agent.open(f"{PAGE}?employeur={stranger.ref}").soup)


def test_what_was_told_is_read_from_the_file_of_the_employer_and_from_the_prospect(app: Flask) -> None:
    certification = make_certification()
    program = certification.program
    agent = make_staff(Role.AGENT, program)
    with unit():
        prospect = note_prospect(program, "Chez Nous", "Joliette", mrcs(region("14"))[0], None, source="essai", note="", by=agent.actor)
    assert prospect is not None
    make_report(make_visit(program, employer_id=certification.employer_id), agent.actor, note="Très ouverts.")
    make_report(make_visit(program, prospect_id=prospect.id), agent.actor, note="À revoir.")
    page = agent.open(f"/personnel/dossiers/{certification.ref}").follow("Sur le terrain")
    assert "Très ouverts." in page.text
    assert "Rappeler pour l’inscription" in page.text
    assert "À revoir." in agent.open(f"/personnel/prospects/{prospect.ref}").follow("Sur le terrain").text


def test_the_queue_of_a_phone_is_heard_once(app: Flask) -> None:
    program = make_program()
    agent, visit = make_staff(Role.AGENT, program), make_visit(program)
    fields = {"visit": visit.ref, "client_key": "a" * 32, "written_at": "2026-01-15T14:00:00Z"}
    status, first = synced(agent, photo=picture_from_a_phone(), **fields)
    assert (status, first["came"]) == (200, "filed")
    assert synced(agent, photo=picture_from_a_phone(), **fields) == (200, first)
    assert (count(VisitReport), count(FollowUp)) == (1, 1)
    photo = agent.client.get(f"/personnel/terrain/comptes-rendus/{first['url'].split('/')[-1]}/photo.jpg", base_url=agent.base)
    assert (photo.status_code, photo.mimetype) == (200, "image/jpeg")


def test_what_comes_after_the_meeting_was_cancelled_leads_to_both_versions(app: Flask) -> None:
    program = make_program()
    agent, visit = make_staff(Role.AGENT, program), make_visit(program)
    cancel(visit, "Tempête.")
    fields = {"visit": visit.ref, "client_key": "b" * 32, "note": "Elle m’a reçu."}
    status, came = synced(agent, **fields)
    assert (status, came["came"]) == (200, "conflict")
    assert synced(agent, **fields) == (200, came)
    page = agent.open(came["url"])
    assert "Tempête." in page.text
    assert "Elle m’a reçu." in page.text
    page.fill("Trancher", keep="both")
    assert (count(VisitReport), count(ReportConflict), count(Visit)) == (1, 1, 2)


def test_what_the_site_cannot_take_is_answered_in_words_and_left_with_the_phone(app: Flask) -> None:
    agent = make_staff(Role.AGENT, make_program())
    status, came = synced(agent, client_key="c" * 32, met_on="2100-01-01", title="Ailleurs")
    assert (status, came["came"]) == (422, "refused")
    assert any("à venir" in line for line in came["said"])
    assert count(VisitReport) == 0


def test_a_forged_or_a_signed_out_queue_is_not_heard(app: Flask) -> None:
    program = make_program()
    agent, visit = make_staff(Role.AGENT, program), make_visit(program)
    assert synced(agent, token="forged", visit=visit.ref)[0] == 400
    agent.client.delete_cookie("session", domain="127.0.0.1")
    agent.client._cookies.clear()  # type: ignore[union-attr]
    assert synced(agent, visit=visit.ref)[0] in {303, 400}
    assert count(VisitReport) == 0


def test_the_page_that_a_phone_keeps_names_nobody(app: Flask) -> None:
    agent = make_staff(Role.AGENT, make_program())
    for path in ("/terrain/compte-rendu", "/en/terrain/compte-rendu"):
        answer = agent.client.get(path, base_url=agent.base)
        text = answer.get_data(as_text=True)
        assert agent.user.name not in text
        assert "csrf_token" not in text
        assert "Set-Cookie" not in answer.headers
    worker = agent.client.get("/terrain/service.js", base_url=agent.base)
    assert worker.headers["Service-Worker-Allowed"] == PAGE
    assert agent.client.get("/terrain/app.webmanifest", base_url=agent.base).get_json(force=True)["scope"] == PAGE


def test_two_versions_are_shown_side_by_side_and_decided_once(app: Flask) -> None:
    program = make_program()
    agent, other, visit = make_staff(Role.AGENT, program), make_staff(Role.AGENT, program), make_visit(program)
    make_report(visit, agent.actor, note="Ouvert.")
    conflict = make_conflict(visit, other.actor, note="Fermé.")
    page = agent.open("/personnel/terrain/comptes-rendus").follow("Épicerie du Coin")
    assert "Ouvert." in page.text
    assert "Fermé." in page.text
    assert "Fermé." in page.fill("Trancher", keep="second").text
    again = agent.open(f"/personnel/terrain/conflits/{conflict.ref}")
    assert "Ouvert." in again.text
    assert again.soup.find("button", string="Trancher") is None


def test_a_partner_tells_of_its_territory_only(app: Flask) -> None:
    program = make_program()
    inside, outside = mrcs(region("14"))[:2]
    with unit():
        body = add_partner("CJE d’essai", kind=PartnerKind.CJE, source="essai", mrcs=[inside], by=SYSTEM)
    partner = make_staff(Role.PARTNER, program, partner=body)
    near, far = make_visit(program, mrc=inside, title="Ici"), make_visit(program, mrc=outside, title="Là-bas")
    page = partner.open(PAGE)
    assert "Ici" in page.text
    assert "Là-bas" not in page.text
    assert partner.open(f"{PAGE}?visite={far.ref}").status == 404
    assert synced(partner, visit=far.ref)[0] == 404
    assert synced(partner, visit=near.ref)[0] == 200
    assert {one["value"] for one in page.soup.select("#mrc option")} == {"", inside.slug}


def test_what_is_to_be_done_is_done_from_the_list(app: Flask) -> None:
    program = make_program()
    agent = make_staff(Role.AGENT, program)
    make_report(make_visit(program), agent.actor)
    page = agent.open("/personnel/terrain/a-faire")
    assert "Rappeler pour l’inscription" in page.text
    assert "Rien à faire" in page.fill("C’est fait").text


def test_lists_cost_the_same_for_one_row_and_for_twenty(app: Flask) -> None:
    program = make_program()
    agent = make_staff(Role.AGENT, program)
    costs: dict[str, list[int]] = {}
    for more in (1, 19):
        for _each in range(more):
            make_report(make_visit(program), agent.actor)
        for path in ("/personnel/terrain/comptes-rendus", "/personnel/terrain/a-faire", PAGE):
            with statements() as asked:
                agent.open(path)
            costs.setdefault(path, []).append(len(asked))
    assert all(few == many for few, many in costs.values()), costs
