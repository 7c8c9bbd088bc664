"""What staff do with the ways in of a survey: open them, many at once; give links that serve once; shut or replace one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l, folded
from certif.surveys.door_lines import MOST_EXPECTED, DoorLine
from certif.surveys.model import BoxedResponse, DoorKind, Survey, SurveyDoor, SurveyInvitation
from certif.surveys.running_queries import RUNNERS, SurveyState, plan_of, state_of
from certif.territory import Mrc, Partner

audit.declare("doors_opened", _l("%(by)s a ouvert des portes d’entrée du sondage : %(count)s."), "count")
audit.declare("doors_copied", _l("%(by)s a repris des portes d’entrée du sondage « %(title)s » : %(count)s."), "count", "title")
audit.declare("links_given", _l("%(by)s a fait des liens à usage unique pour « %(label)s » : %(count)s."), "count", "label")
audit.declare("door_shut", _l("%(by)s a fermé la porte d’entrée « %(label)s »."), "label")
audit.declare(
    "answers_erased",
    _l("%(by)s a effacé, sans les lire, les réponses encore dans la boîte venues par « %(label)s » : %(count)s. Motif : %(reason)s"),
    "label", "count", "reason",
)  # fmt: skip
audit.declare(
    "door_vouched", _l("%(by)s a dit combien de personnes ont le code « %(label)s » : %(count)s. Raison : %(reason)s"),
    "label", "count", "reason",
)  # fmt: skip
audit.declare(
    "answers_held", _l("%(by)s a mis de côté les réponses encore dans la boîte venues par « %(label)s ». Motif : %(reason)s"),
    "label", "reason",
)  # fmt: skip
audit.declare("answers_let_count", _l("%(by)s laisse de nouveau compter les réponses venues par « %(label)s »."), "label")
audit.declare("door_replaced", _l("%(by)s a remplacé la porte d’entrée « %(label)s » par une autre."), "label")

SIGNS = "".join(sign for sign in tokens.ALPHABET if sign not in "AE")
"""Of what the codes are made: nothing that is confused on a board, and no vowel, so that no code is a word."""
CODE_LENGTH, LINK_LENGTH = 6, 12
MOST_LINKS = 300
"""How many links that serve once are made at a time: a large school."""


def open_doors(
    survey: Survey, kind: DoorKind, lines: Sequence[DoorLine], *, by: Actor, school_body: Partner | None = None, mrc: Mrc | None = None
) -> list[SurveyDoor]:
    """Open ways in, each with a code of its own.

    Takes: `school_body` and `mrc`, what is known of them all.
    Refuses: someone who has no part in the program; a survey that is over; a way in that is open already.
    """
    _let_in(survey.program_id, by)
    lock(survey)
    _check_running(survey)
    known = {_key(door) for door in _open_doors(survey)}
    for line in lines:
        if (folded(line.school or ""), folded(line.label)) in known:
            raise Refusal(
                _("La porte « %(label)s » est déjà ouverte (ligne %(number)s). Retirez cette ligne.", label=line.label, number=line.number)
            )
    doors = [
        _opened(
            survey, by, kind=kind.value, label=line.label, school=line.school, level=line.level, expected=line.expected,
            contact_email=line.contact_email, school_body_id=school_body.id if school_body else None, mrc_id=mrc.id if mrc else None,
        )
        for line in lines
    ]  # fmt: skip
    audit.record("doors_opened", survey, by=by, count=len(doors))
    return doors


def copy_doors(survey: Survey, *, by: Actor) -> list[SurveyDoor]:
    """Open again the ways in of the survey that this one follows, each with a new code; those that are open here already stay as they are.

    Refuses: someone who has no part in the program; a survey that is over, or that follows none; nothing to take over.
    """
    _let_in(survey.program_id, by)
    lock(survey)
    _check_running(survey)
    plan = plan_of(survey)
    if plan is None or plan.follows is None:
        raise Refusal(_("Ce sondage n’en suit pas un autre : il n’y a pas de portes à reprendre."))
    known = {_key(door) for door in _open_doors(survey)}
    doors = [_again(door, survey, by) for door in _open_doors(plan.follows) if _key(door) not in known]
    if not doors:
        raise Refusal(_("Toutes les portes du sondage précédent sont déjà reprises."))
    audit.record("doors_copied", survey, by=by, count=len(doors), title=plan.follows.title_fr)
    return doors


def draw_links(count: int) -> list[str]:
    """Draw links that may serve once, once they are given (`give_links`). Writes nothing, so that nobody waits while they are typeset.

    Gives: the end of each address, in no order that tells anything.
    Refuses: too many at once.
    """
    if not 0 < count <= MOST_LINKS:
        raise Refusal(_("Faites de 1 à %(most)s liens à la fois.", most=MOST_LINKS))
    made = {_signs(LINK_LENGTH) for _each in range(count)}
    assert len(made) == count
    return sorted(made)


def give_links(door: SurveyDoor, links: Sequence[str], *, by: Actor) -> None:
    """Let links that were drawn serve once each. Only their digests are kept: they are given now, and never again.

    Refuses: someone who has no part in the program; a way in of another kind, or shut; a survey that is over.
    """
    _let_in(door.survey.program_id, by)
    lock(door)
    _check_running(door.survey)
    if door.kind != DoorKind.INVITATIONS:
        raise Refusal(_("Cette porte s’ouvre par un code : elle ne donne pas de liens à usage unique."))
    _check_open(door)
    insert_new(SurveyInvitation, [{"token_digest": tokens.digest(link), "door_id": door.id} for link in links], SurveyInvitation.door_id)
    audit.record("links_given", door.survey, by=by, count=len(links), label=door.label)


def shut_door(door: SurveyDoor, *, by: Actor) -> None:
    """Shut a way in: its code answers no more. Answers that came by it stay.

    Refuses: someone who has no part in the program; a way in shut already.
    """
    _let_in(door.survey.program_id, by)
    lock(door)
    _check_open(door)
    door.shut_at, door.shut_by = clock.now(), by.ref
    audit.record("door_shut", door.survey, by=by, label=door.label)


def vouch(door: SurveyDoor, people: int, reason: str, *, by: Actor) -> None:
    """Say, or correct, how many people a way in was handed to: answers that were put aside count as soon as they are not too many.

    Refuses: someone who has no part in the program; a way in whose links serve once; fewer than one; the number that is known already.
    """
    _let_in(door.survey.program_id, by)
    lock(door.survey)
    lock(door)
    _check_code(door)
    if not 0 < people <= MOST_EXPECTED:
        raise Refusal(_("Écrivez un nombre de 1 à %(most)s.", most=MOST_EXPECTED))
    if people == door.expected:
        raise Refusal(_("C’est déjà le nombre attendu de cette porte."))
    door.expected = people
    audit.record("door_vouched", door.survey, by=by, label=door.label, count=people, reason=reason)


def hold_answers(door: SurveyDoor, reason: str, *, by: Actor) -> None:
    """Put aside what came by a way in and is still in the box, and what will come, until somebody decides: false answers posted before the
    class would else be counted first, and fill the place of its own.

    Refuses: someone who has no part in the program; a way in whose links serve once, or held already.
    """
    _let_in(door.survey.program_id, by)
    lock(door.survey)
    lock(door)
    _check_code(door)
    if door.held_at is not None:
        raise Refusal(_("Les réponses de cette porte sont déjà mises de côté."))
    door.held_at, door.held_by = clock.now(), by.ref
    audit.record("answers_held", door.survey, by=by, label=door.label, reason=reason)


def let_count(door: SurveyDoor, *, by: Actor) -> None:
    """Let what came by a way in count again, with what is still in the box, where it is not too much.

    Refuses: someone who has no part in the program; a way in that is not held.
    """
    _let_in(door.survey.program_id, by)
    lock(door.survey)
    lock(door)
    if door.held_at is None:
        raise Refusal(_("Les réponses de cette porte ne sont pas mises de côté."))
    door.held_at = door.held_by = None
    audit.record("answers_let_count", door.survey, by=by, label=door.label)


def _check_code(door: SurveyDoor) -> None:
    if door.kind == DoorKind.INVITATIONS:
        raise Refusal(_("Chaque lien de cette porte ne sert qu’une fois : personne n’a pu répondre de trop."))


def erase_answers(door: SurveyDoor, reason: str, *, by: Actor) -> int:
    """Erase the answers of a way in that are still in the box, unread: what to do when a code was answered by who knows whom.

    What left the box stays: nothing says any more by which way it came.
    Gives: how many.
    Refuses: someone who has no part in the program; a way in that still answers, unless it is held, or whose links serve once; none in the
    box.
    """
    _let_in(door.survey.program_id, by)
    lock(door.survey)
    lock(door)
    _check_code(door)
    if door.shut_at is None and door.held_at is None:
        raise Refusal(_("Fermez ou remplacez d’abord cette porte, ou mettez ses réponses de côté : d’autres arriveraient."))
    boxed = delete(BoxedResponse).where(BoxedResponse.survey_id == door.survey_id, BoxedResponse.door_id == door.id)
    count = db.session.execute(boxed.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined]
    if not count:
        raise Refusal(_("Aucune réponse de cette porte n’est encore dans la boîte."))
    audit.record("answers_erased", door.survey, by=by, label=door.label, count=count, reason=reason)
    return int(count)


def replace_door(door: SurveyDoor, *, by: Actor) -> SurveyDoor:
    """Shut a way in, if it is open, and open another in its place, with a new code: what to do when a code went too far.

    Refuses: someone who has no part in the program; a survey that is over; a way in that another has taken the place of.
    """
    _let_in(door.survey.program_id, by)
    survey = lock(door.survey)
    lock(door)
    _check_running(survey)
    if any(_key(other) == _key(door) for other in _open_doors(survey) if other.id != door.id):
        raise Refusal(_("Une autre porte a déjà pris la place de celle-ci."))
    if door.shut_at is None:
        door.shut_at, door.shut_by = clock.now(), by.ref
    new = _again(door, survey, by)
    audit.record("door_replaced", survey, by=by, label=door.label)
    return new


def shown_code(code: str) -> str:
    """Give a code as it is read aloud and typed: in groups of three or four."""
    size = 4 if len(code) % 4 == 0 else 3
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def _again(door: SurveyDoor, survey: Survey, by: Actor) -> SurveyDoor:
    kept = ("kind", "label", "school_body_id", "school", "mrc_id", "level", "expected", "contact_email")
    return _opened(survey, by, **{name: getattr(door, name) for name in kept})


def _opened(survey: Survey, by: Actor, **known: object) -> SurveyDoor:
    door = SurveyDoor(survey=survey, code=_signs(CODE_LENGTH), opened_at=clock.now(), opened_by=by.ref, **known)
    db.session.add(door)
    db.session.flush()  # a code drawn twice is refused now, by the unique constraint
    return door


def _open_doors(survey: Survey) -> list[SurveyDoor]:
    mine = SurveyDoor.survey_id == survey.id, SurveyDoor.shut_at.is_(None)
    return list(db.session.scalars(select(SurveyDoor).where(*mine).order_by(SurveyDoor.id)))


def _key(door: SurveyDoor) -> tuple[str, str]:
    return folded(door.school or ""), folded(door.label)


def _signs(length: int) -> str:
    return "".join(SIGNS[tokens.below(len(SIGNS))] for _each in range(length))


def _check_running(survey: Survey) -> None:
    if state_of(survey) is SurveyState.OVER:
        raise Refusal(_("Ce sondage est terminé : ses portes ne s’ouvrent plus."))


def _check_open(door: SurveyDoor) -> None:
    if door.shut_at is not None:
        raise Refusal(_("Cette porte est déjà fermée."))


def _let_in(program_id: int, by: Actor) -> None:
    if not by.holds(program_id, *RUNNERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de tenir des sondages."))
