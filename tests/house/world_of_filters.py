"""What stands behind the doors of kept filters, of bank statements, of what people ask about themselves, and of incidents."""

from __future__ import annotations

from typing import Any

from certif.kit.access import Actor
from certif.kit.db import db
from certif.privacy import ask_about_me
from certif.programs import Program
from certif.staff.bank_actions import bring_statement
from certif.staff.bank_model import BankLine
from certif.staff.kept_filters import filters_seen_by, keep_filter
from tests.factories import make_person, unit
from tests.privacy.making import make_incident


def kept_and_asked(program: Program, agent: Actor) -> dict[str, dict[str, Any]]:
    """One of each: a filter, a statement with a line, a request, an incident."""
    with unit():
        keep_filter("staff.list_files", "Les miens", "q=a", program=None, by=agent)
        statement = bring_statement(program, b"Date;Texte;Montant\n2026-01-05;Virement;50,00", "releve.csv", by=agent)
        asked = ask_about_me("Effacez mon numéro.", by=make_person().actor)
    incident = make_incident(program)
    line = db.session.query(BankLine).filter_by(statement_id=statement.id).one()
    return {
        "staff.remove_kept_filter": {"ref": filters_seen_by(agent)[0].ref},
        **{f"staff.{name}": {"ref": statement.ref} for name in ("show_statement", "record_fitting")},
        **{f"staff.{name}": {"ref": line.ref} for name in ("tie_line", "set_line_aside")},
        "privacy.*": {"ref": asked.ref, "table": "prospect", "slug": program.slug},
        **{f"privacy.{name}": {"ref": incident.ref} for name in ("show_incident", "tell_anew", "note_step", "close_incident")},
    }
