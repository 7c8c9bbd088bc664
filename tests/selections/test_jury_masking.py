"""No name in what a juror reads: however it is written."""

from __future__ import annotations

import pytest

from certif.selections.jury_masking import Names, masked

NAMES = Names(("Julie Tremblay", "Éva"), ("Café du Coin", "Saint-Charles-Borromée", "École secondaire de la Rivière", "Le Marché"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Julie est super.", "[…] est super."),
        ("JULIE, Mme Tremblay", "[…], Mme […]"),
        ("Les Tremblays ; Eva et ÉVA", "Les […] ; […] et […]"),
        ("Jullie, Juile et Tremblai", "[…], […] et […]"),
        ("Au café du coin, au Cafe-du-Coin, @cafeducoin, CafeDuCoin", "Au […], au […], […], […]"),
        ("À St-Charles Borromée", "À St-[…]"),
        ("Au Marché de la place ; le marché", "Au Marché de la place ; […]"),
        ("Appelle au 450 555-1234 ou à j.t@exemple.com, www.exemple.com/julie", "Appelle au […] ou à […], […]"),
        ("Mon café préféré, 15 heures par semaine, le 12 mai 2026.", "Mon café préféré, 15 heures par semaine, le 12 mai 2026."),
        ("Notre école secondaire passe avant.", "Notre école secondaire passe avant."),
    ],
)
def test_names_are_hidden_and_the_rest_stays(written: str, read: str) -> None:
    assert masked(written, NAMES, "[…]") == read


def test_without_names_nothing_is_hidden() -> None:
    """The twin: it is the names that hide."""
    assert masked("Julie, au Café du Coin", Names((), ()), "[…]") == "Julie, au Café du Coin"
