"""BROUGHT IN. Files of rows that staff bring in, seen before anything is written, and the prospects that come of them, whom one invites."""

from certif.imports import actions
from certif.imports.cells import Misread, tidy
from certif.imports.cells import day as read_day
from certif.imports.forms import FileForm
from certif.imports.inviting import NO_ADDRESS, invite_prospect, letter_of, obstacle, stop_letters
from certif.imports.model import Intake, IntakeLine, IntakeStep, Kind, LetterStop, Prospect, ProspectInvitation, Step
from certif.imports.noting import change_note, note_prospect
from certif.imports.queries import KEEPERS, Standing, address_digest, has_stopped, is_invited, is_registered, visible_to
from certif.imports.sheets import rows_of

confirm_intake = actions.confirm_intake
forget_old_imports = actions.forget_old_imports
undo_intake = actions.undo_intake
upload_file = actions.upload_file

__all__ = [
    "KEEPERS",
    "NO_ADDRESS",
    "FileForm",
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
    "change_note",
    "confirm_intake",
    "forget_old_imports",
    "has_stopped",
    "invite_prospect",
    "is_invited",
    "is_registered",
    "letter_of",
    "note_prospect",
    "obstacle",
    "read_day",
    "rows_of",
    "stop_letters",
    "tidy",
    "undo_intake",
    "upload_file",
    "visible_to",
]
