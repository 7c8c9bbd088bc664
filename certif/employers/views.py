"""The pages of the register: an organisation registers, keeps its entry true, and says who acts for it."""

from certif.employers import invitation_views, people_views, registration_views, space_views
from certif.employers.entry_views import pages

__all__ = ["invitation_views", "pages", "people_views", "registration_views", "space_views"]
