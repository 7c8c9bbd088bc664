"""Email addresses, in the form they are kept."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email


def usual_address(typed: str) -> str | None:
    """Give an address in its usual form; None where it cannot be one."""
    try:
        return validate_email(typed, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return None
