"""BROUGHT IN. Files of rows that staff bring in, seen before anything is written, and the prospects that come of them, whom one invites."""

from certif.imports import actions
from certif.imports.cells import Misread, tidy
from certif.imports.cells import day as read_day
from certif.imports.columns import Column, mrcs_cell, plain_cell, text_cell, word_cell
from certif.imports.forms import FileForm
from certif.imports.grounds import GROUNDS, Ground
from certif.imports.hearing import also_became, also_bounds, also_news, also_touched
from certif.imports.inviting import NO_ADDRESS, invite_prospect, letter_of, obstacle, stop_address, stop_letters
from certif.imports.kinds import Entered, FileKind, also_brings
from certif.imports.layouts import EMAIL, LANGUAGE, PHONE
from certif.imports.model import Intake, IntakeLine, IntakeStep, Kind, LetterStop, Prospect, ProspectInvitation, Step
from certif.imports.noting import change_note, note_contact, note_prospect
from certif.imports.queries import (
    KEEPERS,
    Standing,
    address_digest,
    employer_like,
    has_stopped,
    is_certified,
    is_invited,
    is_registered,
    prospect_of,
    visible_to,
)
from certif.imports.sheets import rows_of

confirm_intake = actions.confirm_intake
forget_old_imports = actions.forget_old_imports
undo_intake = actions.undo_intake
upload_file = actions.upload_file

__all__ = [
    "EMAIL",
    "GROUNDS",
    "KEEPERS",
    "LANGUAGE",
    "NO_ADDRESS",
    "PHONE",
    "Column",
    "Entered",
    "FileForm",
    "FileKind",
    "Ground",
    "Intake",
    "IntakeLine",
    "IntakeStep",
    "Kind",
    "LetterStop",
    "Misread",
    "Prospect",
    "ProspectInvitation",
    "Standing",
    "Step",
    "address_digest",
    "also_became",
    "also_bounds",
    "also_brings",
    "also_news",
    "also_touched",
    "change_note",
    "confirm_intake",
    "employer_like",
    "forget_old_imports",
    "has_stopped",
    "invite_prospect",
    "is_certified",
    "is_invited",
    "is_registered",
    "letter_of",
    "mrcs_cell",
    "note_contact",
    "note_prospect",
    "obstacle",
    "plain_cell",
    "prospect_of",
    "read_day",
    "rows_of",
    "stop_address",
    "stop_letters",
    "text_cell",
    "tidy",
    "undo_intake",
    "upload_file",
    "visible_to",
    "word_cell",
]
