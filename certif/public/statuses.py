"""What a code can be worth today, as the public pages name it; the words stand in `standing`, for whoever shows a status."""

from certif.standing import Status

__all__ = ["Status"]
