"""What staff find around their lists: their tools, the next page, the sheet to take away, and on the first day what is left to set up."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, current_app, request, url_for

from certif.accounts import staff_of
from certif.kit.access import Actor, Role, actor
from certif.kit.languages import _
from certif.programs import programs_of, version_in_force
from certif.staff.tools import TOOLS

Item = tuple[str, bool, str | None]


class StaffNav:
    """The tools that whoever asks may open: groups of (name, [(label, address, whether it is this page)]). Read where a page shows it."""

    def __iter__(self) -> Iterator[tuple[str, list[tuple[str, str, bool]]]]:
        for name, tools in TOOLS:
            found = [(str(label), url_for(endpoint), request.endpoint == endpoint) for endpoint, label in tools if may_open(endpoint)]
            if found:
                yield str(name), found


def may_open(endpoint: str) -> bool:
    """Whether whoever asks is of the audience of a page."""
    view = current_app.view_functions.get(endpoint)
    return view is not None and bool(actor().roles & getattr(view, "audience", frozenset()))


def sheet(content: str, file_name: str) -> Response:
    """Answer with a sheet to be saved under `file_name`."""
    response = Response(content, mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=file_name)
    return response


def first_steps(by: Actor) -> list[Item]:
    """Give what is left to set up before the first file comes: (label, whether it is done, where to do it)."""
    programs = programs_of(by)
    decides = bool(by.roles & {Role.ADMIN, Role.MANAGER})
    items: list[Item] = [(_("Protéger votre compte par un second facteur"), True, None)]
    if decides:
        has_version = any(version_in_force(program) for program in programs)
        has_team = any(len(staff_of(program)) > 1 for program in programs)
        items.append((_("Créer le programme de la région"), bool(programs), _address("programs.manage_programs")))
        items.append(
            (
                _("Publier une première version : contribution, engagements, contrat moral"),
                has_version,
                _address("programs.manage_programs"),
            )
        )
        items.append((_("Inviter votre équipe"), has_team, _address("accounts.show_team")))
    return [*items, (_("Recevoir un premier dossier"), False, None)]


def _address(endpoint: str) -> str | None:
    return url_for(endpoint) if endpoint in current_app.view_functions else None
