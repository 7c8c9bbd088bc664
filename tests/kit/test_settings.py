"""Settings: a demonstration needs nothing; anything else says all that is wrong, at once."""

from pathlib import Path

import pytest

from certif.kit.settings import SettingsFault, read

REAL = {"PUBLIC_BASE_URL": "https://certif.example", "SECRET_KEY": "x" * 40}


def given(folder: Path, **more: str) -> dict[str, str]:
    return {"DATA_DIR": str(folder), **more}


def test_a_demonstration_needs_no_setting(tmp_path: Path) -> None:
    found = read(given(tmp_path))
    assert found.is_demo
    assert found.public_base_url == "http://127.0.0.1:8000"
    assert found.database_url.startswith("sqlite:///")


def test_the_demonstration_keeps_its_own_secret(tmp_path: Path) -> None:
    first = read(given(tmp_path)).secret_key
    assert len(first) >= 32
    assert read(given(tmp_path)).secret_key == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_real_site_starts_with_its_secret(tmp_path: Path) -> None:
    assert not read(given(tmp_path, **REAL)).is_demo


@pytest.mark.parametrize("secret", ["", "changeme", "secret", "too-short"])
def test_a_real_site_refuses_a_missing_or_default_secret_and_names_it(tmp_path: Path, secret: str) -> None:
    with pytest.raises(SettingsFault, match="SECRET_KEY"):
        read(given(tmp_path, **{**REAL, "SECRET_KEY": secret}))


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault) as caught:
        read(given(tmp_path, PUBLIC_BASE_URL="http://certif.example", PORT="many", STRIPE_SECRET_KEY="sk_live_x"))
    said = str(caught.value)
    assert all(name in said for name in ("SECRET_KEY", "https", "PORT", "STRIPE_WEBHOOK_SECRET"))
