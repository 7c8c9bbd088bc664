"""The tools of staff, group by group, as the list beside every page of theirs shows them: each is a page, and what it is called."""

from __future__ import annotations

from certif.kit.languages import _l

TOOLS = (
    (
        _l("Dossiers"),
        (
            ("staff.queue", _l("À traiter")),
            ("staff.list_files", _l("Employeurs")),
            ("standing.list_level_requests", _l("Demandes de niveau")),
            ("standing.list_reviews", _l("Révisions demandées")),
            ("milestones.list_overdue", _l("Engagements en retard")),
            ("sampling.manage_draws", _l("Examens de suivi")),
        ),
    ),
    (
        _l("Recrutement"),
        (
            ("visits.list_pursuits", _l("Prospects")),
            ("visits.list_due", _l("À relancer")),
            ("visits.list_reservations", _l("Réservations")),
            ("imports.list_intakes", _l("Importations")),
            ("mailings.list_mailings", _l("Envois groupés")),
        ),
    ),
    (
        _l("Terrain"),
        (
            ("visits.show_day", _l("Ma journée")),
            ("visits.show_calendar", _l("Calendrier")),
            ("visits.write_report", _l("Compte rendu")),
            ("visits.list_follow_ups", _l("À faire")),
            ("visits.list_sittings", _l("Signer au comptoir")),
            ("visits.list_slots", _l("Plages offertes")),
            ("visits.list_tours", _l("Tournées")),
            ("visits.list_workshops", _l("Ateliers demandés")),
            ("visits.list_reports", _l("Comptes rendus")),
        ),
    ),
    (
        _l("Outils"),
        (
            ("library.manage_tools", _l("Bibliothèque")),
            ("library.show_counts", _l("Remises et téléchargements")),
            ("library.manage_beats", _l("Temps forts")),
            ("library.manage_testimonials", _l("Témoignages")),
            ("library.manage_watch", _l("Veille")),
            ("bulletins.list_bulletins", _l("Bulletins par courriel")),
        ),
    ),
    (
        _l("Élèves"),
        (
            ("surveys.list_surveys", _l("Sondages")),
            ("surveys.list_questionnaires", _l("Questionnaires")),
            ("portraits.list_portraits", _l("Portraits")),
            ("agreements.show_counts", _l("Ententes")),
            ("agreements.list_exam_periods", _l("Semaines d’examens")),
            ("agreements.list_school_calendars", _l("Calendriers scolaires")),
            ("offers.manage_offers", _l("Offres d’emploi")),
        ),
    ),
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
        ),
    ),
    (
        _l("Reconnaissance"),
        (
            ("campaigns.list_campaigns", _l("Concours")),
            ("galas.list_galas", _l("Galas")),
            ("galas.list_asked", _l("Listes demandées")),
            ("webhooks.list_webhooks", _l("Adresses à prévenir")),
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
            ("privacy.list_incidents", _l("Incidents de confidentialité")),
        ),
    ),
)
