"""What staff find around their lists: their tools, the next page, the sheet to take away, and on the first day what is left to set up."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, current_app, request, url_for

from certif.accounts import staff_of
from certif.kit.access import Actor, Role, actor
from certif.kit.languages import _, _l
from certif.programs import programs_of, version_in_force

Item = tuple[str, bool, str | None]

TOOLS = (
    (
        _l("Dossiers"),
        (
            ("staff.queue", _l("À traiter")),
            ("staff.list_files", _l("Employeurs")),
            ("standing.list_level_requests", _l("Demandes de niveau")),
            ("milestones.list_overdue", _l("Engagements en retard")),
            ("sampling.manage_draws", _l("Examens de suivi")),
        ),
    ),
    (
        _l("Recrutement"),
        (
            ("imports.list_prospects", _l("Prospects")),
            ("imports.list_intakes", _l("Importations")),
            ("mailings.list_mailings", _l("Envois groupés")),
        ),
    ),
    (_l("Terrain"), (("agreements.show_counts", _l("Ententes")), ("agreements.list_exam_periods", _l("Semaines d’examens")))),
    (
        _l("Terrain"),
        (
            ("visits.show_calendar", _l("Calendrier")),
            ("visits.show_day", _l("Ma journée")),
            ("visits.list_slots", _l("Plages offertes")),
            ("visits.list_tours", _l("Tournées")),
            ("visits.list_workshops", _l("Ateliers demandés")),
            ("visits.write_report", _l("Compte rendu")),
            ("visits.list_follow_ups", _l("À faire")),
            ("visits.list_reports", _l("Comptes rendus")),
            ("visits.list_sittings", _l("Signer au comptoir")),
        ),
    ),
    (_l("Terrain"), (("bulletins.list_bulletins", _l("Bulletins par courriel")), ("offers.manage_offers", _l("Offres d’emploi")))),
    (
        _l("Réseau"),
        (
            ("network.list_bodies", _l("Registre des partenaires")),
            ("network.show_map", _l("Cartographie")),
            ("network.list_committees", _l("Comités")),
            ("network.list_requests", _l("Accompagnement")),
            ("network.list_distinctions", _l("Noyau et ambassadeurs")),
            ("network.list_help", _l("Coups de main")),
            ("network.list_consultations", _l("Consultations")),
            ("network.list_watch", _l("Veille")),
        ),
    ),
    (
        _l("Terrain"),
        (
            ("visits.list_pursuits", _l("Prospects à suivre")),
            ("visits.list_due", _l("À relancer")),
            ("visits.list_reservations", _l("Réservations")),
        ),
    ),
    (
        _l("Terrain"),
        (
            ("visits.show_calendar", _l("Calendrier")),
            ("visits.show_day", _l("Ma journée")),
            ("visits.list_slots", _l("Plages offertes")),
            ("visits.list_tours", _l("Tournées")),
            ("visits.list_workshops", _l("Ateliers demandés")),
        ),
    ),
    (
        _l("Terrain"),
        (
            ("library.manage_tools", _l("Bibliothèque")),
            ("library.show_counts", _l("Remises et téléchargements")),
            ("library.manage_beats", _l("Temps forts")),
            ("library.manage_testimonials", _l("Témoignages")),
            ("library.manage_watch", _l("Veille")),
        ),
    ),
    (
        _l("Élèves"),
        (
            ("surveys.list_surveys", _l("Sondages")),
            ("surveys.list_questionnaires", _l("Questionnaires")),
            ("portraits.list_portraits", _l("Portraits")),
        ),
    ),
    (
        _l("Reconnaissance"),
        (
            ("campaigns.list_campaigns", _l("Concours")),
            ("galas.list_galas", _l("Galas")),
            ("galas.list_asked", _l("Listes demandées")),
        ),
    ),
    (_l("Public"), (("notices.manage_notices", _l("Avis")), ("notices.manage_questions", _l("Questions reçues")))),
    (
        _l("Visibilité"),
        (
            ("visibility.list_orders", _l("Trousses")),
            ("visibility.list_lots", _l("Vignettes")),
            ("directory.show_region_scans", _l("Fréquentation")),
        ),
    ),
    (
        _l("Suivi"),
        (
            ("reports.show_report", _l("Rapports")),
            ("plans.list_plans", _l("Plans d’action")),
            ("reports.list_statements", _l("Relevés des partenaires")),
            ("staff.show_contributions", _l("Contributions")),
            ("staff.bring_statement", _l("Relevés bancaires")),
            ("sponsorships.list_sponsorships", _l("Commandites")),
            ("staff.show_accounting", _l("Comptabilité")),
            ("staff.show_letters", _l("Courriels")),
            ("staff.show_journal", _l("Journal")),
        ),
    ),
    (
        _l("Réglages"),
        (
            ("programs.manage_programs", _l("Programmes")),
            ("accounts.show_team", _l("Équipe")),
            ("trust.manage_issuers", _l("Émetteurs")),
            ("privacy.find_person", _l("Renseignements personnels")),
        ),
    ),
)


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
