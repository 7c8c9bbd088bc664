"""What the kit says, in both languages at once, and the texts to copy: the e-mail signature and the paragraph for the press."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from certif.kit.languages import _, _l, format_day, speaking
from certif.kit.web import absolute_url
from certif.programs import bare_level
from certif.visibility.kits import Kit

Pair = dict[str, str]
"""The same words in `fr` and `en`."""

_TITLES = {
    "certified": _l("Employeur certifié"),
    "supporter": _l("Employeur supporteur"),
    "in_progress": _l("Employeur en démarche"),
}
_KIND = _l("Conciliation études-travail")
_SCAN = _l("Scannez pour vérifier")
_CUT = _l("Vignette de 150 mm : imprimez en taille réelle, puis coupez le long des repères.")
_SLOGAN = _l("Ici, on fait une place aux études.")


@dataclass(frozen=True)
class Signature:
    """What is put under an e-mail: as HTML, and as plain text."""

    html: str
    text: str


def both(words: object) -> Pair:
    """Say the same in both languages."""
    said = {}
    for name in ("fr", "en"):
        with speaking(name):
            said[name] = str(words)
    return said


def words_of(kit: Kit) -> dict[str, Pair]:
    """Give what the sheets of a kit say."""
    slogan = kit.rules.slogan
    level = kit.level
    return {
        "title": both(_TITLES[kit.status or "certified"]),
        "kind": both(_KIND),
        "scan": both(_SCAN),
        "cut": both(_CUT),
        "slogan": {"fr": slogan.fr, "en": slogan.en} if slogan.fr else both(_SLOGAN),
        "level": {"fr": level.name.fr, "en": level.name.en or level.name.fr} if level and not level.is_supporter else {"fr": "", "en": ""},
    }


def title_of(kit: Kit) -> str:
    """Give what the kit says its employer is, in the language being spoken."""
    return str(_TITLES[kit.status or "certified"])


def signature_of(kit: Kit) -> Signature:
    """Write the e-mail signature, in the language being spoken. Its picture follows the status; nothing in it tells who reads."""
    address = str(absolute_url("public.verify", code=kit.code, de="courriel"))
    picture = str(absolute_url("public.badge_small", code=kit.code))
    title, kind, program = title_of(kit), str(_KIND), kit.certification.program.name
    html = (
        '<table role="presentation" cellpadding="0" cellspacing="0" style="font:13px Arial,Helvetica,sans-serif;color:#1d2b26">'
        f'<tr><td style="padding-right:12px"><a href="{escape(address)}"><img src="{escape(picture)}" width="72" height="72" '
        f'alt="{escape(title)}" style="border:0;display:block"></a></td>'
        f'<td style="border-left:3px solid {kit.rules.colours.primary};padding-left:12px"><strong>{escape(title)}</strong><br>'
        f"{escape(kind)}, {escape(program)}<br>"
        f'<a href="{escape(address)}" style="color:#0b5443">{escape(_("Vérifier la certification"))}</a>'
        "</td></tr></table>"
    )
    return Signature(html, f"{title} – {kind}\n{program}\n{address}\n")


def press_paragraph(kit: Kit) -> str:
    """Write the paragraph for the press, in the language being spoken."""
    certification, level = kit.certification, kit.level
    facts = {
        "employer": kit.employer.name,
        "municipality": kit.place.municipality,
        "program": certification.program.name,
        "body": certification.program.body.name,
        "address": str(absolute_url("public.verify", code=kit.code)),
    }
    if level is not None and level.is_supporter:
        said = _("%(employer)s, à %(municipality)s, appuie publiquement la conciliation études-travail au sein du programme "
                 "« %(program)s », porté par %(body)s.", **facts)  # fmt: skip
    else:
        said = _(
            "%(employer)s, à %(municipality)s, est maintenant un employeur certifié du programme « %(program)s », porté par %(body)s.",
            **facts,
        )
    is_signed = certification.signature is not None and not (level is not None and level.is_supporter)
    promise = _("Il s’est engagé par un contrat moral à aider les élèves à concilier leurs études et leur travail.") if is_signed else ""
    until = _("La certification vaut jusqu’au %(day)s.", day=format_day(kit.badge.valid_until)) if kit.badge else ""
    check = _("Chacun peut la vérifier à tout moment : %(address)s", **facts)
    granted = _("Niveau obtenu : %(level)s.", level=bare_level(level.name)) if level is not None and not level.is_supporter else ""
    return " ".join(filter(None, (said, promise, granted, until, check)))


def lot_words(look: str) -> dict[str, Pair]:
    """Give what the stickers of a lot say: no more than is true of whoever may hang one."""
    return {"title": both(_TITLES[look]), "kind": both(_KIND), "scan": both(_SCAN)}
