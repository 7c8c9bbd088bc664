"""What staff type about ways in: which kind, where, and one line for each; how many links that serve once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from certif.kit.forms import Choice, Form, LongText, Number
from certif.kit.languages import _, _l
from certif.surveys.door_actions import MOST_LINKS
from certif.surveys.door_lines import MOST_EXPECTED, DoorLine, Fault, read_lines
from certif.surveys.model import DoorKind
from certif.territory import Mrc, Partner

KIND_LABELS = {
    DoorKind.CLASS: _l("Une classe"),
    DoorKind.SCHOOL: _l("Une école"),
    DoorKind.KIOSK: _l("Une tablette qu’on se passe"),
    DoorKind.INVITATIONS: _l("Des liens à usage unique"),
    DoorKind.OPEN: _l("Ouverte à qui a l’adresse"),
}
KIND_HINTS = {
    DoorKind.CLASS.value: _l("Un code pour la classe, écrit au tableau ou projeté."),
    DoorKind.SCHOOL.value: _l("Un code pour toute l’école : affiche, portail, infolettre."),
    DoorKind.KIOSK.value: _l("Après chaque réponse, la page revient au début pour la personne suivante."),
    DoorKind.INVITATIONS.value: _l("Un coupon par élève : chaque lien sert une fois, sans dire à qui."),
    DoorKind.OPEN.value: _l("Pour le code QR d’employeurs ou un salon. Sans école."),
}


class _KindChoice(Choice):
    """Which kind of way in, each with what it is for."""

    option_hints: ClassVar = KIND_HINTS


class OpenDoorsForm(Form):
    """One way in a line."""

    kind = _KindChoice(_l("Sorte de porte"), radio=True, choices=[(one.value, label) for one, label in KIND_LABELS.items()])
    school_body = Choice(
        _l("Organisme scolaire"), required=False, hint=_l("Le même pour toutes ces portes ; il ne sera pas redemandé aux élèves.")
    )
    mrc = Choice(_l("MRC"), required=False, hint=_l("La même pour toutes ces portes."))
    lines = LongText(
        _l("Portes, une par ligne"), most=60_000,
        hint=_l(
            "école ; classe ; niveau ; nombre attendu ; courriel de la personne-ressource. Une porte sans classe vaut pour l’école. "
            "Sans nombre attendu, les réponses d’un code d’école, d’une tablette ou d’une porte ouverte à qui a l’adresse ne comptent pas."
        ),
    )  # fmt: skip

    def offer(self, bodies: list[Any], mrcs: list[Any]) -> OpenDoorsForm:
        """Offer the school bodies and the MRC of the program."""
        self.school_body.choices = [("", _("Aucun")), *((one.ref, one.name) for one in bodies)]
        self.mrc.choices = [("", _("Non précisée")), *((one.slug, one.name) for one in mrcs)]
        return self

    def chosen(self, bodies: Sequence[Partner], mrcs: Sequence[Mrc]) -> dict[str, Any]:
        """Give where all these ways in are, as the act takes it."""
        body = next((one for one in bodies if one.ref == self.school_body.data), None)
        return {"school_body": body, "mrc": next((one for one in mrcs if one.slug == self.mrc.data), None)}

    def read(self, levels: tuple[str, ...]) -> list[DoorLine] | None:
        """Give what the lines say; None when something is wrong, which the form then says line by line."""
        lines, faults = read_lines(self.lines.data or "", DoorKind(self.kind.data), levels)
        if faults:
            self.form_errors = [str(fault) for fault in sorted(faults, key=_place)]
            self.lines.errors = [_("Corrigez les lignes indiquées en haut de la page. Rien n’a été ouvert.")]
        return None if faults else lines


class LinksForm(Form):
    """How many links that serve once, and as what."""

    count = Number(_l("Nombre de liens"), least=1, most=MOST_LINKS)
    look = Choice(
        _l("Forme"), radio=True, choices=[
            ("lettre", _l("Coupons à découper, format Lettre (PDF)")), ("a4", _l("Coupons à découper, format A4 (PDF)")),
            ("csv", _l("Liste d’adresses (CSV)")),
        ],
    )  # fmt: skip
    spoken = Choice(_l("Langue des coupons"), radio=True, choices=[("fr", _l("Français")), ("en", _l("Français et anglais"))])


class VouchForm(Form):
    """How many people a way in was handed to, and how one knows."""

    people = Number(
        _l("Nombre de personnes"), least=1, most=MOST_EXPECTED, hint=_l("Celles à qui ce code a été remis : la classe, l’école.")
    )  # fmt: skip
    reason = LongText(_l("Raison"), hint=_l("Elle reste dans le journal. Exemple : deux groupes ont partagé ce code."), most=500)


class HoldForm(Form):
    """Why the answers of a way in are put aside."""

    reason = LongText(
        _l("Raison"), hint=_l("Elle reste dans le journal. Exemple : douze réponses, et la classe n’a pas commencé."), most=500
    )  # fmt: skip


class EraseForm(Form):
    """Why the answers of a way in are erased."""

    reason = LongText(_l("Raison"), hint=_l("Elle reste dans le journal."), most=500)


def _place(fault: Fault) -> int:
    return fault.number
