"""The whole of it: staff paste a class, print slips, the school is written to, students answer, and the board of each shows the count."""

from __future__ import annotations

import csv
import io
import re

from flask import Flask
from sqlalchemy import select

from certif.kit.access import Role
from certif.kit.db import db
from certif.surveys import SurveyDoor
from tests.conftest import Mailbox
from tests.factories import make_program, make_staff
from tests.pages import Visitor
from tests.surveys.running import make_survey


def test_a_class_answers_by_its_code_and_slips_and_both_boards_count_it(app: Flask, letters: Mailbox) -> None:
    program = make_program(code="14")
    agent, survey = make_staff(Role.AGENT, program), make_survey(program)
    here = f"/personnel/sondages/{survey.ref}"
    line = "École des Peupliers ; {} ; Secondaire ; 4 ; direction@exemple.com"
    agent.open(f"{here}/portes/nouvelles").fill("Ouvrir", lines=line.format("31"))
    agent.open(f"{here}/portes/nouvelles").fill("Ouvrir", kind="invitations", lines=line.format("32"))
    agent.open(f"{here}/courriels").fill("Envoyer les invitations (1)")
    doors = {door.label: door for door in db.session.scalars(select(SurveyDoor))}
    sheet = agent.open(f"/personnel/portes/{doors['32'].ref}/liens").fill("Faire les liens", count=4, look="csv").response
    links = [row[1] for row in csv.reader(io.StringIO(sheet.get_data(as_text=True)), delimiter=";")][1:]
    told = letters.last("direction@exemple.com").body
    code = re.search(r"31, 4 élèves\s: ([A-Z0-9 ]+)", told)
    assert code
    for typed in (code[1], code[1].lower(), links[0]):
        page = Visitor(app).open(f"/s/{typed}")
        page = page.fill("Commencer") if "Commencer" in page.text else page
        assert "Votre réponse est arrivée" in page.fill("Envoyer ma réponse", q__works="oui").text
    assert "a déjà servi" in Visitor(app).open(f"/s/{links[0]}").text
    assert "3 sur 8, 37" in agent.open(f"{here}/suivi").text
    assert "Liens faits : 4 ; utilisés : 1." in agent.open(f"/personnel/portes/{doors['32'].ref}").text
    private = re.search(r"/sondages/ecole/[\w-]+", told)
    assert private
    board = Visitor(app).open(private.group())
    assert "3 sur 8, 37" in board.text
    assert "2 sur 4, 50" in board.text
    assert "Oui" not in board.text
    agent.open(f"/personnel/portes/{doors['31'].ref}").fill("Fermer cette porte")
    assert "Envoyer ma réponse" not in Visitor(app).open(f"/s/{code[1]}").text
