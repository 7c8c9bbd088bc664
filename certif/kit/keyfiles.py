"""Files of keys: each written once, whole, and on disk before anything is signed with it; kept encrypted with the site's secret."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

_FOLDER = "keys"


def key_folder(data_dir: Path) -> Path:
    """Give the folder of the platform's keys, which copies of everything hold too."""
    folder = data_dir / _FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def password_for(purpose: str, secret: str) -> bytes:
    """Give the password that encrypts the keys of a purpose, derived from the site's secret."""
    return hashlib.sha256(f"{purpose} {secret}".encode()).hexdigest().encode()


def keep_once(content: bytes, path: Path) -> bool:
    """Write a key once, whole: of two processes that start together, the first wins. Gives: whether it was this one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
        is_first = True
    except FileExistsError:
        is_first = False
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # else a power cut could take back the key of what is already signed
    finally:
        os.close(folder)
    return is_first
