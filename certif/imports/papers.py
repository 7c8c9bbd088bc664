"""What is handed out and shown about files: the models to fill in, the lines to correct, the preview, the letter as it would leave."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from certif.imports import past, queries
from certif.imports.cells import FAULTS
from certif.imports.inviting import letter_of
from certif.imports.kinds import added_kinds, entries_of, kind_of
from certif.imports.layouts import COLUMNS, columns_of, mapped
from certif.imports.model import Intake, IntakeLine, Kind, Prospect, Step
from certif.imports.queries import LOOKS, STANDINGS
from certif.kit import outbox
from certif.kit.languages import _, _l, language
from certif.kit.sheets import csv_sheet, xlsx_workbook
from certif.territory import sectors

STANDING_WORDS: dict[str, Any] = {"standings": STANDINGS, "looks": LOOKS}
TWINS = {
    "register": _l("Déjà au registre"),
    "prospect": _l("Déjà parmi les prospects"),
    "file": _l("Déjà à la ligne %(line)s du fichier"),
}


def model_csv(kind: str, spoken: str) -> str:
    """Give the model to fill in, with one example, as CSV."""
    columns = columns_of(kind)
    return csv_sheet([one.said_in(spoken) for one in columns], [[one.example for one in columns]])


def model_xlsx(kind: str, spoken: str) -> bytes:
    """Give the model to fill in as a workbook: the sheet to fill in, with one example, and the columns explained."""
    columns = columns_of(kind)
    heads = (_("Colonne"), _("Obligatoire"), _("Ce qu’elle contient"), _("Exemple"))
    explained_rows = [[one.said_in(spoken), _("oui") if one.is_required else _("non"), str(one.help), one.example] for one in columns]
    return xlsx_workbook(
        (_("À remplir"), [one.said_in(spoken) for one in columns], [[one.example for one in columns]]),
        (_("Colonnes"), heads, explained_rows),
    )


def model_name(kind: str, suffix: str) -> str:
    """Give the name under which a model is saved."""
    added = kind_of(kind)
    return f"{added.saved_as if added else 'certifies' if kind == Kind.CERTIFIED else 'prospects'}-modele.{suffix}"


def explained() -> list[tuple[str, str, list[list[str]]]]:
    """Give each kind of file, with the title of its model and its columns, explained, in rows."""
    titles = {Kind.PROSPECTS: _("Le modèle des prospects"), Kind.CERTIFIED: _("Le modèle des employeurs certifiés avant Certif")}
    kinds = [(str(kind), titles[Kind(kind)], columns) for kind, columns in COLUMNS.items()]
    kinds += [(one.name, str(one.title), one.columns) for one in added_kinds()]
    return [
        (kind, title, [[one.said_in(language()), _("oui") if one.is_required else _("non"), str(one.help)] for one in columns])
        for kind, title, columns in kinds
    ]


def seen_of(intake: Intake) -> dict[str, Any]:
    """Give what the page of a file shows."""
    columns = mapped(intake.headings, intake.kind)
    faulty, added = queries.faulty_lines(intake), kind_of(intake.kind)
    names = added.shown if added is not None else ("neq", "municipality", "contact_email")
    shown = [one for one in columns_of(intake.kind) if one.key in names]
    entered = past.entered_in(intake, queries.SHOWN) if intake.is_past_certified else []
    return {
        "counts": queries.counts_of(intake),
        "steps": {kind.value: intake.step(kind) for kind in Step},
        "faults": [(line.number, *fault) for line in faulty for fault in faults_said(line, intake.kind)],
        "twins": [(line.number, line.name, twin_said(line)) for line in queries.twin_lines(intake)],
        "fit": [[line.number, line.name, *(line.values.get(one.key) or "" for one in shown)] for line in queries.fit_lines(intake)],
        "fit_heads": [_("Ligne"), _("Nom"), *(one.said_in(language()) for one in shown)],
        "columns": [(heading, columns[place].said_in(language()) if place in columns else None) for place, heading in _named(intake)],
        "brought": queries.brought_in(intake) if intake.is_prospects else [],
        "added": added,
        "entries": entries_of(intake, queries.SHOWN),
        "entered": entered,
        "kept": {row.id: past.why_kept(row) for row, _employer in entered} if intake.step(Step.UNDONE) else {},
        "unclaimed": past.unclaimed_in(intake) if intake.is_past_certified else 0,
        **STANDING_WORDS,
    }


def undoing(intake: Intake) -> dict[str, Any]:
    """Give what the page that undoes a file shows."""
    return {"counts": queries.counts_of(intake), "kept": queries.touched_in(intake)}


def faults_said(line: IntakeLine, kind: str) -> list[tuple[str, str]]:
    """Give what is wrong with a line: pairs of the name of a column and of a sentence."""
    names = {column.key: column.said_in(language()) for column in columns_of(kind)}
    return [(names[key], str(FAULTS[fault])) for key, fault in line.faults]


def twin_said(line: IntakeLine) -> str:
    """Give where the organisation of a line already is."""
    return str(TWINS[line.twin or "file"]) % {"line": line.twin_line}


def faults_csv(intake: Intake) -> str:
    """Give the lines to correct as they were, after the number of each and what is wrong in it. It can be corrected and sent again."""
    rows = [
        [
            line.number,
            " ".join(_("%(name)s : %(fault)s", name=name, fault=fault) for name, fault in faults_said(line, intake.kind)),
            *line.cells,
        ]
        for line in queries.faulty_lines(intake, most=None)
    ]
    return csv_sheet([_("Ligne"), _("À corriger"), *intake.headings], rows)


def faults_name(intake: Intake) -> str:
    """Give the name under which the lines to correct are saved."""
    return f"{PurePath(intake.file_name).stem}-a-corriger.csv"


def letter_seen(prospect: Prospect, *, note: str, inviter: str) -> dict[str, str]:
    """Give the letter of an invitation as it would leave, its links aside, which are made when it does."""
    told = letter_of(prospect, "apercu", note=note, inviter=inviter)
    subject, body = outbox.written("imports/prospect_invited", language=prospect.language, **told)
    return {"subject": subject, "body": body, "language": prospect.language}


def sector_name(code: str | None) -> str:
    """Give the name of a sector, in the reader's language."""
    return next((str(one.name) for one in sectors() if one.code == code), "")


def _named(intake: Intake) -> list[tuple[int, str]]:
    return [(place, heading) for place, heading in enumerate(intake.headings) if heading]
