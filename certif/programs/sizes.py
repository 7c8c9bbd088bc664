"""Bands of size of an employer, as registration asks for them; a program may set another contribution for each."""

from __future__ import annotations

from certif.kit.languages import _l

SIZES = {
    "1-4": _l("1 à 4 personnes"),
    "5-19": _l("5 à 19 personnes"),
    "20-99": _l("20 à 99 personnes"),
    "100-499": _l("100 à 499 personnes"),
    "500+": _l("500 personnes et plus"),
}
"""Source: Institut de la statistique du Québec and Statistics Canada."""
