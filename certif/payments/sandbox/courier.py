"""Delivering events: signed, tried again when they are not taken, and never while somebody waits."""

from __future__ import annotations

import json
import logging
import random
import threading

from certif.kit import clock
from certif.payments.notices import sign
from certif.payments.sandbox.store import Store, Thing, timestamp

BACK_OFF_S = (1, 5, 30, 300, 3600)
"""How long after each refusal an event is tried again; after the last, it is given up."""
_LEASE_S, _PATIENCE_S, _BATCH = 15, 5, 20
_log = logging.getLogger("certif.payments.sandbox")


class Courier:
    """Delivers what waits, in a thread that lives as long as something does.

    Takes: `url`, our one endpoint, none when nobody listens; `host`, the `Host` it expects, when it is not the one of the address.
    """

    def __init__(self, store: Store, secret: str, url: str | None, host: str | None = None) -> None:
        self.store, self.secret, self.url, self.host = store, secret, url, host
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    def wake(self) -> None:
        """Start delivering, unless it is being done or there is nobody to deliver to."""
        if self.url is None or self._stop.is_set():
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="certif-sandbox-courier", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Stop, after the delivery in hand."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def deliver_due(self) -> int:
        """Deliver what is due now. Gives: how many events were taken up."""
        events = self._claim()
        for event, copies in events:
            self._deliver(event, copies)
        return len(events)

    def _work(self) -> None:
        pause = 0.05
        while not self._stop.wait(pause) and self._is_anything_waiting():
            pause = 0.05 if self.deliver_due() else min(pause * 2, 1)

    def _is_anything_waiting(self) -> bool:
        with self.store.unit() as unit:
            return unit.run("SELECT 1 FROM delivery WHERE state = 'waiting' LIMIT 1").fetchone() is not None

    def _claim(self) -> list[tuple[Thing, int]]:
        """Take what is due, so that no other process does: whoever dies with it in hand loses it after a while."""
        now = clock.now().timestamp()
        with self.store.unit() as unit:
            rows = unit.run(
                "SELECT event_id, copies FROM delivery WHERE state = 'waiting' AND due_at <= ? ORDER BY seq LIMIT ?", (now, _BATCH)
            ).fetchall()
            for event_id, _copies in rows:
                unit.run("UPDATE delivery SET due_at = ? WHERE event_id = ?", (now + _LEASE_S, event_id))
            if "reorder" in unit.modes():
                random.shuffle(rows)
            found = [(unit.get("event", event_id), copies) for event_id, copies in rows]
        return [(event, copies) for event, copies in found if event is not None]

    def _deliver(self, event: Thing, copies: int) -> None:
        answers = [self._post(event) for _copy in range(copies)]
        is_taken = all(answers)
        with self.store.unit() as unit:
            (tries,) = unit.run("SELECT tries FROM delivery WHERE event_id = ?", (event["id"],)).fetchone()
            state = "taken" if is_taken else "waiting" if tries < len(BACK_OFF_S) else "given up"
            due_at = clock.now().timestamp() + (BACK_OFF_S[tries] if state == "waiting" else 0)
            unit.run("UPDATE delivery SET state = ?, tries = tries + 1, due_at = ? WHERE event_id = ?", (state, due_at, event["id"]))
            if is_taken:
                unit.put({**event, "pending_webhooks": 0})

    def _post(self, event: Thing) -> bool:
        import requests  # late: only who delivers needs it

        body = json.dumps(event, indent=2, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": sign(body, self.secret, timestamp())}
        if self.host:
            headers["Host"] = self.host
        try:
            with requests.Session() as session:
                session.trust_env = False
                answer = session.post(str(self.url), data=body, headers=headers, timeout=_PATIENCE_S, allow_redirects=False)
                return answer.ok and not answer.is_redirect
        except requests.RequestException as error:
            _log.info("event not taken: %s", type(error).__name__, extra={"event_id": event["id"]})
            return False
