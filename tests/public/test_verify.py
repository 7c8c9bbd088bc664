"""What every QR opens: seven statuses that nobody confuses, and nothing for a code that does not exist."""

from __future__ import annotations

import json

import pytest

from certif import employers, standing
from certif.certification import Stage
from certif.kit import tokens
from certif.kit.access import Role
from certif.standing import Status
from tests.factories import make_certification, make_program, make_staff, unit
from tests.pages import Visitor
from tests.public.codes import code_of, make, owner_actor

WORDS = {
    Status.IN_PROGRESS: "En démarche",
    Status.CERTIFIED: "Certifié",
    Status.SUPPORTER: "Supporteur",
    Status.SUSPENDED: "Suspendu",
    Status.EXPIRED: "Échu",
    Status.REVOKED: "Révoqué",
    Status.PAUSED: "En pause",
}


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_each_status_is_told_in_its_own_words_colour_and_shape(visitor: Visitor, status: Status) -> None:
    page = visitor.open(f"/v/{code_of(make(status))}")
    assert page.status == 200
    assert page.h1 == WORDS[status]
    assert page.soup.select_one(f".status-banner--{status.value} .seal--{status.value}")
    others = set(WORDS.values()) - {WORDS[status]}
    assert not [word for word in others if word == page.h1]


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_the_json_says_the_same_in_ten_words(visitor: Visitor, status: Status) -> None:
    certification = make(status)
    code = code_of(certification)
    answer = visitor.client.get(f"/v/{code}.json", base_url=visitor.base)
    said = json.loads(answer.data)
    assert answer.mimetype == "application/json"
    assert set(said) == {
        "code", "status", "employer", "establishment", "municipality", "region", "level", "valid_from", "valid_until", "credential",
    }  # fmt: skip
    assert (said["code"], said["status"]) == (code, status.value)
    assert said["employer"] == certification.employer.name
    assert said["region"] == certification.program.region.name
    assert said["credential"] == f"http://127.0.0.1:8000/v/{code}/credential.json"
    assert (said["valid_from"] is None) == (status is Status.IN_PROGRESS)


def test_whoever_doubts_reaches_the_body_that_answers_in_one_touch(visitor: Visitor) -> None:
    certification = make_certification()
    program = certification.program
    path = f"/v/{code_of(certification)}"
    assert f"/programmes/{program.slug}" in str(visitor.open(path).soup.select_one("#bonne-page"))
    manager = make_staff(Role.MANAGER, program)
    page = manager.open(f"/personnel/programmes/{program.slug}/coordonnees")
    typed = {"postal_address": "1, rue du Test", "email": "nous@exemple.com", "phone": "418 555-0100", "website": "exemple.com/nous"}
    assert page.fill("Enregistrer", **typed | {"website": "nulle part"}).status == 422
    assert "418 555-0100" in page.fill("Enregistrer", **typed).text
    links = {link["href"] for link in visitor.open(path).soup.select("#bonne-page a")}
    assert {"mailto:nous@exemple.com", "tel:+14185550100", "https://exemple.com/nous"} <= links
    assert {"tel:+14185550100"} <= {link["href"] for link in visitor.open(f"/programmes/{program.slug}").soup.select(".team a")}


def test_a_certified_employer_is_shown_with_all_that_a_passer_by_asks(visitor: Visitor) -> None:
    certification = make_certification(legal_name="Marché du Fjord inc.", trade_name="Marché du Fjord", municipality="Saguenay")
    badge, page = certification.badges[0], visitor.open(f"/v/{code_of(certification)}")
    for said in (
        "Marché du Fjord",
        "Saguenay",
        certification.program.name,
        certification.program.region.name,
        certification.program.body.name,
    ):
        assert said in page.text
    assert str(badge.valid_until.year) in page.text
    assert f"127.0.0.1:8000/v/{code_of(certification)}" in page.text


def test_the_promise_and_the_law_are_two_different_things(visitor: Visitor) -> None:
    page = visitor.open(f"/v/{code_of(make_certification())}")
    heads = [head.get_text() for head in page.soup.main.find_all("h2")]
    assert any("promet" in head for head in heads)
    assert any("la loi" in head for head in heads)


@pytest.mark.parametrize("status", [Status.REVOKED, Status.EXPIRED, Status.SUSPENDED], ids=str)
def test_what_does_not_count_promises_nothing_and_is_never_called_valid(visitor: Visitor, status: Status) -> None:
    page = visitor.open(f"/v/{code_of(make(status))}")
    assert "promet" not in page.text
    for word in ("Certifié", "certifié", "valide", "Valide"):
        assert word not in page.text
    assert page.soup.find("meta", attrs={"name": "robots", "content": "noindex"})
    assert not page.soup.find("meta", attrs={"property": "og:image"})


def test_a_reason_is_never_shown_to_the_public(visitor: Visitor) -> None:
    certification = make_certification()
    with unit():
        standing.revoke(certification, "Motif très privé.", by=make_staff(Role.MANAGER, certification.program).actor)
    assert "très privé" not in visitor.open(f"/v/{code_of(certification)}").response.get_data(as_text=True)


def test_a_path_under_way_is_shown_only_where_the_program_says_so(visitor: Visitor) -> None:
    hidden, shown = (make_certification(Stage.AWAITING_CONTRACT, make_program(shows_in_progress=yes)) for yes in (False, True))
    assert visitor.open(f"/v/{code_of(hidden)}").status == 404
    assert visitor.open(f"/v/{code_of(shown)}").status == 200


def test_an_unknown_code_and_a_hidden_one_read_the_same(visitor: Visitor) -> None:
    hidden = code_of(make_certification(Stage.AWAITING_CONTRACT))
    pages = [visitor.open(f"/v/{code}") for code in (hidden, tokens.ref(), "X", "é", "A" * 400)]
    assert {page.status for page in pages} == {404}
    assert len({page.text for page in pages}) == 1
    assert {visitor.client.get(f"/v/{code}.json", base_url=visitor.base).status_code for code in (hidden, tokens.ref())} == {404}


def test_a_code_is_read_however_it_is_typed(visitor: Visitor) -> None:
    code = code_of(make_certification())
    for typed in (code.lower(), "-".join((code[:4], code[4:])), code.title()):
        assert visitor.open(f"/v/{typed}").h1 == "Certifié"


def test_the_page_reads_no_cookie_sets_none_and_may_be_kept_less_than_a_minute(visitor: Visitor) -> None:
    certification = make_certification()
    manager, path = make_staff(Role.MANAGER, certification.program), f"/v/{code_of(certification)}"
    answer = manager.client.get(path, base_url=manager.base)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.cache_control.public
    assert answer.cache_control.max_age == 0, "a reader asks each time: whoever has just suspended sees it"
    assert answer.cache_control.s_maxage <= 60
    assert not answer.cache_control.get("stale-while-revalidate")
    assert answer.data == visitor.client.get(path, base_url=visitor.base).data, "the same for everyone"


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_the_mark_of_a_copy_changes_with_the_status(visitor: Visitor, suffix: str) -> None:
    certification = make_certification()
    path, marks = f"/v/{code_of(certification)}{suffix}", set()
    by = make_staff(Role.MANAGER, certification.program).actor
    for act in (None, standing.suspend, standing.reinstate, standing.revoke):
        if act is not None:
            with unit():
                act(certification, "Un motif.", by=by)
        mark = visitor.client.get(path, base_url=visitor.base).headers["ETag"]
        assert visitor.client.get(path, base_url=visitor.base, headers={"If-None-Match": mark}).status_code == 304
        marks.add(mark)
    assert len(marks) == 3, "certified, suspended, revoked; reinstated is certified again"


def test_a_change_of_name_is_seen_and_changes_the_mark(visitor: Visitor) -> None:
    certification = make_certification(legal_name="Ancien nom inc.")
    path = f"/v/{code_of(certification)}"
    before = visitor.client.get(path, base_url=visitor.base).headers["ETag"]
    employer = certification.employer
    answers = {
        name: getattr(employer, name) for name in ("trade_name", "kind", "sector", "size", "hires", "federally_regulated", "website")
    }
    with unit():
        by = owner_actor(certification)
        employers.edit_employer(employer, {**answers, "legal_name": "Nouveau nom inc.", "banner": None}, by=by)
    page = visitor.open(path)
    assert "Nouveau nom" in page.text
    assert page.response.headers["ETag"] != before


def test_head_answers_like_get_without_a_body(visitor: Visitor) -> None:
    path = f"/v/{code_of(make_certification())}"
    head, get = (visitor.client.open(path, method=method, base_url=visitor.base) for method in ("HEAD", "GET"))
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["ETag"] == get.headers["ETag"]


def test_the_english_page_is_in_english_at_the_same_code(visitor: Visitor) -> None:
    page = visitor.open(f"/en/v/{code_of(make_certification())}")
    assert page.status == 200
    assert page.language == "en"


@pytest.mark.parametrize("name", ["Épicerie & fils <i>", "ᐃᓄᒃᑎᑐᑦ", "🍎 pomme", "N" * 300, "50 % et +"])
def test_any_name_is_shown_as_it_is(app: object, name: str) -> None:
    certification = make_certification(legal_name=name)
    page = Visitor(app, inspects=False).open(f"/v/{code_of(certification)}")  # type: ignore[arg-type]
    assert " ".join(name.split()) in page.text


def test_the_page_asks_nothing_of_who_reads_it(visitor: Visitor) -> None:
    page = visitor.open(f"/v/{code_of(make_certification())}")
    assert not page.soup.find_all(["form", "input"])


def test_a_supporter_promises_what_its_level_asks_and_no_hours(visitor: Visitor) -> None:
    page = visitor.open(f"/v/{code_of(make(Status.SUPPORTER))}")
    assert "promet" in page.text
    assert "h par semaine" not in page.text
    assert "la loi demande" not in page.text


def test_a_code_typed_on_the_home_page_leads_to_its_page(visitor: Visitor) -> None:
    code = code_of(make_certification())
    assert visitor.open(f"/v?code=%20{code.lower()[:5]}%20{code.lower()[5:]}%20").h1 == "Certifié"
    assert visitor.open("/v?code=").path == "/"
    assert visitor.open(f"/v?code=certif.example/v/{code}%3Fde=vitrine").h1 == "Certifié"
