"""The forms of a contest that is over: of whoever decides, of voters, of laureates; each filled and ready to be pressed."""

from __future__ import annotations

import re

from sqlalchemy import select

from certif.campaigns import Campaign, PhaseKind
from certif.kit.access import VISITOR
from certif.kit.db import db
from certif.kit.outbox import Letter
from certif.selections import Laureate, ask_agreement, entries_of, name_laureates, send_vote_code, withdraw_laureate
from certif.selections import agree as accept
from certif.selections import confirm_vote as count_vote
from certif.selections import invitation_behind as asked_by
from tests.factories import Person, code_in_letter, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.faults.scenes_running import at_work
from tests.pages import Visitor
from tests.selections.choosing import closed, contest, named, phase

CHECK = phase("verification", PhaseKind.CHECK, 5)
DRAW = phase("tirage", PhaseKind.DRAW, 10, keeps=2)
VOTE = phase("vote", PhaseKind.VOTE, 90, keeps=1)


def over(*phases: object) -> tuple[Campaign, Person]:
    """Give a contest that is over, with five nominations, and who manages its program."""
    program, manager = at_work()
    campaign = contest(*phases, program=program)  # type: ignore[arg-type]
    named(campaign)
    return campaign, manager


def honoured() -> tuple[Campaign, Laureate, Person]:
    """Give a contest whose laureates are named, one of them, and who manages its program."""
    campaign, manager = over(DRAW)
    closed(campaign, "tirage", manager.actor)
    with unit():
        return campaign, name_laureates(campaign, by=manager.actor)[0], manager


def told(scenery: Scenery) -> str:
    """Give the page where a laureate answers, from the letter that asked."""
    _campaign, laureate, manager = honoured()
    email = f"boss{scenery.next()}@exemple.com"
    with unit():
        ask_agreement(laureate, "employer", email, language="fr", by=manager.actor)
    letter = db.session.scalars(select(Letter).where(Letter.to_address == email)).one()
    found = re.search(r"/laureats/accord/\S+", letter.body)
    assert found
    return found.group()


def commit_seed(_scenery: Scenery) -> Press:
    campaign, manager = over(DRAW)
    return filled(manager, f"/personnel/concours/{campaign.ref}/choix/tirage", "Publier")


def judge_entry(_scenery: Scenery) -> Press:
    campaign, manager = over(CHECK)
    entry = entries_of(campaign, campaign.definition.phases[0])[0]
    place = f"/personnel/concours/{campaign.ref}/choix/verification/candidatures/{entry.ref}"
    return filled(manager, place, outcome="left", reason="Fermé.")


def close_phase(_scenery: Scenery) -> Press:
    campaign, manager = over(CHECK)
    return filled(manager, f"/personnel/concours/{campaign.ref}/choix/verification/cloture", minutes="Tous étaient là.")


def name_the_laureates(_scenery: Scenery) -> Press:
    campaign, manager = over(DRAW)
    closed(campaign, "tirage", manager.actor)
    return filled(manager, f"/personnel/concours/{campaign.ref}/choix", "Nommer")


def release_results(_scenery: Scenery) -> Press:
    campaign, _laureate, manager = honoured()
    return filled(manager, f"/personnel/concours/{campaign.ref}/choix", "Dévoiler")


def edit_laureate(_scenery: Scenery) -> Press:
    _campaign, laureate, manager = honoured()
    return filled(manager, f"/personnel/laureats/{laureate.ref}/modification", citation="Elle écoute.")


def ask_for_agreement(scenery: Scenery) -> Press:
    _campaign, laureate, manager = honoured()
    email = f"boss{scenery.next()}@exemple.com"
    return filled(manager, f"/personnel/laureats/{laureate.ref}/accord/employer", email=email, spoken="fr")


def withdraw_the_laureate(_scenery: Scenery) -> Press:
    _campaign, laureate, manager = honoured()
    return filled(manager, f"/personnel/laureats/{laureate.ref}/retrait", reason="A décliné.")


def replace_laureate(_scenery: Scenery) -> Press:
    _campaign, laureate, manager = honoured()
    with unit():
        withdraw_laureate(laureate, "A décliné.", by=manager.actor)
    return filled(manager, f"/personnel/laureats/{laureate.ref}/remplacement")


def vote(scenery: Scenery) -> Press:
    campaign, _manager = over(VOTE)
    entry, email = entries_of(campaign, VOTE)[0], f"vote{scenery.next()}@exemple.com"
    return filled(Visitor(scenery.app), f"/concours/{campaign.ref}/vote", entry=entry.ref, email=email)


def confirm_vote(scenery: Scenery) -> Press:
    campaign, _manager = over(VOTE)
    email = f"vote{scenery.next()}@exemple.com"
    with scenery.app.test_request_context(), unit():
        token = send_vote_code(campaign, entries_of(campaign, VOTE)[0].ref, email, language="fr", by=VISITOR)
    return filled(Visitor(scenery.app), f"/concours/vote/{token}", code=code_in_letter(email))


def weigh_votes(scenery: Scenery) -> Press:
    campaign, manager = over(VOTE)
    email = f"vote{scenery.next()}@yopmail.com"
    with scenery.app.test_request_context(), unit():
        token = send_vote_code(campaign, entries_of(campaign, VOTE)[0].ref, email, language="fr", by=VISITOR)
    with scenery.app.test_request_context(), unit():
        count_vote(token, code_in_letter(email), by=VISITOR)
    place = f"/personnel/concours/{campaign.ref}/choix/vote/votes/throwaway-1"
    return filled(manager, place, votes=["1"], outcome="aside", reason="Une adresse jetable.")


def agree(scenery: Scenery) -> Press:
    return filled(Visitor(scenery.app), told(scenery), "J’accepte")


def disagree(scenery: Scenery) -> Press:
    place = told(scenery)
    with unit():
        accept(asked_by(place.rsplit("/", 1)[1]), "laureate_employer", language="fr", by=VISITOR)
    return filled(Visitor(scenery.app), place, "Retirer")


SELECTIONS = {
    "selections.name_laureates": name_the_laureates, "selections.ask_agreement": ask_for_agreement,
    "selections.withdraw_laureate": withdraw_the_laureate,
    **{
        f"selections.{scene.__name__}": scene
        for scene in (
            commit_seed, judge_entry, close_phase, release_results, edit_laureate, replace_laureate, vote, confirm_vote, weigh_votes, agree,
            disagree,
        )
    },
}  # fmt: skip
ONCE_CHOSEN = (
    "selections.commit_seed", "selections.close_phase", "selections.name_laureates", "selections.release_results",
    "selections.withdraw_laureate", "selections.replace_laureate", "selections.confirm_vote", "selections.weigh_votes", "selections.agree",
    "selections.disagree",
)  # fmt: skip
"""What happens once by its nature."""
