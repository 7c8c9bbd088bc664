"""The forms with which people sign in and look after their account, each filled and ready to be pressed."""

from __future__ import annotations

from certif.kit.access import Role
from tests import factories
from tests.accounts.people import code_of
from tests.faults.crowds import Press, bare, filled, filled_on, read
from tests.faults.scenery import Scenery
from tests.pages import Page, Visitor


def asking(scenery: Scenery) -> tuple[Visitor, str, Page]:
    """Give somebody who has asked to sign in, their address, and the page they are on."""
    user, visitor = factories.make_user(), scenery.visitor()
    return visitor, user.email, visitor.open("/connexion").fill(email=user.email)


def sign_in(scenery: Scenery) -> Press:
    return filled(scenery.visitor(), "/connexion", email=factories.make_user().email)


def enter_code(scenery: Scenery) -> Press:
    visitor, address, page = asking(scenery)
    return filled_on(page, code=read(visitor, address)[0])


def confirm_link(scenery: Scenery) -> Press:
    visitor, address, _page = asking(scenery)
    return filled(visitor, read(visitor, address)[1])


def sign_out(_scenery: Scenery) -> Press:
    return bare(factories.make_person(), "/deconnexion")


def show_account(_scenery: Scenery) -> Press:
    return filled(factories.make_person(), "/compte", name="Autre nom")


def end_session(_scenery: Scenery) -> Press:
    person = factories.make_person()
    factories.make_person(person.user)
    return filled(person, "/compte", "Fermer cette session")


def end_other_sessions(_scenery: Scenery) -> Press:
    person = factories.make_person()
    factories.make_person(person.user)
    return filled(person, "/compte", "Fermer toutes les autres sessions")


def change_email(scenery: Scenery) -> Press:
    return filled(factories.make_person(), "/compte/courriel", email=f"nouvelle{scenery.next()}@exemple.com")


def confirm_email(scenery: Scenery) -> Press:
    press = change_email(scenery)
    page = press.visitor.send(press.path, press.typed)
    return filled_on(page, code=read(press.visitor, press.typed["email"])[0])


def confirm_identity(_scenery: Scenery) -> Press:
    return filled(factories.make_person(), "/compte/confirmation")


def enter_identity_code(_scenery: Scenery) -> Press:
    person = factories.make_person()
    page = person.open("/compte/confirmation").fill()
    return filled_on(page, code=read(person, person.user.email)[0])


def set_up_second_factor(_scenery: Scenery) -> Press:
    agent = factories.make_staff(Role.AGENT, factories.make_program())
    page = agent.open("/compte/second-facteur")
    assert page.soup.main
    key = page.soup.main.find("code")
    assert key
    return filled_on(page, "Installer", code=code_of("".join(key.get_text().split())))


def make_recovery_codes(scenery: Scenery) -> Press:
    press = set_up_second_factor(scenery)
    return filled_on(press.visitor.send(press.path, press.typed))


def second_factor(scenery: Scenery) -> Press:
    """A recovery code: it serves once. A code of the application would have to wait for the next one."""
    press = make_recovery_codes(scenery)
    page = press.visitor.send(press.path, press.typed)
    code = page.soup.select("li code, ol code, ul code")[0].get_text()
    agent = factories.sign_in(press.visitor, press.visitor.user)  # type: ignore[arg-type, attr-defined]
    return filled(agent, "/connexion/second-facteur?secours=1", answer=code)


ACCOUNT = {
    f"accounts.{scene.__name__}": scene
    for scene in (
        sign_in, enter_code, confirm_link, sign_out, show_account, end_session, end_other_sessions, change_email, confirm_email,
        confirm_identity, enter_identity_code, set_up_second_factor, make_recovery_codes, second_factor,
    )
}  # fmt: skip
