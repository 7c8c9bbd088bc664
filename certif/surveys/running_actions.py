"""What staff do with a survey, in story order: opened, moved while nobody has answered, closed before its day; what is aimed at."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.programs import Program
from certif.surveys.levels import level_label
from certif.surveys.model import LEAST_SHOWN, Questionnaire, Survey, SurveyClosing, UnderFourteen
from certif.surveys.running_model import SurveyPlan, SurveyQuota
from certif.surveys.running_queries import RUNNERS, SurveyState, has_answers, state_of
from certif.territory import Partner

audit.declare(
    "survey_opened", _l("%(by)s a préparé le sondage « %(title)s », du %(opens_on)s au %(closes_on)s."), "title", "opens_on", "closes_on"
)
audit.declare("survey_moved", _l("%(by)s a changé les dates du sondage : du %(opens_on)s au %(closes_on)s."), "opens_on", "closes_on")
audit.declare("survey_closed", _l("%(by)s a fermé le sondage avant son dernier jour : « %(reason)s »"), "reason")
audit.declare("quota_set", _l("%(by)s vise %(target)s réponses pour « %(cell)s »."), "target", "cell")
audit.declare("quota_dropped", _l("%(by)s a retiré la cible de « %(cell)s »."), "cell")

LONGEST = dt.timedelta(days=400)
"""A survey lasts a school year and a little more, at most."""


def open_survey(
    program: Program,
    questionnaire: Questionnaire,
    *,
    title_fr: str,
    title_en: str,
    school_year: str,
    opens_on: dt.date,
    closes_on: dt.date,
    by: Actor,
    least_shown: int = LEAST_SHOWN,
    under_fourteen: UnderFourteen = UnderFourteen.CLOSE,
    remind_under: int = 60,
    follows: Survey | None = None,
) -> Survey:
    """Prepare a survey: from its first day on, whoever has a way in may answer.

    Takes: `least_shown`, how many answers a figure needs before it leaves the team; `remind_under`, the share of the expected answers, in
    percent, under which schools are reminded (0: never); `follows`, the survey it asks again.
    Refuses: someone who has no part in the program; a questionnaire that is not published, or is another program's; days that are in the
    wrong order, over already, or too far apart; a threshold under ten; a survey of another program to follow.
    """
    _let_in(program.id, by)
    if not questionnaire.is_published:
        raise Refusal(_("Publiez ce questionnaire avant d’ouvrir un sondage : ce qui est demandé ne doit plus changer."))
    if questionnaire.program_id not in {None, program.id}:
        raise Refusal(_("Ce questionnaire est celui d’un autre programme."))
    _check_days(opens_on, closes_on)
    if least_shown < LEAST_SHOWN:
        raise Refusal(_("Le seuil ne peut pas être plus petit que %(least)s réponses.", least=LEAST_SHOWN))
    if follows is not None and follows.program_id != program.id:
        raise Refusal(_("Un sondage ne peut suivre qu’un sondage du même programme."))
    survey = Survey(
        program=program, questionnaire=questionnaire, title_fr=title_fr, title_en=title_en, school_year=school_year, opens_on=opens_on,
        closes_on=closes_on, least_shown=least_shown, under_fourteen=under_fourteen.value, created_at=clock.now(), created_by=by.ref,
    )  # fmt: skip
    db.session.add(survey)
    db.session.flush()
    db.session.add(SurveyPlan(survey_id=survey.id, follows_id=follows.id if follows else None, remind_under=remind_under))
    audit.record("survey_opened", survey, by=by, title=title_fr, opens_on=str(opens_on), closes_on=str(closes_on))
    return survey


def move_survey(survey: Survey, *, opens_on: dt.date, closes_on: dt.date, by: Actor) -> None:
    """Change the days of a survey that nobody has answered yet.

    Refuses: someone who has no part in the program; a survey that was answered, or closed; days as for `open_survey`.
    """
    _let_in(survey.program_id, by)
    lock(survey)
    if survey.closing is not None:
        raise Refusal(_("Ce sondage est fermé : ouvrez-en un autre."))
    if has_answers(survey):
        raise Refusal(_("Des réponses sont arrivées : les dates ne changent plus. Vous pouvez fermer ce sondage et en ouvrir un autre."))
    _check_days(opens_on, closes_on)
    survey.opens_on, survey.closes_on = opens_on, closes_on
    audit.record("survey_moved", survey, by=by, opens_on=str(opens_on), closes_on=str(closes_on))


def close_survey(survey: Survey, *, reason: str, by: Actor) -> SurveyClosing:
    """Close a survey before its last day. Answers that were given stay.

    Refuses: someone who has no part in the program; a survey that is over already.
    """
    _let_in(survey.program_id, by)
    lock(survey)
    if state_of(survey) is SurveyState.OVER:
        raise Refusal(_("Ce sondage est déjà terminé."))
    survey.closing = SurveyClosing(reason=reason, closed_at=clock.now(), closed_by=by.ref)
    audit.record("survey_closed", survey, by=by, reason=reason)
    return survey.closing


def set_quota(survey: Survey, *, level: str, school_body: Partner | None, target: int, by: Actor) -> SurveyQuota:
    """Aim at a number of answers, for a level (empty: all) and a school body (None: all); said again, it replaces what was said.

    Refuses: someone who has no part in the program; a survey that is over.
    """
    _let_in(survey.program_id, by)
    lock(survey)
    if state_of(survey) is SurveyState.OVER:
        raise Refusal(_("Ce sondage est déjà terminé."))
    cell = f"{level}/{school_body.ref if school_body else ''}"
    quota = db.session.scalar(select(SurveyQuota).where(SurveyQuota.survey_id == survey.id, SurveyQuota.cell == cell))
    if quota is None:
        quota = SurveyQuota(survey_id=survey.id, cell=cell, level=level, school_body=school_body)
        db.session.add(quota)
    quota.target, quota.aimed_at, quota.aimed_by = target, clock.now(), by.ref
    db.session.flush()
    audit.record("quota_set", survey, by=by, target=target, cell=_said(quota))
    return quota


def drop_quota(quota: SurveyQuota, *, by: Actor) -> None:
    """Aim at nothing any more, for one level and school body.

    Refuses: someone who has no part in the program.
    """
    survey = quota.survey
    _let_in(survey.program_id, by)
    lock(quota)
    audit.record("quota_dropped", survey, by=by, cell=_said(quota))
    db.session.delete(quota)


def _said(quota: SurveyQuota) -> str:
    parts = [level_label(quota.level), quota.school_body.short_name if quota.school_body else ""]
    return ", ".join(part for part in parts if part) or str(_("tout le sondage"))


def _check_days(opens_on: dt.date, closes_on: dt.date) -> None:
    if closes_on < opens_on:
        raise Refusal(_("Le dernier jour vient avant le premier. Inversez-les."))
    if closes_on < clock.today():
        raise Refusal(_("Ce dernier jour est déjà passé. Choisissez-en un à venir."))
    if closes_on - opens_on > LONGEST:
        raise Refusal(_("Un sondage dure une année scolaire au plus. Rapprochez ces dates."))


def _let_in(program_id: int, by: Actor) -> None:
    if not by.holds(program_id, *RUNNERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de tenir des sondages."))
