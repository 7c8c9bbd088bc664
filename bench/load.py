"""Load from this machine on this machine: bounded in time and in connections, and the server's CPU beside it."""

from __future__ import annotations

import http.client
import os
import statistics
import threading
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measure:
    """What one round said: requests a second, and the server's CPU microseconds for each."""

    rate: float
    cpu_us: float


def cpu_seconds(pid: int) -> float:
    """Give the CPU time of a process and of everything below it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    own = (int(fields[11]) + int(fields[12])) / TICKS
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(cpu_seconds(int(child)) for child in children)


def memory_mib(pid: int) -> list[float]:
    """Give the proportional memory of a process and of each one below it, MiB. Each thread has its own children: that of jobs is one."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    children = [child for threads in Path(f"/proc/{pid}/task").glob("*/children") for child in threads.read_text().split()]
    return [own, *(one for child in children for one in memory_mib(int(child)))]


def measure(port: int, path: str, pid: int, *, seconds: float = 3, connections: int = 8, headers: dict[str, str] | None = None) -> Measure:
    """Ask for `path` as fast as `connections` clients can, for a while."""
    counts = [0] * connections
    end = time.monotonic() + seconds

    def ask(number: int) -> None:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while time.monotonic() < end:
            client.request("GET", path, headers=headers or {})
            answer = client.getresponse()
            answer.read()
            if answer.status not in {200, 304}:
                raise RuntimeError(f"{path} answered {answer.status}")
            counts[number] += 1
        client.close()

    before, started = cpu_seconds(pid), time.monotonic()
    clients = [threading.Thread(target=ask, args=(number,)) for number in range(connections)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    total = sum(counts)
    return Measure(total / (time.monotonic() - started), (cpu_seconds(pid) - before) / max(total, 1) * 1e6)


def ratios(pairs: list[tuple[Measure, Measure]]) -> Measure:
    """Give the medians of project over limit, round by round."""
    return Measure(
        statistics.median(project.rate / limit.rate for project, limit in pairs),
        statistics.median(project.cpu_us / limit.cpu_us for project, limit in pairs),
    )
