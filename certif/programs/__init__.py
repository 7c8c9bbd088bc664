"""UNDER WHICH RULES. What a regional body offers to employers, in immutable published versions; each checked against the law before it
is published.

Everything a region decides is a value here, never an `if` elsewhere, and no region is named in the code: the schemes seen in the regions
are model files in `models/`.
"""

from certif.programs.actions import (
    create_program,
    discard_draft,
    draft_version,
    edit_draft,
    give_coordinates,
    pause_program,
    publish_version,
    resume_program,
)
from certif.programs.catalogue import ProgramModel, load_model, model_names
from certif.programs.checks import DRAWN, Automatic, Check
from certif.programs.contracts import ContractParts, sentence
from certif.programs.model import Contract, Pause, Program, ProgramMrc, ProgramVersion
from certif.programs.queries import (
    contract_in_force,
    contract_of,
    covers,
    draft_of,
    is_paused,
    is_paused_clause,
    last_pause,
    open_pause,
    open_programs,
    program_at,
    program_by_slug,
    program_of,
    programs_in,
    programs_of,
    version_in_force,
    version_numbered,
    versions_of,
)
from certif.programs.sizes import SIZES
from certif.programs.typography import english, french
from certif.programs.values import MOST_REMINDERS, Colours, Commitment, ContractText, Level, PaymentMethod, Rules, Terms, Text, months_after
from certif.programs.wording import (
    FloorLine,
    PromiseAndFloor,
    contract_differences,
    criteria_lines,
    criteria_of,
    differences,
    facts_of,
    hour_sentences,
    prices_of,
    promise_and_floor,
)
from certif.programs.words import ProgramWord, say_of_program

__all__ = [
    "DRAWN",
    "MOST_REMINDERS",
    "SIZES",
    "Automatic",
    "Check",
    "Colours",
    "Commitment",
    "Contract",
    "ContractParts",
    "ContractText",
    "FloorLine",
    "Level",
    "Pause",
    "PaymentMethod",
    "Program",
    "ProgramModel",
    "ProgramMrc",
    "ProgramVersion",
    "ProgramWord",
    "PromiseAndFloor",
    "Rules",
    "Terms",
    "Text",
    "contract_differences",
    "contract_in_force",
    "contract_of",
    "covers",
    "create_program",
    "criteria_lines",
    "criteria_of",
    "differences",
    "discard_draft",
    "draft_of",
    "draft_version",
    "edit_draft",
    "english",
    "facts_of",
    "french",
    "give_coordinates",
    "hour_sentences",
    "is_paused",
    "is_paused_clause",
    "last_pause",
    "load_model",
    "model_names",
    "months_after",
    "open_pause",
    "open_programs",
    "pause_program",
    "prices_of",
    "program_at",
    "program_by_slug",
    "program_of",
    "programs_in",
    "programs_of",
    "promise_and_floor",
    "publish_version",
    "resume_program",
    "say_of_program",
    "sentence",
    "version_in_force",
    "version_numbered",
    "versions_of",
]
