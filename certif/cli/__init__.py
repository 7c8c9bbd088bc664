"""The commands of the house. Each can be used from a script: no questions asked, exit status ≠ 0 and one clear line when it fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import NotFound

from certif import accounts, directory, programs, surveys, territory
from certif.cli import bulk, copies, demo, demo_nominations, demo_surveys, evidence_check, keys, rehearsal, serving
from certif.kit import db, jobs
from certif.kit.access import STAFF, Role
from certif.kit.addresses import usual_address
from certif.kit.db import transaction
from certif.kit.errors import Refusal, Unavailable
from certif.kit.languages import speaking
from certif.kit.settings import Settings, settings


def clear(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn a refusal into one clear line and an exit status of 1, in English as the help is."""

    @wraps(command)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            with speaking("en"):
                return command(*args, **kwargs)
        except (Refusal, Unavailable) as problem:
            raise click.ClickException(str(problem)) from None
        except NotFound:
            raise click.ClickException("There is no such record.") from None
        except (DBAPIError, OSError) as problem:
            said = str(problem.orig if isinstance(problem, DBAPIError) else problem)
            raise click.ClickException(said.splitlines()[0]) from None

    return told


@click.command("serve")
@clear
def serve() -> None:
    """Migrate, load the demo when empty, then serve the site and run its jobs until stopped."""
    found = settings()
    serving.prepare(found)
    if found.is_demo and not demo.is_loaded():
        serving.seed_apart()
    click.echo(f"\n  Certif is at {found.public_base_url}\n")
    if found.is_demo:
        for role, email in demo.visitors():
            click.echo(f"  {role:9} {email}")
        click.echo(f"\n  Sign in with one of these addresses: letters can be read at {found.public_base_url}/atelier/lettres")
    click.echo(
        "  Letters go to "
        + (found.smtp_url.split("@")[-1] if found.smtp_url else f"{found.data_dir / 'letters'}")
        + "\n  Ctrl-C stops everything.\n"
    )
    serving.serve(found)


@click.command("work")
def work() -> None:
    """Run the jobs, until stopped. `serve` starts this beside the site."""
    serving.work()


@click.group("jobs")
def jobs_group() -> None:
    """Work to do later."""


@jobs_group.command("run-once")
def run_once() -> None:
    """Run everything that is due, once, and say what it did."""
    done = list(jobs.run_due(limit=10_000))
    for ran in done:
        click.echo(f"{ran.kind}: {ran.error or 'ok'}")
    if not done:
        click.echo("Nothing was due.")


@click.group("staff")
def staff_group() -> None:
    """People who work for a regional body or a partner."""


@staff_group.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in STAFF]), required=True, help="What the person may do.")
@click.option("--region", "code", help="The region's code, 01 to 17; none for an administrator.")
@clear
def add_staff(email: str, role: str, code: str | None) -> None:
    """Make an account with a role in every program of a region. A partner is added from the site, where its body is chosen."""
    address = usual_address(email)
    if address is None:
        raise Refusal(f"{email} is not an email address.")
    if code and code not in {region.code for region in territory.regions()}:
        raise Refusal(f"There is no region {code}: give a code from 01 to 17.")
    with transaction():
        found = programs.programs_in(territory.region(code)) if code else []
        if code and not found:
            raise Refusal(f"Region {code} has no program yet: an administrator creates it first, under /personnel/programmes.")
        accounts.add_staff(address, Role(role), found)
    click.echo(f"{address}: {role}{f' in region {code}' if code else ''}")


@click.command("sign-in-link")
@click.argument("email")
@clear
def sign_in_link(email: str) -> None:
    """Print a one-time link for an account, good for fifteen minutes."""
    with transaction():
        link = accounts.sign_in_link_for(email)
    click.echo(link)


@click.command("seed")
@click.option("--employers", "count", default=0, show_default=True, help="Further employers, certified, inserted in bulk.")
@click.option("--responses", default=0, show_default=True, help="Further answers to the surveys, inserted in bulk.")
@click.option("--nominations", default=0, show_default=True, help="Further nominations in the contests, inserted in bulk.")
@click.option("--random-seed", default=demo.SEED, show_default=True, help="The same seed makes the same demonstration.")
@click.option("--manifest", type=click.Path(path_type=Path, dir_okay=False), help="Where to write what a visitor may try, as JSON.")
@clear
def seed(count: int, responses: int, nominations: int, random_seed: int, manifest: Path | None) -> None:
    """Load a believable demonstration into an empty database; on one that holds it, only write the manifest."""
    serving.prepare(settings())
    if not demo.is_loaded():
        with speaking("fr"):  # whoever loads it, those who live in it are of Québec
            demo.load(random_seed)
            if count:
                bulk.load(count, random_seed)
            if responses:
                demo_surveys.load_many(responses, random_seed)
            if nominations:
                demo_nominations.load_many(nominations, random_seed)
        directory.rebuild()
        click.echo(f"The demonstration is loaded, with {count} more employers and {responses} more answers.")
    if manifest:
        demo.write_manifest(manifest)
        click.echo(f"The manifest is in {manifest}.")


@click.command("backup")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@clear
def backup(path: Path) -> None:
    """Write a consistent copy of everything, while serving."""
    started = time.monotonic()
    size = copies.backup(path)
    click.echo(f"{path}: {size} bytes in {time.monotonic() - started:.1f} s")


@click.command("restore")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@clear
def restore(path: Path) -> None:
    """Check a copy, then put it in place of the live database."""
    started = time.monotonic()
    copies.restore(path)
    click.echo(f"{path} is restored, in {time.monotonic() - started:.1f} s")


@click.command("purge")
@clear
def purge() -> None:
    """Apply the retention schedule now, and let no trace of what was erased stay in the files."""
    for name in jobs.retention():
        click.echo(name)
    db.wipe_traces()


@click.command("rebuild-directory")
@clear
def rebuild_directory() -> None:
    """Make the public directory anew from the rows that say what happened."""
    click.echo(f"The directory shows {directory.rebuild()} establishments.")


@click.group("surveys")
def surveys_group() -> None:
    """What students answered."""


@surveys_group.command("recount")
@click.option("--apply", "is_applied", is_flag=True, help="Put right what differs.")
@clear
def recount(is_applied: bool) -> None:
    """Count every answer anew and say where the tallies differ; none should. Fails when some differ and are not put right.

    A survey that was counted before the way of counting changed differs without a fault: a job counts it anew within ten minutes.
    """
    different = 0
    for one in surveys.recounted(apply=is_applied):
        click.echo(f"{one.title}: {len(one.differences)} cells differ")
        if one.is_older:
            click.echo("  counted in an older way, " + ("and anew now" if is_applied else "and anew within ten minutes where jobs run"))
            continue
        different += len(one.differences)
        for (cut, key, question, value, is_flagged), told, true in one.differences[:20]:
            click.echo(f"  {cut}/{key} {question}={value}{' (flagged)' if is_flagged else ''}: {told}, should be {true}")
    if different and not is_applied:
        raise click.ClickException(f"{different} cells differ; --apply puts them right.")


@click.command("verify-evidence")
@clear
def verify_evidence() -> None:
    """Re-check every signed contract, the journal’s chain and the public register; name the first broken record."""
    broken = evidence_check.first_fault()
    if broken:
        raise click.ClickException(broken)
    click.echo(evidence_check.summary())


@click.command("rehearse")
@clear
def rehearse() -> None:
    """Live a whole year on an empty database of its own, at a frozen clock, and print the story."""
    for line in rehearsal.live(current_app.extensions["build"]):
        click.echo(line)


def install(app: Flask, build: Callable[[Settings], Flask]) -> None:
    """Add every command to the application. `build`: how another house like it is put together, for a rehearsal."""
    app.extensions["build"] = build
    for command in (
        serve,
        work,
        jobs_group,
        keys.keys_group,
        surveys_group,
        staff_group,
        sign_in_link,
        seed,
        backup,
        restore,
        purge,
        rebuild_directory,
        verify_evidence,
        rehearse,
    ):
        app.cli.add_command(command)
