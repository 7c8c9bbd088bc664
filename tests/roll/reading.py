"""The roll published, and read as anyone outside reads it."""

from __future__ import annotations

from datetime import timedelta

from certif.kit import clock
from certif.roll import actions
from tests.pages import Visitor, _let_go


def read(visitor: Visitor, path: str) -> bytes:
    _let_go()
    answer = visitor.client.get(path, base_url=visitor.base, buffered=True)
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    return answer.data


def publish(day: int = 0) -> None:
    """Let the job publish, `day` days from now."""
    with clock.frozen(clock.now() + timedelta(days=day)):
        actions.publish_todays_roll()
