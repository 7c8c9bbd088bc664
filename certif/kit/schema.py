"""The database's shape over time: bring it to the newest, and know where it stands.

Alembic is only read when there is something to change: a start on a database that is up to date does without.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from certif.kit.db import db

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database to `to`, in one transaction: old or new, never between."""
    from alembic import command  # late, with all that writes migrations: a tenth of the time it takes to start
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, to)


def revisions() -> list[str]:
    """Give the name of every migration, the oldest first: that of its file."""
    return sorted(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def current() -> str | None:
    """Give the name of the last migration that this database has been through; None when it is empty."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found
