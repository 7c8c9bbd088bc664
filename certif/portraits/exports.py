"""A portrait to take away: a sheet, a workbook with its codebook, and open data. One row a figure, the same rows in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from certif.kit import sheets
from certif.kit.languages import _
from certif.portraits.asking import measures_in
from certif.portraits.benchmarks import BENCHMARKS
from certif.portraits.figures import Figure, Share, figure_of, groups_of, spoken
from certif.portraits.measures import CUTS, HOURS_AT_MOST
from certif.portraits.telling import Told
from certif.portraits.voices import ADDRESSES, told_by_voice, voices_in
from certif.portraits.withholding import WHOLE
from certif.surveys import Quote

HEADS = (
    "region", "programme", "annee", "parution", "population", "decoupage", "groupe", "nom", "mesure", "reponse", "base", "effectif",
    "pourcentage", "borne_inf", "borne_sup", "moyenne", "moyenne_inf", "moyenne_sup", "mediane", "mediane_inf", "mediane_sup",
    "sans_invraisemblables", "parution_du_chiffre",
)  # fmt: skip
"""The columns of every file: short, without accents, so that SPSS, Stata and R take them as names of variables."""
MISSING = ""
"""What is withheld. Nothing else is empty in the columns of figures, the mean and the median of other measures aside."""

Row = list[sheets.Cell]


def rows(told: Told) -> Iterator[Row]:
    """Give every figure that is told, and every one that is withheld, one a row: each voice, the students first."""
    for voice in voices_in(told):
        theirs = told_by_voice(told, voice) or told
        of: Row = [told["region"], told["program"], told["school_year"], told["number"], ADDRESSES[voice]]
        for measure in measures_in(theirs):
            for cut in theirs["figures"][measure.name]:
                yield from _rows_of_cut(theirs, of, measure.name, cut)


def _rows_of_cut(told: Told, of: Row, measure: str, cut: str) -> Iterator[Row]:
    keys = [("", _("Ensemble"))] if cut == WHOLE else [(group.key, group.name) for group in groups_of(told, cut)]
    for key, name in keys:
        for is_plausible in (False, True):
            figure = figure_of(told, measure, cut, key, plausible=is_plausible)
            if not is_plausible or figure is not None:
                yield from _figure_rows(of, [cut, key, name, measure], figure, is_plausible, list(told["words"][measure]["replies"]))


def _figure_rows(of: Row, place: list[str], figure: Figure | None, is_plausible: bool, replies: list[str]) -> Iterator[Row]:
    apart = int(is_plausible)
    if figure is None:
        yield from ([*of, *place, name, *[MISSING] * 11, apart, MISSING] for name in replies)
        return
    mean, median = _or_missing(figure.mean), figure.median or MISSING
    hours = [mean, *(figure.mean_between or [MISSING] * 2), median, *(figure.median_between or [MISSING] * 2)]
    for share in (*figure.shares, *figure.together):
        yield [*of, *place, share.name, figure.base, *_share_cells(share), *hours, apart, figure.since]


def _share_cells(share: Share) -> Row:
    return [_or_missing(one) for one in (share.count, share.percent, share.low, share.high)]


def _or_missing(value: float | None) -> sheets.Cell:
    return MISSING if value is None else value


def csv_of(told: Told) -> str:
    """Give the portrait as a sheet."""
    return sheets.csv_sheet(HEADS, rows(told))


def xlsx_of(told: Told, quotes: Sequence[Quote] = ()) -> bytes:
    """Give the portrait as a workbook: figures, codebook, words of each answer, what to compare it with, and what students say today."""
    return sheets.xlsx_workbook(
        (_("Chiffres"), HEADS, rows(told)),
        (_("Livre de codes"), ("variable", "type", "description"), _codebook()),
        (_("Réponses"), ("population", "mesure", "reponse", "titre", "libelle", "parmi"), _answers(told)),
        (_("Comparaisons"), ("mesure", "reponse", "pourcentage", "population", "source", "fiabilite"), _comparisons()),
        (_("Mots d’élèves"), ("langue", "mots"), ([one.language, one.printed] for one in quotes)),
    )


def _codebook() -> list[Row]:
    return [list(row) for row in codebook()]


def codebook() -> list[tuple[str, str, str]]:
    """Give what each column means: its name, its type as statistics programs call it, and words."""
    described = {
        "region": ("string", _("Code de la région administrative")),
        "programme": ("string", _("Adresse du programme")),
        "annee": ("string", _("Année scolaire")),
        "parution": ("numeric", _("Numéro de la parution")),
        "population": ("nominal", _("Qui répond : %(voices)s", voices=", ".join(ADDRESSES.values()))),
        "decoupage": ("nominal", _("Ce par quoi les réponses sont comptées : %(cuts)s", cuts=", ".join(CUTS))),
        "groupe": ("string", _("Code du groupe ; vide pour l’ensemble")),
        "nom": ("string", _("Nom du groupe")),
        "mesure": ("nominal", _("Ce qui est mesuré ; voir la feuille Réponses")),
        "reponse": ("nominal", _("Réponse, ou réponses réunies ; voir la feuille Réponses")),
        "base": ("scale", _("Nombre de personnes qui ont répondu à la question, arrondi à 5")),
        "effectif": ("scale", _("Nombre de personnes qui ont donné cette réponse, arrondi à 5 ; vide : retenu")),
        "pourcentage": ("scale", _("Part de la base, tirée des nombres arrondis")),
        "borne_inf": ("scale", _("Borne inférieure de l’intervalle de confiance à 95 % (Wilson)")),
        "borne_sup": ("scale", _("Borne supérieure de l’intervalle de confiance à 95 % (Wilson)")),
        "moyenne": ("scale", _("Heures en moyenne, à la demi-heure ; une semaine compte pour %(most)s h au plus", most=HOURS_AT_MOST)),
        "moyenne_inf": ("scale", _("Borne inférieure de la moyenne à 95 %, tirée des tranches ; vide si une tranche est retenue")),
        "moyenne_sup": ("scale", _("Borne supérieure de la moyenne à 95 %")),
        "mediane_inf": ("string", _("Borne inférieure de la médiane à 95 %, tirée des tranches")),
        "mediane_sup": ("string", _("Borne supérieure de la médiane à 95 %")),
        "mediane": ("string", _("Heures, lues dans la tranche où se trouve la médiane")),
        "sans_invraisemblables": ("nominal", _("1 : sans les réponses invraisemblables ; 0 : avec elles")),
        "parution_du_chiffre": ("numeric", _("Parution dont vient ce chiffre, qui n’est refait que si assez de réponses s’y ajoutent")),
    }  # fmt: skip
    return [(name, *described[name]) for name in HEADS]


def _answers(told: Told) -> Iterator[Row]:
    for voice in voices_in(told):
        for name, words in (told_by_voice(told, voice) or told)["words"].items():
            of = spoken(words["of"]) if words.get("of") else ""
            for reply, label in {**words["replies"], **words["together"]}.items():
                title = f"{of} {spoken(words['title'])}".strip()
                yield [ADDRESSES[voice], name, reply, title, spoken(label), spoken(words["among"])]


def _comparisons() -> Iterator[Row]:
    for one in BENCHMARKS:
        yield [one.measure, one.reply, float(one.percent), str(one.of), str(one.source), one.confidence]


def open_data(told: Told, digest: str) -> dict[str, Any]:
    """Give all that is told, as it is kept, with what it may be compared with: what every page and file is made of."""
    compared = [
        {
            "measure": one.measure, "reply": one.reply, "percent": one.percent, "of": str(one.of), "source": str(one.source),
            "confidence": one.confidence,
        }
        for one in BENCHMARKS
    ]  # fmt: skip
    return {"digest": digest, "told": told, "compared_with": compared, "codebook": [list(row) for row in codebook()]}
