"""Staff run surveys: open one, follow it as answers come, change its days, close it, aim at a number of answers, write to schools."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit import audit, clock
from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _, _n
from certif.kit.web import go, page, say
from certif.programs import program_of, programs_of
from certif.surveys import boards, questionnaire_queries, running_actions, school_actions, school_queries
from certif.surveys import running_queries as queries
from certif.surveys.levels import level_label
from certif.surveys.model import Questionnaire, Survey, UnderFourteen
from certif.surveys.running_forms import CloseSurveyForm, MoveSurveyForm, OpenSurveyForm, QuotaForm
from certif.surveys.running_queries import LOOKS, READERS, RUNNERS, STATES, plan_of, programs_by_slug, state_of, survey_of, title_of
from certif.surveys.views import pages
from certif.surveys.vox_queries import count_held
from certif.territory import PartnerKind, partners


@pages.route("/personnel/sondages")
@audience(*READERS)
def list_surveys() -> Response:
    """The surveys of my programs, and where each stands."""
    found = queries.surveys_of(actor(), request.args.get("suite"))
    runs = bool(programs_of(actor(), *RUNNERS))
    return page(
        "surveys/list_surveys.html", found=found, next_url=following(found), states=STATES, looks=LOOKS, runs=runs, title_of=title_of
    )


@pages.route("/personnel/sondages/nouveau", methods=["GET", "POST"])
@audience(*RUNNERS)
def open_survey() -> Response | Answer:
    """Prepare a survey: what is asked, when, from how many answers on."""
    form, asked, earlier = OpenSurveyForm(**_usual()), questionnaire_queries.published_of(actor()), queries.earlier_surveys(actor())
    form.offer(programs_by_slug(programs_of(actor(), *RUNNERS)), *_offers(asked, earlier))
    if form.validate_on_submit():
        with form.held():
            survey = running_actions.open_survey(
                program_of(actor(), form.program.data, *RUNNERS), form.chosen_questionnaire(asked), **form.said(), by=actor(),
                follows=form.chosen_survey(earlier),
            )  # fmt: skip
            return go("surveys.show_survey", ref=survey.ref)
    return page("surveys/open_survey.html", form=form, has_questionnaires=bool(asked))


@pages.route("/personnel/sondages/<ref>")
@audience(*READERS)
def show_survey(ref: str) -> Response:
    """One survey: where it stands, what comes next, what happened."""
    survey = survey_of(actor(), ref)
    state, runs = state_of(survey), _runs(survey)
    return page(
        "surveys/show_survey.html", survey=survey, title=title_of(survey), state=state, label=STATES[state], look=LOOKS[state], runs=runs,
        plan=plan_of(survey), totals=boards.totals_of(survey, actor()), has_answers=queries.has_answers(survey), title_of=title_of,
        asked=questionnaire_queries.name_of(survey.questionnaire), held=count_held(survey) if runs else None,
        history=audit.history(survey) if runs else [],
    )  # fmt: skip


@pages.route("/personnel/sondages/<ref>/suivi")
@audience(*READERS)
def show_board(ref: str) -> Response:
    """How many answers came, by school and by way in, as of now."""
    survey = survey_of(actor(), ref)
    found = boards.board_of(survey, actor(), request.args.get("suite"))
    return page(
        "surveys/show_board.html", survey=survey, title=title_of(survey), found=found, next_url=following(found), at=clock.now(),
        asides=boards.asides_of(survey, actor()),
        totals=boards.totals_of(survey, actor()), quotas=boards.quotas_of(survey) if _runs(survey) else [], runs=_runs(survey),
        level_label=level_label, label=STATES[state_of(survey)], look=LOOKS[state_of(survey)],
    )  # fmt: skip


@pages.route("/personnel/sondages/<ref>/dates", methods=["GET", "POST"])
@audience(*RUNNERS)
def move_survey(ref: str) -> Response | Answer:
    """Change the days, while nobody has answered."""
    survey = survey_of(actor(), ref, *RUNNERS)
    form = MoveSurveyForm(opens_on=survey.opens_on, closes_on=survey.closes_on)
    if form.validate_on_submit():
        with form.held():
            running_actions.move_survey(survey, opens_on=form.opens_on.data, closes_on=form.closes_on.data, by=actor())
            say(_("Les dates sont changées."))
            return go("surveys.show_survey", ref=ref)
    return page("surveys/move_survey.html", form=form, survey=survey, title=title_of(survey))


@pages.route("/personnel/sondages/<ref>/fermeture", methods=["GET", "POST"])
@audience(*RUNNERS)
def close_survey(ref: str) -> Response | Answer:
    """Close it before its last day."""
    survey, form = survey_of(actor(), ref, *RUNNERS), CloseSurveyForm()
    if form.validate_on_submit():
        with form.held():
            running_actions.close_survey(survey, reason=form.reason.data, by=actor())
            say(_("Le sondage est fermé."))
            return go("surveys.show_survey", ref=ref)
    return page("surveys/close_survey.html", form=form, survey=survey, title=title_of(survey))


@pages.route("/personnel/sondages/<ref>/cibles", methods=["GET", "POST"])
@audience(*RUNNERS)
def set_quota(ref: str) -> Response | Answer:
    """Aim at a number of answers, by level and school body."""
    survey = survey_of(actor(), ref, *RUNNERS)
    bodies = partners(PartnerKind.SCHOOL_BODY, survey.program.region)
    form = QuotaForm().offer(bodies)
    if form.validate_on_submit():
        with form.held():
            body = next((one for one in bodies if one.ref == form.school_body.data), None)
            running_actions.set_quota(survey, level=form.level.data or "", school_body=body, target=form.target.data, by=actor())
            return go("surveys.set_quota", ref=ref)
    quotas = boards.quotas_of(survey)
    return page("surveys/set_quota.html", form=form, survey=survey, title=title_of(survey), quotas=quotas, level_label=level_label)


@pages.route("/personnel/sondages/<ref>/cibles/<quota>/retrait", methods=["POST"])
@audience(*RUNNERS)
def drop_quota(ref: str, quota: str) -> Answer:
    """Aim at it no more."""
    running_actions.drop_quota(boards.quota_of(survey_of(actor(), ref, *RUNNERS), quota), by=actor())
    return go("surveys.set_quota", ref=ref)


@pages.route("/personnel/sondages/<ref>/courriels")
@audience(*RUNNERS)
def show_school_letters(ref: str) -> Response:
    """Who is written to, what was written, and the letter itself before it leaves."""
    survey = survey_of(actor(), ref, *RUNNERS)
    contacts = school_queries.contacts_of(survey)
    waiting = [one for one in contacts if one.is_waiting]
    return page(
        "surveys/show_school_letters.html", survey=survey, title=title_of(survey), contacts=contacts, waiting=len(waiting), form=Form(),
        most=school_actions.MOST_LETTERS, letters=school_actions.seen_letters(survey, waiting[0]) if waiting else [],
        is_over=state_of(survey) is queries.SurveyState.OVER,
    )  # fmt: skip


@pages.route("/personnel/sondages/<ref>/courriels/invitations", methods=["POST"])
@audience(*RUNNERS)
def invite_schools(ref: str) -> Answer:
    """Write to the contacts that were not written yet."""
    count = school_actions.invite_schools(survey_of(actor(), ref, *RUNNERS), by=actor())
    say(_n("%(num)s courriel est en route.", "%(num)s courriels sont en route.", count))
    return go("surveys.show_school_letters", ref=ref)


def _runs(survey: Survey) -> bool:
    return actor().holds(survey.program_id, *RUNNERS)


def _usual() -> dict[str, object]:
    years = queries.school_year_choices(clock.today())
    return {"school_year": years[1], "least_shown": 10, "under_fourteen": UnderFourteen.CLOSE.value, "remind_under": 60}


def _offers(asked: list[Questionnaire], earlier: list[Survey]) -> tuple[list[tuple[str, str]], list[str], list[tuple[str, str]]]:
    named = [(one.ref, questionnaire_queries.name_of(one)) for one in asked]
    return named, queries.school_year_choices(clock.today()), [(one.ref, f"{title_of(one)} ({one.school_year})") for one in earlier]
