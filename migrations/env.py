"""Run migrations in one transaction on either engine: a kill leaves the old shape or the new one."""

from alembic import context
from sqlalchemy import create_engine, event, text
from sqlalchemy.pool import NullPool

from certif.kit import db

url = context.config.attributes["url"]
options = db.engine_options(url)
fitting = {name: value for name, value in options.items() if not name.startswith(("pool_", "max_"))}
engine = create_engine(url, poolclass=NullPool, **fitting)
db.prepare_engine(engine)
if engine.dialect.name == "sqlite":
    # Who comes second waits as long as a migration may last.
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=600000"))

with db.writing(), engine.connect() as connection:
    if engine.dialect.name == "postgresql":
        # Two starts at once, or one beside a killed one that the server has not noticed yet, take turns; SQLite's immediate BEGIN does
        # it there, and waits as long.
        connection.execute(text("SET lock_timeout = '10min'; SET statement_timeout = '10min'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(3304)"))
        # A migration may wait for nobody long, but it may work longer than a page.
        connection.execute(text("SET lock_timeout = '4s'"))
    context.configure(
        connection=connection,
        target_metadata=db.Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
