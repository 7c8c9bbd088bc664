"""The command for the keys of who signs the badges."""

from __future__ import annotations

import click

from certif.certification import issuer_keys, rotate_issuer_key
from certif.kit.access import SYSTEM
from certif.kit.db import transaction


@click.group("keys")
def keys_group() -> None:
    """The keys that sign badges, status lists and the public register."""


@keys_group.command("rotate")
def rotate() -> None:
    """Make a new key, which signs from now on; what the older ones signed still verifies. Make a backup afterwards."""
    with transaction():
        key = rotate_issuer_key(by=SYSTEM)
    click.echo(f"Key {key.number} signs from now on: {key.ref}")


@keys_group.command("list")
def list_keys() -> None:
    """Print every key of the issuer, the oldest first; the last one signs."""
    for key in issuer_keys():
        click.echo(f"{key.number}  {key.ref}")
