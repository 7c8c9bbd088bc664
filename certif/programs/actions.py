"""What may happen to a program: it is created, drafted, edited, published, paused, resumed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

from sqlalchemy import func, select

from certif.badges import redrawn
from certif.kit import audit, clock, evidence, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l, folded, format_day, format_phone
from certif.programs.catalogue import load_model
from certif.programs.contracts import parts_of
from certif.programs.model import Contract, Pause, Program, ProgramVersion
from certif.programs.publication import faults_of
from certif.programs.queries import draft_of, open_pause, versions_of
from certif.programs.reading import write_rules
from certif.programs.typography import french
from certif.programs.values import Rules, Terms
from certif.territory import Mrc, Partner, Region, mrcs

audit.declare("program_created", _l("%(by)s a créé le programme « %(name)s »."), "name")
audit.declare("program_limited", _l("%(by)s a changé le territoire du programme. MRC : %(mrcs)s."), "mrcs")
audit.declare("coordinates_given", _l("%(by)s a donné les coordonnées du programme : %(address)s %(email)s"), "address", "email")
audit.declare("version_drafted", _l("%(by)s a commencé la version %(number)s."), "number", "model")
audit.declare("draft_edited", _l("%(by)s a modifié le brouillon de la version %(number)s."), "number")
audit.declare("draft_discarded", _l("%(by)s a jeté le brouillon de la version %(number)s."), "number")
audit.declare(
    "version_published", _l("%(by)s a publié la version %(number)s, en vigueur le %(effective_on)s."), "number", "effective_on", "digest"
)
audit.declare("program_paused", _l("%(by)s a mis le programme en pause. Motif : %(reason)s"), "reason")
audit.declare("program_resumed", _l("%(by)s a rouvert le programme."))


def create_program(
    name: str, *, region: Region, body: Partner, by: Actor, only: Sequence[Mrc] = (), slug: str | None = None, model: str | None = None
) -> Program:
    """Create a program. It offers nothing until a version is published.

    Takes: `only`, the MRC it is limited to, none for the whole region; `slug`, its address, made from the name when it is not given;
    `model`, the model its first
    draft is copied from, none to leave the program without a draft.
    Refuses: a name or an address already taken; an MRC outside the region.
    """
    address = re.sub(r"[^a-z0-9]+", "-", folded(slug or name)).strip("-")
    if not address:
        raise Refusal(_("Donnez au programme un nom avec des lettres."))
    if db.session.scalar(select(Program.id).where(Program.slug == address)) is not None:
        raise Refusal(_("Un programme porte déjà ce nom. Donnez-en un autre."))
    _must_be_inside(region, only)
    program = Program(name=french(name), slug=address, region=region, body=body, mrcs=list(only), created_at=clock.now(), created_by=by.ref)
    db.session.add(program)
    db.session.flush()
    audit.record("program_created", program, by=by, name=program.name)
    if model is not None:
        draft_version(program, model=model, by=by)
    return program


def limit_program(program: Program, only: Sequence[Mrc], *, by: Actor) -> None:
    """Limit a program to some MRC of its region; none for the whole region. Refuses: an MRC outside the region."""
    _must_be_inside(program.region, only)
    if {mrc.id for mrc in only} == {mrc.id for mrc in program.mrcs}:
        return
    program.mrcs = list(only)
    audit.record("program_limited", program, by=by, mrcs=", ".join(mrc.name for mrc in only) or "–")


def give_coordinates(
    program: Program, *, postal_address: str, email: str | None, phone: str | None = None, website: str | None = None, by: Actor
) -> None:
    """Say where the team of a program is reached; given again, they replace those of before, and the journal keeps both.

    Takes: `postal_address`, on one or more lines: letters carry it, as the law asks of whoever invites; `email`, for questions, or None;
    `phone`, as `Phone` keeps it, or None; `website`, an address with its scheme, or None.
    Source: Canada's anti-spam law (S.C. 2010, c. 23), s. 6(2), and its regulations (SOR/2012-36), s. 2.
    """
    given = {"email": email, "phone": phone, "website": website}
    if program.postal_address == postal_address and all(getattr(program, name) == value for name, value in given.items()):
        return
    program.postal_address = postal_address
    for name, value in given.items():
        setattr(program, name, value)
    reached = ", ".join(said for said in (email, format_phone(phone), website) if said) or "–"
    audit.record("coordinates_given", program, by=by, address=", ".join(postal_address.splitlines()), email=reached)


def draft_version(program: Program, *, by: Actor, model: str | None = None) -> ProgramVersion:
    """Start the next version, as a draft to edit.

    Takes: `model`, the name of a model to copy; without it, the last version is copied, or the provincial model when there is none.
    Refuses: a program that already has a draft.
    """
    if draft_of(program) is not None:
        raise Refusal(_("Ce programme a déjà un brouillon. Publiez-le ou jetez-le d’abord."))
    last = next(iter(versions_of(program)), None)
    number = 1 + (db.session.scalar(select(func.max(ProgramVersion.number)).where(ProgramVersion.program_id == program.id)) or 0)
    draft = ProgramVersion(program=program, number=number, drafted_at=clock.now(), drafted_by=by.ref)
    if model is None and last is not None:
        draft.model, draft.terms, draft.rules_json = last.model, last.terms, last.rules_json
    else:
        copied = load_model(model or "provincial")
        draft.model, draft.terms, draft.rules_json = copied.name, copied.terms, write_rules(copied.rules)
    db.session.add(draft)
    db.session.flush()
    audit.record("version_drafted", program, by=by, number=number, model=draft.model or "")
    return draft


def edit_draft(version: ProgramVersion, *, by: Actor, terms: Terms | None = None, rules: Rules | None = None) -> None:
    """Change a draft: its terms, its rules, or both. Nothing is journaled when nothing changes.

    Refuses: a version already published; a required contribution without an amount.
    """
    _must_be_draft(version)
    before = version.terms, version.rules
    after = terms or version.terms, rules or version.rules
    if after[0].requires_contribution and not after[0].price_cents:
        raise Refusal(_("Donnez le montant de la contribution, ou ne l’exigez pas."))
    if after == before:
        return
    version.terms, version.rules = after
    audit.record("draft_edited", version.program, by=by, number=version.number)


def set_logo(version: ProgramVersion, content: bytes, *, by: Actor) -> None:
    """Give a draft its logo. Takes: `content`, a picture as it was sent. Refuses: what `redrawn` refuses; a version already published."""
    edit_draft(version, rules=dataclasses.replace(version.rules, logo=evidence.keep(redrawn(content), "image/png")), by=by)


def discard_draft(version: ProgramVersion, *, by: Actor) -> None:
    """Throw a draft away. Refuses: a version already published."""
    _must_be_draft(version)
    audit.record("draft_discarded", version.program, by=by, number=version.number)
    db.session.delete(version)
    db.session.flush()


def publish_version(version: ProgramVersion, *, by: Actor, effective_on: dt.date | None = None) -> ProgramVersion:
    """Publish a draft: from `effective_on` (today by default) it decides, and it never changes again.

    Gives: the version, with its contract in both languages and their digests where a signature is required.
    Refuses: a version already published; a day in the past, or before the version it follows; rules that allow more than the law to
    pupils under compulsory attendance
    (the refusal names the rule and its source); a text that is missing in one language.
    Source: LNT s. 84.4–84.7; Charter of the French language, s. 55.
    """
    _must_be_draft(version)
    day = effective_on or clock.today()
    _must_follow(version, day)
    faults = faults_of(version.terms, version.rules, day)
    if faults:
        raise Refusal(" ".join(faults))
    contract = _write_contract(version) if version.requires_signature else None
    version.published_at, version.published_by, version.published_by_name, version.effective_on = clock.now(), by.ref, by.name, day
    db.session.flush()
    digest = contract.digest if contract is not None else ""
    audit.record("version_published", version.program, by=by, number=version.number, effective_on=day.isoformat(), digest=digest)
    return version


def pause_program(program: Program, *, reason: str, by: Actor) -> Pause:
    """Stop taking new employers until further notice. What was granted stays. Refuses: a program already paused."""
    if open_pause(program) is not None:
        raise Refusal(_("Ce programme est déjà en pause."))
    pause = Pause(program=program, reason=reason, paused_at=clock.now(), paused_by=by.ref, paused_by_name=by.name)
    db.session.add(pause)
    db.session.flush()
    audit.record("program_paused", program, by=by, reason=reason)
    return pause


def resume_program(program: Program, *, by: Actor) -> None:
    """Take employers again. Refuses: a program that is not paused."""
    pause = open_pause(program)
    if pause is None:
        raise Refusal(_("Ce programme n’est pas en pause."))
    if lock(pause).resumed_at is not None:
        raise Refusal(_("Ce programme n’est pas en pause."))
    pause.resumed_at, pause.resumed_by = clock.now(), by.ref
    audit.record("program_resumed", program, by=by)


def _must_be_inside(region: Region, only: Sequence[Mrc]) -> None:
    if {mrc.id for mrc in only} - {mrc.id for mrc in mrcs(region)}:
        raise Refusal(_("Choisissez des MRC de la région du programme."))


def _must_be_draft(version: ProgramVersion) -> None:
    lock(version)
    if version.is_published:
        raise Refusal(_("Cette version est publiée : elle ne change plus. Préparez la suivante."))


def _must_follow(version: ProgramVersion, day: dt.date) -> None:
    if day < clock.today():
        raise Refusal(_("Une version n’entre pas en vigueur dans le passé. Choisissez aujourd’hui ou plus tard."))
    days = [one.effective_on for one in versions_of(version.program) if one.effective_on is not None]
    if days and day < max(days):
        raise Refusal(
            _("La version précédente entre en vigueur le %(day)s. Choisissez ce jour ou un jour suivant.", day=format_day(max(days)))
        )


def _write_contract(version: ProgramVersion) -> Contract:
    french, english = (parts_of(version.rules, name).text for name in ("fr", "en"))
    contract = Contract(version=version, text_fr=french, text_en=english, digest_fr=tokens.digest(french), digest_en=tokens.digest(english))
    db.session.add(contract)
    return contract
