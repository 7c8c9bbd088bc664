"""A survey as staff run it: opened, moved while nobody has answered, closed with a reason, aimed at; and who may do so."""

from __future__ import annotations

import datetime as dt

import pytest

from certif.kit import audit, clock
from certif.kit.access import SYSTEM, Role
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.surveys import UnderFourteen
from certif.surveys.boards import quotas_of
from certif.surveys.running_actions import close_survey, drop_quota, move_survey, open_survey, set_quota
from certif.surveys.running_queries import SurveyState, plan_of, state_of
from certif.territory import PartnerKind, add_partner, mrcs, partners, region
from tests.factories import Person, make_program, make_staff, unit
from tests.surveys.running import BOSS, let_answer, make_door, make_questionnaire, make_survey

DAY = dt.timedelta(days=1)


def refuses(program: Program, sentence: str, **told: object) -> None:
    """See that a survey told so is refused, in these words."""
    asked = told.pop("questionnaire", None) or make_questionnaire(program)
    today = clock.today()
    usual = {"title_fr": "T", "title_en": "T", "school_year": "2026-2027", "opens_on": today, "closes_on": today + DAY, "by": BOSS}
    with pytest.raises(Refusal, match=sentence), unit():
        open_survey(program, asked, **{**usual, **told})  # type: ignore[arg-type]


class TestOpening:
    """What a survey may be."""

    def test_it_is_filled_in_on_one_page_and_told_in_the_journal(self, program: Program, agent: Person) -> None:
        asked = make_questionnaire(program)
        today = clock.today()
        page = agent.open("/personnel/sondages/nouveau").fill(
            "Préparer", questionnaire=asked.ref, title_fr="Automne", title_en="Fall", opens_on=today, closes_on=today + 7 * DAY
        )
        assert (page.h1, page.status) == ("Automne", 200)
        assert "Personne ne peut encore répondre" in page.text
        assert "a préparé le sondage « Automne »" in page.text
        assert "Automne" in agent.open("/personnel/sondages").text
        assert agent.open(f"/en{page.path}").h1 == "Fall"

    def test_what_was_typed_stays_when_a_day_is_wrong(self, program: Program, agent: Person) -> None:
        asked = make_questionnaire(program)
        page = agent.open("/personnel/sondages/nouveau").fill(
            "Préparer", questionnaire=asked.ref, title_fr="Automne", title_en="Fall", opens_on="2027-03-02", closes_on="2027-03-01"
        )
        assert (page.status, page.errors()) == (409, ["Le dernier jour vient avant le premier. Inversez-les."])
        assert page.soup.find("input", attrs={"name": "title_fr"})["value"] == "Automne"

    def test_a_threshold_under_ten_is_never_taken(self, program: Program, agent: Person) -> None:
        refuses(program, "Le seuil ne peut pas être plus petit que 10", least_shown=9)
        asked = make_questionnaire(program)
        page = agent.open("/personnel/sondages/nouveau").fill(
            "Préparer", questionnaire=asked.ref, title_fr="T", title_en="T", opens_on="2027-03-02", closes_on="2027-03-09", least_shown=9
        )
        assert page.status == 422
        assert "Écrivez un nombre de 10 à" in page.text

    def test_days_in_the_past_in_disorder_or_years_apart_are_refused(self, program: Program) -> None:
        today = clock.today()
        refuses(program, "déjà passé", opens_on=today - 3 * DAY, closes_on=today - DAY)
        refuses(program, "Inversez", opens_on=today, closes_on=today - DAY)
        refuses(program, "une année scolaire au plus", opens_on=today, closes_on=today + 500 * DAY)

    def test_only_a_published_questionnaire_of_the_program_is_asked(self, program: Program) -> None:
        refuses(program, "Publiez ce questionnaire", questionnaire=make_questionnaire(program, published=False))
        refuses(program, "celui d’un autre programme", questionnaire=make_questionnaire(make_program(code="03")))
        assert make_survey(program, under_fourteen=UnderFourteen.PARENT).under_fourteen == "parent"

    def test_a_wave_follows_a_survey_of_its_program_only(self, program: Program) -> None:
        first = make_survey(program)
        refuses(program, "du même programme", follows=make_survey(make_program(code="03")))
        plan = plan_of(make_survey(program, follows=first))
        assert plan is not None
        assert plan.follows is first

    def test_whoever_has_no_part_in_the_program_opens_none(self, program: Program) -> None:
        stranger = make_staff(Role.MANAGER, make_program(code="03"))
        refuses(program, "votre rôle ne permet pas", by=stranger.actor)
        assert stranger.open(f"/personnel/sondages/{make_survey(program).ref}").status == 404


class TestDays:
    """From its first day to its last, both included."""

    def test_the_state_is_read_from_the_days(self, program: Program) -> None:
        survey = make_survey(program, days=(1, 3))
        seen = []
        for day in range(5):
            with clock.frozen(clock.midnight(clock.today() + day * DAY) + dt.timedelta(hours=23, minutes=59)):
                seen.append(state_of(survey))
        assert seen == [SurveyState.COMING, SurveyState.OPEN, SurveyState.OPEN, SurveyState.OPEN, SurveyState.OVER]

    def test_days_change_while_nobody_has_answered_and_no_longer_then(self, program: Program, agent: Person) -> None:
        survey = make_survey(program)
        door = make_door(survey)
        later = clock.today() + 20 * DAY
        page = agent.open(f"/personnel/sondages/{survey.ref}/dates").fill("Changer", closes_on=later)
        assert "Les dates sont changées." in page.text
        let_answer(door, boxed=1)
        assert "dates" not in [link.get("href", "").rsplit("/", 1)[-1] for link in agent.open(page.path).soup.main.find_all("a")]
        with pytest.raises(Refusal, match="Des réponses sont arrivées"), unit():
            move_survey(survey, opens_on=later, closes_on=later, by=agent.actor)

    def test_an_answer_that_was_counted_holds_the_days_too(self, program: Program) -> None:
        survey = make_survey(program)
        let_answer(make_door(survey), counted=10)
        with pytest.raises(Refusal, match="Des réponses sont arrivées"), unit():
            move_survey(survey, opens_on=survey.opens_on, closes_on=survey.closes_on, by=BOSS)

    def test_it_is_closed_early_once_with_a_reason_that_stays(self, program: Program, agent: Person) -> None:
        survey = make_survey(program)
        page = agent.open(f"/personnel/sondages/{survey.ref}/fermeture").fill("Fermer", reason="Tempête de neige.")
        assert "Tempête de neige." in page.text
        assert state_of(survey) is SurveyState.OVER
        assert any("Tempête de neige." in one.sentence for one in audit.history(survey))
        with pytest.raises(Refusal, match="déjà terminé"), unit():
            close_survey(survey, reason="Encore.", by=agent.actor)
        with pytest.raises(Refusal, match="fermé"), unit():
            move_survey(survey, opens_on=survey.opens_on, closes_on=survey.closes_on, by=agent.actor)


class TestQuotas:
    """What is aimed at turns nobody away."""

    def test_a_target_counts_what_came_by_the_ways_in_of_its_level_and_body(self, program: Program, agent: Person) -> None:
        survey = make_survey(program)
        ours, other = partners(PartnerKind.SCHOOL_BODY, program.region)[:2]
        for body, level, boxed in ((ours, "secondary", 3), (ours, "college", 5), (other, "secondary", 7)):
            let_answer(make_door(survey, body=body, level=level), boxed=boxed)
        page = agent.open(f"/personnel/sondages/{survey.ref}/cibles").fill("Fixer", level="secondary", school_body=ours.ref, target=4)
        assert "3 sur 4, 75" in page.text
        page = page.fill("Fixer", level="secondary", school_body=ours.ref, target=3)
        assert "3 sur 3, 100" in page.text, "said again, it replaces"
        assert "Atteinte" in agent.open(f"/personnel/sondages/{survey.ref}/suivi").text
        with unit():
            set_quota(survey, level="", school_body=None, target=100, by=BOSS)
            set_quota(survey, level="", school_body=other, target=10, by=BOSS)
        assert [(one.count, one.is_reached) for one in quotas_of(survey)] == [(15, False), (7, False), (3, True)]
        page = agent.open(page.path).fill("Retirer")
        assert len(quotas_of(survey)) == 2

    def test_a_survey_that_is_over_is_aimed_at_no_more(self, program: Program) -> None:
        survey = make_survey(program)
        with unit():
            quota = set_quota(survey, level="college", school_body=None, target=10, by=BOSS)
            close_survey(survey, reason="Fin.", by=BOSS)
        with pytest.raises(Refusal, match="déjà terminé"), unit():
            set_quota(survey, level="", school_body=None, target=10, by=BOSS)
        with unit():
            drop_quota(quota, by=BOSS)


class TestPartners:
    """A partner reads, in the territory it serves, and changes nothing."""

    def test_it_sees_the_ways_in_of_its_territory_and_their_counts_only(self, program: Program) -> None:
        near, far = mrcs(region("14"))[:2]
        with unit():
            cje = add_partner("CJE d’ici", kind=PartnerKind.CJE, source="essai", mrcs=[near], by=SYSTEM)
        survey = make_survey(program)
        let_answer(make_door(survey, mrc=near, label="Groupe d’ici"), boxed=4)
        let_answer(make_door(survey, mrc=far, label="Groupe de loin"), boxed=9)
        door = make_door(survey, mrc=far, label="Autre groupe de loin")
        partner = make_staff(Role.PARTNER, program, partner=cje)
        board = partner.open(f"/personnel/sondages/{survey.ref}/suivi")
        assert "Groupe d’ici" in board.text
        assert "de loin" not in board.text
        assert "4 sur 20" in board.text
        assert "13" not in board.soup.select_one(".big-count").text
        assert "de loin" not in partner.open(f"/personnel/sondages/{survey.ref}/portes").text
        assert partner.open(f"/personnel/portes/{door.ref}").status == 404
        assert partner.open(f"/personnel/sondages/{survey.ref}/cibles").status == 403
        assert make_staff(Role.AGENT, program).open(f"/personnel/portes/{door.ref}").status == 200, "who works for the whole sees it"
