"""The pages of nominations: the student's are in `nominate_views` and `receipt_views`, the staff's beside them."""

from __future__ import annotations

from certif.kit.web import Pages

pages = Pages("nominations", __name__)
