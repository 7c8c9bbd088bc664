"""Whom the demonstration tells of: one employer at every stage, in regions with different rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One employer of the demonstration, and how far it went; `days_ago`, when it registered."""

    region: str
    name: str
    place: str
    mrc: str
    sector: str
    ends_at: str
    days_ago: int = 20
    hires: str = "students"
    kind: str = "company"
    size: str = "5-19"


STORIES = (
    Story("14", "Épicerie Desrochers et filles", "Joliette", "joliette", "44-45", "certified", 200),
    Story("14", "Boulangerie Au petit jour", "Rawdon", "matawinie", "72", "awaiting_validation", 6),
    Story("14", "Pharmacie Lavoie", "Repentigny", "l-assomption", "44-45", "awaiting_contribution", 4),
    Story("14", "Camp de jour des Cascades", "Saint-Donat", "matawinie", "71", "awaiting_contract", 2, kind="non_profit"),
    Story("14", "Municipalité de Val-aux-Pins", "Val-aux-Pins", "matawinie", "91", "sent_back", 12, kind="municipality", size="20-99"),
    Story("14", "Quincaillerie du Pont", "Mascouche", "les-moulins", "44-45", "suspended", 300),
    Story("14", "Resto Chez Mado", "Berthierville", "d-autray", "72", "revoked", 400),
    Story("14", "Garage Tremblay et fils", "Terrebonne", "les-moulins", "81", "expired", 1400, size="1-4"),
    Story("02", "Ferme des Quatre Vents", "Alma", "lac-saint-jean-est", "11", "awaiting_validation", 9),
    Story("02", "Librairie du Fjord", "Saguenay", "saguenay", "44-45", "certified", 150),
    Story("02", "Scierie des Grands Pins", "Dolbeau-Mistassini", "maria-chapdelaine", "31-33", "renewing", 685, size="20-99"),
    Story("15", "Fondation Coup de main", "Saint-Jérôme", "la-riviere-du-nord", "62", "supporter", 90, hires="none", kind="non_profit"),
    Story("15", "Cinéma Laurentien", "Sainte-Agathe-des-Monts", "les-laurentides", "71", "certified", 120),
    Story("07", "Dépanneur de la Rivière", "Gatineau", "gatineau", "44-45", "certified", 60),
    Story("05", "Traiteur Saveurs d’ici", "Magog", "memphremagog", "72", "declined", 8),
    Story("05", "Ciné-parc de l’Estrie", "Sherbrooke", "sherbrooke", "71", "paused", 250),  # the last of its region: it pauses the program
    Story("14", "Fleuriste aux Trois Lys", "L’Assomption", "l-assomption", "44-45", "expiring", 1072, size="1-4"),
    Story("07", "Crémerie du Ruisseau", "Gatineau", "gatineau", "72", "awaiting_validation", 1),  # which the region validates by itself
)
