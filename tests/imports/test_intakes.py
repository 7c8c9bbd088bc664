"""A file of prospects: seen before anything is written, confirmed by a second act, brought in once, and taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from certif.imports import Intake, IntakeLine, Prospect, Step, confirm_intake, invite_prospect, reading, undo_intake, writing
from certif.imports.queries import counts_of
from certif.kit import audit, clock, jobs
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.jobs import Job
from certif.programs import Program
from tests.factories import Person, make_employer, make_program, make_staff, unit
from tests.imports.files import HEADS, brought, cells_of, csv_file, row, sent, taken, work, xlsx_file


def names() -> list[str]:
    return list(db.session.scalars(select(Prospect.name).order_by(Prospect.id)))


def confirmed(intake: Intake, by: Person) -> None:
    with unit():
        confirm_intake(intake, by=by.actor)
    work()


class TestPreview:
    """What a file would do."""

    def test_lines_are_new_known_or_to_be_corrected_and_nothing_is_written(self, program: Program, agent: Person) -> None:
        make_employer(legal_name="Déjà là inc.", neq="1170000001")
        make_employer(legal_name="Café de l’Îlot", neq="1170000002")
        confirmed(brought(program, csv_file(row("Pressenti ltée", neq="1170000003")), agent.actor), agent)
        content = csv_file(
            row("Nouveau", email="info@exemple.com"), row("Autre nom", neq="1170000001"), row("CAFE DE L’ILOT"),
            row("Pressenti", neq="117 000 0003"), row("nouveau."), row("", neq="12", code="J6E3Z"), row("Sans repère", code=""),
            row("Ailleurs", mrc="Kamouraska"), ["Illicite", "", "", "J6E 3Z9", "", "", "a@exemple.com"],
        )  # fmt: skip
        intake = brought(program, content, agent.actor)
        counts = counts_of(intake)
        assert (counts.fit, counts.faulty, counts.in_register, counts.in_prospects, counts.in_file) == (1, 4, 2, 1, 1)
        assert names() == ["Pressenti ltée"]
        page = agent.open(f"/personnel/importations/{intake.ref}")
        assert "Rien n’est encore ajouté" in page.text
        assert "Déjà à la ligne 2 du fichier" in page.text
        assert "Cette MRC n’est pas dans le territoire du programme." in page.text
        english = agent.open(f"/en/personnel/importations/{intake.ref}")
        assert "This MRC is not in the program’s territory." in english.text

    def test_columns_are_known_by_their_headings_in_either_language_and_any_order(self, program: Program, agent: Person) -> None:
        content = xlsx_file(["J6E 3Z9", "inutile", "Épicerie", 1160000009], heads=["postal code", "Fax", "LEGAL NAME", "neq"])
        intake = brought(program, content, agent.actor)
        line = db.session.scalars(select(IntakeLine)).one()
        assert line.values == {"postal_code": "J6E 3Z9", "name": "Épicerie", "neq": "1160000009"}
        assert "Fax ignorée" in agent.open(f"/personnel/importations/{intake.ref}").text

    def test_the_lines_to_correct_are_taken_away_corrected_and_sent_again(self, program: Program, agent: Person) -> None:
        intake = brought(program, csv_file(row("=Épicerie", code="J6E"), row("Bonne")), agent.actor)
        sheet = cells_of(taken(agent, f"/personnel/importations/{intake.ref}/lignes.csv"))
        assert sheet[0] == ["Ligne", "À corriger", *HEADS]
        assert sheet[1][:3] == ["2", "Code postal\u00a0: Écrivez un code postal canadien, comme G1R 4S9.", "'=Épicerie"]
        sheet[1][5] = "J6E 3Z9"
        again = brought(program, csv_file(*sheet[1:], heads=sheet[0]), agent.actor)
        assert [(line.name, line.is_faulty) for line in db.session.scalars(select(IntakeLine).where(IntakeLine.intake_id == again.id))] == [
            ("=Épicerie", False)
        ]

    def test_a_file_without_its_columns_is_refused_at_once_and_says_which(self, program: Program, agent: Person) -> None:
        page = sent(agent, csv_file(["1160000000"], heads=["NEQ"]))
        assert (page.status, page.errors()) == (409, ["Il manque des colonnes : Nom. Reprenez les titres du modèle."])
        assert db.session.scalar(select(func.count()).select_from(Intake)) == 0

    @pytest.mark.parametrize("suffix", ["csv", "xlsx"])
    @pytest.mark.parametrize("spoken", ["", "/en"])
    def test_the_model_itself_can_be_sent(self, program: Program, agent: Person, suffix: str, spoken: str) -> None:
        model = taken(agent, f"{spoken}/personnel/importations/modele.{suffix}")
        page = sent(agent, model, f"modele.{suffix}")
        assert page.h1 == "Importation"
        work()
        assert "Nouvelles 1" in page.visitor.open(page.path).text


class TestConfirmation:
    """The second act, and the way back."""

    def test_a_person_sends_sees_confirms_and_undoes(self, program: Program, agent: Person) -> None:
        page = sent(agent, csv_file(row("Un"), row("Deux"), row("")))
        assert "Lecture du fichier" in page.text
        work()
        page = agent.open(page.path).fill("Confirmer l’importation (2)")
        assert "0 sur 2" in page.text
        assert names() == []
        work()
        assert "Lignes ajoutées : 2." in agent.open(page.path).text
        page = agent.open(page.path).follow("Annuler cette importation").fill("Annuler l’importation")
        work()
        assert "Importation annulée" in agent.open(page.path).text
        assert names() == []

    def test_nothing_is_confirmed_twice_nor_before_it_was_seen(self, program: Program, agent: Person) -> None:
        intake = brought(program, csv_file(row("Un")), agent.actor)
        confirmed(intake, agent)
        with pytest.raises(Refusal, match="déjà confirmée"), unit():
            confirm_intake(intake, by=agent.actor)
        page = sent(agent, csv_file(row("Deux")))
        unread = db.session.scalars(select(Intake).order_by(Intake.id.desc())).first()
        with pytest.raises(Refusal, match="en cours de lecture"), unit():
            confirm_intake(unread, by=agent.actor)
        assert page.status == 200

    def test_what_has_served_is_kept_and_said(self, program: Program, agent: Person) -> None:
        intake = brought(program, csv_file(row("Un", neq="1170000011"), row("Deux", email="deux@exemple.com"), row("Trois")), agent.actor)
        confirmed(intake, agent)
        make_employer(neq="1170000011")
        with unit():
            invite_prospect(db.session.scalars(select(Prospect).where(Prospect.name == "Deux")).one(), by=agent.actor)
        page = agent.open(f"/personnel/importations/{intake.ref}/annulation")
        assert "Un — inscrit depuis" in page.text
        assert "Deux — invité depuis" in page.text
        with unit():
            undo_intake(intake, by=agent.actor)
        work()
        assert names() == ["Un", "Deux"]
        assert "gardées, parce qu’elles ont servi\u00a0: 2" in audit.history(intake)[-1].sentence

    def test_what_was_registered_since_the_preview_is_not_added(self, program: Program, agent: Person) -> None:
        intake = brought(program, csv_file(row("Un", neq="1170000021"), row("Deux")), agent.actor)
        make_employer(neq="1170000021")
        confirmed(intake, agent)
        assert names() == ["Deux"]
        assert counts_of(intake).in_register == 1

    def test_a_file_of_another_program_is_not_found(self, program: Program, agent: Person) -> None:
        intake = brought(program, csv_file(row("Un")), agent.actor)
        stranger = make_staff(Role.MANAGER, make_program(code="03"))
        for place in ("", "/annulation", "/lignes.csv"):
            assert stranger.open(f"/personnel/importations/{intake.ref}{place}").status == 404


class TestInBatches:
    """The work is done some lines at a time, and goes on after a stop."""

    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for module in (reading, writing):
            monkeypatch.setattr(module, "BATCH", 3)
            monkeypatch.setattr(module, "BATCHES_A_JOB", 2)

    def test_a_large_file_takes_several_jobs_and_ends_the_same(self, program: Program, agent: Person) -> None:
        content = csv_file(*[row(f"Employeur {number % 18}") for number in range(20)])
        with unit():
            from certif.imports import upload_file

            intake = upload_file(program, "prospects", "liste.csv", content, by=agent.actor)
        jobs.run_due(1)
        assert db.session.scalar(select(func.count()).select_from(IntakeLine)) == 6
        work()
        assert counts_of(intake).in_file == 2
        confirmed(intake, agent)
        assert len(names()) == 18
        kinds = db.session.scalars(select(Job.kind).where(Job.kind.in_(["read_intake", "write_intake"]))).all()
        assert (kinds.count("read_intake"), kinds.count("write_intake")) == (4, 4)

    def test_a_worker_that_dies_or_works_twice_changes_nothing(
        self, program: Program, agent: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        intake = brought(program, csv_file(*[row(f"Employeur {number}") for number in range(8)]), agent.actor)
        with unit():
            confirm_intake(intake, by=agent.actor)
        whole, calls = writing._write, []

        def dying(*given: object) -> None:
            calls.append(given)
            if len(calls) == 2:
                raise OSError("killed")
            whole(*given)

        monkeypatch.setattr(writing, "_write", dying)
        assert [one.error for one in jobs.run_due() if one.kind == "write_intake"] == ["OSError: killed"]
        assert len(names()) == 3
        monkeypatch.undo()
        for _each in range(3):
            writing.write_intake(intake.ref)
        assert len(names()) == 8
        with clock.frozen(clock.now()):
            reading.read_intake(intake.ref)
        assert db.session.scalar(select(func.count()).select_from(IntakeLine)) == 8
        assert intake.step(Step.WRITTEN) is not None
