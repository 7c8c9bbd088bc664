"""HOW MUCH STUDENTS WORK. Questionnaires that a file defines, surveys and their ways in, and answers that nobody can tie to anyone."""

from certif.surveys.checking import FaultyQuestionnaire
from certif.surveys.definitions import HOURS_TOTAL, Definition, Kind, Question, hours_total
from certif.surveys.model import (
    LEAST_SHOWN,
    LEAST_SHOWN_INSIDE,
    Audience,
    BoxedResponse,
    Cut,
    DoorKind,
    DoorTally,
    Questionnaire,
    Survey,
    SurveyClosing,
    SurveyDoor,
    SurveyInvitation,
    SurveyResponse,
    SurveyTally,
    UnderFourteen,
)
from certif.surveys.queries import definition_of, questionnaire_of, questionnaires_for
from certif.surveys.questionnaire_actions import (
    copy_questionnaire,
    discard_questionnaire,
    draft_questionnaire,
    edit_questionnaire,
    load_shipped,
    publish_questionnaire,
)
from certif.surveys.questionnaire_files import read_questionnaire, shipped, write_questionnaire
from certif.surveys.wording import differences

__all__ = [
    "HOURS_TOTAL",
    "LEAST_SHOWN",
    "LEAST_SHOWN_INSIDE",
    "Audience",
    "BoxedResponse",
    "Cut",
    "Definition",
    "DoorKind",
    "DoorTally",
    "FaultyQuestionnaire",
    "Kind",
    "Question",
    "Questionnaire",
    "Survey",
    "SurveyClosing",
    "SurveyDoor",
    "SurveyInvitation",
    "SurveyResponse",
    "SurveyTally",
    "UnderFourteen",
    "copy_questionnaire",
    "definition_of",
    "differences",
    "discard_questionnaire",
    "draft_questionnaire",
    "edit_questionnaire",
    "hours_total",
    "load_shipped",
    "publish_questionnaire",
    "questionnaire_of",
    "questionnaires_for",
    "read_questionnaire",
    "shipped",
    "write_questionnaire",
]
