"""The employer's pages: its kits, what is in each, and its logo. Nothing here is for anyone: what is public stands in `public`."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.employers import employer_of, employers_of
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import Pages, go, page, say
from certif.visibility import actions
from certif.visibility.forms import LogoForm
from certif.visibility.kits import Kit, kit_of, kits_of, logo_of, picture_of
from certif.visibility.sharing import Link, badge_code, share_links, shared_address
from certif.visibility.sheets import PNG, file_of_kit, files_of, folder_name, preview_of, zipped
from certif.visibility.wording import press_paragraph, signature_of, title_of

pages = Pages("visibility", __name__)


@pages.route("/mon-espace/trousse")
@audience(Role.EMPLOYER)
def list_kits() -> Response:
    """My kits, one for each establishment, and the logo of each of my organisations."""
    logos = [(employer, logo_of(employer)) for employer in employers_of(actor())]
    return page("visibility/list_kits.html", kits=kits_of(actor()), logos=logos)


@pages.route("/mon-espace/trousse/<code>")
@audience(Role.EMPLOYER)
def show_kit(code: str) -> Response:
    """What is in the kit of an establishment: previews, files, and texts to copy."""
    kit = kit_of(actor(), code)
    texts = (signature_of(kit), press_paragraph(kit)) if kit.is_whole else (None, None)
    files = files_of(kit) if kit.status else []
    return page(
        "visibility/show_kit.html", kit=kit, title=title_of(kit), files=files, signature=texts[0], paragraph=texts[1],
        sharing=_sharing(kit), frame=badge_code(kit.code, title_of(kit)),
    )  # fmt: skip


def _sharing(kit: Kit) -> tuple[str, list[Link]] | None:
    return (shared_address(kit), share_links(kit)) if kit.is_whole else None


@pages.route("/mon-espace/trousse/<code>/apercu/<piece>-<spoken>.png", bilingual=False)
@audience(Role.EMPLOYER)
def preview(code: str, piece: str, spoken: str) -> Response:
    """How a sheet looks. `spoken`: `fr`, or `en` for both languages."""
    return as_file(preview_of(kit_of(actor(), code), piece, is_bilingual=spoken == "en"), PNG)


@pages.route("/mon-espace/trousse/<code>/fichiers/<name>", bilingual=False)
@audience(Role.EMPLOYER)
def download_file(code: str, name: str) -> Response:
    """One file of a kit."""
    found = file_of_kit(kit_of(actor(), code), name)
    return as_file(found.make(), found.media_type, found.name)


@pages.route("/mon-espace/trousse/<code>.zip", bilingual=False)
@audience(Role.EMPLOYER)
def download_kit(code: str) -> Response:
    """The whole kit in one file."""
    kit = kit_of(actor(), code)
    content = zipped((one.name, one.make()) for one in files_of(kit))
    return as_file(content, "application/zip", f"trousse-{folder_name(kit)}.zip")


@pages.route("/mon-espace/logo/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def give_logo(ref: str) -> Response | Answer:
    """Where my organisation gives its logo."""
    employer, form = employer_of(actor(), ref), LogoForm()
    if form.validate_on_submit():
        with form.held():
            actions.give_logo(employer, form.content, by=actor())
            say(_("Le logo est enregistré : il paraît maintenant sur vos vignettes et vos affiches."))
            return go("visibility.list_kits")
    return page("visibility/give_logo.html", form=form, employer=employer, current=logo_of(employer))


@pages.route("/mon-espace/logo/<ref>/retrait", methods=["POST"])
@audience(Role.EMPLOYER)
def remove_logo(ref: str) -> Answer:
    """Take the logo back."""
    actions.remove_logo(employer_of(actor(), ref), by=actor())
    say(_("Le logo est retiré de vos prochaines vignettes et affiches."))
    return go("visibility.list_kits")


@pages.route("/mon-espace/logo/<ref>.png", bilingual=False)
@audience(Role.EMPLOYER)
def show_logo(ref: str) -> Response:
    """The logo, as it was redrawn."""
    picture = picture_of(logo_of(employer_of(actor(), ref)))
    if picture is None:
        raise NotFound
    return as_file(picture, PNG)


def as_file(content: bytes, kind: str, file_name: str | None = None) -> Response:
    """Answer with a file that may never run as a page of ours; saved under `file_name` where it is given, else shown."""
    response = Response(content, content_type=kind)
    if file_name is not None:
        response.headers.set("Content-Disposition", "attachment", filename=file_name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
