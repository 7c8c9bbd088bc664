"""What a signatory does, step by step, and how the papers are read."""

from __future__ import annotations

import subprocess
from typing import Any

from werkzeug.test import TestResponse

from certif import certification as paths
from certif.accounts import actor_of
from certif.certification import Certification, ContractSignature
from certif.employers import MemberRole, accept_invitation, invite_member
from certif.kit import evidence
from certif.kit.access import Actor
from certif.kit.db import db
from certif.programs import Contract, contract_in_force
from tests.factories import Person, code_in_letter, make_person, make_user, owner_of, unit
from tests.pages import Page, Visitor, _let_go

READ, SIGN = "/certification/contrat", "/certification/contrat/signature"
TYPED = {"signatory": "Aïcha Tremblay", "role": "Propriétaire", "agrees": True}


def contract_of(certification: Certification) -> Contract:
    """Give the contract that is signed today."""
    contract = contract_in_force(certification.program)
    assert contract is not None
    return contract


def owner_actor(certification: Certification) -> Actor:
    """Give who registered the employer, as acts know them."""
    return actor_of(owner_of(certification.employer))


def colleague_of(certification: Certification) -> Person:
    """Let somebody else act for the employer too."""
    user = make_user()
    with unit():
        invitation = invite_member(
            certification.employer, email=user.email, name=user.name, role=MemberRole.MEMBER, by=owner_actor(certification)
        )
        accept_invitation(invitation, by=actor_of(user))
    return make_person(user)


def ask_code(certification: Certification, *, by: Actor | None = None) -> str:
    """Let the text be delivered, and ask for a code; give the one in the letter."""
    by = by or owner_actor(certification)
    with unit():
        paths.deliver_contract(certification, by=by)
    with unit():
        paths.send_signing_code(certification, by=by)
    return code_in_letter(by.email)


def assent(certification: Certification, code: str, **changed: Any) -> paths.Assent:
    """Give what a signatory types and does."""
    said = {
        "digest": contract_of(certification).digest_fr, "code": code, "signatory": "Aïcha Tremblay", "role": "Propriétaire",
        "commitments": [], "network_address": "203.0.113.7", "agent": "Un navigateur", **changed,
    }  # fmt: skip
    return paths.Assent(**said)


def sign(certification: Certification, code: str, *, by: Actor | None = None, **changed: Any) -> ContractSignature:
    """Sign, in a unit of work of its own."""
    with unit():
        return paths.sign_contract(certification, assent(certification, code, **changed), by=by or owner_actor(certification))


def to_the_form(person: Person) -> Page:
    """Through pages: open the text, ask for a code, and stand before the form."""
    page = person.open(READ)
    if "Ouvrir le contrat moral" in page.text:
        page = page.fill("Ouvrir")
    page = person.open(SIGN)
    return page.fill("Recevoir mon code") if "Recevoir mon code" in page.text else page


def wrong(code: str) -> str:
    """Give another code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def is_signed(certification: Certification) -> bool:
    """Whether it is signed, as the database says."""
    db.session.expire_all()
    return certification.signature is not None


def pdf_of(certification: Certification) -> bytes:
    """Give the sealed contract, as it is kept."""
    assert certification.signature is not None
    return evidence.fetch(certification.signature.pdf_digest).content


def fetch(visitor: Visitor, path: str) -> TestResponse:
    """Ask for what is not a page: give the whole answer, redirections not followed."""
    _let_go()
    return visitor.client.get(path, base_url=visitor.base, buffered=True)


def words_of(pdf: bytes) -> str:
    """Give what a PDF says, as a reader copies it, spaces and line ends made alike."""
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().replace("\u00a0", " ").replace("\u202f", " ").split())
