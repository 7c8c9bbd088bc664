"""What staff type about a sponsorship, and the code that an employer types."""

from __future__ import annotations

from typing import Any

from wtforms import ValidationError

from certif.kit.forms import Choice, Choices, Day, Email, Form, LongText, Number, ShortText, Tick
from certif.kit.languages import LANGUAGES, _, _l
from certif.kit.money import Money
from certif.sponsorships.kinds import SPONSOR_KINDS, SPONSOR_METHODS, SponsorKind
from certif.sponsorships.model import Sponsorship
from certif.sponsorships.queries import Usage
from certif.sponsorships.terms import SponsorshipTerms
from certif.territory import Mrc, sectors


class SponsorshipForm(Form):
    """What a sponsor and the program agreed on."""

    sponsor = ShortText(_l("Commanditaire"), hint=_l("Comme il veut être nommé."), most=120)
    kind = Choice(_l("Genre d’organisation"), radio=True, choices=[(one.value, label) for one, label in SPONSOR_KINDS.items()])
    seats = Number(
        _l("Nombre de contributions"), least=1, most=5000, required=False, hint=_l("Ou un montant, juste dessous : l’un des deux.")
    )
    budget = ShortText(_l("Montant à dépenser"), most=12, required=False, hint=_l("Comme 2500 ou 2500,00."))
    percent = Number(_l("Part de chaque contribution, en pour cent"), least=1, most=100, hint=_l("100 : l’employeur ne verse rien."))
    most = ShortText(_l("Au plus, par employeur"), most=12, required=False, hint=_l("En dollars. Vide : sans autre limite."))
    mrcs = Choices(_l("Pour les employeurs de ces MRC"), required=False, hint=_l("Aucune case : tout le territoire du programme."))
    municipalities = ShortText(
        _l("Ou de ces municipalités"), required=False, hint=_l("Séparées par des virgules, comme « Rawdon, Saint-Donat ».")
    )
    sector = Choice(_l("Secteur d’activité"), required=False)
    valid_from = Day(_l("Premier jour"))
    valid_until = Day(_l("Dernier jour"))
    shows_name = Tick(_l("Les employeurs aidés lisent le nom du commanditaire, sur leur reçu aussi"))
    contact_name = ShortText(_l("Personne à joindre"), most=120, required=False)
    contact_email = Email(_l("Son courriel"), required=False, hint=_l("Le code et le lien de suivi y partent aussitôt."))
    language = Choice(_l("Langue de ses courriels"), choices=list(LANGUAGES.items()))
    reference = ShortText(_l("Résolution, entente ou facture"), most=120, required=False)

    def offer(self, mrcs: list[Mrc]) -> SponsorshipForm:
        """Offer the MRC of the program, and every sector."""
        self._mrcs = {mrc.slug: mrc for mrc in mrcs}
        self.mrcs.choices = [(mrc.slug, mrc.name) for mrc in mrcs]
        self.sector.choices = [("", _("Tous les secteurs")), *((one.code, f"{one.code} – {one.name}") for one in sectors())]
        return self

    def validate_seats(self, field: Number) -> None:
        """Refuse both a number and an amount, and neither."""
        if (field.data is None) is (not self.budget.data):
            raise ValidationError(_("Donnez un nombre de contributions, ou un montant : l’un des deux."))

    def validate_budget(self, field: ShortText) -> None:
        """Refuse what is no amount."""
        _check_amount(field)

    def validate_most(self, field: ShortText) -> None:
        """Refuse what is no amount."""
        _check_amount(field)

    @property
    def terms(self) -> SponsorshipTerms:
        """What was typed."""
        texts: dict[str, Any] = {name: self[name].data or None for name in ("sector", "contact_name", "contact_email", "reference")}
        plain: dict[str, Any] = {name: self[name].data for name in ("sponsor", "seats", "percent", "valid_from", "valid_until", "language")}
        towns = tuple(town.strip() for town in (self.municipalities.data or "").split(",") if town.strip())
        return SponsorshipTerms(
            **plain, **texts, kind=SponsorKind(self.kind.data), budget=Money.typed(self.budget.data), most=Money.typed(self.most.data),
            mrcs=tuple(self._mrcs[slug] for slug in self.mrcs.data or []), municipalities=towns, shows_name=self.shows_name.data,
        )  # fmt: skip


class SponsorPaymentForm(Form):
    """Money that came from a sponsor."""

    amount = ShortText(_l("Montant reçu"), most=12, hint=_l("Comme 2500 ou 2500,00."))
    method = Choice(_l("Façon de payer"), radio=True, choices=[(one.value, label) for one, label in SPONSOR_METHODS.items()])
    received_on = Day(_l("Jour de réception"))
    reference = ShortText(_l("Numéro de la facture, du chèque ou du virement"), most=60, required=False)

    def validate_amount(self, field: ShortText) -> None:
        """Refuse what is no amount."""
        _check_amount(field)


class ReasonForm(Form):
    """Why nobody else is covered."""

    reason = LongText(_l("Motif de l’arrêt"), hint=_l("Il reste au journal."), most=1000)


class ReturnSeatForm(Form):
    """Why a cover is taken back."""

    reason = LongText(_l("Motif du retrait"), hint=_l("L’employeur le lira, et il reste au journal."), most=1000)


class ApplyCodeForm(Form):
    """Which sponsorship, and why staff use it in the place of the employer."""

    sponsorship = Choice(_l("Commandite"), radio=True)
    reason = LongText(
        _l("Pourquoi vous le faites à la place de l’employeur"), most=1000,
        hint=_l("Comme « demandé au téléphone » ou « feuille remise au comptoir ». Ce motif et votre nom restent au journal."),
    )  # fmt: skip

    def offer(self, usages: list[Usage]) -> ApplyCodeForm:
        """Offer the sponsorships that may be used today, each with what is left of it."""
        self._offered = {one.sponsorship.ref: one.sponsorship for one in usages}
        self.sponsorship.choices = [(one.sponsorship.ref, one.told) for one in usages]
        return self

    @property
    def chosen(self) -> Sponsorship:
        """The sponsorship that was chosen."""
        return self._offered[self.sponsorship.data]


class CodeForm(Form):
    """The code on the sponsor's sheet."""

    code = ShortText(
        _l("Code de commandite"), most=40, hint=_l("Dix signes, comme K7MF2-QXP9D. Les tirets et les majuscules importent peu."),
        render_kw={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip


def _check_amount(field: ShortText) -> None:
    found = Money.typed(field.data)
    if field.data and (found is None or found.is_zero):
        raise ValidationError(_("Écrivez un montant en dollars, comme 20 ou 20,00."))
