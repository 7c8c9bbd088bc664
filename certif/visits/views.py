"""The pages of the field."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("visits", __name__)
