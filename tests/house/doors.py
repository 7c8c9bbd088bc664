"""Which addresses are for whom, beyond what their roles say: lists that the replay of every role on every route reads."""

from __future__ import annotations

OPEN = (
    "/", "/accessibilite", "/atelier", "/connexion", "/deconnexion", "/healthz", "/inscription", "/mentions-legales", "/metrics",
    "/paiements/avis", "/registre", "/statuts", "/.well-known", "/personnel/invitation", "/programmes", "/readyz", "/repertoire",
    "/renseignements-personnels", "/robots.txt", "/sitemap-employeurs-<int:number>.xml", "/sitemap-pages.xml", "/sitemap.xml", "/static",
    "/v", "/verifier-document", "/mon-espace/invitation/<token>", "/a", "/tirages", "/rappels/<token>/arret", "/commandite",
    "/commanditaires/<sight>", "/avis", "/s", "/portrait", "/sondages/ecole/<token>", "/verifier-attestation", "/verifier-hors-ligne",
    "/emetteurs-reconnus", "/oembed", "/api", "/concours", "/galas", "/n", "/laureats",
    "/ateliers", "/rendez-vous", "/plages", "/calendriers",
    "/terrain",
    "/ententes", "/horaire",
    "/bulletin", "/bulletins", "/emplois",
    "/soutien", "/consultation",
    "/outils",
)  # fmt: skip
"""Where anyone may come. All the rest is for someone; what stands under /personnel is for staff."""

NOT_OPEN = ("/connexion/second-facteur",)
FOR_MANAGERS = (
    "/personnel/equipe", "/personnel/programmes/<slug>/brouillon", "/personnel/programmes/<slug>/publication",
    "/personnel/programmes/<slug>/pause", "/personnel/programmes/<slug>/reprise", "/personnel/programmes/<slug>/territoire",
    "/personnel/dossiers/<ref>/suspension", "/personnel/dossiers/<ref>/levee", "/personnel/dossiers/<ref>/revocation",
    "/personnel/contributions/<ref>/dispense", "/personnel/paiements", "/personnel/questionnaires/importation",
    "/personnel/questionnaires/<ref>/copie", "/personnel/questionnaires/<ref>/modification",
    "/personnel/questionnaires/<ref>/publication", "/personnel/questionnaires/<ref>/abandon", "/personnel/tirages/<slug>/annonce",
    "/personnel/tirages/<ref>/tirage", "/personnel/portraits/<slug>/<year>/parution", "/personnel/portraits/<slug>/<year>/effectifs",
    "/personnel/portraits/parutions/<ref>/retrait", "/personnel/commandites/nouvelle", "/personnel/commandites/<ref>/arret",
    "/personnel/commandites/prises-en-charge", "/personnel/galas/nouveau", "/personnel/galas/<ref>/laureats",
    "/personnel/galas/<ref>/cles", "/personnel/cles", "/personnel/listes", "/personnel/concours/nouveau",
    "/personnel/concours/importation", "/personnel/concours/<ref>/copie", "/personnel/concours/<ref>/brouillon",
    "/personnel/concours/<ref>/publication", "/personnel/concours/<ref>/abandon", "/personnel/concours/<ref>/fin",
    "/personnel/concours/<ref>/jury/<phase>/ouverture", "/personnel/concours/<ref>/jury/<phase>/candidatures",
    "/personnel/concours/<ref>/jury/<phase>/sieges", "/personnel/concours/<ref>/jury/<phase>/relance",
    "/personnel/concours/<ref>/jury/<phase>/repartition", "/personnel/boss/<ref>/arbitrage", "/personnel/concours/<ref>/laureats",
    "/personnel/concours/<ref>/resultats", "/personnel/laureats/<ref>/retrait", "/personnel/laureats/<ref>/remplacement",
    "/personnel/offres/relecture",
    "/personnel/plans/bailleurs", "/personnel/plans/nouveau", "/personnel/plans/objectifs", "/personnel/plans/<ref>/modification",
    "/personnel/plans/<ref>/objectifs", "/personnel/rapports/periodes/nouvelle", "/personnel/rapports/periodes/<ref>/cibles",
    "/personnel/rapports/periodes/<ref>/verrou", "/personnel/rapports/periodes/<ref>/deverrouillage", "/personnel/rapports/cibles",
    "/personnel/rapports/pilotes/<ref>/signature", "/personnel/releves/tarifs", "/personnel/releves/<period>/<partner>/approbation",
    "/personnel/consultations", "/personnel/comites/<ref>/fin",
    "/personnel/calendriers-scolaires", "/personnel/terrain/attribution", "/personnel/terrain/territoires", "/personnel/terrain/cadence",
    "/personnel/bibliotheque/nouveau", "/personnel/bibliotheque/outils/<slug>/classement",
    "/personnel/bibliotheque/outils/<slug>/version", "/personnel/bibliotheque/outils/<slug>/revision",
    "/personnel/bibliotheque/outils/<slug>/retrait", "/personnel/bibliotheque/outils/<slug>/masque",
    "/personnel/bibliotheque/outils/<slug>/adaptation", "/personnel/trousses-temps-forts/<program>/<slug>/nouvelle",
    "/personnel/trousses-temps-forts/<program>/<slug>/<ref>/retrait",
    "/personnel/incidents",
    "/personnel/adresses-a-prevenir",
)  # fmt: skip
FOR_ADMINISTRATORS = (
    "/personnel/programmes/nouveau", "/personnel/equipe/<ref>/fermeture", "/personnel/equipe/<ref>/reouverture", "/personnel/emetteurs",
    "/personnel/renseignements", "/personnel/incidents/responsables",
    "/personnel/temps-forts/<slug>/dates",
)  # fmt: skip
NOT_FOR_PARTNERS = (
    "/personnel/frequentation", "/personnel/journal", "/personnel/lettres", "/personnel/contributions", "/personnel/recus",
    "/personnel/tirages", "/personnel/examens", "/personnel/trousses", "/personnel/vignettes", "/personnel/dossiers/<ref>/vignette",
    "/personnel/portraits", "/personnel/dossiers/<ref>/semaines", "/personnel/importations", "/personnel/prospects/<ref>/invitation",
    "/personnel/envois", "/personnel/commandites", "/personnel/avis", "/personnel/questions", "/personnel/sondages/nouveau",
    "/personnel/sondages/<ref>/dates", "/personnel/sondages/<ref>/fermeture", "/personnel/sondages/<ref>/cibles",
    "/personnel/sondages/<ref>/courriels", "/personnel/sondages/<ref>/portes/nouvelles", "/personnel/sondages/<ref>/portes/reprise",
    "/personnel/portes/<ref>/liens", "/personnel/portes/<ref>/fermeture", "/personnel/portes/<ref>/remplacement",
    "/personnel/sondages/<ref>/mots", "/personnel/mots", "/personnel/concours/<ref>/jury", "/personnel/galas",
    "/personnel/concours/<ref>/coupons", "/personnel/laureats",
    "/personnel/terrain/plages", "/personnel/terrain/ateliers",
    "/personnel/terrain/comptoir",
    "/personnel/semaines-d-examens",
    "/personnel/bulletins", "/personnel/offres",
    "/personnel/plans", "/personnel/rapports",
    "/personnel/reseau", "/personnel/comites", "/personnel/rencontres", "/personnel/distinctions",
    "/personnel/dossiers/<ref>/distinction", "/personnel/soutien",
    "/personnel/temps-forts", "/personnel/trousses-temps-forts", "/personnel/temoignages", "/personnel/veille/nouvelle",
    "/personnel/veille/<ref>/retrait",
)  # fmt: skip

KNOWN_TO_EVERY_PARTNER = (
    "/personnel/programmes/",
    "/personnel/sondages/",
    "/personnel/questionnaires/",
    "/personnel/concours/",
    "/personnel/concours/<ref>/papier",
    "/personnel/terrain/rendez-vous/nouveau/",
    "/personnel/terrain/tournees/nouvelle/",
    "/personnel/bibliotheque/outils/<slug>",
    "/personnel/remises/programmes/",
)
KNOWN_TO_WHOEVER_SIGNS_IN = ("/galas/listes/demande",)
