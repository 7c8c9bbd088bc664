"""What is typed of the register: bodies, whom to reach, what was given; and what narrows its lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from wtforms import ValidationError

from certif.kit import clock
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice, Choices, Day, Email, Form, LongText, Number, Phone, ShortText
from certif.kit.languages import LANGUAGES, _, _l
from certif.kit.money import Money
from certif.network.model import BODY_KINDS, PROVISION_KINDS, BodyKind, MemberCategory, ProvisionKind
from certif.network.queries import BodyFilter
from certif.network.terms import BodyTerms, ContactTerms, ProvisionTerms
from certif.territory import Mrc, Partner

_ANY = _l("Tous")
ANY_MRC = _l("Toutes les MRC")


def check_link(field: ShortText) -> None:
    """Refuse what is not a secure address."""
    if field.data and (not field.data.startswith("https://") or " " in field.data):
        raise ValidationError(_("Écrivez une adresse qui commence par https://."))


class BodyForm(Form):
    """What a body is."""

    name = ShortText(_l("Nom de l’organisme"), most=160)
    kind = Choice(_l("Genre"), choices=[("", _l("Choisissez")), *((one.value, label) for one, label in BODY_KINDS.items())])
    partner = Choice(
        _l("Partenaire déjà connu de la plateforme"), required=False,
        hint=_l("Pour les organismes scolaires, les carrefours et les chambres qui y ont déjà un accès."),
    )  # fmt: skip
    category = Choice(_l("Catégorie de membre"), required=False)
    mrcs = Choices(_l("MRC où l’organisme travaille"), hint=_l("Cochez-les toutes s’il travaille dans toute la région."))
    goal = LongText(
        _l("Plan ou but contre le décrochage"), most=1000, required=False,
        hint=_l("Comme « Plan local en persévérance 2024-2029 ». Vide : on n’en connaît pas."),
    )  # fmt: skip
    website = ShortText(_l("Site"), most=200, required=False, hint=_l("Comme https://exemple.com."))

    def offer(self, mrcs: Sequence[Mrc], categories: Sequence[MemberCategory], partners: Sequence[Partner]) -> BodyForm:
        """Offer the MRC, the categories and the known partners of the program."""
        self._mrcs = {mrc.slug: mrc for mrc in mrcs}
        self._categories = {one.ref: one for one in categories}
        self._partners = {one.ref: one for one in partners}
        self.mrcs.choices = [(mrc.slug, mrc.name) for mrc in mrcs]
        self.category.choices = [("", _("Aucune")), *((one.ref, one.name) for one in categories)]
        self.partner.choices = [("", _("Aucun")), *((one.ref, one.name) for one in partners)]
        return self

    def validate_website(self, field: ShortText) -> None:
        """Refuse what is not a secure address."""
        check_link(field)

    @property
    def terms(self) -> BodyTerms:
        """What was typed."""
        return BodyTerms(
            self.name.data, BodyKind(self.kind.data), [self._mrcs[slug] for slug in self.mrcs.data or []],
            self._categories.get(self.category.data), self._partners.get(self.partner.data), self.website.data or "", self.goal.data or "",
        )  # fmt: skip


class CategoryForm(Form):
    """A category of members."""

    name = ShortText(_l("Nom de la catégorie"), most=80, hint=_l("Comme « Membre actif » ou « Allié »."))


class ContactForm(Form):
    """Whom to reach."""

    name = ShortText(_l("Nom"), most=120)
    role = ShortText(_l("Fonction"), most=120, hint=_l("Comme « Direction » ou « Agente de développement »."))
    email = Email(_l("Courriel"), required=False)
    phone = Phone(_l("Téléphone"), required=False)
    language = Choice(_l("Langue de ses courriels"), choices=list(LANGUAGES.items()))
    expertise = ShortText(
        _l("Personne experte : en quoi elle conseille"), most=200, required=False,
        hint=_l("Vide pour les autres. Une personne experte peut recevoir des demandes d’accompagnement."),
    )  # fmt: skip

    @property
    def terms(self) -> ContactTerms:
        """What was typed."""
        return ContactTerms(
            self.name.data, self.role.data, self.email.data or None, self.phone.data or None, self.language.data, self.expertise.data or ""
        )


class ProvisionForm(Form):
    """What a body gave."""

    kind = Choice(_l("Genre d’apport"), radio=True, choices=[(one.value, label) for one, label in PROVISION_KINDS.items()])
    given_on = Day(_l("Jour"), hint=_l("Celui où l’apport a été donné."))
    amount = ShortText(_l("Montant, ou valeur des prix"), most=14, required=False, hint=_l("En dollars, comme 2500 ou 2500,00."))
    quantity = Number(_l("Nombre d’heures, de salles ou de prix"), required=False, most=100_000)
    what = ShortText(_l("De quoi il s’agit"), most=200)

    def validate_amount(self, field: ShortText) -> None:
        """Refuse what is no amount."""
        if field.data and Money.typed(field.data) is None:
            raise ValidationError(_("Écrivez un montant en dollars, comme 20 ou 20,00."))

    @property
    def terms(self) -> ProvisionTerms:
        """What was typed."""
        amount = Money.typed(self.amount.data)
        return ProvisionTerms(ProvisionKind(self.kind.data), self.given_on.data, self.what.data, amount, self.quantity.data or 0)


class BodyFilterForm(FilterForm):
    """What narrows the register."""

    kind = Choice(_l("Genre"), required=False, choices=[("", _ANY), *((one.value, label) for one, label in BODY_KINDS.items())])
    mrc = Choice(_l("MRC"), required=False)
    category = Choice(_l("Catégorie"), required=False)

    def offer(self, mrcs: Sequence[Mrc], categories: Sequence[MemberCategory]) -> BodyFilterForm:
        """Offer what this person may see."""
        self.mrc.choices = [("", ANY_MRC), *((mrc.slug, mrc.name) for mrc in mrcs)]
        self.category.choices = [("", _("Toutes")), *((one.ref, one.name) for one in categories)]
        return self

    @property
    def wanted(self) -> BodyFilter:
        """What was asked."""
        return BodyFilter(self.asked("kind"), self.asked("mrc"), self.asked("category"))


class PeriodForm(FilterForm):
    """From a day to a day."""

    first = Day(_l("Du"), required=False)
    last = Day(_l("Au"), required=False)

    @property
    def period(self) -> tuple[dt.date, dt.date]:
        """The days that were asked, both included: by default, from the first of April that came last to today."""
        today = clock.today()
        april = dt.date(today.year if today.month >= 4 else today.year - 1, 4, 1)
        return self.asked("first") or april, self.asked("last") or today
