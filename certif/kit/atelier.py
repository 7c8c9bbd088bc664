"""The workshop: every part of the pages in every state, and the letters that the demonstration wrote. Shown in the demonstration only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path

import wtforms
from werkzeug.exceptions import NotFound

from certif.kit import clock
from certif.kit.access import ANYONE, audience
from certif.kit.forms import Choice, Choices, Day, Email, Form, LongText, Neq, Number, Phone, PostalCode, ShortText, SixDigits, Tick
from certif.kit.languages import _, _l
from certif.kit.money import Money
from certif.kit.settings import settings
from certif.kit.web import Pages, page

pages = Pages("atelier", __name__)

_NEWEST = 30


class SampleForm(Form):
    """One field of each kind."""

    name = ShortText(_l("Nom de l’entreprise"), hint=_l("Le nom sur votre enseigne."))
    neq = Neq(_l("NEQ"), hint=_l("Dix chiffres, sur vos documents du Registraire."), required=False)
    email = Email(_l("Adresse courriel"))
    phone = Phone(_l("Téléphone"), required=False)
    postal_code = PostalCode(_l("Code postal"))
    size = Choice(_l("Nombre de personnes employées"), choices=[("", _l("Choisissez")), ("1", _l("De 1 à 4")), ("2", _l("De 5 à 49"))])
    language = Choice(
        _l("Langue du contrat"),
        radio=True,
        choices=[("fr", "Français"), ("en", "English")],
        hint=_l("Le texte français reste à portée de main."),
    )
    commitments = Choices(
        _l("Engagements au choix"),
        required=False,
        choices=[("a", _l("Adapter l’horaire aux examens")), ("b", _l("Offrir un coin pour étudier"))],
    )
    students = Number(_l("Élèves à votre emploi"))
    since = Day(_l("Ouverture de l’établissement"), required=False)
    reason = LongText(_l("Motif"), required=False)
    code = SixDigits(_l("Code reçu par courriel"), hint=_l("Six chiffres, bons dix minutes."))
    file = wtforms.FileField(_l("Document PDF"))
    agreed = Tick(_l("J’ai lu le contrat moral et j’ai le pouvoir d’engager l’entreprise."), required=True)


@dataclass(frozen=True)
class ReadLetter:
    """A letter as its reader would see it. `files`: the names of what is attached."""

    subject: str
    to: str
    at: dt.datetime
    body: str
    files: list[str]


@pages.before_request
def keep_to_the_demonstration() -> None:
    """Nothing of the workshop is found anywhere else."""
    if not settings().is_demo:
        raise NotFound


@pages.route("/atelier/lettres")
@audience(ANYONE)
def read_letters() -> object:
    """The letters that the demonstration wrote to its folder, newest first: nobody needs a mailbox to try it."""
    files = sorted((settings().data_dir / "letters").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return page("atelier/read_letters.html", letters=[_read(file) for file in files[:_NEWEST]])


def _read(file: Path) -> ReadLetter:
    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    text = message.get_body(("plain",))
    return ReadLetter(
        subject=str(message["Subject"]),
        to=str(message["To"]),
        at=dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC),
        body=str(text.get_content()) if text else "",
        files=[part.get_filename() or "" for part in message.iter_attachments()],
    )


@pages.route("/atelier")
@audience(ANYONE)
def atelier() -> object:
    """Every part in every state."""
    good, wrong, day = SampleForm(formdata=None, prefix="bon"), _wrong(), clock.today()
    return page(
        "atelier/atelier.html",
        good=good,
        wrong=wrong,
        since=day,
        until=day + dt.timedelta(days=730),
        at=clock.now(),
        amount=Money.dollars(50),
    )


def _wrong() -> SampleForm:
    """Give the sample as it looks when every answer is missing."""
    form = SampleForm(formdata=None, prefix="faux")
    for field in form:
        if field.type != "CSRFTokenField":
            field.errors = [_("Remplissez « %(field)s ».", field=field.label.text)]
    form.form_errors = [_l("Le contrat moral vient de changer. Relisez-le avant de signer.")]
    return form
