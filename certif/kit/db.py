"""The database: the base of every model, the unit of work, and the settings that make «saved» mean «on disk».

A request is one unit of work. `POST` answered below 400: one commit, else nothing is left. A `GET` is read-only at the engine itself.
Outside a request, a unit of work is `with transaction():`. Acts never commit, save by `checkpoint()` before the outside world is asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, Response, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event, inspect, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, InvalidRequestError, OperationalError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator
from werkzeug.exceptions import NotFound

from certif.kit.turns import WritersQueue

FIXED_SQLITE = (3, 51, 3)
"""The first SQLite without the WAL-reset race. Source: sqlite.org/changes.html, 3.51.3."""

STATEMENTS_KEPT = 1000  # by an engine, as it would send them
CONFLICT = 409
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_may_write: ContextVar[bool] = ContextVar("may_write", default=False)


class Instant(TypeDecorator[dt.datetime]):
    """A moment: aware, in UTC, on both engines. A naive one is refused rather than guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Send UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("an instant without a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Receive UTC: SQLite forgets the zone, so it is said again."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Where the tables are declared, with names for every constraint."""

    registry = registry(
        type_annotation_map={dt.datetime: Instant},
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_N_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


class _Session(FlaskSession):
    """Flask-SQLAlchemy ignores an explicit bind; tests and migrations need it to be obeyed."""

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **kwargs: Any) -> Engine | Connection:
        """Give the engine, or the connection this session was bound to."""
        return self.bind or super().get_bind(mapper, clause, bind, **kwargs)


Row = TypeVar("Row", bound=Base)

db = SQLAlchemy(model_class=Base, session_options={"class_": _Session, "expire_on_commit": False})

if TYPE_CHECKING:

    class Model(Base):
        """What every table inherits from."""

        __abstract__ = True
else:
    Model = db.Model


def engine_options(url: str) -> dict[str, Any]:
    """Give what the engine for `url` must be made with: the fixed SQLite, or patient, bounded PostgreSQL connections."""
    if make_url(url).get_backend_name() == "sqlite":
        return {"query_cache_size": STATEMENTS_KEPT, "module": sqlite, "connect_args": {"timeout": 5}}
    timeouts = "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000 -c synchronous_commit=on"
    return {
        "query_cache_size": STATEMENTS_KEPT, "pool_pre_ping": True, "pool_size": 10, "max_overflow": 10, "pool_timeout": 10,
        "connect_args": {"options": timeouts, "connect_timeout": 5},
    }  # fmt: skip


def sqlite_is_fixed() -> bool:
    """Whether this SQLite may run in WAL mode without the reset race."""
    return bool(sqlite.sqlite_version_info >= FIXED_SQLITE)


def _refuse_to_write(session: Any, _context: object, _instances: object) -> None:
    if not _may_write.get() and (session.new or session.dirty or session.deleted):
        raise RuntimeError("Only a unit of work may write: a GET never does, and jobs and commands open transaction().")


event.listen(_Session, "before_flush", _refuse_to_write)


def prepare_engine(engine: Engine) -> None:
    """Settle how connections are opened and how units of work begin. Called once an engine, by the application and by migrations."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", partial(_begin_sqlite, WritersQueue(engine)))
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _open_sqlite(connection: Any, _record: object) -> None:
    # Full durability: an answer is given only when the bytes are on disk (WAL+NORMAL loses acknowledged signatures).
    connection.isolation_level = None  # BEGIN is ours: see _begin_sqlite
    journal = ("WAL", "FULL") if sqlite_is_fixed() else ("TRUNCATE", "EXTRA")
    for pragma in (
        "busy_timeout=5000",
        f"journal_mode={journal[0]}",
        f"synchronous={journal[1]}",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(queue: WritersQueue, connection: Connection) -> None:
    # A deferred BEGIN that writes later fails at once when another writer came between; an immediate one waits its turn.
    driver: Any = connection.connection.dbapi_connection
    if _may_write.get():
        queue.enter(connection)
        driver.execute("PRAGMA query_only=0")
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # it may have to wait, and whoever waited for nothing is told as for any statement
    else:
        driver.execute("PRAGMA query_only=1")
        driver.execute("BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not _may_write.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@contextmanager
def transaction() -> Iterator[None]:
    """Do one unit of work outside a request: all of it is kept, or nothing.

    May not be opened while unsaved changes are pending: they would silently be lost or kept with it.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a unit of work is already under way")
    session.rollback()
    token = _may_write.set(True)
    try:
        yield
        session.commit()
    finally:
        session.rollback()
        _may_write.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Let what begins here write: for migrations and bulk loads, which hold their own connections."""
    token = _may_write.set(True)
    try:
        yield
    finally:
        _may_write.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """Only read for a while, before anything is written in this unit of work: nobody who writes is kept waiting."""
    token = _may_write.set(False)
    try:
        yield
    finally:
        let_go()
        _may_write.reset(token)


def checkpoint() -> None:
    """Commit now, so that nothing is held while the outside world is asked. What follows is a new unit of work."""
    db.session.commit()


def lock(row: Row) -> Row:
    """Re-read `row` and hold it until the unit of work ends. On SQLite the whole database is already held.

    Refuses (`NotFound`): a row that somebody has removed in the meantime.
    """
    db.session.flush()  # re-reading would otherwise forget what this unit of work has changed and not yet written
    try:
        db.session.refresh(row, with_for_update={"of": type(row)})  # never of what is read beside it by an outer join
    except InvalidRequestError:
        if inspect(row).persistent:
            raise NotFound from None
        raise
    return row


def give_up() -> None:
    """Leave nothing of this unit of work, and let what remains of the request only read."""
    db.session.rollback()
    _may_write.set(False)


def let_go() -> None:
    """End what is being read: nothing is held of the database while somebody slow reads the answer. What follows reads anew."""
    db.session.rollback()


def is_outage(error: DBAPIError) -> bool:
    """Whether `error` says that the database is away, busy or full (503), rather than that we asked something wrong (500)."""
    return isinstance(error, OperationalError | InterfaceError) and (_may_write.get() or "readonly" not in str(error.orig))


def install_rail(
    app: Flask,
    *,
    conflict: Callable[[IntegrityError], Response],
    outage: Callable[[DBAPIError], Response],
    remember: Callable[[Response], None],
    repeated: Callable[[], Response | None],
) -> None:
    """Set the commit rail. Must be installed **first**: Flask runs `after_request` in reverse order, so it then runs last.

    Takes: `conflict`, the 409 when a unique constraint had the last word at commit; `outage`, the 503 when the database is away;
    `remember`, which notes the answer to a post before it is committed; `repeated`, the answer that the same post was given already.
    """

    @app.before_request
    def begin() -> None:
        _may_write.set(request.method not in _SAFE_METHODS)

    @app.after_request
    def finish(response: Response) -> Response:
        try:
            if response.status_code == CONFLICT:
                response = repeated() or response
            elif _may_write.get() and response.status_code < 400:
                remember(response)
                db.session.commit()
        except IntegrityError as error:
            db.session.rollback()
            return repeated() or conflict(error)
        except DBAPIError as error:
            db.session.rollback()
            if not is_outage(error):
                raise
            return outage(error)
        finally:
            _may_write.set(False)
        db.session.rollback()
        return response


def wipe_traces(*models: type[Model]) -> None:
    """Let nothing of what was erased stay in the files: in SQLite's write-ahead log, or, on PostgreSQL, in the tables of `models`."""
    db.session.rollback()  # whoever still reads would keep the log from being emptied
    with writing(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_sqlite = db.engine.dialect.name == "sqlite"
        cleaning = (
            ["COMMIT", "PRAGMA wal_checkpoint(TRUNCATE)", "BEGIN"] if is_sqlite else [f"VACUUM {one.__tablename__}" for one in models]
        )
        for statement in cleaning:
            connection.exec_driver_sql(statement)


def is_alive() -> bool:
    """Whether the database answers."""
    try:
        db.session.execute(text("SELECT 1"))
    except DBAPIError:
        db.session.rollback()
        return False
    return True
