"""What stands behind the doors of surveys and portraits: a survey with a way in, a draft, a portrait that was released."""

from __future__ import annotations

from typing import Any

from certif import employers, portraits
from certif.certification import Certification, verifications_of
from certif.kit.access import SYSTEM
from certif.programs import Program
from certif.surveys import DoorKind
from certif.surveys.running_actions import set_quota
from tests.factories import unit
from tests.portraits import telling
from tests.surveys.running import BOSS, make_door, make_questionnaire, make_survey
from tests.surveys.speaking import heard, make_hearing


def asked(program: Program, certification: Certification, secret: str) -> dict[str, dict[str, Any]]:
    """A survey behind the doors, its draft of a questionnaire, and a way in near the employer."""
    survey = make_survey(program)
    draft = make_questionnaire(program, published=False)
    near = employers.establishments_of(certification.employer)[0].mrc
    door = make_door(survey, DoorKind.INVITATIONS, label=secret, school=secret, mrc=near)
    with unit():
        quota = set_quota(survey, level="", school_body=None, target=10, by=BOSS)
    hearing, way_in = make_hearing(program)
    [vox, *_others] = heard(way_in, *(f"{secret} écoute, {number} fois." for number in range(5)))
    of_the_door = (
        "show_door", "download_door", "draw_door_code", "give_links", "shut_door", "replace_door", "erase_answers", "vouch", "hold_answers",
        "let_count",
    )  # fmt: skip
    of_the_draft = ("show", "export", "copy", "edit", "publish", "discard")
    return {
        "surveys.*": {
            "ref": survey.ref,
            "quota": quota.ref,
            "token": "x",
            "code": verifications_of(certification)[0].code,
            "spoken": "fr",
            "paper": "lettre",
        },
        **{f"surveys.{name}": {"ref": door.ref} for name in of_the_door},
        **{f"surveys.{name}_questionnaire": {"ref": draft.ref} for name in of_the_draft},
        "surveys.list_words": {"ref": hearing.ref},
        **{f"surveys.{name}_words": {"ref": vox.ref} for name in ("show", "publish", "strike", "set_aside", "withdraw")},
        "surveys.leave_words": {"code": way_in.code},
        "surveys.compare_questionnaires": {"ref": draft.ref},
    }


def portrayed(program: Program, certification: Certification) -> dict[str, dict[str, Any]]:
    """A portrait that was released."""
    telling.fold(telling.make_survey(program), telling.make_students(1, 60, mrcs=["joliette"]))
    with unit():
        release = portraits.release_portrait(program, telling.YEAR, by=SYSTEM)
    of_all = {"slug": program.slug, "year": telling.YEAR, "region": program.region.code, "ref": certification.ref}
    return {"portraits.*": of_all, "portraits.withdraw_portrait": {"ref": release.ref}}
