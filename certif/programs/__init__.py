"""UNDER WHICH RULES. What a regional body offers to employers, in immutable published versions; each checked against the law before it
is published.

Everything a region decides is a value here, never an `if` elsewhere, and no region is named in the code: the schemes seen in the regions
are model files in `models/`.
"""

from certif.programs.actions import create_program, discard_draft, draft_version, edit_draft, pause_program, publish_version, resume_program
from certif.programs.catalogue import ProgramModel, load_model, model_names
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
from certif.programs.values import Colours, Commitment, ContractText, Level, PaymentMethod, Rules, Terms, Text, months_after
from certif.programs.wording import (
    FloorLine,
    PromiseAndFloor,
    contract_differences,
    criteria_lines,
    criteria_of,
    differences,
    facts_of,
    hour_sentences,
    promise_and_floor,
)

__all__ = [
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
    "facts_of",
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
    "program_at",
    "program_by_slug",
    "program_of",
    "programs_in",
    "programs_of",
    "promise_and_floor",
    "publish_version",
    "resume_program",
    "sentence",
    "version_in_force",
    "version_numbered",
    "versions_of",
]
