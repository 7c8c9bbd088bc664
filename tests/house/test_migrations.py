"""The database's shape: numbered steps that lead to what the models say, and that a kill leaves either undone or done."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from certif.kit import schema
from certif.kit.db import Base, engine_options, prepare_engine, writing
from tests.databases import scratch_database
from tests.house.sources import ROOT, Source, complain, read

VERSIONS = sorted((ROOT / "migrations/versions").glob("*.py"))


def test_migrations_are_numbered_without_a_gap_and_follow_each_other() -> None:
    complain(out_of_line([read(path) for path in VERSIONS]))


def test_a_gap_a_twin_and_a_wrong_name_are_seen() -> None:
    first = Source("migrations/versions/0001_kit.py", 'revision = "0001_kit"\ndown_revision = None')
    second = 'revision = "0002_places"\ndown_revision = "0001_kit"'
    assert out_of_line([first, Source("migrations/versions/0002_places.py", second)]) == []
    assert out_of_line([first, Source("migrations/versions/0003_places.py", second)])
    assert out_of_line([first, Source("migrations/versions/0002_other.py", second)])
    assert out_of_line([first, Source("migrations/versions/0002_places.py", second.replace("0001_kit", "0000_x"))])


def test_migrations_do_not_lean_on_todays_code() -> None:
    complain([f"{path.name}: write the tables out; today’s models are not those of that day" for path in VERSIONS if leans(read(path))])
    assert leans(Source("migrations/versions/0001_kit.py", "from certif.kit.db import Base"))


def test_a_new_database_has_exactly_the_shape_of_the_models(house: Flask, tmp_path: Path) -> None:
    with scratch_database(tmp_path) as migrated, scratch_database(tmp_path) as modelled:
        schema.upgrade(migrated)
        engine = opened(modelled)
        with writing(), engine.begin() as connection:
            Base.metadata.create_all(connection)
        wanted, found = shape(modelled), shape(migrated)
        found.pop("alembic_version")
        assert found.keys() == wanted.keys()
        different = {
            name: {part: (found[name][part], wanted[name][part]) for part in wanted[name] if found[name][part] != wanted[name][part]}
            for name in wanted
        }
        assert not {name: parts for name, parts in different.items() if parts}, (
            "a migration says (first), a model says (second): write what is missing"
        )


def test_alembic_sees_no_difference_either(house: Flask, tmp_path: Path) -> None:
    with scratch_database(tmp_path, "head") as url, opened(url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_missing_column_is_seen(house: Flask, tmp_path: Path) -> None:
    with scratch_database(tmp_path, "head") as url:
        engine = opened(url)
        with writing(), engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE region ADD COLUMN nickname VARCHAR")
        with engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata)


def test_texts_have_no_length_and_constraints_have_names(house: Flask) -> None:
    columns = [column for table in Base.metadata.tables.values() for column in table.columns]
    limited = [str(column) for column in columns if getattr(column.type, "length", None)]
    assert not limited, f"lengths belong to forms: {limited}"
    nameless = [
        f"{table.name}: {constraint}"
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert not nameless, f"name them: {nameless}"


def test_upgrading_what_is_already_new_changes_nothing(house: Flask, tmp_path: Path) -> None:
    with scratch_database(tmp_path, "head") as url:
        before = shape(url)
        schema.upgrade(url)
        assert shape(url) == before


def out_of_line(versions: list[Source]) -> list[str]:
    """Complain of a migration that is not the next after the one before."""
    found, previous = [], None
    for number, version in enumerate(versions, 1):
        said = {
            ast.unparse(node.targets[0]): ast.literal_eval(node.value)
            for node in version.tree.body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"revision", "down_revision"}
        }
        if not re.fullmatch(rf"{number:04d}_[a-z0-9_]+", version.name):
            found.append(f"{version.place}: number it {number:04d}: numbers have no gap and no twin")
        if said.get("revision") != version.name:
            found.append(f"{version.place}: revision = {version.name!r}, the name of the file")
        if said.get("down_revision") != previous:
            found.append(f"{version.place}: down_revision = {previous!r}, the file before")
        previous = version.name
    return found


def leans(version: Source) -> bool:
    """Whether a migration imports the package."""
    return bool(re.search(r"^\s*(?:from|import) certif\b", version.text, re.MULTILINE))


def opened(url: str) -> Engine:
    """Give an engine that keeps no connection."""
    options = {name: value for name, value in engine_options(url).items() if not name.startswith(("pool_", "max_"))}
    engine = create_engine(url, poolclass=NullPool, **options)
    prepare_engine(engine)
    return engine


def shape(url: str) -> dict[str, dict[str, object]]:
    """Give all that a database says of its tables, names of constraints included."""
    with opened(url).connect() as connection:
        found = inspect(connection)
        columns, primary, foreign = found.get_multi_columns(), found.get_multi_pk_constraint(), found.get_multi_foreign_keys()
        unique, checks, indexes = found.get_multi_unique_constraints(), found.get_multi_check_constraints(), found.get_multi_indexes()
    return {
        table[1]: {
            "columns": {one["name"]: (str(one["type"]), one["nullable"], one["default"] or "") for one in columns[table]},
            "primary key": primary[table],
            "foreign keys": sorted((key["name"], key["constrained_columns"], key["referred_table"]) for key in foreign[table]),
            "unique": sorted((one["name"], one["column_names"]) for one in unique[table]),
            "checks": sorted(check["name"] for check in checks[table]),
            "indexes": sorted((index["name"], index["column_names"], index["unique"]) for index in indexes[table]),
        }
        for table in columns
    }


@pytest.fixture(scope="module")
def climbing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database that stops at each migration in turn."""
    with scratch_database(tmp_path_factory.mktemp("climbing")) as url:
        yield url


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_each_migration_can_be_stopped_at_and_gone_on_from(path: Path, climbing: str) -> None:
    schema.upgrade(climbing, path.stem)
    with opened(climbing).connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == path.stem


def test_what_went_step_by_step_has_the_shape_of_what_went_at_once(climbing: str, tmp_path: Path) -> None:
    schema.upgrade(climbing)
    with scratch_database(tmp_path) as url:
        schema.upgrade(url)
        assert shape(climbing) == shape(url)
