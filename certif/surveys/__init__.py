"""HOW MUCH STUDENTS WORK. Questionnaires that a file defines, surveys and their ways in, and answers that nobody can tie to anyone."""

from certif.surveys.boards import aside_in
from certif.surveys.counting import Place, Places, counted
from certif.surveys.definitions import AGES, HOURS_TOTAL, LEVELS, Answers, Definition, Kind, Question, hours_total
from certif.surveys.ending import Band, Beside, compare_with
from certif.surveys.folding import fold, fold_answers
from certif.surveys.levels import LEVEL_LABELS, level_label
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
from certif.surveys.recounting import recount, recounted
from certif.surveys.running_queries import may_still_count
from certif.surveys.vox_folding import fold_words
from certif.surveys.vox_model import BoxedWords, VoxPop
from certif.surveys.vox_queries import Quote, quotes_of
from certif.surveys.ways import Way, is_asking, way_at
from certif.surveys.wording import differences

__all__ = [
    "AGES",
    "HOURS_TOTAL",
    "LEAST_SHOWN",
    "LEAST_SHOWN_INSIDE",
    "LEVELS",
    "LEVEL_LABELS",
    "Answers",
    "Audience",
    "Band",
    "Beside",
    "BoxedResponse",
    "BoxedWords",
    "Cut",
    "Definition",
    "DoorKind",
    "DoorTally",
    "Kind",
    "Place",
    "Places",
    "Question",
    "Questionnaire",
    "Quote",
    "Survey",
    "SurveyClosing",
    "SurveyDoor",
    "SurveyInvitation",
    "SurveyResponse",
    "SurveyTally",
    "UnderFourteen",
    "VoxPop",
    "Way",
    "aside_in",
    "compare_with",
    "copy_questionnaire",
    "counted",
    "definition_of",
    "differences",
    "discard_questionnaire",
    "draft_questionnaire",
    "edit_questionnaire",
    "fold",
    "fold_answers",
    "fold_words",
    "hours_total",
    "is_asking",
    "level_label",
    "load_shipped",
    "may_still_count",
    "publish_questionnaire",
    "questionnaire_of",
    "questionnaires_for",
    "quotes_of",
    "read_questionnaire",
    "recount",
    "recounted",
    "shipped",
    "way_at",
    "write_questionnaire",
]
