"""Two regions, everyone who may knock at a door, and one row of each kind behind it: for the replay of every role on every route."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy import inspect, select
from werkzeug.routing import Rule

from certif import (
    accounts,
    contributions,
    employers,
    imports,
    mailings,
    notices,
    programs,
    sponsorships,
    trust,
)
from certif.accounts import UserSession
from certif.accounts.invitations import invite_staff
from certif.certification import Certification, Stage, milestones_of, verifications_of
from certif.certification import issuer_keys as certification_keys
from certif.employers import JoinRequest, MemberRole
from certif.imports import reading, writing
from certif.kit import clock
from certif.kit.access import SYSTEM, VISITOR, Actor, Role
from certif.kit.db import Row, db
from certif.kit.outbox import Letter
from certif.programs import Program
from certif.territory import PartnerKind, add_partner, mrcs, region
from certif.visibility.actions import order_kits
from certif.visibility.sticker_actions import assign_sticker, print_lot
from certif.visibility.stock import stickers_of
from tests.factories import Person, make_certification, make_employer, make_person, make_program, make_staff, make_user, owner_of, unit
from tests.house import world_of_students as students
from tests.house.world_of_filters import kept_and_asked
from tests.house.world_of_recognition import recognised
from tests.house.world_of_years import over_the_years
from tests.pages import Visitor

SECRET = "Zyzomys"
"""The name of the employer behind the doors; whoever may not see it must never read it."""

ANONYMOUS, EMPLOYER, OTHER_EMPLOYER = "anonymous", "employer", "employer elsewhere"
OTHER_AGENT, OTHER_PARTNER, PARTNER = "agent elsewhere", "partner elsewhere", "partner"
AGENT, MANAGER, ADMIN = "agent", "manager", "admin"
HALF_SIGNED_IN = "manager without second factor"


@dataclass
class World:
    """`people` by who they are; `certification`, the file behind the doors; `values`, what stands in the address of each endpoint."""

    people: dict[str, Visitor]
    program: Program
    certification: Certification
    values: dict[str, dict[str, Any]]

    def path(self, rule: Rule) -> str:
        """Give an address of this rule that names the rows behind the doors."""
        given = (
            self.values.get(rule.endpoint, {})
            | self.values.get(rule.endpoint.split(".")[0] + ".*", {})
            | self.values.get(rule.endpoint, {})
        )
        missing = rule.arguments - given.keys() - {"language"}
        assert not missing, f"say in tests/house/world.py what stands for {sorted(missing)} in the address of {rule.endpoint}"
        asked = {name: given[name] for name in rule.arguments if name != "language"}
        _domain, path = rule.build({**asked, "language": (rule.defaults or {}).get("language", "fr")}, append_unknown=False)  # type: ignore[misc]
        return str(path)

    def afresh(self) -> World:
        """Give the same world to somebody who comes later: its rows read anew, each browser with the cookies it had at first."""
        people = {name: _same_browser(person) for name, person in self.people.items()}
        return World(people, _same_row(self.program), _same_row(self.certification), self.values)


def _same_browser(person: Visitor) -> Visitor:
    found = type(person)(current_app._get_current_object())  # type: ignore[attr-defined]
    found.client._cookies.update(person.client._cookies)  # type: ignore[union-attr, arg-type]
    if isinstance(person, Person) and isinstance(found, Person):
        found.user, found.token = _same_row(person.user), person.token
    return found


def _same_row(row: Row) -> Row:
    return db.session.get_one(type(row), inspect(row).identity)


def build_world(app: Flask) -> World:
    """Fill two regions through the real acts."""
    everyone = (Role.PARTNER, Role.AGENT, Role.MANAGER)
    by_cheque = {programs.PaymentMethod.CHEQUE: programs.Text("Par la poste.", "By mail.")}
    later = programs.Commitment("later", programs.Text("former l’équipe", "train the team"), within_months=6)
    terms = {"commitments": (later,), "price_cents": 5000, "requires_contribution": True, "instructions": by_cheque, "sample_percent": 100}
    here = make_program("generation-c4", code="14", validators=everyone, receivers=everyone, **terms)
    there = make_program(code="03")
    near, far = mrcs(region("14"))[:2]
    with unit():
        partner, distant = (
            add_partner(f"CJE {mrc.name}", kind=PartnerKind.CJE, source="essai", mrcs=[mrc], by=SYSTEM) for mrc in (near, far)
        )
    employer = make_employer(mrc=near, places=2, legal_name=f"{SECRET} inc.")
    certification = make_certification(Stage.CERTIFIED, here, employer=employer)
    other = make_certification(Stage.AWAITING_VALIDATION, there, legal_name="Ailleurs inc.")
    people: dict[str, Visitor] = {
        ANONYMOUS: Visitor(current_app._get_current_object()),  # type: ignore[attr-defined]
        EMPLOYER: make_person(owner_of(employer)),
        OTHER_EMPLOYER: make_person(owner_of(other.employer)),
        OTHER_AGENT: make_staff(Role.AGENT, there),
        OTHER_PARTNER: make_staff(Role.PARTNER, here, partner=distant),
        PARTNER: make_staff(Role.PARTNER, here, partner=partner),
        AGENT: make_staff(Role.AGENT, here),
        MANAGER: make_staff(Role.MANAGER, here),
        ADMIN: make_staff(Role.ADMIN),
        HALF_SIGNED_IN: make_staff(Role.MANAGER, here, second_factor=False),
    }
    return World(people, here, certification, _values(here, certification, people[AGENT]))


def _values(program: Program, certification: Certification, agent: Any) -> dict[str, dict[str, Any]]:
    employer, contribution = certification.employer, certification.contribution
    invited, request, staff_invitation = _on_their_way(program, certification)
    draft = _draft(program)
    colleague = make_staff(Role.AGENT, program).user
    session = db.session.scalars(select(UserSession).where(UserSession.user_id == agent.user.id)).one()
    letter = db.session.scalars(select(Letter).where(Letter.scope == program.ref).limit(1)).one()
    place = employers.establishments_of(employer)[1]
    lot, serial = _printed(program, certification, agent.actor)
    order = _ordered(program, agent.actor)
    found: dict[str, dict[str, Any]] = {
        "certification.*": {"ref": certification.ref, "number": certification.badges[0].number, "spoken": "fr"},
        "certification.enter_program": {"ref": employer.ref},
        "standing.*": {"ref": certification.ref},
        "standing.stop_reminders": {"token": "x"},
        "milestones.list_milestones": {"ref": certification.ref},
        "milestones.declare_done": {"ref": milestones_of(certification)[0].ref},
        "visibility.*": {
            "ref": employer.ref, "code": verifications_of(certification)[0].code, "name": "badge.svg", "piece": "vignette", "spoken": "fr",
            "number": 1, "paper": "lettre", "serial": serial,
        },
        "visibility.assign_sticker": {"ref": certification.ref},
        **{f"visibility.{name}": {"ref": lot, "paper": "lettre"} for name in ("show_lot", "download_lot", "hand_over")},
        **{f"visibility.{name}": {"ref": order, "number": 1} for name in ("show_order", "resume_order", "download_part")},
        **over_the_years(program, certification, SECRET),
        "imports.invite_contact": {"ref": certification.ref},
        "staff.show_letter": {"ref": letter.ref},
        **kept_and_asked(program, agent.actor),
        "public.*": {"code": verifications_of(certification)[0].code, "name": "revocation-1", "number": 0},
        "roll.*": {"day": "2026-01-01", "digest": "0" * 64},
        "directory.*": {"ref": employer.ref},
        "accounts.*": {"ref": colleague.ref, "token": "x"},
        "accounts.end_session": {"ref": session.ref},
        "accounts.revoke_grant": {"ref": accounts.grants_of(colleague)[0].ref},
        "accounts.withdraw_invitation": {"ref": staff_invitation},
        "employers.*": {"ref": employer.ref, "token": "x", "key": "x"},
        "employers.answer_request": {"ref": request},
        "employers.end_membership": {"ref": employers.members_of(employer)[0].ref},
        "employers.edit_establishment": {"ref": place.ref},
        "employers.close_establishment": {"ref": place.ref},
        "employers.withdraw_invitation": {"ref": invited},
        "programs.*": {
            "slug": program.slug, "number": 1, "old": 1, "new": 2, "name": draft.commitments[0].id, "code": draft.levels[0].code,
        },
    }  # fmt: skip
    found |= _imported(program, agent)
    found |= _told(program, agent.actor)
    found |= students.asked(program, certification, SECRET)
    found |= students.portrayed(program, certification)
    found |= recognised(program, certification, SECRET)
    with unit():
        db.session.add(
            mailing := mailings.Mailing(
                program=program, audience="selected", note="", size=1, drafted_at=clock.now(), drafted_by=agent.actor.ref, drafter="Agente"
            )
        )
        db.session.flush()
        db.session.add(
            mailings.MailingRecipient(mailing_id=mailing.id, key=f"file:{certification.ref}", name=SECRET, email="z@exemple.com")
        )
    found["mailings.*"] = {"ref": mailing.ref}
    found["trust.*"] = {"ref": _trusted().ref}
    if contribution is not None:
        found["contributions.*"] = {"ref": contribution.ref, "number": contribution.receipts[0].number, "spoken": "fr"}
        found["contributions.refund"] = {"ref": contribution.payments[0].ref}
        found |= _sponsored(program, certification, agent)
    return found


def _sponsored(program: Program, certification: Certification, agent: Any) -> dict[str, dict[str, Any]]:
    """A sponsorship, and what the employer is asked besides, covered by it."""
    employer, today = certification.employer, clock.today()
    owner = accounts.actor_of(owner_of(employer))
    terms = sponsorships.SponsorshipTerms("Chambre", sponsorships.SponsorKind.CHAMBER, today, today, seats=2)
    with unit():
        given = sponsorships.record_sponsorship(program, terms, by=agent.actor)
        dues = contributions.open_contribution(employer, certification.version, by=owner)
    with unit():
        cover = sponsorships.use_code(dues, given.code, by=owner)
    return {
        "sponsorships.*": {"ref": given.ref, "slug": program.slug, "spoken": "fr", "code": given.code, "sight": given.sight},
        "sponsorships.use_code": {"ref": dues.ref},
        "sponsorships.apply_code": {"ref": dues.ref},
        "sponsorships.return_seat": {"ref": cover.ref},
    }


def _printed(program: Program, certification: Certification, agent: Actor) -> tuple[str, str]:
    """Give a lot of stickers, and one of them, hung at the employer's."""
    with unit():
        lot = print_lot(program, look="certified", quantity=2, by=agent)
        sticker = stickers_of(lot)[0]
        assign_sticker(sticker, verifications_of(certification)[0], "Porte", by=agent)
    return lot.ref, sticker.ref


def _ordered(program: Program, agent: Actor) -> str:
    with unit():
        return order_kits(program, only_new=False, by=agent).ref


def _imported(program: Program, agent: Any) -> dict[str, dict[str, Any]]:
    """A prospect behind the doors, brought in by a file."""
    content = f"Nom;Code postal;MRC\n{SECRET} ltée;J6E 9Z9;{mrcs(region('14'))[0].name}".encode()
    with unit():
        intake = imports.upload_file(program, imports.Kind.PROSPECTS, f"{SECRET}.csv", content, by=agent.actor)
    reading.read_intake(intake.ref)
    with unit():
        imports.confirm_intake(intake, by=agent.actor)
    writing.write_intake(intake.ref)
    prospect = db.session.scalars(select(imports.Prospect)).one()
    of_the_file = ("show_intake", "download_faults", "confirm_intake", "undo_intake", "invite_contacts")
    return {"imports.*": {"ref": prospect.ref, "token": "x"}} | {f"imports.{name}": {"ref": intake.ref} for name in of_the_file}


def _told(program: Program, agent: Actor) -> dict[str, dict[str, Any]]:
    """A notice, and a question that is answered, of somebody who should not have been named."""
    said = notices.Words(programs.Text("Fermé lundi"), programs.Text("Le bureau est fermé."))
    with unit():
        notice = notices.publish_notice(program, notices.Kind.GENERAL, said, by=agent)
        question = notices.ask_question(program, f"Et {SECRET} ?", email="z@exemple.com", language="fr", by=VISITOR)
        notices.publish_answer(question, said, by=agent)
    of_notices = ("show_notice", "withdraw_notice")
    return {"notices.*": {"slug": program.slug, "ref": question.ref}} | {f"notices.{name}": {"ref": notice.ref} for name in of_notices}


def _trusted() -> trust.TrustedIssuer:
    with unit():
        key = certification_keys()[-1].ref
        return trust.trust_issuer("did:web:z.exemple.org", name="Z", territory="Z", keys=[key], since=clock.today(), until=None, by=SYSTEM)


def _draft(program: Program) -> programs.ProgramVersion:
    with unit():
        return programs.draft_version(program, by=SYSTEM)


def _on_their_way(program: Program, certification: Certification) -> tuple[str, str, str]:
    employer = certification.employer
    owner = accounts.actor_of(owner_of(employer))
    with unit():
        invited = employers.invite_member(
            employer, email="invitee@exemple.com", name="Invitée", role=MemberRole.MEMBER, language="fr", by=owner
        )
        asking = make_user()
        employers.ask_to_join(employer, name="Qui demande", email=asking.email, message="", language="fr", by=accounts.actor_of(asking))
        staff = invite_staff("future@exemple.com", name="Future", role=Role.AGENT, program=program, by=SYSTEM)
    request = db.session.scalars(select(JoinRequest).where(JoinRequest.employer_id == employer.id)).one()
    return invited.ref, request.ref, staff.ref


__all__ = ["SECRET", "Person", "World", "build_world"]
