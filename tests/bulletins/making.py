"""A bulletin to try things in, and those who receive it, through the real acts."""

from __future__ import annotations

import itertools

from sqlalchemy import select

from certif.bulletins import Bulletin, BulletinSubscriber, confirm_subscription, subscribing
from certif.bulletins.actions import BlockTerms, add_block, draft_bulletin, prepare_bulletin
from certif.bulletins.model import BlockKind, BulletinBlock
from certif.consents import PURPOSES
from certif.imports import address_digest
from certif.kit import clock
from certif.kit.access import SYSTEM, VISITOR, Actor
from certif.kit.db import db
from certif.library import Tool
from certif.mailings import Mailing
from certif.programs import Program, Text
from tests.factories import unit

_number = itertools.count(1)


def ask(program: Program, email: str, language: str = "fr") -> BulletinSubscriber:
    """Ask for the bulletins of a program; the address is not confirmed yet."""
    with unit():
        subscribing.ask_for_bulletin(program, email, language=language, version=PURPOSES["bulletin"].version, by=VISITOR)
    mine = BulletinSubscriber.program_id == program.id, BulletinSubscriber.address_digest == address_digest(email)
    return db.session.scalars(select(BulletinSubscriber).where(*mine)).one()


def make_subscriber(program: Program, email: str | None = None, language: str = "fr") -> BulletinSubscriber:
    """Give an address that receives the bulletins of a program."""
    subscriber = ask(program, email or f"abonnee{next(_number)}@exemple.com", language)
    with unit():
        confirm_subscription(subscriber, by=VISITOR)
    return subscriber


def make_bulletin(program: Program, title: str = "L’automne au travail", *, by: Actor = SYSTEM) -> Bulletin:
    """Give a bulletin with one block."""
    with unit():
        bulletin = draft_bulletin(program, Text(title, "Fall at Work"), Text("Bonne rentrée à tout le monde.", ""), by=by)
    make_block(bulletin)
    return bulletin


def make_block(bulletin: Bulletin, kind: BlockKind = BlockKind.TEXT, title: str = "Une bonne idée", **pointed: object) -> BulletinBlock:
    """Give one more block."""
    words = Text(title, "A good idea"), Text("Afficher les semaines d’examens.\n\nC’est simple.", "Post exam weeks.")
    with unit():
        return add_block(bulletin, kind, BlockTerms(*words, **pointed), by=SYSTEM)  # type: ignore[arg-type]


def make_ready(bulletin: Bulletin, by: Actor) -> Mailing:
    """Make a bulletin ready to leave."""
    with unit():
        return prepare_bulletin(bulletin, by=by)


def make_tool(program: Program | None, slug: str, *, is_public: bool = True) -> Tool:
    """Give a tool of the library."""
    with unit():
        tool = Tool(
            slug=slug, program=program, kind="fact_sheet", audience="employers", title_fr=f"Fiche {slug}", title_en=f"Sheet {slug}",
            is_public=is_public, added_at=clock.now(), added_by=SYSTEM.ref,
        )  # fmt: skip
        db.session.add(tool)
    return tool
