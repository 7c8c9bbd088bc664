"""Many employers on the path at once, and staff who decide: they sign, pay and are validated over HTTP, whatever becomes of the servers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import threading
import time
from dataclasses import dataclass, field

from certif import accounts
from certif import certification as paths
from certif.accounts.identity import cookie_name
from certif.certification import Certification, Stage
from certif.employers import establishments_of
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db, transaction
from certif.programs import Program, contract_in_force
from tests import factories
from tests.faults.clients import TOKEN, Answer, Browser, Lost
from tests.faults.nursery import Ground

ACTS = ("sign", "pay", "validate")


@dataclass
class Walk:
    """One employer's file and how far it went.

    Takes: `by_card`: it pays at the gateway, else by cheque; `must_wait`: interrupted five times while signing, it is asked to wait.
    """

    ref: str
    contribution: str
    establishment: str
    digest: str
    code: str
    browser: Browser
    by_card: bool
    done: int = 0
    must_wait: bool = False


@dataclass
class Town:
    """The employers, the staff, and what was acknowledged to them, written down as soon as it is heard.

    Takes: `ground`, whose servers are asked.
    Gives: `heard`, how many answers came; `pace`, how many seconds an act has lately taken, on this machine as it is today.
    """

    ground: Ground
    walks: list[Walk] = field(default_factory=list)
    waiting: int = 0
    turned_away: int = 0
    strange: list[str] = field(default_factory=list)
    heard: int = 0
    pace: float = 0.1

    def __post_init__(self) -> None:
        self.log = self.ground.folder / "acknowledged.log"
        self.log.touch()
        self._changing = threading.Lock()
        self._answered = threading.Condition()
        self._numbers = itertools.count()
        with self.ground.looking():
            program = factories.make_program()
            self._program = program.id
            manager = factories.make_staff(Role.MANAGER, program)
            self._cookie = cookie_name()
            self._staff = Browser(self.ground.port, session=(self._cookie, manager.token))

    def settle(self) -> Walk:
        """Let one more employer come as far as the place where the contract is signed, its code in hand."""
        with self._changing, self.ground.looking():
            program = db.session.get_one(Program, self._program)
            found = factories.make_certification(Stage.AWAITING_CONTRACT, program)
            user = factories.owner_of(found.employer)
            with transaction():
                paths.deliver_contract(found, by=accounts.actor_of(user))
            contract, asked = contract_in_force(program), found.contribution
            assert contract is not None
            assert asked is not None
            walk = Walk(
                found.ref, asked.ref, establishments_of(found.employer)[0].ref, contract.digest_fr, _code(found),
                Browser(self.ground.port, session=(self._cookie, factories.make_person(user).token)), by_card=next(self._numbers) % 2 == 0,
            )  # fmt: skip
            self.walks.append(walk)
            return walk

    def renew_code(self, walk: Walk, *, ahead: float) -> None:
        """Ask for another code, `ahead` seconds from now."""
        with self.ground.looking(), clock.frozen(clock.now() + dt.timedelta(seconds=ahead)):
            walk.code = _code(db.session.query(Certification).filter_by(ref=walk.ref).one())

    def step(self, walk: Walk) -> None:
        """Do the next act; on `Lost`, nothing is known, and it is tried again."""
        act, asked_at = ACTS[walk.done], time.monotonic()
        self.waiting += 1
        try:
            answer = self.ask(act, walk)
        except Lost:
            return
        finally:
            self.waiting -= 1
        self._hear(act, walk, answer)
        with self._answered:
            self.heard += 1
            self.pace += (time.monotonic() - asked_at - self.pace) / 10
            self._answered.notify_all()

    def hear(self, answers: int, patience: float) -> None:
        """Wait until so many more answers are heard, `patience` seconds at most."""
        wanted = self.heard + answers
        with self._answered:
            self._answered.wait_for(lambda: self.heard >= wanted, patience)

    def ask(self, act: str, walk: Walk) -> Answer:
        """Do an act; give how it was answered."""
        answer: Answer = getattr(self, f"_{act}")(walk)
        return answer

    def acknowledged(self) -> list[tuple[str, str]]:
        """Give what was acknowledged, as it was written down."""
        return [(line.split()[0], line.split()[1]) for line in self.log.read_text().splitlines()]

    def _hear(self, act: str, walk: Walk, answer: Answer) -> None:
        is_told_done = answer.status == 409 and ("déjà" in answer.body)
        if answer.status == 303 or is_told_done:
            with self._changing, self.log.open("a") as log:
                log.write(f"{act} {walk.ref}\n")
            walk.done += 1
        elif answer.status == 409 and "Trop d’essais" in answer.body:
            walk.must_wait = True
        elif answer.status == 503:
            self.turned_away += 1
        elif answer.status != 409:
            self.strange.append(f"{act} of {walk.ref}: {answer.status}")

    def _sign(self, walk: Walk) -> Answer:
        return walk.browser.post(
            f"/certification/contrat/signature?dossier={walk.ref}",
            digest=walk.digest, signatory="Dominique Lévesque", role="Propriétaire", agrees="y", code=walk.code,
        )  # fmt: skip

    def _pay(self, walk: Walk) -> Answer:
        if walk.by_card:
            return self._pay_by_card(walk)
        return self._staff.post(
            f"/personnel/contributions/{walk.contribution}/encaissement",
            method="cheque", reference="1001", received_on=clock.today().isoformat(),
        )  # fmt: skip

    def _pay_by_card(self, walk: Walk) -> Answer:
        """Open the gateway's page, press its button, come back, and press ours."""
        away = walk.browser.post(f"/certification/contribution?dossier={walk.ref}")
        if away.status != 303 or away.location.startswith("/"):
            return away  # it is paid already
        page = walk.browser.get(away.location)
        token = TOKEN.search(page.body)
        if token:
            walk.browser.post(away.location, act="pay", csrf_token=token[1])
        back = walk.browser.post(f"/paiements/retour?session={away.location.rsplit('/', 1)[1]}")
        return dataclasses.replace(back, status=409) if "/paiements/retour" in back.location else back

    def _validate(self, walk: Walk) -> Answer:
        return self._staff.post(f"/personnel/dossiers/{walk.ref}/validation", level="certified", establishments=walk.establishment, seen=0)


def _code(found: Certification) -> str:
    by = accounts.actor_of(factories.owner_of(found.employer))
    with transaction():
        paths.send_signing_code(found, by=by)
    return factories.code_in_letter(by.email)
