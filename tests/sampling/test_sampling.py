"""The draw of the year: bound to before it is made, redone by anyone; and what comes of the examinations."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from certif import sampling, standing
from certif.certification import Certification, Stage, verifications_of
from certif.employers import members_of
from certif.kit import audit, clock
from certif.kit.access import SYSTEM, Actor, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.sent_files import SentFile
from certif.programs import Program, months_after, pause_program
from certif.sampling import Examination, Outcome, SampleDraw, picked, seed_digest, ticket_of
from certif.sampling.queries import population_of
from certif.standing import Upload
from tests.conftest import Mailbox
from tests.factories import make_certification, make_employer, make_person, make_program, make_staff, owner_of, unit
from tests.pages import Visitor
from tests.standing.years import days, on, owner, renew
from tests.statements import statements

TICKETS = st.lists(st.text("0123456789abcdef", min_size=20, max_size=20), unique=True, max_size=40)


def manager(program: Program) -> Actor:
    """Give who answers for a program."""
    return make_staff(Role.MANAGER, program).actor


def drawn(program: Program, by: Actor | None = None) -> tuple[SampleDraw, list[Examination]]:
    """Announce the draw of the year, and make it the day after."""
    by = by or manager(program)
    with unit():
        draw = sampling.announce_draw(program, by=by)
    with on(clock.today() + days(1)), unit():
        return draw, sampling.draw_sample(draw, by=by)


def examined() -> tuple[Certification, Examination, Actor]:
    """Give a certification on which the draw fell, and who examines it."""
    certification = make_certification(program=make_program(sample_percent=100))
    by = manager(certification.program)
    [examination] = drawn(certification.program, by)[1]
    return certification, examination, by


def test_what_was_shown_is_erased_two_years_after_the_conclusion_and_the_end_of_the_cycle(app: object) -> None:
    certification, examination, by = examined()
    with unit():
        sampling.answer(examination, "Voyez la grille.", Upload("grille.pdf", b"%PDF-1.7 grille"), by=owner(certification))
        sampling.note_finding(examination, Outcome.UPHELD, "Tout est tenu.", by=by)
    piece, last_day = str(examination.evidence[0].piece_digest), certification.badges[0].valid_until
    for day, is_kept in (
        (clock.today() + days(800), True),
        (months_after(last_day, 24), True),
        (months_after(last_day, 24) + days(2), False),
    ):
        with on(day):
            sampling.forget_old_examination_evidence()
        db.session.expire_all()
        assert bool(examination.evidence[0].words) is is_kept
        assert (db.session.get(SentFile, piece) is not None) is is_kept
    assert examination.conclusion is not None
    assert examination.conclusion.reason == "Tout est tenu."


class TestRecipe:
    """Pure, and the same for everyone."""

    @settings(suppress_health_check=[HealthCheck.too_slow])  # slow is the machine, when others use it
    @given(TICKETS, st.integers(1, 100), st.text(min_size=1, max_size=20))
    def test_the_order_of_the_tickets_changes_nothing_and_the_share_is_rounded_up(
        self, tickets: list[str], percent: int, seed: str
    ) -> None:
        found = picked(seed, tickets, percent)
        assert found == picked(seed, list(reversed(tickets)), percent)
        assert len(found) == -(-len(tickets) * percent // 100)
        assert set(found) <= set(tickets)

    def test_another_seed_draws_others(self) -> None:
        tickets = [ticket_of(str(number)) for number in range(200)]
        assert picked("une graine", tickets, 10) != picked("une autre", tickets, 10)


class TestDraw:
    """Once a year, bound to beforehand."""

    def test_what_was_published_before_binds_what_is_published_after(self, app: object, visitor: Visitor, tmp_path: Path) -> None:
        program = make_program(sample_percent=50)
        made = [make_certification(program=program) for _each in range(3)]
        by = manager(program)
        with unit():
            draw = sampling.announce_draw(program, by=by)
        page = visitor.open(f"/tirages/{draw.ref}")
        assert draw.seed_digest in page.text
        assert draw.seed not in page.response.text
        with unit(), pytest.raises(Refusal, match="tirez demain"):
            sampling.draw_sample(draw, by=by)
        with on(clock.today() + days(1)), unit():
            found = sampling.draw_sample(draw, by=by)
        assert seed_digest(draw.seed) == draw.seed_digest
        assert len(found) == 2
        assert {one.ticket for one in found} <= {ticket_of(verifications_of(one)[0].code) for one in made}
        page = visitor.open(f"/tirages/{draw.ref}")
        assert draw.seed in page.text
        assert not any(one.employer.name in page.response.text for one in made), "nobody is named"
        tickets = visitor.client.get(f"/tirages/{draw.ref}/bulletins.txt", base_url=visitor.base).text
        (tmp_path / "bulletins.txt").write_text(tickets)
        recipe = page.soup.find("pre").get_text()
        redone = subprocess.run([sys.executable, "-c", recipe], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        assert redone.strip() == str(sorted(one.ticket for one in found)), "whoever follows the page finds the same"
        assert visitor.open("/en/tirages").follow(program.name).h1 == f"Draw of {draw.year}"

    def test_whoever_could_not_answer_is_left_aside_and_the_page_says_so(self, app: object, visitor: Visitor) -> None:
        program = make_program(sample_percent=100)
        shut, left, first = (make_certification(program=program) for _each in range(3))
        there = make_certification(program=program, employer=make_employer(places=2))
        closed, still_open = verifications_of(there)
        assert len(population_of(program)) == 4
        with unit():
            for code in (verifications_of(shut)[0], closed):
                code.establishment.closed_at = clock.now()
            for member in members_of(left.employer):
                member.ended_at = clock.now()
        assert dict(population_of(program)) == {first: verifications_of(first)[0].code, there: still_open.code}
        draw, found = drawn(program)
        assert {one.certification for one in found} == {first, there}
        assert "ils ne pourraient pas répondre" in visitor.open(f"/tirages/{draw.ref}").text

    def test_one_a_year_by_who_answers_for_the_program_while_it_runs(self, app: object) -> None:
        certification = make_certification(program=make_program(sample_percent=10))
        program = certification.program
        by = manager(program)
        for wrong, match in ((make_staff(Role.AGENT, program).actor, "gestion"), (manager(make_program(code="03")), "gestion")):
            with unit(), pytest.raises(Refusal, match=match):
                sampling.announce_draw(program, by=wrong)
        nobody = make_program()
        with unit(), pytest.raises(Refusal, match="n’examine personne"):
            sampling.announce_draw(nobody, by=manager(nobody))
        draw, _found = drawn(program, by)
        with unit(), pytest.raises(Refusal, match="déjà annoncé"):
            sampling.announce_draw(program, by=by)
        with unit(), pytest.raises(Refusal, match="déjà fait"):
            sampling.draw_sample(draw, by=by)
        with clock.frozen(clock.now() + dt.timedelta(days=370)):
            with unit():
                following = sampling.announce_draw(program, by=by)
            with on(clock.today() + days(1)), unit():
                pause_program(program, reason="Financement.", by=SYSTEM)
                with pytest.raises(Refusal, match="pause"):
                    sampling.draw_sample(following, by=by)

    def test_only_what_counts_today_is_drawn_and_once(self, app: object) -> None:
        program = make_program(sample_percent=100, validity_months=12)
        for stage in (Stage.SUSPENDED, Stage.REVOKED, Stage.AWAITING_VALIDATION):
            make_certification(stage, program)
        certification = make_certification(program=program)
        with on(certification.badges[0].valid_until - days(30)):
            following = renew(certification, Stage.CERTIFIED)
            _draw, [only] = drawn(program)
        assert only.certification is following

    def test_the_same_draw_twice_is_refused_by_the_database(self, app: object) -> None:
        certification, examination, _by = examined()
        again = Examination(
            draw=examination.draw, certification=certification, ticket="x", answer_by=examination.answer_by, asked_at=clock.now()
        )
        with pytest.raises(IntegrityError), unit():
            from certif.kit.db import db

            db.session.add(again)
            db.session.flush()


class TestExamination:
    """A dated request, evidence, a finding, a reply, a conclusion; the employer hears of each."""

    def test_commitments_that_are_kept_end_it_at_once(self, app: object, letters: Mailbox) -> None:
        certification, examination, by = examined()
        contact = certification.employer.contact_email
        assert letters.last(contact).name == "sampling/examination_asked"
        assert examination.ticket in letters.last(contact).body
        with unit(), pytest.raises(Refusal, match="pour répondre"):
            sampling.note_finding(examination, Outcome.UPHELD, "Rien à voir.", by=by)
        with unit():
            sampling.answer(examination, "Voici nos horaires.", Upload("horaire.pdf", b"%PDF-1.7"), by=owner(certification))
            sampling.note_finding(examination, Outcome.UPHELD, "Tout est en règle.", by=by)
        assert letters.last(contact).name == "sampling/examination_concluded"
        assert [entry.event for entry in audit.history(certification)][-3:] == [
            "examination_asked",
            "evidence_sent",
            "examination_concluded",
        ]
        with unit(), pytest.raises(Refusal, match="déjà fait"):
            sampling.answer(examination, "Encore.", None, by=owner(certification))

    def test_nothing_else_is_concluded_before_the_employer_could_reply(self, app: object, letters: Mailbox) -> None:
        certification, examination, by = examined()
        with unit():
            sampling.answer(examination, "Nous faisons de notre mieux.", None, by=owner(certification))
            sampling.note_finding(examination, Outcome.SUSPENSION_PROPOSED, "Des quarts finissent à 23 h.", by=by)
            with pytest.raises(Refusal, match="pour répondre"):
                sampling.conclude(examination, Outcome.SUSPENSION_PROPOSED, "Non tenu.", by=by)
        assert "23 h" in letters.last(certification.employer.contact_email).body
        with unit():
            sampling.reply(examination, "C’était une erreur, corrigée depuis.", by=owner(certification))
            sampling.conclude(examination, Outcome.ADVICE, "Corrigé ; gardez l’horaire écrit.", by=by)
        assert certification.stage is Stage.CERTIFIED

    def test_silence_lets_time_pass_and_a_suspension_is_only_proposed(self, app: object, letters: Mailbox) -> None:
        certification, examination, by = examined()
        with on(examination.answer_by + days(1)):
            with unit():
                sampling.note_finding(examination, Outcome.SUSPENSION_PROPOSED, "Aucune réponse.", by=by)
            finding = examination.finding
            assert finding is not None
        with on(finding.reply_by + days(1)):
            with unit():
                sampling.conclude(examination, Outcome.SUSPENSION_PROPOSED, "Aucune réponse en 45 jours.", by=by)
            assert certification.stage is Stage.CERTIFIED, "suspending is the manager's own act"
            assert letters.last(by.email).name == "sampling/suspension_proposed"
            with unit():
                standing.suspend(certification, "Aucune réponse à l’examen.", by=by)
            assert certification.stage is Stage.SUSPENDED

    def test_nobody_examines_an_employer_of_which_they_are_a_member(self, app: object) -> None:
        certification, examination, _by = examined()
        member = make_staff(Role.MANAGER, certification.program, user=owner_of(certification.employer)).actor
        elsewhere = make_staff(Role.AGENT, make_program(code="03")).actor
        for by in (member, elsewhere):
            with unit(), pytest.raises(Refusal, match="membre"):
                sampling.note_finding(examination, Outcome.UPHELD, "Tout va.", by=by)


def test_the_list_of_a_draw_costs_the_same_for_one_row_and_six(app: object) -> None:
    costs = []
    for count in (1, 6):
        program = make_program(sample_percent=100)
        for _each in range(count):
            make_certification(program=program)
        draw, found = drawn(program)
        by = manager(program)
        with on(found[0].answer_by + days(1)), unit():
            for one in found:
                sampling.note_finding(one, Outcome.ADVICE, "Rien reçu.", by=by)
        staff = make_staff(Role.MANAGER, program)
        with statements() as said:
            assert staff.open(f"/personnel/tirages/{draw.ref}").status == 200
        costs.append(len(said))
    assert costs[0] == costs[1]


class TestPages:
    """From the draw to the conclusion, in the browser."""

    def test_the_whole_story(self, app: object) -> None:
        certification = make_certification(program=make_program(sample_percent=100))
        staff = make_staff(Role.MANAGER, certification.program)
        page = staff.open("/personnel/tirages").fill(f"Annoncer le tirage de {clock.today().year}")
        with on(clock.today() + days(1)):
            staff, person = make_staff(Role.MANAGER, certification.program), make_person(owner_of(certification.employer))
            page = staff.open(page.path).fill("Tirer")
            assert "Attend l’employeur" in page.text
            answered = person.open("/mon-espace").follow("Ouvrir l’examen").fill("Envoyer", words="Les horaires suivent l’école.")
            assert "Les horaires suivent l’école." in answered.text
            page = staff.open(page.path).follow(certification.employer.name).follow("Noter une constatation")
            assert page.fill("Enregistrer").status == 422
            page = page.fill("Enregistrer", outcome="advice", reason="Affichez l’horaire des examens.")
            replied = person.open("/mon-espace").follow("Ouvrir l’examen").follow("Répondre")
            assert "Affichez l’horaire des examens." in replied.text
            replied = replied.fill("Envoyer ma réponse", words="C’est fait.")
            page = staff.open(page.path).follow("Conclure").fill("Enregistrer", outcome="advice", reason="Merci.")
            assert "Des conseils sont donnés" in page.text
            english = person.open(f"/en{replied.path}")
            assert "Advice is given" in english.text
            assert make_person().open(replied.path).status == 404
