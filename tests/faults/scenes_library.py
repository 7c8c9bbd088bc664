"""The forms of the library: tools, beats, stories, testimonials, the watch, what was handed out; each filled and ready to be pressed."""

from __future__ import annotations

from certif.certification import Certification, Stage
from certif.consents import PURPOSES, give_consent
from certif.kit.access import Role
from certif.library.actions import hide_tool as hide
from certif.library.handing import tools_of
from certif.library.model import Tool, ToolKind
from certif.library.queries import newest_of
from certif.library.word_actions import STORY
from certif.library.word_actions import publish_testimonial as publish_words
from certif.programs import Program
from certif.territory import mrcs
from tests import factories
from tests.factories import Person, make_person, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.library.making import BOSS, JPS, in_a_year, make_beat, make_note, make_piece, make_testimonial, make_tool

LIBRARY_PATH = "/personnel/bibliotheque"


def shelf() -> tuple[Program, Person]:
    """Give a program, and who decides of its tools."""
    program = factories.make_program(code="14")
    return program, factories.make_staff(Role.MANAGER, program)


def filed(*, says: bool = True) -> tuple[Tool, Person, str]:
    """Give a tool of a program, who decides of it, and the address of its pages."""
    program, manager = shelf()
    tool = make_tool(program, says=says)
    return tool, manager, f"{LIBRARY_PATH}/outils/{tool.slug}"


def certified() -> tuple[Certification, Person]:
    """Give a certified employer, and its owner."""
    certification = factories.make_certification(Stage.CERTIFIED)
    return certification, make_person(factories.owner_of(certification.employer))


def add_tool(_scenery: Scenery) -> Press:
    program, manager = shelf()
    return filled(manager, f"{LIBRARY_PATH}/nouveau", program=program.slug, title_fr="Horaires", kind="kit", audience="parents")


def edit_tool(_scenery: Scenery) -> Press:
    _tool, manager, path = filed()
    return filled(manager, f"{path}/classement", audience="parents")


def publish_version(_scenery: Scenery) -> Press:
    _tool, manager, path = filed()
    return filled(manager, f"{path}/version", text_fr="Autre chose.")


def review_tool(_scenery: Scenery) -> Press:
    _tool, manager, path = filed()
    return filled(manager, f"{path}/revision", next_on=in_a_year())


def retire_tool(_scenery: Scenery) -> Press:
    _tool, manager, path = filed()
    return filled(manager, f"{path}/retrait")


def hide_tool(_scenery: Scenery) -> Press:
    program, manager = shelf()
    tool = make_tool()
    assert tool in tools_of(program)
    return filled(manager, f"{LIBRARY_PATH}/outils/{tool.slug}", "Masquer")


def adapt_tool(_scenery: Scenery) -> Press:
    program, manager = shelf()
    tool = make_tool()
    with unit():
        hide(tool, program, by=BOSS)
    return filled(manager, f"{LIBRARY_PATH}/outils/{tool.slug}/adaptation", program=program.slug)


def note_hand_out(_scenery: Scenery) -> Press:
    tool, manager, _path = filed()
    assert tool.program is not None
    said = {"tool": tool.slug, "count": 3, "mrc": mrcs(tool.program.region)[0].slug, "audience": "parents"}
    return filled(manager, f"/personnel/remises/programmes/{tool.program.slug}/nouvelle", **said)


def remove_hand_out(scenery: Scenery) -> Press:
    press = note_hand_out(scenery)
    press.send(scenery.app)
    page = press.visitor.open("/personnel/remises/notes")
    return filled(press.visitor, next(one["href"] for one in page.soup.main.find_all("a") if "Retirer" in one.get_text()))  # type: ignore[union-attr]


def date_beat(scenery: Scenery) -> Press:
    make_beat()
    year = 2039 + scenery.next()
    said = {"from_on": f"{year}-02-14", "until_on": f"{year}-02-18", "source": "Annonce"}
    return filled(factories.make_staff(Role.ADMIN), f"/personnel/temps-forts/{JPS}/dates", **said)


def write_piece(_scenery: Scenery) -> Press:
    make_beat()
    program, manager = shelf()
    return filled(manager, f"/personnel/trousses-temps-forts/{program.slug}/{JPS}/nouvelle", title_fr="Mot", text_fr="Bravo.")


def drop_piece(_scenery: Scenery) -> Press:
    program, manager = shelf()
    piece = make_piece(make_beat(), program)
    return filled(manager, f"/personnel/trousses-temps-forts/{program.slug}/{JPS}/{piece.ref}/retrait")


def answer_story(_scenery: Scenery) -> Press:
    certification, owner = certified()
    told = newest_of(make_tool(certification.program, kind=ToolKind.STORY, employer=certification.employer))
    assert told is not None
    return filled(owner, f"/mon-espace/bons-coups/{told.ref}", agreed=True)


def withdraw_story(_scenery: Scenery) -> Press:
    certification, owner = certified()
    told = newest_of(make_tool(certification.program, kind=ToolKind.STORY, employer=certification.employer))
    assert told is not None
    with unit():
        give_consent(told, STORY, version=PURPOSES[STORY].version, language="fr", by=owner.actor)
    return filled(owner, f"/mon-espace/bons-coups/{told.ref}", "Retirer mon accord")


def offer_testimonial(_scenery: Scenery) -> Press:
    certification, owner = certified()
    said = {"program": certification.program.slug, "words": "Nos élèves restent.", "agreed": True}
    return filled(owner, f"/mon-espace/temoignages/{certification.employer.ref}", "Offrir", **said)


def take_testimonial_back(_scenery: Scenery) -> Press:
    certification, owner = certified()
    make_testimonial(certification.employer, certification.program, owner.actor)
    return filled(owner, f"/mon-espace/temoignages/{certification.employer.ref}", "Retirer ce témoignage")


def publish_testimonial(_scenery: Scenery) -> Press:
    certification, owner = certified()
    make_testimonial(certification.employer, certification.program, owner.actor)
    return filled(factories.make_staff(Role.AGENT, certification.program), "/personnel/temoignages", "Publier")


def set_testimonial_aside(_scenery: Scenery) -> Press:
    certification, owner = certified()
    offered = make_testimonial(certification.employer, certification.program, owner.actor)
    agent = factories.make_staff(Role.AGENT, certification.program)
    return filled(agent, f"/personnel/temoignages/{offered.ref}/mise-de-cote", reason="Il nomme un élève.")


def withdraw_testimonial(_scenery: Scenery) -> Press:
    certification, owner = certified()
    offered = make_testimonial(certification.employer, certification.program, owner.actor)
    with unit():
        publish_words(offered, by=BOSS)
    return filled(factories.make_staff(Role.AGENT, certification.program), f"/personnel/temoignages/{offered.ref}/retrait")


def note_watch(_scenery: Scenery) -> Press:
    program, manager = shelf()
    return filled(manager, "/personnel/veille/nouvelle", program=program.slug, topic="law", title="Une loi", body="À retenir.")


def withdraw_watch(_scenery: Scenery) -> Press:
    program, manager = shelf()
    return filled(manager, f"/personnel/veille/{make_note(program).ref}/retrait")


LIBRARY = {
    f"library.{scene.__name__}": scene
    for scene in (
        add_tool, edit_tool, publish_version, review_tool, retire_tool, hide_tool, adapt_tool, note_hand_out, remove_hand_out, date_beat,
        write_piece, drop_piece, answer_story, withdraw_story, offer_testimonial, take_testimonial_back, publish_testimonial,
        set_testimonial_aside, withdraw_testimonial, note_watch, withdraw_watch,
    )
}  # fmt: skip
ONCE_SHELVED = tuple(
    f"library.{name}"
    for name in (
        "publish_version", "retire_tool", "hide_tool", "adapt_tool", "remove_hand_out", "drop_piece", "answer_story", "withdraw_story",
        "offer_testimonial", "take_testimonial_back", "publish_testimonial", "set_testimonial_aside", "withdraw_testimonial",
        "withdraw_watch",
    )
)  # fmt: skip
"""What happens once by its nature."""
