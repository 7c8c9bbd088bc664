"""What people type to register an organisation, and later to keep it true. Each question says why it is asked."""

from __future__ import annotations

from typing import Any

from wtforms import ValidationError

from certif.employers.kinds import HIRING, KINDS
from certif.kit.forms import Choice, Email, Form, Neq, Phone, PostalCode, ShortText, Tick
from certif.kit.languages import LANGUAGES, _, _l
from certif.kit.websites import Website
from certif.programs import SIZES
from certif.territory import sectors

_CHOOSE = ("", _l("Choisissez"))


def _says_something(_form: Any, field: Any) -> None:
    if field.data and not any(sign.isalnum() for sign in field.data):
        raise ValidationError(_("Écrivez ce texte avec des lettres ou des chiffres."))


class Words(ShortText):
    """One line that holds at least a letter or a digit."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, validators=[_says_something], **kwargs)


class StartForm(Form):
    """Which organisation it is: enough to see whether it is registered already."""

    legal_name = Words(
        _l("Nom légal"),
        required=_l("Écrivez le nom légal de l’organisation."),
        hint=_l("Le nom qui figurera au contrat moral, tel qu’il est au registre."),
    )
    neq = Neq(
        _l("Numéro d’entreprise du Québec (NEQ)"),
        hint=_l("Dix chiffres. Il sert à ne pas inscrire deux fois la même organisation ; il figure au Registraire des entreprises."),
        required=False,
    )
    has_no_neq = Tick(
        _l("Mon organisation n’a pas de NEQ"),
        hint=_l("C’est le cas de certains organismes publics et de certaines personnes à leur compte."),
    )
    postal_code = PostalCode(
        _l("Code postal de l’adresse principale"),
        required=_l("Écrivez le code postal de l’adresse principale."),
        hint=_l("Avec le nom, il sert à reconnaître une organisation déjà inscrite."),
    )

    def validate_has_no_neq(self, field: Any) -> None:
        """Refuse both a number and none, or neither."""
        if field.data and self.neq.data:
            raise ValidationError(_("Écrivez le NEQ, ou cochez cette case : pas les deux."))
        if not field.data and not self.neq.data and not self.neq.errors:
            raise ValidationError(_("Écrivez le NEQ, ou cochez cette case si l’organisation n’en a pas."))

    def answers(self) -> dict[str, Any]:
        """Give what was answered, as it is kept."""
        return {"neq": self.neq.data or None, "legal_name": self.legal_name.data, "postal_code": self.postal_code.data}


class DescribeForm(Form):
    """What the organisation is."""

    trade_name = Words(
        _l("Nom connu du public"),
        hint=_l("S’il diffère du nom légal : c’est lui qu’on lira sur la vignette et au répertoire."),
        required=False,
    )
    banner = Words(
        _l("Bannière"),
        hint=_l("Si l’organisation fait partie d’une chaîne : elle réunit les établissements d’une même marque."),
        required=False,
    )
    kind = Choice(
        _l("Genre d’organisation"),
        required=_l("Choisissez le genre d’organisation."),
        hint=_l("Les règles de la certification ne sont pas les mêmes pour toutes."),
        choices=[_CHOOSE, *KINDS.items()],
    )
    sector = Choice(
        _l("Secteur d’activité"),
        required=_l("Choisissez le secteur d’activité."),
        hint=_l("Les secteurs sont ceux du SCIAN ; ils servent au répertoire et aux bilans régionaux."),
    )
    size = Choice(
        _l("Nombre de personnes employées"),
        required=_l("Choisissez le nombre de personnes employées."),
        hint=_l("Un ordre de grandeur suffit ; il sert aux bilans régionaux et, dans certains programmes, à fixer la contribution."),
        choices=[_CHOOSE, *SIZES.items()],
    )
    hires = Choice(
        _l("Employez-vous des élèves, des étudiantes ou des étudiants ?"),
        required=_l("Dites si vous employez des élèves, des étudiantes ou des étudiants."),
        hint=_l("Sans emploi étudiant, l’organisation peut devenir supporteur."),
        choices=list(HIRING.items()),
        radio=True,
    )
    federally_regulated = Choice(
        _l("L’organisation relève-t-elle des normes du travail fédérales ?"),
        required=_l("Dites si l’organisation relève des normes du travail fédérales."),
        hint=_l("Par exemple une banque, un transporteur interprovincial ou les télécommunications : la loi applicable n’est pas la même."),
        choices=[("no", _l("Non")), ("yes", _l("Oui"))],
        radio=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sector.choices = [_CHOOSE, *((sector.code, f"{sector.code} – {sector.name}") for sector in sectors())]

    def answers(self) -> dict[str, Any]:
        """Give what was answered, as it is kept."""
        texts = {"trade_name": self.trade_name.data or None, "banner": self.banner.data or None}
        chosen = {name: self[name].data for name in ("kind", "sector", "size", "hires")}
        return {**texts, **chosen, "federally_regulated": self.federally_regulated.data == "yes"}


class OrganisationForm(DescribeForm):
    """What the organisation is, once it is registered."""

    legal_name = Words(
        _l("Nom légal"),
        required=_l("Écrivez le nom légal de l’organisation."),
        hint=_l("S’il change, l’ancien reste lisible dans l’historique."),
    )
    neq = Neq(_l("Numéro d’entreprise du Québec (NEQ)"), hint=_l("Dix chiffres. Une fois inscrit, il ne change plus."), required=False)
    website = Website(_l("Site Web"), hint=_l("Il sera montré au répertoire."), required=False)

    def answers(self) -> dict[str, Any]:
        """Give what was answered, as it is kept."""
        more = {"legal_name": self.legal_name.data, "neq": self.neq.data or None, "website": self.website.data or None}
        return {**super().answers(), **more}


class PlaceForm(Form):
    """One place of work. `mrcs` are the choices, grouped by region."""

    name = Words(_l("Nom de l’établissement"), hint=_l("S’il en a un à lui, comme « Succursale du Vieux-Port »."), required=False)
    address = Words(
        _l("Adresse"), required=_l("Écrivez le numéro et la rue."), hint=_l("Numéro et rue : c’est là que la vignette sera affichée.")
    )
    municipality = Words(_l("Municipalité"), required=_l("Écrivez la municipalité."), hint=_l("Elle sera lue sur la page de vérification."))
    postal_code = PostalCode(_l("Code postal"), required=_l("Écrivez le code postal."), hint=_l("Il sert à l’envoi de la vignette."))
    mrc = Choice(
        _l("MRC ou territoire équivalent"),
        required=_l("Choisissez la MRC ou le territoire équivalent."),
        hint=_l("Il détermine l’équipe régionale et les règles de la certification."),
    )

    def __init__(self, *args: Any, mrcs: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mrc.choices = {"": [_CHOOSE], **mrcs}

    def answers(self) -> dict[str, str]:
        """Give what was answered, as it is kept."""
        return {name: self[name].data or "" for name in ("name", "address", "municipality", "postal_code", "mrc")}


class EstablishmentForm(PlaceForm):
    """One place of work, once the employer is registered."""

    is_main = Tick(_l("C’est l’établissement principal"))


class ContactForm(Form):
    """Who is reached for the organisation."""

    contact_name = Words(
        _l("Prénom et nom"),
        required=_l("Écrivez le nom de la personne-ressource."),
        hint=_l("Pour savoir à qui écrire."),
        render_kw={"autocomplete": "name"},
    )
    contact_role = Words(
        _l("Fonction"),
        required=_l("Écrivez la fonction de la personne-ressource."),
        hint=_l("Par exemple « propriétaire » ou « direction des ressources humaines »."),
        render_kw={"autocomplete": "organization-title"},
    )
    contact_email = Email(
        _l("Adresse courriel"),
        required=_l("Écrivez l’adresse courriel."),
        hint=_l("Un code y sera envoyé pour la confirmer ; elle servira ensuite à vous connecter."),
    )
    contact_phone = Phone(_l("Téléphone"), hint=_l("Seulement si vous acceptez que l’équipe régionale vous appelle."), required=False)
    language = Choice(
        _l("Langue des courriels"),
        required=_l("Choisissez la langue des courriels."),
        hint=_l("Le contrat moral vous sera d’abord remis en français, comme la loi le demande."),
        choices=list(LANGUAGES.items()),
        radio=True,
        default="fr",
    )

    def answers(self) -> dict[str, str | None]:
        """Give what was answered, as it is kept."""
        return {name: self[name].data or None for name in ("contact_name", "contact_role", "contact_email", "contact_phone", "language")}


class SaveForm(Form):
    """Where to send the link that finds the registration again."""

    email = Email(_l("Adresse courriel"), required=_l("Écrivez l’adresse courriel."), hint=_l("Elle ne sert qu’à vous envoyer ce lien."))
