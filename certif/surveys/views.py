"""The pages of surveys."""

from certif.kit.web import Pages

pages = Pages("surveys", __name__)
