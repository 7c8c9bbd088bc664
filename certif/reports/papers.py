"""A report and a statement, typeset and as workbooks: the same figures as on the page, with how each is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import format_decimal

from certif.documents import typeset
from certif.kit import clock
from certif.kit.languages import _, format_day, format_instant, format_money, language
from certif.kit.sheets import Table
from certif.reports.asked import Asked
from certif.reports.coverage import Place, picture_of, places_of, svg_of
from certif.reports.figures import Figure, figures_of
from certif.reports.indicators import INDICATORS
from certif.reports.statements import Statement, Worked

PLACED = ("in_force", "signed", "visited", "reached", "handed_out", "nominated", "surveyed")
"""The indicators of the page by MRC, on paper."""


def report_pdf(asked: Asked) -> bytes:
    """Typeset a report, in the language of the page. Gives: PDF, tagged, US Letter."""
    places = places_of(asked)
    names = [name for name in PLACED if INDICATORS[name].answers(asked)]
    data = {
        "title": _("Rapport d’activité"), "body": _bodies(asked),
        "facts": [{"label": label, "value": value} for label, value in asked.words],
        "state": _state(asked), "heads": [_("Indicateur"), _("Nombre"), _("Cible"), _("Comment c’est compté")],
        "figures": [
            {"label": str(one.indicator.label), "count": said(one), "aim": aim_said(one), "method": str(one.indicator.method)}
            for one in figures_of(asked)
        ],
        "places_title": _("Par MRC"), "place_heads": [_("MRC"), _("Employeurs connus"), *(str(INDICATORS[name].label) for name in names)],
        "places": [[one.name, format_decimal(one.known), *(said(one.figures.get(name)) for name in names)] for one in places],
        "coverage": coverage_said(places), "map": svg_of(picture) if (picture := picture_of(places)).spots else "",
        "map_alt": _("Carte de la couverture : un disque par MRC. Tout est dans le tableau."),
        "made": _("Produit le %(day)s.", day=format_day(clock.today())),
    }  # fmt: skip
    return typeset("report", data, language())


def report_sheets(asked: Asked) -> Sequence[Table]:
    """Give a report as sheets: what was asked, the figures, each MRC."""
    heads = [_("Indicateur"), _("Nombre"), _("Compté aujourd’hui"), _("Cible"), _("Progression (%%)"), _("Comment c’est compté")]
    figures = [
        [
            str(one.indicator.label), _cell(one, one.count), _cell(one, one.live), one.aim or "", "" if one.share is None else one.share,
            str(one.indicator.method),
        ]
        for one in figures_of(asked)
    ]  # fmt: skip
    names = [name for name, one in INDICATORS.items() if "mrc" in one.cuts and one.answers(asked)]
    places = [[one.name, one.known, *(_of(one.figures.get(name)) for name in names)] for one in places_of(asked)]
    return (
        (_("Chiffres"), heads, figures),
        (_("Par MRC"), [_("MRC"), _("Employeurs connus"), *(INDICATORS[name].label for name in names)], places),
        (_("Question"), [_("Demandé"), _("Valeur")], [*asked.words, (_("État"), _state(asked))]),
    )


def statement_pdf(statement: Statement) -> bytes:
    """Typeset a partner's statement, in the language of the page. Gives: PDF, tagged, US Letter."""
    period, approval = statement.period, statement.approval
    state = _("En préparation : ce relevé n’est pas approuvé.")
    if approval is not None:
        state = _("Approuvé par %(name)s, %(at)s.", name=approval.approver, at=format_instant(approval.approved_at))
    days = _("du %(since)s au %(until)s", since=format_day(period.from_on), until=format_day(period.until_on))
    facts = [
        (_("Partenaire"), statement.partner.name), (_("Programme"), period.program.name),
        (_("Période"), f"{period.title} ({days})"),
        (_("Rencontres"), format_decimal(len(statement.lines))), (_("Kilomètres"), format_decimal(statement.kilometres)),
        (_("Heures de rencontre"), hours_said(statement.minutes)), (_("Total"), format_money(statement.total)),
    ]  # fmt: skip
    data = {
        "title": _("Relevé d’activité"), "body": period.program.body.name, "state": state,
        "facts": [{"label": label, "value": value} for label, value in facts], "heads": statement_heads(),
        "lines": [[str(cell) for cell in _shown(one)] for one in statement.lines], "empty": _("Aucune rencontre dans cette période."),
        "digest": _("Empreinte : %(digest)s", digest=approval.digest) if approval else "",
    }  # fmt: skip
    return typeset("statement", data, language())


def statement_sheets(statement: Statement) -> Sequence[Table]:
    """Give a statement as a sheet, its total last."""
    rows: list[list[Any]] = [
        [one.met_on, one.what, one.who, one.kilometres, hours_said(one.minutes), one.amount.cents / 100] for one in statement.lines
    ]
    rows.append([_("Total"), "", "", statement.kilometres, hours_said(statement.minutes), statement.total.cents / 100])
    return ((_("Relevé"), statement_heads(), rows),)


def statement_heads() -> list[str]:
    """Give the heads of a statement."""
    return [_("Jour"), _("Rencontre"), _("Qui"), _("Kilomètres"), _("Durée"), _("Montant")]


def said(figure: Figure | None) -> str:
    """Give a figure as it is read: a number, or why there is none."""
    if figure is None or not figure.is_asked:
        return "–"
    if figure.count is None:
        return _("retenu")
    drift = f" ({_('aujourd’hui : %(live)s', live=format_decimal(figure.live))})" if figure.drift else ""
    return f"{format_decimal(figure.count)}{drift}"


def aim_said(figure: Figure) -> str:
    """Give a target and how far it is, in words; nothing where there is none."""
    if figure.aim is None:
        return ""
    share = figure.share
    return str(format_decimal(figure.aim)) + (f" ({share}\u00a0%)" if share is not None else "")


def hours_said(minutes: int) -> str:
    """Give a length of time in hours and minutes."""
    return f"{minutes // 60} h {minutes % 60:02}"


def coverage_said(places: Sequence[Place]) -> str:
    """Say in how many MRC an employer is certified, or that what is asked cannot tell."""
    inside = [one for one in places if one.mrc is not None]
    if any(one.certified is None for one in inside):
        return _(
            "La certification ne se compte ni par bailleur, ni par objectif, ni par public\u00a0: la couverture n’est pas montrée ici."
        )
    covered = sum(one.is_covered for one in inside)
    return _("%(covered)s MRC sur %(all)s ont au moins un employeur certifié.", covered=covered, all=len(inside))


def _shown(one: Worked) -> list[str]:
    return [format_day(one.met_on), one.what, one.who, format_decimal(one.kilometres), hours_said(one.minutes), format_money(one.amount)]


def _state(asked: Asked) -> str:
    lock = asked.period.lock if asked.period else None
    if lock is None:
        return _("Chiffres provisoires : ils suivent ce qui est noté.")
    if asked.cell is None:
        return _("La période est verrouillée, mais cette combinaison de filtres n’a pas été figée : elle est comptée aujourd’hui.")
    return _("Période verrouillée %(at)s. Empreinte des chiffres : %(digest)s", at=format_instant(lock.locked_at), digest=lock.digest)


def _bodies(asked: Asked) -> str:
    return ", ".join(dict.fromkeys(one.body.name for one in asked.programs))


def _cell(figure: Figure, count: int | None) -> Any:
    return count if count is not None else _("retenu") if figure.is_asked else "–"


def _of(figure: Figure | None) -> Any:
    return "–" if figure is None else _cell(figure, figure.count)
