"""One queue: what awaits me and nobody else's, the oldest first, and the next file."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from certif import certification as paths
from certif.accounts import actor_of
from certif.certification import Certification, Stage, papers
from certif.kit import clock, evidence
from certif.kit.access import Role
from certif.kit.db import db
from certif.programs import Program
from certif.territory import PartnerKind, mrcs, partners, region
from tests.factories import Person, lead_to, make_certification, make_employer, make_program, make_staff, owner_of, unit
from tests.pages import Page
from tests.statements import statements


def names(page: Page) -> list[str]:
    """Give the employers of the list, in order."""
    return [cell.a.get_text() for cell in page.soup.select("tbody th")]


def waiting(program: Program, name: str, *, days_ago: int = 0, **answers: object) -> Certification:
    """Make a file that awaits a decision since some days."""
    with clock.frozen(clock.now() - dt.timedelta(days=days_ago)):
        return make_certification(Stage.AWAITING_VALIDATION, program, legal_name=name, **answers)


@pytest.fixture
def program(app: object) -> Program:
    """A program in force for a year."""
    with clock.frozen(clock.now() - dt.timedelta(days=365)):
        return make_program(code="14")


def test_what_awaits_me_stands_the_oldest_first(program: Program) -> None:
    for name, days in (("Beta", 3), ("Alpha", 9), ("Gamma", 1)):
        waiting(program, name, days_ago=days)
    for stage in (Stage.AWAITING_CONTRACT, Stage.AWAITING_CONTRIBUTION, Stage.SENT_BACK, Stage.CERTIFIED):
        make_certification(stage, program, legal_name=f"Autre {stage.value}")
    page = make_staff(Role.AGENT, program).open("/personnel")
    assert names(page) == ["Alpha", "Beta", "Gamma"]


def test_what_was_answered_waits_from_its_answer(program: Program) -> None:
    with clock.frozen(clock.now() - dt.timedelta(days=20)):
        old = make_certification(Stage.SENT_BACK, program, legal_name="Renvoyé")
    waiting(program, "Entre-temps", days_ago=5)
    lead_to(old, Stage.AWAITING_VALIDATION)
    assert names(make_staff(Role.AGENT, program).open("/personnel")) == ["Entre-temps", "Renvoyé"]


def test_other_programs_files_are_not_there(program: Program) -> None:
    waiting(program, "Chez nous")
    waiting(make_program(code="03"), "Ailleurs")
    assert names(make_staff(Role.AGENT, program).open("/personnel")) == ["Chez nous"]
    assert set(names(make_staff(Role.ADMIN).open("/personnel"))) == {"Chez nous", "Ailleurs"}


def test_a_partner_sees_its_own_territory_only(app: object) -> None:
    here, there = mrcs(region("14"))[:2]
    everyone = (Role.PARTNER, Role.AGENT, Role.MANAGER)
    with clock.frozen(clock.now() - dt.timedelta(days=1)):
        program = make_program(code="14", validators=everyone, receivers=everyone)
    for mrc in (here, there):
        make_certification(Stage.AWAITING_VALIDATION, program, employer=make_employer(mrc=mrc, legal_name=f"De {mrc.name}"))
    body = partner_of(here)
    page = make_staff(Role.PARTNER, program, partner=body).open("/personnel")
    assert names(page) == [f"De {here.name}"]


def partner_of(mrc: object) -> object:
    """Make a youth employment centre that serves one MRC."""
    from certif.kit.access import SYSTEM
    from certif.territory import add_partner

    with unit():
        return add_partner(f"CJE de {mrc.name}", kind=PartnerKind.CJE, source="essai", mrcs=[mrc], by=SYSTEM)


def test_only_those_who_may_decide_are_asked_to(app: object) -> None:
    program = make_program(validators=(Role.MANAGER,))
    waiting(program, "Pour la gestion")
    agent, manager = make_staff(Role.AGENT, program), make_staff(Role.MANAGER, program)
    assert names(agent.open("/personnel")) == []
    assert names(agent.open("/personnel/employeurs")) == ["Pour la gestion"]
    assert names(manager.open("/personnel")) == ["Pour la gestion"]


def test_contracts_declined_and_contributions_awaited_have_their_own_place(program: Program) -> None:
    declined = make_certification(Stage.AWAITING_CONTRACT, program, legal_name="Hésitante")
    with unit():
        paths.decline_contract(declined, "Trop d’engagements.", by=actor_of(owner_of(declined.employer)))
    make_certification(Stage.AWAITING_CONTRIBUTION, program, legal_name="Chèque en route")
    agent = make_staff(Role.AGENT, program)
    assert names(agent.open("/personnel?attente=declined")) == ["Hésitante"]
    assert names(agent.open("/personnel?attente=contributions")) == ["Chèque en route"]
    assert names(agent.open("/personnel")) == []


def test_the_next_file_is_the_one_after_and_then_the_first(program: Program) -> None:
    first, second, third = (waiting(program, name, days_ago=days) for name, days in (("A", 9), ("B", 5), ("C", 2)))
    agent = make_staff(Role.AGENT, program)
    for here, following in ((first, second), (second, third), (third, first)):
        assert agent.open(f"/personnel/suivant?after={here.ref}").path == f"/personnel/dossiers/{following.ref}"


def test_after_the_last_decision_nothing_is_next(program: Program) -> None:
    only = waiting(program, "Seule")
    agent = make_staff(Role.AGENT, program)
    page = agent.open(f"/personnel/suivant?after={only.ref}")
    assert page.path == "/personnel"
    assert "Aucun autre dossier" in page.text


def test_filters_live_in_the_address(program: Program) -> None:
    waiting(program, "Boulangerie Élan", neq="1177000001")
    waiting(program, "Quincaillerie", neq="1177000002")
    agent = make_staff(Role.AGENT, program)
    page = agent.open("/personnel").fill("Filtrer", q="elan")
    assert "q=elan" in page.path
    assert names(page) == ["Boulangerie Élan"]
    assert names(agent.open("/personnel?q=1177000002")) == ["Quincaillerie"]
    assert names(agent.open("/personnel/employeurs?etape=certified")) == []
    assert len(names(agent.open("/personnel/employeurs?etape=awaiting_validation"))) == 2


def test_a_list_is_read_page_by_page_without_loss_or_double(program: Program) -> None:
    for number in range(30):
        make_certification(Stage.AWAITING_CONTRACT, program, legal_name=f"Employeur {number:02d}")
    agent = make_staff(Role.AGENT, program)
    first = agent.open("/personnel/employeurs?q=employeur")
    second = first.follow("Page suivante")
    seen = names(first) + names(second)
    assert (len(names(first)), len(names(second))) == (25, 5)
    assert sorted(seen) == [f"Employeur {number:02d}" for number in range(30)]
    assert "q=employeur" in second.path


@pytest.mark.parametrize(
    "asked", ["?suite=xxx", "?suite=%00", "?etape=zzz", "?programme=autre", "?mrc=nulle", "?attente=tout", "?q=" + "x" * 500]
)
def test_what_is_not_offered_counts_as_not_asked(program: Program, asked: str) -> None:
    waiting(program, "Seule")
    agent = make_staff(Role.AGENT, program)
    for path in ("/personnel", "/personnel/employeurs"):
        assert names(agent.open(path + asked)) == ["Seule"]


@pytest.mark.parametrize(
    "asked",
    [
        "sort=contact_email",
        "order=1,(select 1)",
        "q=contact_email__startswith",
        "contact_email=a",
        "employer.contact_email=c",
        "q=contact1",
        "q=%25",
        "q=_",
    ],
)
def test_a_search_never_tells_of_what_is_not_shown(program: Program, asked: str) -> None:
    waiting(program, "Seule")
    agent = make_staff(Role.AGENT, program)
    assert names(agent.open(f"/personnel/employeurs?{asked}")) == ([] if asked.startswith("q=") else ["Seule"])


def test_a_search_of_another_program_finds_nothing(program: Program) -> None:
    waiting(make_program(code="03"), "Secret de Québec")
    agent = make_staff(Role.AGENT, program)
    assert names(agent.open("/personnel/employeurs?q=secret")) == []


def test_every_list_costs_the_same_for_one_row_and_twenty(app: object) -> None:
    agents = []
    for code, many in (("14", 1), ("03", 20)):
        program = make_program(code=code)
        for number in range(many):
            waiting(program, f"Employeur {number}")
        agents.append(make_staff(Role.AGENT, program))
        agents[-1].inspects = False
    for path in ("/personnel", "/personnel/employeurs", "/personnel/contributions", "/personnel/lettres", "/personnel/journal"):
        one, twenty = (cost(agent, path) for agent in agents)
        assert (path, one) == (path, twenty)
        assert one < 20


def cost(agent: Person, path: str) -> int:
    """Give how many statements a page takes when nothing is remembered."""
    db.session.expunge_all()
    with statements() as asked:
        assert agent.open(path).status == 200
    return len(asked)


def test_the_first_day_tells_what_is_left_to_set_up(app: object) -> None:
    program = make_program()
    manager, agent = make_staff(Role.MANAGER, program), make_staff(Role.AGENT, program)
    assert "Inviter votre équipe" in manager.open("/personnel").text
    assert "Inviter votre équipe" not in agent.open("/personnel").text
    assert "Recevoir un premier dossier" in agent.open("/personnel").text
    make_certification(Stage.AWAITING_CONTRACT, program)
    assert "Pour commencer" not in manager.open("/personnel").text


def test_the_tools_are_those_i_may_open(program: Program) -> None:
    def tools(person: Person) -> list[str]:
        return [link.get_text(strip=True) for link in person.open("/personnel").soup.select(".staff-nav__link")]

    partner = make_staff(Role.PARTNER, program, partner=partners(PartnerKind.IRC, region("14"))[0])
    assert "Journal" not in tools(partner)
    assert {"À traiter", "Employeurs", "Journal", "Courriels", "Contributions"} <= set(tools(make_staff(Role.AGENT, program)))


def test_the_role_taken_back_in_the_middle_closes_the_page_at_once(program: Program) -> None:
    from certif.accounts import grants_of, revoke_grant
    from certif.kit.access import SYSTEM

    agent = make_staff(Role.AGENT, program)
    assert agent.open("/personnel").status == 200
    with unit():
        revoke_grant(grants_of(agent.user)[0], by=SYSTEM)
    assert agent.open("/personnel").status == 403


def taken(person: Person, question: str = "") -> list[bytes]:
    """Take the signed contracts of a list away; give each."""
    token = person.open(f"/personnel/employeurs{question}").soup.select_one("form[action*='contrats.zip'] input[name=csrf_token]")
    data = {"csrf_token": token["value"]}
    answer = person.client.post(f"/personnel/employeurs/contrats.zip{question}", data=data, base_url=person.base, buffered=True)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_the_signed_contracts_of_a_list_are_taken_away_together_byte_for_byte(program: Program) -> None:
    agent, stranger = make_staff(Role.AGENT, program), make_staff(Role.AGENT, make_program(code="01"))
    signed = [waiting(program, name) for name in ("Un", "Deux")]
    make_certification(Stage.AWAITING_CONTRACT, program, legal_name="Trois")
    assert taken(agent, "?q=un") == [evidence.fetch(papers.signature_of(signed[0]).pdf_digest).content]
    assert len(taken(agent)) == 2
    assert stranger.send("/personnel/employeurs/contrats.zip", {}).status in {400, 409}
