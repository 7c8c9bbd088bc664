"""The pages where members keep their organisation and its places of work true."""

from __future__ import annotations

from flask import request
from werkzeug import Response

from certif import territory
from certif.employers import actions
from certif.employers.entry_views import pages, with_my_employer
from certif.employers.forms import ContactForm, EstablishmentForm, OrganisationForm
from certif.employers.model import Membership, employers_of, establishment_of, establishments_of
from certif.employers.summary_views import contact_answers, employer_answers, establishment_answers
from certif.kit.access import Role, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import go, page, say


@pages.route("/mon-espace/employeurs")
@audience(Role.EMPLOYER)
def list_employers() -> Response:
    """The organisations for which I act."""
    return page("employers/list_employers.html", employers=employers_of(actor()))


@pages.route("/mon-espace/employeur", methods=["GET", "POST"])
@pages.route("/mon-espace/employeur/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
@with_my_employer
def edit_employer(membership: Membership) -> Response:
    """What is known of my organisation, to be kept true."""
    employer = membership.employer
    form = OrganisationForm(data=employer_answers(employer))
    if form.validate_on_submit():
        with form.held():
            actions.edit_employer(employer, form.answers(), by=actor())
            say(_("Les renseignements sont à jour."))
            return go("employers.edit_employer", ref=employer.ref)
    return page("employers/edit_employer.html", form=form, employer=employer)


@pages.route("/mon-espace/personne-ressource", methods=["GET", "POST"])
@pages.route("/mon-espace/personne-ressource/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
@with_my_employer
def edit_contact(membership: Membership) -> Response:
    """Who is reached for my organisation."""
    employer = membership.employer
    form = ContactForm(data=contact_answers(employer))
    if form.validate_on_submit():
        with form.held():
            actions.edit_contact(employer, form.answers(), by=actor())
            say(_("La personne-ressource est à jour."))
            return go("employers.edit_contact", ref=employer.ref)
    return page("employers/edit_contact.html", form=form, employer=employer)


@pages.route("/mon-espace/etablissements")
@pages.route("/mon-espace/etablissements/<ref>")
@audience(Role.EMPLOYER)
@with_my_employer
def list_establishments(membership: Membership) -> Response:
    """The places of work of my organisation."""
    employer = membership.employer
    return page("employers/list_establishments.html", employer=employer, establishments=establishments_of(employer))


@pages.route("/mon-espace/etablissements/<ref>/ajout", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
@with_my_employer
def add_establishment(membership: Membership) -> Response:
    """One more place of work."""
    employer = membership.employer
    form = EstablishmentForm(mrcs=territory.mrc_choices())
    if form.validate_on_submit():
        with form.held():
            establishment = actions.add_establishment(employer, form.answers(), is_main=form.is_main.data, by=actor())
            say(_("L’établissement « %(name)s » est ajouté.", name=establishment.name))
            return go("employers.list_establishments", ref=employer.ref)
    return page("employers/add_establishment.html", form=form, employer=employer)


@pages.route("/mon-espace/etablissement/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def edit_establishment(ref: str) -> Response:
    """One place of work, to be kept true."""
    establishment = establishment_of(actor(), ref)
    form = EstablishmentForm(mrcs=territory.mrc_choices(), data=establishment_answers(establishment))
    if form.validate_on_submit():
        with form.held():
            actions.edit_establishment(establishment, form.answers(), is_main=form.is_main.data, by=actor())
            say(_("L’établissement « %(name)s » est à jour.", name=establishment.name))
            return go("employers.list_establishments", ref=establishment.employer.ref)
    return page("employers/edit_establishment.html", form=form, establishment=establishment)


@pages.route("/mon-espace/etablissement/<ref>/fermeture", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def close_establishment(ref: str) -> Response:
    """A place of work that is no more."""
    establishment, form = establishment_of(actor(), ref, even_closed=request.method == "POST"), Form()
    if form.validate_on_submit():
        with form.held():
            actions.close_establishment(establishment, by=actor())
            say(_("L’établissement « %(name)s » est fermé.", name=establishment.name))
            return go("employers.list_establishments", ref=establishment.employer.ref)
    return page("employers/close_establishment.html", form=form, establishment=establishment)
