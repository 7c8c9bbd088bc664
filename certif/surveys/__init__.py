"""HOW MUCH STUDENTS WORK. Questionnaires that a file defines, surveys and their ways in, and answers that nobody can tie to anyone."""

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

__all__ = [
    "LEAST_SHOWN",
    "LEAST_SHOWN_INSIDE",
    "Audience",
    "BoxedResponse",
    "Cut",
    "DoorKind",
    "DoorTally",
    "Questionnaire",
    "Survey",
    "SurveyClosing",
    "SurveyDoor",
    "SurveyInvitation",
    "SurveyResponse",
    "SurveyTally",
    "UnderFourteen",
]
