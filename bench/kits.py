"""The visibility kit: one in a request, and many in a job."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from pathlib import Path

from certif.app import create_app
from certif.kit import schema, settings
from certif.kit.access import SYSTEM, Granted, Role

KITS = 40


def measure_kits() -> list[tuple[str, str, str, bool]]:
    """Give what was measured: (what, how much, goal, whether it is reached)."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'kits.sqlite3'}"
        schema.upgrade(url)
        app = create_app(settings.read({**os.environ, "DATABASE_URL": url, "DATA_DIR": folder}))
        with app.app_context():
            return _measure()


def _measure() -> list[tuple[str, str, str, bool]]:
    from dataclasses import replace

    from certif.certification import Stage, verifications_of
    from certif.kit.db import transaction
    from certif.territory import load_reference_data
    from certif.visibility import batches, kit_at
    from certif.visibility.actions import order_kits
    from certif.visibility.sheets import files_of, zipped
    from tests.factories import make_certification, make_program

    with transaction():
        load_reference_data()
    program = make_program(requires_signature=False, price_cents=0, requires_contribution=False)
    every = [make_certification(Stage.CERTIFIED, program) for _each in range(KITS)]
    kit = kit_at(verifications_of(every[0])[0])
    zipped((one.name, one.make()) for one in files_of(kit))
    started = time.perf_counter()
    files = files_of(kit)
    size = len(zipped((one.name, one.make()) for one in files))
    one = time.perf_counter() - started
    with transaction():
        order = order_kits(program, only_new=False, by=replace(SYSTEM, grants=(Granted(Role.ADMIN),)))
    started = time.perf_counter()
    for part in range(1, order.parts + 1):
        batches.typeset_kits(order.ref, part, again=False)
    many = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        (f"kit of {len(files)} files, {size / 1024:.0f} KB", f"{one * 1000:.0f} ms", "<= 2000 ms", one <= 2),
        (f"{KITS} kits in a job, two presses", f"{KITS / many:.1f} kits/s, {memory:.0f} MiB", ">= 3 kits/s, <= 250 MiB", KITS / many >= 3),
    ]
