"""The card of thanks: one Letter sheet, printed on both sides and folded once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from certif import documents
from certif.campaigns import Campaign
from certif.kit.languages import _, speaking
from certif.nominations.desk_model import Thanks
from certif.nominations.model import Boss
from certif.nominations.thanks_queries import Quote, quotes_of
from certif.programs import english, french, version_in_force

_PLAIN = "#0f4a3c"
"""The colour of a program that has published none."""


def cards_pdf(campaign: Campaign, bosses: Sequence[tuple[Boss, Thanks]]) -> bytes:
    """Typeset a card for each of these bosses, in one file. Gives: PDF bytes, two Letter pages a card: outside, inside."""
    version = version_in_force(campaign.program)
    with speaking("fr"):
        title = _("Cartes de remerciement")
        cards = [_card(boss, kind) for boss, kind in bosses]
    colour = version.rules.colours.primary if version is not None else _PLAIN
    data = {"title": title, "colour": colour, "program": campaign.program.name, "issuer": campaign.program.body.name, "cards": cards}
    return documents.typeset("thanks_card", data, "fr")


def _card(boss: Boss, kind: Thanks) -> dict[str, Any]:
    spoken = boss.establishment.employer.language if boss.establishment is not None else "fr"
    with speaking(spoken):
        title = boss.campaign.definition.title.said_in(spoken)
        if kind is Thanks.RESULTS:
            told = _("Le concours est terminé, et d’autres ont été choisis. Ce que des élèves ont dit de vous, lui, reste vrai.")
        else:
            told = _("Des élèves vous ont nommé·e parce que, chez vous, travailler aide à rester à l’école.")
        return {
            "language": spoken, "thanks": _("Merci !"), "person": boss.person, "place": boss.name, "contest": title,
            "year": str(boss.campaign.year), "told": told, "quotes": [_quoted(one) for one in quotes_of(boss)],
            "no_quote": _("Un horaire qui respecte l’école, ça change une année. Parfois une vie."),
            "wish": _("Continuez : la réussite d’un élève passe aussi par son boss."), "said": _("Ce qu’ils en disent"),
        }  # fmt: skip


def _quoted(quote: Quote) -> dict[str, str]:
    marked = f"“{english(quote.words)}”" if quote.language == "en" else f"«\u00a0{french(quote.words)}\u00a0»"
    return {"words": marked, "language": quote.language, "by": quote.first_name}
