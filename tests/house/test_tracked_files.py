"""What is published names no machine: no registry, no path of the place it was written in, no key."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.house.sources import ROOT, complain

ADVICE = {
    re.compile(r"https?://(?:[\w.-]+/simple\b|(?:registry|proxy|index)\.[\w.-]+)"): "name packages and versions, not where they come from",
    re.compile(r"^\s*--(?:(?:extra-)?index-url|find-links|trusted-host)\b", re.MULTILINE): "leave the index to the reader's own settings",
    re.compile(r"(?<![\w.])/(?:home|Users)/[a-z][\w-]*/"): "write paths from the project's root",
    re.compile(
        r"\b(?:sk|rk)_live_[0-9A-Za-z]{8,}|\bwhsec_[0-9A-Za-z]{24,}|-----BEGIN (?:EC |RSA )?PRIVATE KEY-----"
    ): "remove this secret, and have it changed",
}
OWN = "tests/house/test_tracked_files.py"


def tracked() -> list[Path]:
    """Give the files that are published, or all of them where there is no git."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0 and done.stdout:
        return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    left_out = {".git", ".venv", "var", "node_modules", "__pycache__"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not left_out.intersection(path.relative_to(ROOT).parts)]


def words_of_this_machine() -> set[str]:
    """Give what would betray this machine: where the project lies, its owner's home, and the hosts packages are fetched from."""
    found = {f"{ROOT}/", f"{Path.home()}/"} | ({f"{ROOT.parent}/"} if len(ROOT.parent.parts) > 1 else set())
    settings = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False).stdout
    settings += "\n".join(value for name, value in os.environ.items() if re.search("index_url|registry|goproxy", name, re.IGNORECASE))
    return found | {
        host for address in re.findall(r"https?://[^\s'\",]+", settings) if (host := urlsplit(address).hostname) and "." in host
    }


def test_no_tracked_file_names_a_registry_a_machine_or_a_key() -> None:
    here, complaints = words_of_this_machine(), []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        name = path.relative_to(ROOT).as_posix()
        complaints += [] if name == OWN else betrayals(name, text, here)
    complain(complaints)


@pytest.mark.parametrize(
    "text",
    [
        "see https://packages.example/simple",
        "from https://registry.packages.example/x",
        "--index" + "-url x",
        "open('/home/someone/x')",
        "sk_live_0123456789",
        f"cd {ROOT}/certif",
        "http://mirror.example/simple",
    ],
)
def test_a_betrayal_is_seen(text: str) -> None:
    assert betrayals("x.txt", text, {f"{ROOT}/", "mirror.example"})


def test_every_locked_package_has_its_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        bare = [
            line
            for line in re.split(r"(?<!\\)\n", (ROOT / name).read_text())
            if re.match(r"[\w.-]+(?:\[[\w,-]+\])?==", line) and "--hash=sha256:" not in line
        ]
        assert not bare, f"{name}: lock with hashes (make lock): {bare[:3]}"


def test_nothing_that_is_made_here_is_tracked() -> None:
    made = re.compile(r"(?:^|/)(?:var|\.venv|node_modules|__pycache__)/|\.(?:sqlite3?|db|pyc|mo|eml|log)$")
    wrong = [name for path in tracked() if made.search(name := path.relative_to(ROOT).as_posix())]
    assert not wrong, f"leave to .gitignore what the house makes by itself: {wrong}"


def betrayals(name: str, text: str, here: set[str]) -> list[str]:
    """Complain of what says where or by whom a file was written."""
    found = [
        f"{name}:{text[: hit.start()].count(chr(10)) + 1}: {advice}" for shape, advice in ADVICE.items() for hit in shape.finditer(text)
    ]
    return found + [
        f"{name}: it names this machine ({word}); write it so that it is true everywhere" for word in sorted(here) if word in text
    ]
