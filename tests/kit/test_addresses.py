"""What is asked in an address stays a question: it never names our arguments, breaks a page, or is repeated to others."""

from __future__ import annotations

import pytest

from certif.certification import verifications_of
from certif.kit.access import Role
from tests.factories import make_certification, make_program, make_staff
from tests.pages import Visitor

QUESTIONS = [
    "endpoint=x", "_scheme=javascript&_external=1", "_anchor=x", "_method=POST", "_external=1", "self=1", "values=1", "language=zz",
    "suite=1&suite=2",
    "a=%22%3E%3Cscript%3E", "%00=1", "x=" + "é" * 200,
]  # fmt: skip
PATHS = ["/", "/verifier-document", "/personnel/journal", "/personnel/employeurs", "/personnel/contributions", "/v/AAAA"]


@pytest.mark.parametrize("path", PATHS)
def test_no_question_breaks_a_page_nor_leads_away(app: object, path: str) -> None:
    program = make_program()
    make_certification(program=program)
    person = make_staff(Role.AGENT, program)
    person.inspects = False
    for asked in QUESTIONS:
        page = person.open(f"{path}?{asked}")
        assert page.status in {200, 404}, asked
        outside = [
            link["href"] for link in page.soup.find_all("a", href=True) if ":" in link["href"] and not link["href"].startswith("mailto:")
        ]
        assert outside == [], asked


def test_the_other_language_keeps_what_was_asked(app: object) -> None:
    person = make_staff(Role.ADMIN)
    page = person.open("/personnel/employeurs?q=marché&etape=certified")
    assert page.follow("English").path == "/en/personnel/employeurs?q=march%C3%A9&etape=certified"


def test_a_copy_for_everyone_repeats_nothing_that_somebody_asked(visitor: Visitor) -> None:
    path = f"/v/{verifications_of(make_certification())[0].code}"
    asked = visitor.open(f"{path}?utm=somebody")
    assert "somebody" not in asked.response.get_data(as_text=True)
    assert visitor.open(path).response.data == asked.response.data
