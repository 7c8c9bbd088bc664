"""The pages of this room are those of staff: see `staff_views`."""

from certif.kit.web import Pages

pages = Pages("mailings", __name__)
