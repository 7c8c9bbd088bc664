"""An employer's own pages: what the public reads of it, and how often its codes are opened."""

from __future__ import annotations

from werkzeug import Response

from certif.directory import actions, scans
from certif.directory.forms import ProfileForm
from certif.directory.profiles import answers_of
from certif.directory.views import pages
from certif.employers import employer_of
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say

WEEKS = 12


@pages.route("/mon-espace/fiche/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def edit_profile(ref: str) -> Response:
    """What the public reads of my organisation."""
    employer = employer_of(actor(), ref)
    form = ProfileForm(data=answers_of(employer))
    if form.validate_on_submit():
        with form.held():
            actions.edit_profile(employer, form.answers(), by=actor())
            say(_("La fiche publique est à jour. Le répertoire la montre d’ici une minute."))
            return go("directory.edit_profile", ref=ref)
    return page("directory/edit_profile.html", form=form, employer=employer)


@pages.route("/mon-espace/frequentation/<ref>")
@audience(Role.EMPLOYER)
def show_scans(ref: str) -> Response:
    """How often the codes of my organisation were opened, and from where."""
    employer = employer_of(actor(), ref)
    rows = scans.scans_of(employer, WEEKS * 7)
    return page("directory/show_scans.html", employer=employer, places=scans.by_place(rows), weeks=scans.by_week(rows, WEEKS))
