"""French as it is printed."""

import pytest

from certif.programs import bare_level
from certif.programs.typography import english, french

HARD = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'école : oui !", f"l’école{HARD}: oui{HARD}!"),
        ('le "premier" emploi', f"le «{HARD}premier{HARD}» emploi"),
        ("« déjà »", f"«{HARD}déjà{HARD}»"),
        ("21 h et 50 $, 15 %", f"21{HARD}h et 50{HARD}$, 15{HARD}%"),
        ("21 heures", "21 heures"),
        ("16 : 30 (oui ;)", f"16{HARD}: 30 (oui{HARD};)"),
        ("http://exemple.com", "http://exemple.com"),
        (None, ""),
    ],
)
def test_french_is_set_as_it_is_printed(typed, printed):
    assert french(typed) == printed
    assert french(printed) == printed


def test_english_has_its_own_apostrophe():
    assert english("student's hours: 10") == "student’s hours: 10"


@pytest.mark.parametrize(
    ("name", "said"),
    [("Niveau 1 – Amorce", "1 – Amorce"), ("Level 1", "1"), ("Or", "Or"), ("Niveau", "Niveau"), ("Niveaux Or", "Niveaux Or")],
)
def test_the_word_level_is_not_said_twice(name, said):
    assert bare_level(name) == said
